"""Write articles in groups: their rows, bylines, tags, and the moment of those that wait for theirs."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from wagtail.models import ReferenceIndex

from broadsheet.articles.models import Article, ArticleTag, Byline
from broadsheet.transfer.wordpress.drafting import Work, article_of, moment_of
from broadsheet.transfer.wordpress.intake import Intake
from broadsheet.transfer.wordpress.people import People
from broadsheet.transfer.wordpress.pictures import Pictures
from broadsheet.transfer.wordpress.sorting import Sorting


class Writing:
    """Writes new articles; what they refer to is made as it is needed."""

    def __init__(self, intake: Intake, people: People, sorting: Sorting, pictures: Pictures) -> None:
        self._intake = intake
        self._people = people
        self._sorting = sorting
        self._pictures = pictures

    def write(self, works: Sequence[Work]) -> None:
        """Make the articles of posts; call it inside of `intake.together`. Each work then has its article."""
        if not works:
            return
        articles = [self._article(work) for work in works]
        free_slugs(articles)
        Article.objects.bulk_create(articles)
        for work, article in zip(works, articles, strict=True):
            work.article = article
        self._join(works, articles)

    def _article(self, work: Work) -> Article:
        article = article_of(work, self._intake, self._pictures)
        article.section = self._sorting.section(work.post)
        return article

    def _join(self, works: Sequence[Work], articles: Sequence[Article]) -> None:
        people = [
            (article, self._people.person(work.post.creator))
            for work, article in zip(works, articles, strict=True)
        ]
        Byline.objects.bulk_create(
            Byline(article=article, person=person, sort_order=0) for article, person in people if person
        )
        tags = [
            (article, self._sorting.tags(work.post)) for work, article in zip(works, articles, strict=True)
        ]
        ArticleTag.objects.bulk_create(
            ArticleTag(content_object=article, tag_id=tag) for article, mine in tags for tag in mine
        )
        for work, article in zip(works, articles, strict=True):
            if article.lead_picture_id or any(raw["type"] in ("image", "gallery") for raw in work.body):
                ReferenceIndex.create_or_update_for_object(article)
            self._schedule(work, article)

    def _schedule(self, work: Work, article: Article) -> None:
        """A post that waits for its moment waits here too; one whose moment has gone by stays a draft."""
        post, moment = work.post, moment_of(work.post)
        if post.status != "future":
            if post.password:
                self._note(work, "was protected by a password, so it is a draft here")
            return
        if moment is None or moment <= timezone.now():
            self._note(work, "was to appear before this import, so it is a draft here")
            return
        schedule(article, moment)

    def _note(self, work: Work, what: str) -> None:
        self._intake.report.problems.append(f"“{work.article}” (post {work.post.id}) {what}.")


def schedule(article: Article, moment: datetime) -> None:
    article.go_live_at = moment
    article.save(update_fields=["go_live_at"])
    article.save_revision().publish()


def free_slugs(articles: Sequence[Article]) -> None:
    """Let no two articles of one day share a slug, those that are here already included."""
    days = {article.published_on for article in articles if article.published_on}
    rows = Article.objects.filter(published_on__in=days).values_list("published_on", "slug")
    taken: set[tuple[date | None, str]] = set(rows)
    for article in articles:
        if article.published_on is None:
            continue
        slug, number = article.slug, 1
        while (article.published_on, article.slug) in taken:
            number += 1
            article.slug = f"{slug[:190]}-{number}"
        taken.add((article.published_on, article.slug))
