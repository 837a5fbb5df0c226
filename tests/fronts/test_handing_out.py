import gzip
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from broadsheet.press import headers, media_types
from broadsheet.press.headers import PRINTED, public
from tests.fronts.conftest import ARTICLE, EMBED, HASHED, PICTURES, PRINTS, SECRET
from tests.fronts.fronts import Answer, Front
from tests.homes import Home
from tests.patience import eventually

pytestmark = pytest.mark.server

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
PLACES = PRINTS | {f"/media/{name}": content for name, content in PICTURES.items()}


def test_only_a_comment_made_for_frames_may_stand_in_one_elsewhere(front: Front):
    for path in PRINTS:
        policy = front.ask(quote(path)).headers.get_all("Content-Security-Policy")
        assert policy in (None, [headers.EMBED_POLICY if path == EMBED else headers.POLICY]), path
    for path in (f"{ARTICLE}c/99/embed/", f"{ARTICLE}embed/"):
        assert "frame-ancestors 'none'" in front.ask(path).headers["Content-Security-Policy"]


def same_for_everyone(answer: Answer, path: str) -> None:
    """The headers that every front sends with a print, and the ones it never does."""
    name = path[1:] + ("index.html" if path.endswith("/") else "")
    wanted = public(media_types.of(name), path) | PRINTED | {"Cache-Control": media_types.keeping(name)}
    assert {header: answer.headers.get_all(header) for header in wanted} == {
        k: [v] for k, v in wanted.items()
    }
    is_document = "Content-Security-Policy" in wanted
    assert is_document == ("Content-Security-Policy" in answer.headers)
    assert answer.headers["ETag"].startswith('"')
    for header in ("Set-Cookie", "Last-Modified", "Accept-Ranges"):
        assert header not in answer.headers


@pytest.mark.parametrize("path", PLACES)
def test_a_print_has_the_same_bytes_and_headers_from_every_front(front: Front, path: str):
    answer = front.ask(quote(path))
    assert (answer.status, answer.body) == (200, PLACES[path])
    name = path[1:] + ("index.html" if path.endswith("/") else "")
    assert answer.headers.get_all("Content-Type") == [media_types.of(name)]
    assert answer.headers.get_all("Content-Length") == [str(len(PLACES[path]))]
    same_for_everyone(answer, path)


@pytest.mark.parametrize(
    ("path", "ruled"),
    [
        (ARTICLE, True),
        ("/static/mark.svg", True),
        ("/media/upload.svg", True),
        ("/static/paper.js", False),
        ("/static/paper.0123456789ab.css", False),
        ("/media/boat.webp", False),
    ],
)
def test_only_documents_carry_a_policy(front: Front, path: str, ruled: bool):
    assert ("Content-Security-Policy" in front.ask(quote(path)).headers) is ruled


def test_what_a_picture_is_not_is_never_run(front: Front):
    for name in ("upload.svg", "upload.html"):
        answer = front.ask(f"/media/{name}")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("br;q=0.000, gzip;q=0", None),
        ("deflate, zstd", None),
        ("", None),
        (None, None),
    ],
)
def test_the_twin_that_is_handed_out_is_one_the_client_takes(
    front: Front, accepted: str | None, wanted: str | None
):
    answer = front.ask(ARTICLE, Accept_Encoding=accepted or "")
    encoding = answer.headers["Content-Encoding"]
    assert encoding == (wanted if wanted in front.encodings or wanted is None else "gzip")
    assert DECODE[encoding](answer.body) == PRINTS[ARTICLE]
    if encoding is None or front.measures_twins:
        assert answer.headers["Content-Length"] == str(len(answer.body))
    same_for_everyone(answer, ARTICLE)


