"""What is due comes out by the clock, whatever else fails."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.articles import publishing
from broadsheet.articles.models import Article, StandingPage
from broadsheet.events.models import Event

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=1)


def scheduled(headline: str, *, at, **fields) -> Article:
    """An article whose approved revision goes live `at`."""
    article: Article = Article.objects.create(headline=headline, live=False, **fields)
    article.go_live_at = timezone.now() + SOON
    article.save_revision().publish()
    article.revisions.update(approved_go_live_at=at)
    # The revision says the same moment as its approval.
    revision = article.revisions.get()
    revision.content["go_live_at"] = at.isoformat()
    revision.save()
    return article


def test_what_is_due_is_published_and_what_is_not_waits():
    due = scheduled("Due", at=timezone.now() - timedelta(seconds=1))
    later = scheduled("Later", at=timezone.now() + SOON)
    before = timezone.now()
    assert publishing.publish_due() == 1
    due.refresh_from_db()
    later.refresh_from_db()
    assert due.live
    assert before <= due.published_at <= timezone.now()
    assert due.published_on == timezone.localdate(due.published_at)
    assert not later.live
    assert [event.facts["article"] for event in Event.objects.filter(kind="article.published")] == [due.pk]


def test_an_overdue_article_is_published_whenever_the_clock_wakes_and_once_only():
    scheduled("Overdue", at=timezone.now() - timedelta(days=3))
    assert publishing.publish_due() == 1
    assert publishing.publish_due() == 0


def test_a_change_of_a_published_article_comes_out_when_due():
    article = Article.objects.create(headline="Before", live=False)
    article.save_revision().publish()
    article.refresh_from_db()
    article.headline = "After"
    article.go_live_at = timezone.now() + SOON
    article.save_revision().publish()
    article.refresh_from_db()
    assert article.headline == "Before"
    revision = article.scheduled_revision
    past = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    assert publishing.publish_due() == 1
    article.refresh_from_db()
    assert article.headline == "After"


def test_what_has_expired_is_taken_back():
    article = Article.objects.create(headline="Notice", live=True)
    page = StandingPage.objects.create(title="Fair", path="/fair/", live=True)
    lasting = Article.objects.create(headline="Lasting", live=True, expire_at=timezone.now() + SOON)
    for thing in (article, page):
        thing.expire_at = timezone.now() - timedelta(seconds=1)
        thing.save()
    assert publishing.publish_due() == 2
    for thing in (article, page, lasting):
        thing.refresh_from_db()
    assert (article.live, article.expired, page.live, lasting.live) == (False, True, False, True)
    assert Event.objects.filter(kind="article.unpublished").count() == 1


@pytest.mark.only_on("sqlite")
def test_the_clock_reads_no_article_that_is_not_due():
    Article.objects.create(headline="Lasting", live=True)
    with CaptureQueriesContext(connection) as asked:
        publishing.publish_due()
    [expired] = [query["sql"] for query in asked if 'FROM "articles_article"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN QUERY PLAN {expired.split(' WHERE ')[0]} WHERE live AND expire_at <= '2026-01-01'"
        )
        assert "USING INDEX article_expiring" in cursor.fetchall()[0][3]


def test_one_that_fails_stops_no_other(monkeypatch, caplog):
    bad = scheduled("Bad", at=timezone.now() - timedelta(minutes=2))
    good = scheduled("Good", at=timezone.now() - timedelta(minutes=1))
    publish = Article.publish

    def fail_for_one(self, *args, **kwargs):
        if self.pk == bad.pk:
            raise RuntimeError("no paper left")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(Article, "publish", fail_for_one)
    assert publishing.publish_due() == 1
    good.refresh_from_db()
    assert good.live
    assert "no paper left" in caplog.text
    assert len(list(publishing.due_revisions())) == 1
