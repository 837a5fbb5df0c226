"""Feeds of comments, of one thread or of the whole publication."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.discussion import reading, spoilers
from broadsheet.discussion.models import Comment
from broadsheet.kit.pages import Page
from broadsheet.kit.text import clean, excerpt
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication

RSS = "application/rss+xml; charset=utf-8"


def of_thread(year: str, month: str, day: str, slug: str) -> Page:
    """The newest comments of one article."""
    article = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(article)
    comments = reading.newest(int(settings.OPTIONS["feed_items"]), thread) if thread.pk else []
    title = _("Comments on %(headline)s") % {"headline": article.headline}
    return _feed(title, f"{article.path}#discussion", f"{article.path}comments/feed.xml", comments)


def of_everything() -> Page:
    """The newest comments of the whole publication."""
    title = _("Comments in %(publication)s") % {"publication": Publication.current().name}
    return _feed(
        title, "/comments/", "/comments/feed.xml", reading.newest(int(settings.OPTIONS["feed_items"]))
    )


class _Feed(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        """Of an empty feed not the present moment, which Django takes: the same discussion gives the same bytes."""
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


def _feed(title: str, path: str, own_path: str, comments: list[Comment]) -> Page:
    feed = _Feed(
        title=clean(title),
        link=settings.URL + path,
        description=clean(title),
        language=speaking.publication_language(),
        feed_url=settings.URL + own_path,
    )
    for comment in comments:
        permalink = f"{settings.URL}{comment.thread.article.path}c/{comment.seq}/"
        feed.add_item(
            title=clean(f"{comment.author_name}: {excerpt(comment.html, 80)}"),
            link=permalink,
            description=clean(spoilers.linked(comment.html, permalink)),
            author_name=clean(comment.author_name),
            pubdate=comment.posted_at,
            unique_id=permalink,
        )
    return Page(content=feed.writeString("utf-8").encode(), content_type=RSS)
