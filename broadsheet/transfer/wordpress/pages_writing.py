"""Write pages as standing pages at their old paths. Where one had a discussion, an article of its own carries that."""

import json
from collections.abc import Sequence
from html import escape
from uuid import uuid4

from broadsheet.articles import reserved
from broadsheet.articles.models import Article, StandingPage
from broadsheet.transfer.wordpress import old_places
from broadsheet.transfer.wordpress.articles_writing import Writing
from broadsheet.transfer.wordpress.bodies import Raw
from broadsheet.transfer.wordpress.drafting import Work, headline, is_live, moment_of
from broadsheet.transfer.wordpress.intake import Intake
from broadsheet.transfer.wordpress.talks import State, state_of

_LONGEST = 255  # characters of a path
_HIGHEST_ORDER = 32_000


class PagesWriting:
    def __init__(self, intake: Intake, articles: Writing) -> None:
        self._intake = intake
        self._articles = articles

    def write(self, works: Sequence[Work]) -> None:
        """Make the standing pages; call it inside of `intake.together`. Each work then has its page."""
        pages = [self._page(work) for work in works]
        self._free_paths(pages)
        for work, page in zip(works, pages, strict=True):
            work.page = page
        self.give_articles([work for work in works if len(work.post.comments)])
        for work, page in zip(works, pages, strict=True):
            page.body = json.dumps(work.body + _link_to_discussion(work.article))
        StandingPage.objects.bulk_create(pages)

    def give_articles(self, works: Sequence[Work]) -> None:
        """An article for the discussion of each page, with nothing but the way to the page in it."""
        carriers = [
            Work(work.post, body=_link_to_page(work.page), hidden=not _has_public(work)) for work in works
        ]
        self._articles.write(carriers)
        for work, carrier in zip(works, carriers, strict=True):
            work.article = carrier.article
            if work.page and carrier.article:
                self._intake.report.problems.append(
                    f"The page {work.page.path} was commented on. Pages have no discussion here, so an article of its "
                    f"own carries it: {carrier.article.path}"
                )

    def _page(self, work: Work) -> StandingPage:
        post, live = work.post, is_live(work.post)
        shown = moment_of(post) if live else None
        return StandingPage(
            title=headline(post),
            path=old_places.page_path(post, self._intake.survey),
            live=live,
            has_unpublished_changes=not live,
            published_at=shown,
            first_published_at=shown,
            last_published_at=shown,
            menu_order=0 if post.parent else min(max(post.menu_order, 0), _HIGHEST_ORDER),
        )

    def _free_paths(self, pages: Sequence[StandingPage]) -> None:
        """Let every page have a path that nothing else answers."""
        taken = set(StandingPage.objects.values_list("path", flat=True))
        for page in pages:
            wanted = page.path[:_LONGEST].rstrip("/") + "/"
            base = f"/pages{wanted[:200]}" if reserved.is_ours(wanted) else wanted
            page.path, number = base, 1
            while page.path in taken:
                number += 1
                page.path = f"{base[:240].rstrip('/')}-{number}/"
            taken.add(page.path)
            if page.path != wanted:
                self._intake.report.problems.append(
                    f"Something else stands at {wanted}, so the page “{page.title}” is at {page.path}"
                )


def _link_to_page(page: StandingPage | None) -> list[Raw]:
    return [_link(page.path, page.title)] if page else []


def _link_to_discussion(article: Article | None) -> list[Raw]:
    if article is None or not article.live:
        return []
    return [_link(f"{article.path}#discussion", "Discussion of this page")]


def _has_public(work: Work) -> bool:
    return any(state_of(record) == State.PUBLISHED for record in work.post.comments)


def _link(path: str, words: str) -> Raw:
    value = f'<p><a href="{escape(path)}">{escape(words, quote=False)}</a></p>'
    return {"type": "paragraph", "value": value, "id": str(uuid4())}
