"""Real exports: every item and every comment of them is accounted for; hostile XML is refused."""

import re
from collections import Counter
from pathlib import Path

import pytest

from broadsheet.transfer.wordpress import content, wxr
from broadsheet.transfer.wordpress.blocks import Library
from broadsheet.transfer.wordpress.records import Author, Category, Post, Record, Site, Tag, Term
from broadsheet.transfer.wordpress.unreadable import ExportUnreadable

SAMPLES = ("wordpress-theme-unit-test.xml", "small-export.xml", "crazy-cdata.xml")


def records(path: Path) -> list[Record]:
    with wxr.read(path) as reading:
        return list(reading)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_item_term_author_and_comment_of_the_file_comes_out(shared_dir: Path, name: str) -> None:
    path = shared_dir / "samples" / name
    text = path.read_text(encoding="utf-8")
    found = records(path)
    counted = Counter(type(record) for record in found)
    marks = {
        Post: "<item>",
        Author: "<wp:author>",
        Category: "<wp:category>",
        Tag: "<wp:tag>",
        Term: "<wp:term>",
    }
    assert counted[Site] == 1
    assert {kind: counted[kind] for kind in marks} == {kind: text.count(mark) for kind, mark in marks.items()}
    posts = [record for record in found if isinstance(record, Post)]
    ids = [each.id for post in posts for each in post.comments]
    written = [int(ident) for ident in re.findall(r"<wp:comment_id>(\d+)<", text)]
    assert sorted(ids) == sorted(written)
    assert [str(post.id) for post in posts] == re.findall(r"<wp:post_id>(\d+)<", text)


def test_the_states_of_the_unit_tests_comments(shared_dir: Path) -> None:
    posts = [each for each in records(shared_dir / "samples" / SAMPLES[0]) if isinstance(each, Post)]
    states = Counter(each.state.value for post in posts for each in post.comments)
    assert states == {"published": 26, "held": 3, "pingback": 4}


def test_nested_cdata_keeps_its_text(shared_dir: Path) -> None:
    post = records(shared_dir / "samples" / "crazy-cdata.xml")[-1]
    assert isinstance(post, Post)
    assert post.content == "Content with nested <![CDATA[ tags ]]> :)"
    assert post.last("Closing CDATA") == "]]>"
    assert post.last("Alot of CDATA").endswith("closing <![CDATA[ tags like this: ]]>")


def test_a_file_without_a_channel_is_refused_before_anything_is_read(shared_dir: Path) -> None:
    taken: list[Record] = []
    with pytest.raises(ExportUnreadable) as caught:
        taken.extend(wxr.read(shared_dir / "samples" / "malformed.xml"))
    assert taken == []
    assert (caught.value.line, caught.value.column) == (27, 1)


def test_every_bomb_is_refused(shared_dir: Path) -> None:
    bombs = sorted((shared_dir / "corpora" / "xml-bombs").glob("*.xml"))
    assert bombs
    for bomb in bombs:
        with pytest.raises(ExportUnreadable, match="document type"):
            records(bomb)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_of_any_article_is_lost(shared_dir: Path, name: str) -> None:
    """Each word that a browser would show stands in some block (or is a shortcode's own)."""
    posts = [each for each in records(shared_dir / "samples" / name) if isinstance(each, Post)]
    library = Library(each.attachment for each in posts if each.attachment)
    for post in (each for each in posts if each.type in ("post", "page")):
        made = content.article_blocks(post.content, library, post.id)
        kept = set(re.findall(r"\w{3,}", _words(repr(made.blocks))))
        shown = re.sub(r"(?s)<!--.*?-->|<[^>]*>|\[/?\w[^\]]*\]", " ", post.content)
        assert set(re.findall(r"\w{3,}", _words(shown))) - kept <= {"Download"}, post.title


def _words(text: str) -> str:
    return re.sub(r"&#?\w+;|\\[nt]|\\x\w\w|\\u\w{4}", " ", text)
