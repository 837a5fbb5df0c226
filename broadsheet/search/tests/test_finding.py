from datetime import UTC, datetime

import pytest
from django.utils import timezone

from broadsheet.articles.tests.making import make_picture
from broadsheet.discussion import deciding
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import make_article, posted, write
from broadsheet.events.handing import hand_events
from broadsheet.events.recording import record
from broadsheet.masthead.models import Person
from broadsheet.search import reindexing, texts
from broadsheet.search.tests.asking import ask, published, settle
from broadsheet.wiring.consumers import CONSUMERS

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_article_is_found_by_a_word_of_its_body_its_headline_its_standfirst_or_its_byline(
    publication, prints
):
    ines = Person.objects.create(name="Ines Aldana", slug="ines")
    article = make_article("Herring", standfirst="What the nets brought", body=[])
    article.bylines.create(person=ines)
    article.body = [{"type": "paragraph", "value": "<p>Three <b>barrels</b> &amp; a crate</p>"}]
    article.save_revision().publish()
    published("Something else")
    for word in ("barrels", "herring", "nets", "aldana"):
        assert ask(word).titles == ["Herring"], word


def test_what_was_found_is_marked_and_everything_else_is_escaped(publication, prints):
    published("The <b>lamp</b> & the wall", text="A lamp burned &amp; shone.")
    answer = ask("lamp")
    assert "The &lt;b&gt;<mark>lamp</mark>&lt;/b&gt; &amp; the wall" in answer.html
    assert answer.excerpts == ["A <mark>lamp</mark> burned &amp; shone."]


def test_a_headline_counts_more_than_a_body_and_the_newer_of_two_alike_comes_first(publication, prints):
    old, new = datetime(2016, 5, 1, tzinfo=UTC), timezone.now()
    published("Nothing here", text="The dredger came. " * 2, published_at=new)
    published("The dredger, once", text="It was a long story.", published_at=old)
    published("The dredger, again", text="It was a long story.", published_at=new)
    assert ask("dredger").titles == ["The dredger, again", "The dredger, once", "Nothing here"]
    assert ask("dredger", order="newest").titles[-1] == "The dredger, once"


def test_all_words_must_be_there_a_phrase_as_it_stands_and_no_word_with_a_minus(publication, prints):
    published("One", text="The harbour wall fell into the sea.")
    published("Two", text="A wall stands by the harbour.")
    published("Three", text="The harbour alone.")
    assert set(ask("harbour wall").titles) == {"One", "Two"}
    assert ask('"harbour wall"').titles == ["One"]
    assert ask("“harbour wall”").titles == ["One"]
    assert set(ask("harbour -sea").titles) == {"Two", "Three"}
    assert set(ask('harbour -"harbour wall"').titles) == {"Two", "Three"}


def test_accents_capitals_and_english_endings_make_no_difference(publication, prints):
    published("Crêperie", text="The ferries sail at noon.")
    assert ask("CREPERIE").titles == ask("crêperie").titles == ask("ferry").titles == ["Crêperie"]


def test_filters_narrow_by_section_with_those_beneath_by_byline_and_by_time(section, prints):
    below = type(section).objects.create(name="Quay", slug="quay", parent=section)
    ines = Person.objects.create(name="Ines Aldana", slug="ines")
    article = make_article("Below", section=below, published_at=datetime(2020, 3, 5, 12, tzinfo=UTC))
    article.bylines.create(person=ines)
    article.save_revision().publish()
    published("Below, elsewhere", text="Below deck.", published_at=datetime(2021, 3, 5, 12, tzinfo=UTC))
    assert len(ask("below").titles) == 2
    assert ask("below", section="harbour").titles == ["Below"]
    assert ask("below", by="aldana").titles == ["Below"]
    assert ask("below", by="nobody").titles == []
    assert ask("below", until="2020-03-05").titles == ["Below"]
    assert ask("below", since="2020-03-06").titles == ["Below, elsewhere"]
    assert ask("below", since="2020-03-05", until="2020-03-05").titles == ["Below"]
    assert ask("below", since="1066-10-14", until="1066-10-15").titles == []


def test_how_a_block_is_shown_is_not_searched(publication, prints):
    image = {"image": make_picture().pk, "alt": "A pole", "caption": "", "credit": "", "width": "wide"}
    make_article("A gauge", body=[{"type": "image", "value": image}]).save_revision().publish()
    settle()
    assert ask("pole").titles == ["A gauge"]
    assert ask("wide").titles == []


def test_a_draft_is_not_found_and_what_is_unpublished_is_found_no_more(publication, prints):
    published("The lighthouse")
    draft = make_article("The lighthouse, a draft", live=False, published_at=None)
    draft.save_revision()
    settle()
    assert ask("lighthouse").titles == ["The lighthouse"]
    shown = published("The lighthouse, too")
    shown.unpublish()
    assert ask("lighthouse").titles == ["The lighthouse"], "even before the index knows"
    settle()
    assert ask("lighthouse").titles == ["The lighthouse"]
    assert ask("lighthouse").count == "1 found"


def test_an_edited_article_is_found_by_what_it_says_now(publication, prints):
    article = published("A storm", text="Waves as high as houses.")
    article.body = [{"type": "paragraph", "value": "<p>Waves as high as sheds.</p>"}]
    article.save_revision().publish()
    settle()
    assert ask("houses").titles == []
    assert ask("sheds").titles == ["A storm"]


