"""Other articles on the same matter, without an editor's choice: near ones that share its tags, then its section's.

Each tag has a window: so many articles before this one and some after it, by number. So the choice takes a fixed
number of index look-ups whatever the size of the archive, and a change of one article concerns few pages, which
`showing` names: the same windows, looked through from the other side.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from broadsheet.articles.models import Article, Tag

MOST = 4
_BEFORE, _AFTER = 20, 6
_TAGS = 6
"""Tags beyond so many say little."""
_NEAR = """
SELECT content_object_id FROM (
    SELECT content_object_id FROM articles_articletag WHERE tag_id = %s AND content_object_id {side} %s
    ORDER BY content_object_id {order} LIMIT %s
) AS near
"""


def related_to(article: Article) -> list[Article]:
    """At most four live articles, the nearest first; headline, address and day are loaded of each."""
    if article.pk is None or article.published_on is None:
        return []
    tags = [tagged.tag_id for tagged in article.tagged.all()][:_TAGS]
    shared = Counter(_near(tags, article.pk, before=_BEFORE, after=_AFTER))
    found = sorted(
        _short().filter(pk__in=shared),
        key=lambda other: (
            -shared[other.pk],
            other.section_id != article.section_id,
            abs(other.pk - article.pk),
        ),
    )[:MOST]
    if len(found) < MOST and article.section_id and article.published_at:
        known = [article.pk, *(other.pk for other in found)]
        earlier = _short().filter(section=article.section_id, published_at__lt=article.published_at)
        found += earlier.exclude(pk__in=known).order_by("-published_at", "-pk")[: MOST - len(found)]
    return found


def showing(article: Article, stood_in: Iterable[str] = ()) -> list[Article]:
    """The live articles on whose pages this one may stand, or may have stood while it was in these lists."""
    paths = set(stood_in)
    slugs = [path.split("/")[2] for path in paths if path.startswith("/tag/")]
    tags = {tagged.tag_id for tagged in article.tagged.all()}
    tags |= set(Tag.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    found = list(_short().filter(pk__in=_near(sorted(tags), article.pk, before=_AFTER, after=_BEFORE)))
    if article.published_at:
        later = _short().filter(published_at__gt=article.published_at)
        sections = {article.section.slug} if article.section else set()
        sections |= {path.split("/")[2] for path in paths if path.startswith("/section/")}
        for slug in sorted(sections):
            found += later.filter(section__slug=slug).order_by("published_at", "pk")[: 2 * MOST]
    return found


def _near(tags: list[int], pk: int, *, before: int, after: int) -> list[int]:
    """The numbers of what stands near in each tag, once for each; one statement."""
    if not tags:
        return []
    parts, values = [], list[int]()
    for tag in tags:
        parts += [_NEAR.format(side="<", order="DESC"), _NEAR.format(side=">", order="ASC")]
        values += [tag, pk, before, tag, pk, after]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [row[0] for row in cursor.fetchall()]


def _short() -> QuerySet[Article]:
    articles: QuerySet[Article] = Article.objects.filter(live=True, published_on__isnull=False)
    return articles.only("headline", "slug", "published_on", "published_at", "section_id", "language")
