"""A reader's notices as an Atom feed."""

from django.utils.translation import gettext as _

from broadsheet.articles import syndication
from broadsheet.articles.syndication import Feed, Item
from broadsheet.kit.pages import Page
from broadsheet.kit.text import excerpt
from broadsheet.notices import noticing, wording
from broadsheet.notices.models import Notice
from broadsheet.readers.models import Reader

LONGEST = 280


def feed_of(reader: Reader, token: str) -> Page:
    """What happened; it says nothing of whose notices these are."""
    title = _("Notices")
    place = f"/notices/feeds/{token}/"
    items = [_item(notice) for notice in noticing.newest_of(reader)]
    feed = Feed(title=title, description=title, path="/notices/", feed_path=f"{place}feed", items=items)
    return syndication.feed_page(feed, "atom")


def _item(notice: Notice) -> Item:
    article, comment = noticing.article_of(notice), notice.comment
    words = excerpt(comment.html, LONGEST) if comment else article.standfirst
    group = wording.group(noticing.Group(notice.kind, article, [notice]))
    return Item(
        path=noticing.path_of(notice),
        title=f"{group.line} {article.headline}",
        summary=words,
        html="",
        published_at=notice.made_at,
        updated_at=notice.made_at,
        authors=(comment.author_name,) if comment else (),
    )
