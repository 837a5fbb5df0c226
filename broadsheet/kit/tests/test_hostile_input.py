"""The shared corpora through everything that makes public HTML; another reader judges what comes out."""

import pytest

from broadsheet.kit import markdown, sanitising, text
from broadsheet.kit.tests import corpora, oracle


@pytest.mark.parametrize(
    ("deed", "allowed"),
    [
        (markdown.render, oracle.COMMENT),
        (sanitising.clean_comment, oracle.COMMENT),
        (sanitising.clean_article, oracle.ARTICLE),
    ],
    ids=["markdown", "comment", "article"],
)
def test_no_payload_leaves_anything_unlisted(shared_dir, deed, allowed):
    payloads = corpora.hostile(shared_dir)
    assert len(payloads) > 9_000
    unsafe = {}
    for payload in payloads:
        if problems := oracle.problems_in(deed(payload), allowed):
            unsafe[payload] = problems
    assert unsafe == {}


def test_no_payload_leaves_invisible_characters_in_an_excerpt(shared_dir):
    for payload in corpora.hostile(shared_dir):
        shown = text.excerpt(sanitising.clean_article(payload), 120)
        assert len(shown) <= 120
        assert shown == text.clean_line(shown)


def test_naughty_strings_keep_what_can_be_seen(shared_dir):
    for naughty in corpora.naughty_strings(shared_dir):
        cleaned = text.clean(naughty)
        assert text.clean(cleaned) == cleaned
        cleaned.encode()
        if naughty.isascii() and naughty.isprintable():
            assert cleaned == naughty


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<script>", "<script>"),
        ('<p onclick="x">', "<p onclick>"),
        ('<a href="javascript:x">', "href to 'javascript:x'"),
        ('<a href="//evil.example">', "href to '//evil.example'"),
        ('<a href="http://user@evil.example">', "href to 'http://user@evil.example'"),
        ("a < b", "an angle bracket that belongs to no plain tag"),
        ("a\x03", "a control character"),
    ],
)
def test_the_judge_sees_what_is_wrong(html, problem):
    assert problem in oracle.problems_in(html, oracle.COMMENT)
