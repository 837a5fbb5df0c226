"""Import a WordPress site: read everything once, then write it group by group, each group whole or not at all.

A run that is killed has written whole groups; the next one knows them again (`transfer.models`) and goes on. What is
here is never changed and never deleted: whoever edited an imported article keeps the edit.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from broadsheet.articles.models import Article, StandingPage
from broadsheet.discussion import passages
from broadsheet.discussion.models import Thread
from broadsheet.transfer.models import Imported
from broadsheet.transfer.wordpress.articles_writing import Writing
from broadsheet.transfer.wordpress.comments_writing import CommentsWriting
from broadsheet.transfer.wordpress.drafting import Known, Work, digest, prepared
from broadsheet.transfer.wordpress.intake import Intake, source_of
from broadsheet.transfer.wordpress.pages_writing import PagesWriting
from broadsheet.transfer.wordpress.people import People
from broadsheet.transfer.wordpress.pictures import Fetch, Pictures
from broadsheet.transfer.wordpress.redirecting import Redirecting
from broadsheet.transfer.wordpress.report import Report
from broadsheet.transfer.wordpress.sorting import Sorting
from broadsheet.transfer.wordpress.survey import Survey, survey
from broadsheet.transfer.wordpress.talks import talk_about

GONE = "imported before and deleted here"
GROUP_COMMENTS, GROUP_POSTS = 2000, 100
"""What is written in one transaction at most; one post with more comments is a group by itself."""


class Progress(Protocol):
    """Hears how far an import is."""

    def read(self, position: int, size: int | None, comments: int) -> None:
        """So many bytes of the file are read."""

    def pictures(self, done: int, of: int) -> None:
        """So many files of the library are looked at."""

    def written(self, comments: int, of: int) -> None:
        """So many comments are written or known to be here."""


def import_site(
    source: str | Path | BinaryIO,
    *,
    media: Path | None = None,
    fetch: Fetch | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Import an export and say what it held. Raises ExportUnreadable before anything is written."""
    found = survey(source, progress.read if progress else None)
    with found.shelf:
        intake = Intake(found, source_of(found, dry_run=dry_run), Report(dry_run=dry_run), dry_run)
        return _Import(intake, Pictures(intake, media, fetch), progress).run()


