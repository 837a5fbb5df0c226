"""Untidy exports are mended, broken ones refused with a sentence, dangerous ones refused at once; memory stays flat."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.transfer.tests import wxr_writer
from broadsheet.transfer.tests.wxr_writer import comment, export, post
from broadsheet.transfer.wordpress import mending, wxr
from broadsheet.transfer.wordpress.records import Post, Record, Site
from broadsheet.transfer.wordpress.unreadable import ExportUnreadable


def only_post(text: str | bytes) -> Post:
    data = text.encode() if isinstance(text, str) else text
    return next(record for record in wxr.read(io.BytesIO(data)) if isinstance(record, Post))


def with_content(raw: str) -> str:
    """An export whose article holds this, without any quoting."""
    return export([post(1, content="HERE")]).replace("<![CDATA[HERE]]>", raw)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
        ("<![CDATA[a <![CDATA[ b ]]> c]]>", "a <![CDATA[ b ]]> c"),
        ("<![CDATA[]]>]]>", "]]>"),
        ("<![CDATA[bold ]]></b> still]]>", "bold ]]></b> still"),
        ("<![CDATA[one]]> and two", "one and two"),
        ("<![CDATA[one]]> <![CDATA[two]]>", "one two"),
        ("<![CDATA[&nbsp; & <b>]]>", "&nbsp; & <b>"),
        (
            "a &nbsp;b &eacute; &unheard; &amp; &lt; & c &#233; &#xE9; &#1; &#xFFFF;",
            "a \xa0b é &unheard; & < & c é é  ",
        ),
        ("<p>Before CDATA<br>was used</p>", "<p>Before CDATA<br>was used</p>"),
        ("1 < 2 <3 </ 4", "1 < 2 <3 </ 4"),
        ("bell\x07 tab\t escape\x1b", "bell tab\t escape"),
        ("\ufffeodd\uffff", "odd"),
        ("a ]]> b", "a ]]> b"),
    ],
)
def test_the_words_are_kept(raw: str, words: str) -> None:
    assert only_post(with_content(raw)).content == words


def test_the_words_are_kept_however_the_bytes_arrive() -> None:
    raw = "<![CDATA[x <![CDATA[ é ]]> y ]]]]><![CDATA[> z]]>"
    data = with_content(raw).replace("quay</desc", "quay &eacute; & &amp; <b>q</b> ]]> </desc").encode()
    head, rest = data[:200], data[200:]
    whole = "".join(mending.mended([head, rest]))
    assert "x <![CDATA[ é ]]]]><![CDATA[> y ]]]]><![CDATA[> z]]>" in whole
    for size in (1, 2, 3, 7, 64, 500):
        bites = [rest[at : at + size] for at in range(0, len(rest), size)]
        assert "".join(mending.mended([head, *bites])) == whole


_ODD = [
    "]]>",
    "<![CDATA[",
    "]",
    ">",
    "&",
    "&amp;",
    "<b>",
    "</b>",
    "</wp:x",
    "\n",
    " ",
    "é",
    "tide",
    "<!--",
    "-->",
]


@given(st.lists(st.sampled_from(_ODD), max_size=12).map("".join), st.integers(1, 40))
def test_what_wordpress_quotes_comes_out_as_it_went_in(words: str, size: int) -> None:
    data = export([post(1, content=f"a{words}z", title="last")]).encode()
    middle = data.index(b"<content:encoded>")
    bites = [data[at : at + size] for at in range(middle, len(data), size)]
    mended = "".join(mending.mended([data[:middle], *bites])).encode()
    assert only_post(mended).content == f"a{words}z"
    assert only_post(data).content == f"a{words}z"


def test_bytes_that_are_no_text_are_replaced_and_the_rest_is_kept() -> None:
    data = with_content("<![CDATA[caf\u00e9 QQ quay]]>").encode().replace(b"QQ", b"\xff\xc3")
    assert only_post(data).content == "café \ufffd\ufffd quay"


def test_an_older_encoding_is_read_as_it_is_declared() -> None:
    data = with_content("<![CDATA[café]]>").replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert only_post(data).content == "café"


@pytest.mark.parametrize("before", ["\ufeff", "\n\n", "<br />\n<b>Notice</b>: something\n", " "])
def test_what_a_server_wrote_before_the_export_does_no_harm(before: str) -> None:
    assert only_post(before + with_content("<![CDATA[kept]]>")).content == "kept"


def test_a_cdata_section_may_be_longer_than_any_piece_that_is_read() -> None:
    text = "tide " * 60_000
    assert only_post(export([post(1, content=text)])).content == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no markup at all",
        "<html><body>A page</body></html>",
        "<rss version='2.0'><channel><title>A feed</title><item><title>x</title></item></channel></rss>",
        "<rss version='2.0'></rss>",
        '{"json": true}',
    ],
)
def test_what_is_no_export_is_refused_before_anything_is_read(text: str) -> None:
    taken: list[Record] = []
    with pytest.raises(ExportUnreadable) as caught:
        taken.extend(wxr.read(io.BytesIO(text.encode())))
    assert taken == []
    assert caught.value.mend


def test_an_export_that_was_cut_off_is_refused_with_its_place() -> None:
    text = export([post(1), post(2)])
    cut = text[: text.rindex("<wp:post_name>") + 5]
    with pytest.raises(ExportUnreadable) as caught:
        list(wxr.read(io.BytesIO(cut.encode())))
    assert caught.value.line == cut.count("\n") + 1
    assert str(caught.value).startswith(f"line {caught.value.line}, column ")


def test_the_line_of_a_complaint_is_that_of_the_file() -> None:
    text = export([post(1, content="one\ntwo &nbsp; \x07"), post(2, content="HERE")])
    broken = text.replace("<![CDATA[HERE]]></content:encoded>", "</wp:wrong>")
    line = 1 + broken[: broken.index("</wp:wrong>")].count("\n")
    with pytest.raises(ExportUnreadable) as caught:
        list(wxr.read(io.BytesIO(broken.encode())))
    assert caught.value.line == line


def test_a_document_type_is_refused_even_if_it_declares_nothing() -> None:
    for declaration in (
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1/x">',
    ):
        text = export([post(1)]).replace("<rss", f"{declaration}\n<rss", 1)
        with pytest.raises(ExportUnreadable, match="document type"):
            list(wxr.read(io.BytesIO(text.encode())))


def test_a_document_type_in_an_articles_words_is_just_words() -> None:
    assert "<!DOCTYPE html>" in only_post(export([post(1, content="Write <!DOCTYPE html> first.")])).content


def test_a_field_without_end_is_refused_before_it_fills_the_memory() -> None:
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.sent = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            start = b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><title><![CDATA["
            view = memoryview(buffer)  # type: ignore[arg-type]
            data = start if not self.sent else b"a" * len(view)
            view[: len(data)] = data
            self.sent += len(data)
            return len(data)

    with pytest.raises(ExportUnreadable, match="longer than any field"):
        list(wxr.read(io.BufferedReader(Endless())))


def test_the_file_may_be_given_by_its_path_and_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export([post(1)]), encoding="utf-8")
    with wxr.read(path) as reading:
        assert isinstance(next(iter(reading)), Site)
    assert reading.size == path.stat().st_size


def test_thirty_thousand_comments_of_one_article_are_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    written = wxr_writer.write_large(path, articles=1, comments=30_000)
    script = (
        "import resource, sys\n"
        "from broadsheet.transfer.wordpress import wxr\n"
        "from broadsheet.transfer.wordpress.records import Post\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "posts = (record for record in wxr.read(sys.argv[1]) if isinstance(record, Post))\n"
        "count = sum(1 for post in posts for _ in post.comments)\n"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    count, grown = map(int, run.stdout.split())
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes here
    assert count == written
    assert grown * unit < 40 << 20 < path.stat().st_size * 2


def test_comments_are_spooled_to_disk_and_given_back() -> None:
    many = [comment(ident, text="quay " * 400) for ident in range(1, 700)]
    read = only_post(export([post(1, comments=many)]))
    with read.comments as spool:
        assert [each.id for each in spool] == list(range(1, 700))
        assert [each.id for each in spool][-1] == 699, "they can be read twice"
    assert len(read.comments) == 0