def test_a_person_who_is_called_something_else_is_found_under_the_new_name(publication, prints):
    ines = Person.objects.create(name="Ines Aldana", slug="ines")
    article = make_article("A storm")
    article.bylines.create(person=ines)
    article.save_revision().publish()
    settle()
    Person.objects.update(name="Ines Brink")
    record("person.changed", id=ines.pk)
    settle()
    assert ask("aldana").titles == []
    assert ask("brink").titles == ["A storm"]


def test_comments_are_found_by_their_words_and_their_authors(article, prints):
    comment = posted(article, text="Has anybody seen the *sextant*?", name="Bob Malin")
    posted(article, text="Irrelevant.", name="Alice")
    settle()
    answer = ask("sextant", kind="comments")
    assert answer.paths == [f"{article.path}c/{comment.seq}/"]
    assert answer.titles == ["Bob Malin"]
    assert "seen the <mark>sextant</mark>" in answer.excerpts[0]
    assert ask("malin", kind="comments").titles == ["Bob Malin"]
    assert ask("sextant", kind="comments", by="bob MALIN").titles == ["Bob Malin"]
    assert ask("sextant", kind="comments", by="alice").titles == []
    assert ask("sextant", kind="comments", section="harbour").titles == ["Bob Malin"]
    assert ask("sextant").titles == [], "articles and comments are searched apart"


@pytest.mark.parametrize("state", [Comment.State.HELD, Comment.State.REMOVED, Comment.State.PRIVATE])
def test_a_comment_that_nobody_may_read_is_not_found(article, thread, state, prints):
    write(thread, "My secret sextant.", state=state)
    reindexing.reindex(lambda done, of: None)
    assert ask("sextant", kind="comments").titles == []


def test_a_comment_is_found_while_it_is_shown_and_not_a_moment_longer(article, carol, prints):
    comment = posted(article, text="A sextant, see https://example.org/", name="mallory")
    settle()
    assert ask("sextant", kind="comments").titles == [], "held"
    deciding.approve(comment, by=carol)
    settle()
    assert ask("sextant", kind="comments").titles == ["mallory"]
    deciding.remove(comment, by=carol)
    assert ask("sextant", kind="comments").titles == [], "removed, and not in the index yet"
    settle()
    assert ask("sextant", kind="comments").count == "Nothing found"
    deciding.restore(comment, by=carol)
    settle()
    assert ask("sextant", kind="comments").titles == ["mallory"]


def test_a_comment_that_goes_while_it_is_being_indexed_is_not_left_in_the_index(
    article, carol, prints, monkeypatch
):
    settle()
    comment = posted(article, text="A sextant.")
    read = texts.of_comment

    def read_slowly(each):
        words = read(each)
        if not comment.removals.exists():
            deciding.remove(comment, by=carol)
            hand_events(CONSUMERS)
        return words

    monkeypatch.setattr(texts, "of_comment", read_slowly)
    settle()
    assert comment.removals.exists()
    assert ask("sextant", kind="comments").count == "Nothing found"


def test_the_comments_of_a_withdrawn_article_go_and_come_back_with_it(article, prints):
    article.save_revision().publish()
    posted(article, text="A sextant.")
    settle()
    article.unpublish()
    assert ask("sextant", kind="comments").titles == []
    settle()
    assert ask("sextant", kind="comments").count == "Nothing found"
    article.save_revision().publish()
    settle()
    assert ask("sextant", kind="comments").titles == ["alice"]


def test_an_address_a_network_or_anything_else_of_an_author_is_not_searched(article, prints):
    posted(article, text="A sextant.", email="bob@sextant.example")
    settle()
    for private in ("bob@sextant.example", "example", "192.0.2.1", "~s1"):
        assert ask(private, kind="comments").titles == []


def test_where_the_publisher_keeps_comments_out_nobody_searches_them(article, settings, prints):
    posted(article, text="A sextant.")
    settle()
    settings.OPTIONS = {**settings.OPTIONS, "search_comments": False}
    answer = ask("sextant", kind="comments")
    assert answer.titles == []
    assert 'value="comments"' not in answer.html


def test_pages_follow_each_other_and_end(publication, prints, monkeypatch):
    monkeypatch.setattr("broadsheet.search.finding.PAGE_LENGTH", 2)
    for number in range(5):
        published(f"Gull {number}", text="Gulls.")
    pages = [ask("gull", page=number) for number in (1, 2, 3)]
    assert sorted(title for page in pages for title in page.titles) == [f"Gull {n}" for n in range(5)]
    assert 'href="/search/?q=gull&amp;page=2"' in pages[0].html
    assert 'rel="prev" href="/search/?q=gull"' in pages[1].html
    assert 'rel="next"' not in pages[2].html
    assert ask("gull", page=25).titles == pages[2].titles


def test_more_than_can_be_looked_through_is_said(publication, prints, monkeypatch):
    for engine in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"broadsheet.search.engines.{engine}.MOST_RANKED", 3)
    for number in range(5):
        published(f"Gull {number}", published_at=datetime(2020, 1, 1 + number, tzinfo=UTC))
    answer = ask("gull")
    assert answer.count == "At least 3 found"
    assert "only the newest 3 were looked through" in answer.html
    assert sorted(answer.titles) == ["Gull 2", "Gull 3", "Gull 4"]


def test_a_comment_in_an_imported_thread_is_found_after_a_publication_changed_as_a_whole(
    article, thread, prints
):
    write(thread, "A sextant that came from elsewhere.")
    record("publication.changed", id=1)
    settle()
    assert ask("sextant", kind="comments").titles == ["bob"]
    assert ask("late").titles == ["The tide is late"]
