"""Every hostile picture there is, through the comment form: refused in a sentence, and nothing of it is kept."""

import io
import json
import struct
import subprocess
import sys
import zlib
from dataclasses import asdict
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from broadsheet.discussion import attaching, receipts
from broadsheet.discussion.models import AttachedPicture, Comment
from broadsheet.discussion.tests.cast import filled_in
from broadsheet.discussion.tests.pictures import file, photograph, send, sent

pytestmark = pytest.mark.django_db(databases="__all__")

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def unlimited(settings, tmp_path):
    rates = {
        f"limit_{what}_{whose}": "1000000/1"
        for what in ("comments", "pictures")
        for whose in ("network", "wider_network")
    }
    settings.OPTIONS = (
        settings.OPTIONS | rates | {"limit_comments_thread": "1000000/1", "hold_pictures": "nobody"}
    )
    settings.MEDIA_ROOT = tmp_path / "media"


def kept(settings):
    return [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*.webp")]


def huge(width, height):
    """A PNG that says it has so many pixels, in a hundred bytes."""

    def chunk(name, content):
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BAD = {
    "an SVG": SVG,
    "an SVG called a JPEG": b"\xff\xd8\xff" + SVG,
    "HTML": b"<!doctype html>" + SCRIPT,
    "nothing": b"",
    "a word": b"picture",
    "a bomb": huge(60_000, 60_000),
    "a bomb within the limit": huge(6_000, 6_000),
    "one pixel wide": huge(1, 30_000_000),
    "half a photograph": photograph(900, 900)[:2000],
    "a program": b"MZ" + b"\0" * 200,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_is_refused_and_the_text_comes_back(article, settings, name):
    refused = send(article, BAD[name], text="My words.")
    html = refused.content.decode()
    assert refused.status_code == 422, name
    assert "cannot be used as a picture" in html and filled_in(html, "text") == "My words."
    assert kept(settings) == [] and not AttachedPicture.objects.exists()


@pytest.mark.hostile("comments")
def test_no_hostile_picture_of_the_corpora_harms_anybody(article, settings, shared_dir):
    """Most are refused. What a limited process can make sense of is a picture like any other."""
    whole = sorted((shared_dir / "corpora" / "bad-images").iterdir())
    known = [path for path in whole if path.suffix in {".jpg", ".png", ".gif", ".webp"}]
    others = [path for path in whole if path not in known]
    assert known and others
    for n, path in enumerate([*known, *others[::6]]):
        answer = send(article, path.read_bytes(), text=f"Picture {n}")
        assert answer.status_code in {303, 422, 413}, path.name
    for content in kept(settings):
        made = Image.open(io.BytesIO(content))
        assert made.format == "WEBP" and made.width <= 1280
        assert not {"exif", "xmp", "icc_profile"} & made.info.keys()


def test_of_a_polyglot_only_the_picture_is_kept(article, settings):
    gif = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(gif, "GIF", comment=SCRIPT)
    jpeg = photograph(60, 60, comment=SCRIPT) + b"PK\x03\x04" + SCRIPT
    sent(article, gif.getvalue(), jpeg)
    assert len(kept(settings)) == 2
    assert all(b"script" not in content and b"PK\x03\x04" not in content for content in kept(settings))


@pytest.mark.hostile("receipt_revisions")
def test_a_change_takes_no_hostile_picture_either(article, settings):
    comment = sent(article, photograph(60, 60))
    where = f"{receipts.path_of(comment)}revisions/"
    for content in (SVG, huge(60_000, 60_000), photograph(900, 900)[:2000]):
        refused = Client().post(
            where, {"text": "Changed.", "pictures": "1", "picture1": file(content), "alt1": SCRIPT.decode()}
        )
        assert refused.status_code == 422 and b"<script>alert" not in refused.content
    assert Comment.objects.get(pk=comment.pk).pictures == comment.pictures


def test_names_types_and_descriptions_are_text(article):
    comment = sent(article, photograph(50, 50), alt='"><script>alert(1)</script>\0\u202e')
    assert comment.pictures[0]["alt"].startswith('"><script>')
    page = Client().get(article.path).content.decode()
    assert "<script>alert" not in page and "&quot;&gt;&lt;script&gt;" in page


def test_broken_forms_are_answered_plainly(article):
    parts = "multipart/form-data; boundary=x"
    head = b"--x\r\nContent-Disposition: form-data; name="
    for body, kind in (
        (head + b'"text"\r\n\r\nhalf', parts),
        (b"nothing of it", parts),
        (b"text=x", "multipart/form-data"),
        (head + b'"picture1"; filename="a"\r\n\r\n--x--', parts),
    ):
        answer = Client().post(f"{article.path}comments/", body, content_type=kind)
        assert answer.status_code in {400, 422}, body
    many = {f"p{n}": file(b"x") for n in range(30)}
    assert Client().post(f"{article.path}comments/", many).status_code == 400


def test_kept_pictures_are_named_by_whole_keys_only(article):
    for key in ("", "\0", "x", "A" * 22, "../../keys/signing", "é" * 22, "A" * 5000):
        answer = Client().post(
            f"{article.path}comments/", {"text": f"T {key[:9]!r}", "name": "alice", "kept1": key, "alt1": "x"}
        )
        assert answer.status_code == (422 if key else 303), key


def test_the_process_that_reads_them_fails_alone():
    limits = json.dumps(asdict(attaching.LIMITS))
    greedy = (
        "import json, sys; from broadsheet.kit import shrinking; "
        f"shrinking.limit_process(shrinking.Limits(**json.loads({limits!r}))); bytearray(1024 ** 3)"
    )
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True)
    assert "MemoryError" in done.stderr
