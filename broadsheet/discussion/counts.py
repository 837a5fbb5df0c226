"""How many comments many articles have, in one call: what a list elsewhere shows beside each headline."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q

from broadsheet.articles.models import Article
from broadsheet.articles.reserved import article_at
from broadsheet.discussion.api import BadQuery
from broadsheet.kit import networks
from broadsheet.limits import limiting
from broadsheet.limits.limiting import Rate

MOST = 100
"""Paths in one call."""
KEPT = 60
"""Seconds that whoever asks may keep the answer."""
LONGEST = 300
"""Characters of one; no article's is as long."""

Place = tuple[date, str]


def answer(paths: Sequence[str]) -> dict[str, dict[str, int | None]]:
    """The count of each path as it was given; null where no article stands. One query, however many they are."""
    if not 0 < len(paths) <= MOST:
        raise BadQuery(f"Give 1 to {MOST} paths of articles, each as path=….")
    places = {path: _place(path) for path in paths}
    counts = _counts({place for place in places.values() if place is not None})
    return {"counts": {path: counts.get(place) if place else None for path, place in places.items()}}


def wait_of(address: str) -> int:
    """Seconds until this network may ask again; 0 if it may now, which is counted."""
    rate = Rate.parse(settings.OPTIONS["limit_counts_network"])
    key = f"counts/{settings.KEYRING.digest('network', networks.network_of(address))}"
    return limiting.wait(key, rate)


def _counts(places: Iterable[Place]) -> dict[Place, int]:
    at = [Q(published_on=on, slug=slug) for on, slug in places]
    if not at:
        return {}
    found = Article.objects.filter(Q(*at, _connector=Q.OR), live=True)
    told = found.values_list("published_on", "slug", "thread__comment_count")
    return {(on, slug): count or 0 for on, slug, count in told if on is not None}


def _place(path: str) -> Place | None:
    """The day and the slug in the path of an article."""
    said = article_at(path) if len(path) <= LONGEST and "\0" not in path else None
    if said is None:
        return None
    try:
        return date(int(said["year"]), int(said["month"]), int(said["day"])), said["slug"]
    except ValueError:
        return None  # no such day
