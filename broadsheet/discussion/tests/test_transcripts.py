"""A discussion or one conversation of it to print or keep, however long it is."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.discussion import deciding, transcripts
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import chain, fill, page, write
from broadsheet.kit.html_to_markdown import markdown_of

pytestmark = pytest.mark.django_db(databases="__all__")


def ask(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def seqs(html):
    return [int(seq) for seq in re.findall(r'<article class="comment" id="c-(\d+)"', html)]


@pytest.fixture
def talk(thread, carol):
    """Two conversations, one of them with something removed and something that waits."""
    root, reply, deep = chain(thread, 3, names=("alice", "bob", "dora"))
    other = write(thread, "Another *matter*.", name="erik")
    late = write(thread, "Late, and in answer.", name="fay", parent=reply)
    write(thread, "Waits.", state=Comment.State.HELD)
    removed = write(thread, "Gone.", parent=other)
    deciding.remove(removed, by=carol)
    return [root.seq, reply.seq, deep.seq, late.seq], other.seq


def test_a_whole_discussion_is_told_conversation_by_conversation(article, talk):
    first, other = talk
    html = ask(f"{article.path}transcript.html")
    assert seqs(html) == [*first, other]
    assert 'to <a href="#c-2">bob</a>' in html and "Waits." not in html and "Gone." not in html
    assert 'name="robots" content="noindex"' in html
    told = json.loads(ask(f"{article.path}transcript.json"))
    assert [each["seq"] for each in told["comments"]] == [*first, other]
    assert (told["conversation"], told["next"]) == (None, None)
    text = ask(f"{article.path}transcript.md")
    assert text.startswith("# The tide is late\n")
    assert "## fay · #5 · " in text and "*In answer to bob, #2*" in text and "Another *matter*." in text


def test_one_conversation_is_told_alone_and_the_address_of_a_reply_leads_to_it(article, talk):
    first, other = talk
    assert seqs(ask(f"{article.path}c/{first[0]}/transcript.html")) == first
    assert seqs(ask(f"{article.path}c/{other}/transcript.html")) == [other]
    answer = Client().get(f"{article.path}c/{first[2]}/transcript.md")
    assert (answer.status_code, answer["Location"]) == (302, f"{article.path}c/{first[0]}/transcript.md")


def test_a_long_one_comes_in_parts_that_miss_nothing(article, thread, monkeypatch):
    monkeypatch.setattr(transcripts, "PART", 30)
    fill(thread, 20, 4)
    found, path = [], f"{article.path}transcript.json"
    while path:
        told = json.loads(ask(path))
        assert len(told["comments"]) <= 30
        found += [each["seq"] for each in told["comments"]]
        path = (told["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert found == list(range(1, 101))
    assert f'rel="next" href="{article.path}transcript-30.html"' in ask(f"{article.path}transcript.html")


def test_an_answer_to_what_an_earlier_part_holds_leads_out_of_its_part(article, thread, monkeypatch):
    monkeypatch.setattr(transcripts, "PART", 2)
    chain(thread, 4, names=("alice", "bob", "dora", "erik"))
    html = ask(f"{article.path}transcript-2.html")
    assert f'in answer to <a href="{article.path}c/2/">bob</a>' in html
    assert 'to <a href="#c-3">dora</a>' in html and "#c-2" not in html


def test_a_part_ends_before_it_grows_too_long(article, thread, monkeypatch):
    monkeypatch.setattr(transcripts, "PART_LENGTH", 250)
    for length in (100, 100, 100, 900, 10):
        write(thread, "x" * length)
    found, path = [], f"{article.path}transcript.json"
    while path:
        told = json.loads(ask(path))
        found.append([each["seq"] for each in told["comments"]])
        path = (told["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert found == [[1, 2], [3], [4], [5]]


def test_the_markdown_of_a_comment_is_what_its_author_wrote(article, thread):
    write(thread, "_So_ said\nAlma:\x07 ||the *butler*||.\n\n* one\n* two\u202e")
    text = ask(f"{article.path}transcript.md")
    assert text.endswith("\n\n_So_ said  \nAlma: ||the *butler*||.\n\n* one  \n* two\n")


def test_all_formats_that_people_read_tell_the_hour_of_the_publication(article, thread):
    write(thread, posted_at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
    with timezone.override("Asia/Tokyo"):
        assert "## bob · #1 · 2 March 2026, 17:30\n" in ask(f"{article.path}transcript.md")
        assert ">2 March 2026, 17:30</time>" in ask(f"{article.path}transcript.html")


def test_what_another_site_wrote_is_made_markdown_of_its_html(article, thread):
    foreign = write(thread, "never shown")
    foreign.source, foreign.html, foreign.render_version = "a *b* c", "<p>a <em>b</em> d</p>", 0
    foreign.save()
    assert ask(f"{article.path}transcript.md").endswith("\n\na *b* d\n")


@pytest.mark.parametrize(
    "text",
    [
        "## carol · #9 · today",
        "> # carol",
        "carol\n---",
        "```\nfor ever",
        "a <b onclick=x> b",
        "![a](https://example.org/a.gif)",
        "[a](javascript:b)",
        "[a]: https://example.org/",
    ],
)
def test_what_others_would_obey_is_told_as_it_was_rendered(article, thread, text):
    comment = write(thread, text)
    told = ask(f"{article.path}transcript.md").partition(" · #1 · ")[2].partition("\n\n")[2]
    assert told == f"{markdown_of(comment.html)}\n" and told != f"{text}\n"


@pytest.mark.parametrize(
    "rest", ["c/999/transcript.html", "transcript-999.md", "transcript.pdf", "c/0/transcript.md"]
)
def test_what_never_was_is_not_there(article, talk, rest):
    assert Client().get(article.path + rest).status_code == 404


def test_a_comment_that_waits_has_no_transcript(article, thread):
    held = write(thread, state=Comment.State.HELD)
    assert Client().get(f"{article.path}c/{held.seq}/transcript.md").status_code == 404


def test_a_network_may_ask_only_so_often_and_is_told_when_again(article, talk, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_transcripts_network": "2/60"}
    answers = [Client().get(f"{article.path}transcript.md") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def statuses(article, *addresses):
    path = f"{article.path}transcript.json"
    return [Client().get(path, REMOTE_ADDR=address).status_code for address in addresses]


def test_a_wider_network_has_a_limit_too(article, talk, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_transcripts_wider_network": "2/60"}
    assert statuses(article, "192.0.2.1", "192.0.2.2", "192.0.2.3", "198.51.100.1") == [200, 200, 429, 200]


def test_a_shared_network_has_a_limit_of_its_own(article, talk, settings):
    settings.OPTIONS = {
        **settings.OPTIONS,
        "limit_transcripts_network": "1/60",
        "limit_transcripts_wider_network": "1/60",
        "limit_transcripts_shared_network": "3/60",
        "shared_networks": ["192.0.2.0/24"],
    }
    assert statuses(article, *["192.0.2.1"] * 4) == [200, 200, 200, 429]


def test_a_discussion_and_each_of_its_conversations_name_their_transcripts(article, talk):
    first, _ = talk
    assert f'href="{article.path}transcript.md"' in page(article.path)
    assert f'href="{article.path}c/{first[0]}/transcript.json"' in page(f"{article.path}c/{first[2]}/")
