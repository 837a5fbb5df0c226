"""What a body asks its readers, read from what the editor stores, and said where nobody can answer."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from broadsheet.articles import asked, body, wording
from broadsheet.articles.blocks import BodyBlock
from broadsheet.articles.models import Article
from broadsheet.kit.differing import Line

PASSAGE = '<passage key="k1" question="Is it &quot;so&quot;?">The <b>bell</b> rang</passage>'
POLL = {
    "question": "Which lamp?",
    "choices": [{"type": "item", "value": text, "id": text[:1]} for text in ("First", "Second")],
    "several": True,
    "shown": "closed",
    "place": "both",
    "closes_at": "2026-03-02T08:30:00+00:00",
}


def a_body(*blocks):
    made = [{"type": kind, "value": value, "id": f"b{n}"} for n, (kind, value) in enumerate(blocks)]
    return Article(body=made).body


def html_of(*blocks):
    return str(body.body_html(a_body(*blocks), {}))


def test_passages_are_found_in_every_kind_of_text_once():
    callout = {"heading": "", "text": f"<p>{PASSAGE.replace('k1', 'k2')}</p>"}
    found = asked.passages_of(a_body(("paragraph", f"<p>{PASSAGE} {PASSAGE}</p>"), ("callout", callout)))
    assert found == [asked.Passage(key, 'Is it "so"?', "The bell rang") for key in ("k1", "k2")]


def test_a_poll_is_read_as_its_block_stores_it():
    [poll] = asked.polls_of(a_body(("poll", POLL)))
    assert poll.choices == (("F", "First"), ("S", "Second"))
    assert (poll.key, poll.several, poll.shown) == ("b0", True, "closed")
    assert poll.closes_at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert poll.in_body
    assert poll.above_discussion
    assert not asked.polls_of(a_body(("poll", POLL | {"question": " "}), ("poll", POLL | {"choices": []})))


def test_without_a_discussion_a_passage_is_its_words_and_a_poll_its_choices():
    html = html_of(("paragraph", f"<p>So {PASSAGE}.</p>"), ("poll", POLL))
    assert "<p>So The <b>bell</b> rang.</p>" in html or "<p>So The <strong>bell</strong> rang.</p>" in html
    assert "passage" not in html
    assert "<li>First</li><li>Second</li>" in html
    assert "<input" not in html


@pytest.mark.parametrize("where", ["body", "discussion", "both"])
def test_a_poll_stands_in_the_text_only_where_it_should(where):
    assert ("Which lamp?" in html_of(("poll", POLL | {"place": where}))) == (where != "discussion")


def test_an_earlier_version_tells_the_question_and_the_choices_as_words():
    kept: dict[str, Any] = {"headline": "", "standfirst": "", "people": [], "credit": []}
    kept |= {"lead": dict.fromkeys(("alt", "caption", "credit"), "")}
    kept |= {"body": json.dumps([{"type": "poll", "value": POLL}])}
    assert wording.lines(kept) == [Line("p", text) for text in ("Which lamp?", "First", "Second")]


def test_the_editor_gives_back_a_poll_as_plain_data():
    block = BodyBlock().child_blocks["poll"]
    value = block.to_python(POLL)
    assert value["closes_at"] == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert block.get_prep_value(value)["closes_at"] == "2026-03-02T08:30:00+00:00"


def test_a_passage_goes_through_the_editor_and_comes_back_as_it_was():
    block = BodyBlock().child_blocks["paragraph"]
    stored = '<p data-block-key="a">So <passage key="k1" question="Is it?">the bell</passage> rang.</p>'
    converter = block.field.widget.converter
    again = converter.to_database_format(converter.from_database_format(stored))
    assert '<passage key="k1" question="Is it?">the bell</passage>' in again
    assert "<passage" in block.value_from_form(again).source