def test_twins_have_etags_of_their_own_and_are_no_pages(front: Front):
    etags = {
        front.ask(ARTICLE, Accept_Encoding=each).headers["ETag"] for each in ("identity", *front.encodings)
    }
    assert len(etags) == 1 + len(front.encodings)
    for ending in (".br", ".gz"):
        assert front.ask(f"{ARTICLE}index.html{ending}").status == 404


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br"])
def test_who_has_the_version_is_told_so_without_a_body(front: Front, accepted: str):
    etag = front.ask(ARTICLE, Accept_Encoding=accepted).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        unchanged = front.ask(ARTICLE, Accept_Encoding=accepted, If_None_Match=known)
        assert (unchanged.status, unchanged.body) == (304, b""), known
        assert unchanged.headers["ETag"] == etag
        assert unchanged.headers["Cache-Control"] == "public, no-cache"
        assert unchanged.headers["Vary"] == "Accept-Encoding"
    assert front.ask(ARTICLE, Accept_Encoding=accepted, If_None_Match='"other"').status == 200


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br"])
def test_head_has_the_headers_of_get_and_no_body(front: Front, accepted: str):
    got, head = (front.ask(ARTICLE, method, Accept_Encoding=accepted) for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    passing = {"date", "connection", "keep-alive"}
    if accepted != "identity" and not front.measures_twins:
        passing |= {"content-length", "transfer-encoding"}
    assert {k: v for k, v in head.headers.items() if k.lower() not in passing} == {
        k: v for k, v in got.headers.items() if k.lower() not in passing
    }


def test_an_unknown_query_string_means_nothing(front: Front):
    for query in (
        "utm_source=x",
        "page=2",
        "P=1",
        "xp=1",
        "q=a&y=p",
        "?",
        "a=%00",
        "paged",
        "%",
        "&&=&",
        "feeds=1",
    ):
        answer = front.ask(f"{ARTICLE}?{query}")
        assert (answer.status, answer.body) == (200, PRINTS[ARTICLE]), query


def test_a_known_query_string_reaches_the_redirects(front: Front):
    for query, target in {
        "/?s=boats": "/search/?q=boats",
        "/?feed=atom": "/feed.atom",
        "/?utm_source=x&feed=rss2": "/feed.xml",
        f"{ARTICLE}?replytocom=7": f"{ARTICLE}c/comment-7/",
        f"{ARTICLE}?s": "/search/",
        f"{ARTICLE}?cpage=2": ARTICLE,
    }.items():
        answer = front.ask(query)
        assert (answer.status, answer.headers["Location"]) == (301, target), query


NOT_YET = (
    "/",
    "/feed.xml",
    "/feed.atom",
    "/feed.json",
    "/robots.txt",
    "/sitemap.xml",
    "/manifest.webmanifest",
)


def test_what_is_not_printed_yet_is_printed_and_alike_ever_after(front: Front, paper: Home):
    file_of = {
        path: paper.path / "prints" / path[1:] / ("index.html" if path.endswith("/") else "")
        for path in NOT_YET
    }
    for file in file_of.values():
        file.unlink(missing_ok=True)
    for path, file in file_of.items():
        assert eventually(lambda path=path, file=file: is_printed(front, path, file)), path
        first, second = front.ask(path), front.ask(path)
        assert (first.status, second.status) == (200, 200), path
        assert first.body == second.body == file.read_bytes(), path
        assert first.headers["Content-Type"] == second.headers["Content-Type"], path
        assert first.headers["Cache-Control"] == second.headers["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in first.headers


def is_printed(front: Front, path: str, file: Path) -> bool:
    """Whether the file is there and handed out; a front may have kept the one that was there before for a second."""
    answer = front.ask(path)
    assert answer.status == 200, path
    return file.exists() and answer.body == file.read_bytes()


def test_what_is_not_there_is_404_from_every_front(front: Front):
    for path in (
        "/nothing/",
        "/2024/05/06/nothing/",
        "/static/nothing.css",
        "/media/nothing.png",
        "/nothing.json",
    ):
        answer = front.ask(path)
        assert answer.status == 404, path
        assert "Set-Cookie" not in answer.headers
        assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_directory_is_never_listed(front: Front):
    assert front.ask("/static/").status == 404
    assert front.ask("/media/").status == 404
    assert front.ask("/2024/05/").status == 404
    assert front.ask(ARTICLE.rstrip("/")).status in (301, 404)


def test_a_name_too_long_for_a_file_is_found_through_the_application(front: Front):
    assert front.ask(HASHED).body == b"<!doctype html><title>Too long</title>"
    assert front.ask(f"/{'y' * 300}/").status == 404


@pytest.mark.parametrize(
    "path", ["/newsroom/", "/receipts/x/", "/mine.json", f"{ARTICLE}comments.json", "/comments/counts.json"]
)
def test_what_the_application_alone_answers_is_never_a_file(front: Front, path: str):
    answer = front.ask(path)
    assert SECRET not in answer.body
    assert "public" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "path",
    [
        "/media/original_images/boat.png",
        "/media/comment_pictures/boat.png",
        "/media/original%5fimages/boat.png",
        "/media/%6Friginal_images/boat.png",
        "/media/images/../original_images/boat.png",
        "/media//original_images/boat.png",
        "/media/original_images//boat.png",
        "/media/original_images/boat.png?x=1",
    ],
)
def test_a_picture_as_it_was_uploaded_is_shown_to_nobody(front: Front, path: str):
    answer = front.ask(path)
    assert answer.status in (301, 308, 404)
    assert SECRET not in answer.body
    assert "original_images" not in answer.headers.get("Location", "") or path.count("//")


def test_only_get_and_head_are_answered_by_prints(front: Front):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PURGE"):
        answer = front.ask(ARTICLE, method)
        assert answer.status in (403, 404, 405), method
        assert PRINTS[ARTICLE] not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret",
        "/../../secret",
        "/..%2fsecret",
        "/%2e%2e/secret",
        "/%2e%2e%2fsecret",
        "/media/../secret",
        "/media/..%2fsecret",
        "/media/%2e%2e/keys/secret",
        "/media/..%5csecret",
        "/media/..\\secret",
        "/media/.secret",
        "/media/%2esecret",
        "/.secret",
        "/%2esecret",
        "/2024/.secret",
        "/.well-known/../.secret",
        "/.well-known/.%2e/secret",
        "/static/../../secret",
        "/static//../../secret",
        "//secret",
        "/%00/../secret",
        "/media/boat.png%00.html",
        "/%c0%ae%c0%ae/secret",
        "/%252e%252e/secret",
        "/*/",
        "/2024/05/06/*/",
        "/2024/05/06/[t]he-harbour/",
        "/2024/05/06/the-harbou?/",
    ],
)
def test_no_path_leads_out_of_the_prints(front: Front, path: str):
    heard = front.say(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    status = int(heard.split(b" ", 2)[1])
    assert status in (301, 308, 400, 404), heard[:200]
    assert SECRET not in heard
    assert b"\r\nLocation: //" not in heard


def test_a_doubled_slash_is_no_second_address_and_leads_to_no_other_host(front: Front):
    for path in (f"/{ARTICLE}", ARTICLE.replace("/the", "//the"), f"{ARTICLE}/", "//example.org/"):
        answer = front.ask(path)
        assert answer.status in (301, 404), path
        assert "//" not in answer.headers.get("Location", "/")
