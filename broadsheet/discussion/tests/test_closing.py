"""A discussion is closed by hand or by the clock, with a record, and opened again with one."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from broadsheet.articles.models import Article
from broadsheet.discussion import closing
from broadsheet.discussion.models import Closure
from broadsheet.discussion.tests.cast import filled_in, make_article, page, post, posted
from broadsheet.discussion.tests.test_rules import publisher, ruled  # noqa: F401
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def is_open(article):
    return Article.objects.get(pk=article.pk).comments_open


def aged(days, **fields):
    return make_article(
        f"{days} days old", published_at=timezone.now() - timedelta(days=days, minutes=1), **fields
    )


def test_a_closed_discussion_says_since_when_and_why_and_shows_no_form(article, carol):
    posted(article, "Early")
    closing.close(article, by=carol, reason="the vote is over <b>")
    html = page(article.path)
    assert "Comments under this article are closed since <time" in html
    assert "the vote is over &lt;b&gt;." in html
    assert 'id="say"' not in html and 'class="reply"' not in html
    answer = post(article, "Too late?")
    assert answer.status_code == 409 and filled_in(answer.content.decode(), "text") == "Too late?"


def test_closing_and_opening_are_records_and_stand_in_the_history(article, carol):
    closing.close(article, by=carol, reason="enough")
    closing.reopen(article, by=carol)
    closure = Closure.objects.get(article=article)
    assert (closure.closed_by, closure.reason, closure.reopened_by) == (carol, "enough", carol)
    assert closure.closed_at <= closure.reopened_at
    said = ModelLogEntry.objects.filter(object_id=str(article.pk)).order_by("timestamp")
    assert [entry.data.get("said") for entry in said if entry.data.get("said")] == [
        "Closed the discussion: enough",
        "Opened the discussion again",
    ]
    assert posted(article, "Open again")


def test_nothing_is_closed_or_opened_twice(article, carol):
    with pytest.raises(closing.NotPossible):
        closing.reopen(article, by=carol)
    closing.close(article, by=carol)
    with pytest.raises(closing.NotPossible):
        closing.close(article, by=carol)
    assert Closure.objects.count() == 1


def test_what_came_closed_says_no_more_than_that_and_can_be_opened(article, carol):
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    assert "Comments under this article are closed.</p>" in page(article.path)
    closing.reopen(article, by=carol)
    assert is_open(article) and Closure.objects.get(article=article).reopened_by == carol


def test_a_publication_of_an_old_draft_opens_nothing(article, carol):
    revision = article.save_revision()
    closing.close(article, by=carol)
    revision.publish()
    assert not is_open(article)


def test_a_copy_of_a_closed_article_is_open(article, carol):
    from broadsheet.articles import duplicating

    closing.close(article, by=carol)
    article.refresh_from_db()
    assert duplicating.duplicate(article, by=carol).comments_open


def test_the_clock_closes_by_each_level_what_is_old_enough(ruled, publication, section):  # noqa: F811
    kept, longer, gone, outside, young = (
        aged(20, section=section), aged(21, section=section), aged(31, section=section), aged(15), aged(13),
    )  # fmt: skip
    ruled(publication, close_after_days=14)
    ruled(section, close_after_days=30)
    ruled(longer, close_after_days=7)
    assert closing.close_due() == 5 and closing.close_due() == 0, "the two of every test are old as well"
    assert [is_open(each) for each in (kept, longer, gone, outside, young)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    closure = Closure.objects.get(article=gone)
    assert (closure.closed_by, closure.reason) == (None, closing.TIME_OVER)
    assert "the time for comments is over." in page(gone.path)
    ruled(kept, close_after_days=0)
    ruled(section, close_after_days=1)
    assert closing.close_due() == 0, "an article that never closes does not follow its section"


def test_a_late_clock_keeps_nothing_open(ruled):  # noqa: F811
    article = aged(15)
    ruled(article, close_after_days=14)
    assert is_open(article)
    assert post(article, "Late").status_code == 409
    html = page(article.path)
    assert "Comments under this article are closed since" in html and 'id="say"' not in html


def test_what_somebody_opened_after_its_time_the_clock_leaves_open(ruled, carol):  # noqa: F811
    article = aged(15)
    ruled(article, close_after_days=14)
    closing.close_due()
    closing.reopen(article, by=carol)
    assert closing.close_due() == 0 and is_open(article)
    assert posted(article, "Thank you")
    assert "Comments close on" not in page(article.path)
    before = aged(10)
    closing.close(before, by=carol)
    closing.reopen(before, by=carol)
    ruled(before, close_after_days=11)
    Article.objects.filter(pk=before.pk).update(published_at=timezone.now() - timedelta(days=12))
    Closure.objects.filter(article=before).update(reopened_at=timezone.now() - timedelta(days=3))
    assert closing.close_due() == 1 and not is_open(before)


def test_pages_of_a_discussion_follow_its_rules(article, carol):
    drain()
    page(article.path)
    closing.close(article, by=carol)
    drain()
    assert b"are closed since" in store.read(article.path)


def test_a_rule_of_the_publication_is_on_every_page(ruled, publication, article):  # noqa: F811
    page(article.path)
    drain()
    ruled(publication, hold="everything")
    drain()
    assert b"Everything is read by a moderator" in store.read(article.path)


def test_rules_of_one_article_are_its_own(ruled, article):  # noqa: F811
    other = make_article("Another")
    ruled(article, slow_seconds=60)
    assert "Slow mode" in page(article.path) and "Slow mode" not in page(other.path)