class _Import:
    def __init__(self, intake: Intake, pictures: Pictures, progress: Progress | None) -> None:
        self._intake = intake
        self._survey: Survey = intake.survey
        self._report = intake.report
        self._pictures = pictures
        self._progress = progress
        self._people = People(intake)
        self._sorting = Sorting(intake.survey)
        self._articles = Writing(intake, self._people, self._sorting, pictures)
        self._pages = PagesWriting(intake, self._articles)
        self._comments = CommentsWriting(intake, pictures)
        self._redirecting = Redirecting(intake)
        rows = Imported.objects.filter(source=intake.source)
        self._known = {row[0]: Known(*row[1:]) for row in rows.values_list("foreign_id", *Known._fields)}
        self._places: dict[int, str] = {}
        """Where the posts of this export stand now, by their old numbers; live ones only."""
        self._written = 0

    def run(self) -> Report:
        self._tell_skipped()
        self._take_pictures()
        with self._intake.together():
            for login in self._survey.authors:
                self._people.person(login)
        for kind in ("post", "page"):
            for group in self._groups(kind):
                self._write(group)
        self._lead_the_rest()
        self._report.authors = len(self._people.present)
        self._report.images = self._pictures.count
        self._intake.complete()
        return self._report

    def _take_pictures(self) -> None:
        files = self._survey.attachments
        for done, file in enumerate(files, start=1):
            self._pictures.take(file.url)
            if self._progress:
                self._progress.pictures(done, len(files))

    def _groups(self, kind: str) -> Iterator[list[Work]]:
        group: list[Work] = []
        comments = 0
        for post in self._survey.shelf.posts(kind):
            group.append(prepared(post, self._known.get(post.id), self._intake, self._pictures))
            comments += len(post.comments)
            if comments >= GROUP_COMMENTS or len(group) >= GROUP_POSTS:
                yield group
                group, comments = [], 0
        if group:
            yield group

    def _write(self, group: list[Work]) -> None:
        with self._intake.together():
            self._write_new([work for work in group if work.known is None])
            self._find_again([work for work in group if work.known is not None])
            self._write_comments([work for work in group if work.article is not None])
            for work in group:
                if work.asks and work.article is not None:
                    passages.keep(work.article)
            self._redirecting.lead(
                way
                for work in group
                if (target := _target(work))
                for way in self._redirecting.of_post(work.post, target)
            )
        for work in group:
            if target := _target(work):
                self._places[work.post.id] = target
            self._written += len(work.post.comments)
            work.post.comments.close()
        self._report.articles += sum(1 for work in group if work.article and not work.page)
        self._report.pages += sum(1 for work in group if work.page)
        gone = sum(1 for work in group if not work.article and not work.page)
        self._report.skipped.update({GONE: gone} if gone else {})
        if self._progress:
            self._progress.written(self._written, self._survey.comments)

    def _write_new(self, works: list[Work]) -> None:
        if not works:
            return
        articles = [work for work in works if work.post.type == "post"]
        pages = [work for work in works if work.post.type == "page"]
        self._articles.write(articles)
        self._pages.write(pages)
        Imported.objects.bulk_create(
            Imported(
                source=self._intake.source,
                foreign_id=work.post.id,
                digest=digest(work.post),
                article=work.article,
                page=work.page,
            )
            for work in works
        )
        self._intake.note_change()
        self._report.new["articles"] += len(articles)
        self._report.new["pages"] += len(pages)

    def _find_again(self, works: list[Work]) -> None:
        if not works:
            return
        known = [work.known for work in works if work.known]
        articles = Article.objects.defer("body").in_bulk(
            [each.article_id for each in known if each.article_id]
        )
        pages = StandingPage.objects.defer("body").in_bulk([each.page_id for each in known if each.page_id])
        for work in works:
            if work.known is not None:
                work.article = articles.get(work.known.article_id or 0)
                work.page = pages.get(work.known.page_id or 0)
                self._people.find(work.post.creator)
                self._sorting.find(work.post)
        late = [work for work in works if work.page and not work.article and len(work.post.comments)]
        self._pages.give_articles(late)
        for work in late:
            if work.known is not None:
                Imported.objects.filter(pk=work.known.pk).update(article=work.article)

    def _write_comments(self, works: list[Work]) -> None:
        discussed = [(work.post, work.article) for work in works if len(work.post.comments) and work.article]
        is_new = all(work.known is None for work in works)
        threads = {} if is_new else self._threads([article for _, article in discussed])
        self._comments.write(
            [talk_about(post, article, threads.get(article.pk), self._report) for post, article in discussed]
        )

    def _threads(self, articles: list[Article]) -> dict[int, Thread]:
        """The threads there are, locked: nobody takes a number in them until these are written."""
        threads = Thread.objects.select_for_update().filter(article__in=articles)
        by_pk = {article.pk: article for article in articles}
        found = {thread.article_id: thread for thread in threads}
        for pk, thread in found.items():
            thread.article = by_pk[pk]
        return found

    def _lead_the_rest(self) -> None:
        with self._intake.together():
            self._redirecting.lead(
                way
                for post in self._survey.shelf.posts("attachment")
                for way in self._redirecting.of_attachment(post, self._places, self._pictures)
            )
            self._redirecting.lead(self._redirecting.of_lists(self._sorting, self._people))

    def _tell_skipped(self) -> None:
        self._report.skipped.update(self._survey.skipped)
        for kind, count in self._survey.comments_skipped.items():
            self._report.problems.append(f"Comments on items of the kind “{kind}” were left out: {count}.")


def _target(work: Work) -> str:
    """Where what it became stands for everybody; empty for what is not public."""
    if work.page is not None:
        return work.page.path if work.page.live else ""
    return work.article.path if work.article is not None and work.article.live else ""
