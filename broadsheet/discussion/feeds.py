"""Feeds of comments, of one thread or of the whole publication: RSS, Atom and JSON Feed."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.articles import syndication
from broadsheet.articles.site import absolute
from broadsheet.articles.syndication import Feed, Item
from broadsheet.discussion import asking, pictured, reading, spoilers
from broadsheet.discussion.models import Comment
from broadsheet.kit.pages import Page
from broadsheet.kit.text import excerpt
from broadsheet.masthead.models import Publication


def of_thread(year: str, month: str, day: str, slug: str, format: str) -> Page:  # noqa: A002 - its word in the address
    """The newest comments of one article."""
    article = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(article)
    comments = reading.newest(_most(), thread) if thread.pk else []
    title = _("Comments on %(headline)s") % {"headline": article.headline}
    prompt = asking.prompt_of(thread)
    feed = {"title": title, "path": f"{article.path}#discussion", "place": f"{article.path}comments/"}
    return page_of(comments, format, **feed, description=prompt.text if prompt else "")


def of_everything(format: str) -> Page:  # noqa: A002
    """The newest comments of the whole publication."""
    title = _("Comments in %(publication)s") % {"publication": Publication.current().name}
    return page_of(reading.newest(_most()), format, title=title, path="/comments/", place="/comments/")


def of_picks(format: str) -> Page:  # noqa: A002
    """What the editors have picked lately."""
    title = _("Editors’ picks in %(publication)s") % {"publication": Publication.current().name}
    place = "/comments/picks/"
    return page_of(reading.picks(_most()), format, title=title, path=place, place=place)


def page_of(
    comments: Iterable[Comment], kind: str, *, title: str, path: str, place: str, description: str = ""
) -> Page:
    """A feed of comments, loaded with their articles: of the page at `path`, its own address below `place`."""
    items = [_item(comment) for comment in comments]
    feed = Feed(
        title=title, description=description or title, path=path, feed_path=f"{place}feed", items=items
    )
    return syndication.feed_page(feed, kind)


def _most() -> int:
    return int(settings.OPTIONS["feed_items"])


def _item(comment: Comment) -> Item:
    path = f"{comment.thread.article.path}c/{comment.seq}/"
    return Item(
        path=path,
        title=f"{comment.author_name}: {excerpt(comment.html, 80)}",
        summary=excerpt(comment.html, 280),
        html=spoilers.linked(comment.html, absolute(path)) + _pictures(comment),
        published_at=comment.posted_at,
        updated_at=comment.edited_at or comment.posted_at,
        authors=(comment.author_name,),
    )


def _pictures(comment: Comment) -> str:
    return "".join(
        format_html(
            '<p><img src="{}" alt="{}" width="{}" height="{}"></p>',
            each["url"],
            each["alt"],
            each["width"],
            each["height"],
        )
        for each in pictured.told(comment, comment.thread.article)
    )
