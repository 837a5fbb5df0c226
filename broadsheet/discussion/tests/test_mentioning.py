"""A name after @ leads to what its bearer said in the same thread; nothing else does."""

import pytest

from broadsheet.discussion import mentioning, reading
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import make_article, post, posted, write
from broadsheet.kit.tests.oracle import COMMENT, problems_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def link(article, settings):
    return lambda comment, said: f'<a href="{settings.URL}{article.path}c/{comment.seq}/">@{said}</a>'


def test_a_mention_leads_to_what_they_said_last(article, thread, link):
    write(thread, name="Alma")
    last = write(thread, name="Alma")
    comment = posted(article, "As @alma said, and @Alma.", "bob")
    assert comment.html == f"<p>As {link(last, 'alma')} said, and {link(last, 'Alma')}.</p>"
    assert comment.visible, "a mention is no link of the author's"
    assert problems_in(comment.html, COMMENT) == []


def test_the_longest_name_is_meant_and_only_a_whole_one(article, thread, link):
    short, long = write(thread, name="Alma"), write(thread, name="Alma of the <2nd> Pier")
    comment = posted(article, "@Alma of the <2nd> Pier, @Alma of, @Almas, @Alma_", "bob")
    assert comment.html == (
        f"<p>{link(long, 'Alma of the &lt;2nd&gt; Pier')}, {link(short, 'Alma')} of, @Almas, @Alma_</p>"
    )


def test_who_is_not_shown_in_this_thread_is_not_known(article, thread):
    write(thread, name="Held", state=Comment.State.HELD)
    write(reading.started_thread_of(make_article("Another")), name="Elsewhere")
    comment = posted(article, "@Held @Elsewhere @nobody @ @@ x@Held", "bob")
    assert "<a" not in comment.html


def test_addresses_code_and_links_are_left_alone(article, thread, settings):
    settings.OPTIONS = settings.OPTIONS | {"gates": []}
    write(thread, name="Alma")
    comment = posted(article, "`@Alma` me@Alma [@Alma](https://example.org/@Alma)", "bob")
    assert comment.html.count("<a ") == 1 and "<code>@Alma</code> me@Alma" in comment.html


def test_a_crowd_of_mentions_is_not_all_links(article, thread):
    write(thread, name="A")
    assert posted(article, "@A " * 500, "bob").html.count("<a ") == mentioning.MOST


def test_names_that_nobody_has_count_too(article, thread):
    write(thread, name="Alma")
    assert "<a" in posted(article, "@nobody " * (mentioning.MOST - 1) + "@Alma", "bob").html
    assert "<a" not in posted(article, "@nobody " * mentioning.MOST + "*or* @Alma", "bob").html


def test_a_mention_is_held_against_names_of_its_first_word_alone(article, thread, link, monkeypatch):
    for n in range(30):
        write(thread, name=f"Somebody of a longer name, {n}")
    said = write(thread, name="Ärla of the Pier")
    tried = []
    begins = mentioning._begins

    def noted(text, name):
        tried.append(name)
        return begins(text, name)

    monkeypatch.setattr(mentioning, "_begins", noted)
    assert link(said, "äRLA OF the pier") in posted(article, "@äRLA OF the pier", "bob").html
    assert tried == ["Ärla of the Pier"]


def test_a_preview_shows_mentions_too(article, thread, link):
    said = write(thread, name="Alma")
    assert link(said, "Alma") in post(article, "@Alma!", "bob", preview="1").content.decode()
