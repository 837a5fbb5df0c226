"""Close a discussion, and open it again. The clock closes those whose time is over.

Whoever opens one again after its time keeps it open: the clock closes it no second time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.log_actions import log

from broadsheet.articles.models import Article
from broadsheet.discussion import ruling
from broadsheet.discussion.models import Closure, Rules
from broadsheet.discussion.ruling import InForce
from broadsheet.events.recording import record
from broadsheet.readers.models import Reader

TIME_OVER = gettext_noop("the time for comments is over")
AT_ONCE = 500
"""Discussions that the clock closes at one tick; the rest follow at the next ones."""


class NotPossible(ValueError):
    """It is closed already, or open."""


@dataclass(frozen=True)
class Closed:
    """That a discussion takes no comments."""

    since: datetime | None = None
    reason: str = ""
    """In English, where it is the clock's; translated where it is shown."""


def closed(article: Article, rules: InForce) -> Closed | None:
    """Whether and since when an article's discussion is closed, as readers are told."""
    if article.comments_open:
        ends = closes_at(article, rules)
        return Closed(ends, TIME_OVER) if ends and ends <= timezone.now() else None
    closure = Closure.objects.filter(article=article, reopened_at=None).first()
    return Closed(closure.closed_at, closure.reason) if closure else Closed()


def closes_at(article: Article, rules: InForce) -> datetime | None:
    """When the clock will close it; None where nobody said so, or somebody opened it again after its time."""
    if not rules.close_after_days or article.published_at is None:
        return None
    ends = article.published_at + timedelta(days=rules.close_after_days)
    if ends <= timezone.now() and _opened_after(article, ends):
        return None
    return ends


def _opened_after(article: Article, ends: datetime) -> bool:
    return Closure.objects.filter(article=article, reopened_at__gte=ends).exists()


def close(article: Article, *, by: Reader, reason: str = "") -> None:
    """Take no more comments under an article, from now on."""
    with transaction.atomic():
        article = _locked(article, by)
        if not article.comments_open:
            raise NotPossible("This discussion is closed already.")
        Closure.objects.create(article=article, closed_by=by, closed_at=timezone.now(), reason=reason)
        _change(
            article, by, "close", f"Closed the discussion{f': {reason}' if reason else ''}", is_open=False
        )


def reopen(article: Article, *, by: Reader) -> None:
    with transaction.atomic():
        article = _locked(article, by)
        if closed(article, ruling.of_article(article)) is None:
            raise NotPossible("This discussion is open.")
        closure = Closure.objects.filter(article=article, reopened_at=None).first()
        closure = closure or Closure(article=article)  # it came closed, or the clock is late
        closure.reopened_by, closure.reopened_at = by, timezone.now()
        closure.save()
        _change(article, by, "reopen", "Opened the discussion again", is_open=True)


def close_due() -> int:
    """Close the discussions whose time is over (the clock calls it); how many that were."""
    due = list(islice(_due(), AT_ONCE))
    if not due:
        return 0
    now = timezone.now()
    with transaction.atomic():
        still = Article.objects.select_for_update(of=("self",)).filter(pk__in=due, comments_open=True)
        pks = list(still.order_by("pk").values_list("pk", flat=True))
        Closure.objects.bulk_create(Closure(article_id=pk, closed_at=now, reason=TIME_OVER) for pk in pks)
        Article.objects.filter(pk__in=pks).update(comments_open=False)
        record("discussion.ruled", articles=pks)
    return len(pks)


def _due() -> Iterator[int]:
    """The articles under which comments are still taken though their time is over."""
    conditions = list(_over_by_level(timezone.now()))
    for days, condition in conditions:
        open_ones = Article.objects.filter(condition, live=True, comments_open=True)
        known = open_ones.annotate(reopened_at=Max("closures__reopened_at")).order_by("published_at")
        for pk, published_at, reopened_at in known.values_list("pk", "published_at", "reopened_at"):
            if reopened_at is None or reopened_at < published_at + timedelta(days=days):
                yield pk


def _over_by_level(now: datetime) -> Iterator[tuple[int, Q]]:
    """For each number of days that somebody has set: the articles it holds for, and that are older."""
    own = Rules.objects.filter(level=Rules.Level.ARTICLE, close_after_days__isnull=False)
    for days in set(filter(None, own.values_list("close_after_days", flat=True))):
        yield days, Q(rules__close_after_days=days, published_at__lte=now - timedelta(days=days))
    by_days: dict[int, list[int | None]] = {}
    for section, rules in ruling.of_sections().items():
        if rules.close_after_days:
            by_days.setdefault(rules.close_after_days, []).append(section)
    for days, sections in by_days.items():
        says_nothing = Q(rules=None) | Q(rules__close_after_days=None)
        yield days, _in(sections) & says_nothing & Q(published_at__lte=now - timedelta(days=days))


def _in(sections: Iterable[int | None]) -> Q:
    named = [section for section in sections if section is not None]
    outside = Q(section=None) if None in sections else Q(pk__in=())
    return Q(section__in=named) | outside


def _change(article: Article, by: Reader, deed: str, said: str, *, is_open: bool) -> None:
    Article.objects.filter(pk=article.pk).update(comments_open=is_open)
    log(article, f"broadsheet.{deed}_discussion", user=by, data={"said": said})
    record("discussion.ruled", articles=[article.pk])


def _locked(article: Article, by: Reader) -> Article:
    """The article as it is now, locked until the deed is committed."""
    if not ruling.may_set(by, article):
        raise PermissionDenied("Only a moderator, or whoever may change the article, closes its discussion.")
    locked: Article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    return locked
