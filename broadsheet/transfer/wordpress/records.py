"""The records that a WordPress export is read into: what `wxr.read` yields, in the order of the file.

A file holds first one Site, then Authors, Categories, Tags and other Terms, then Posts. A Post is any `item`: post,
page, attachment, menu item, wpDiscuz form. Nothing is decided here: what to keep, and as what, is for the importer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from broadsheet.transfer.wordpress import moments
from broadsheet.transfer.wordpress.comments import Comment, CommentState, Meta, Uploads, Votes, whole
from broadsheet.transfer.wordpress.spool import Comments

__all__ = [
    "Attachment",
    "Author",
    "Category",
    "Comment",
    "CommentState",
    "Comments",
    "Post",
    "Record",
    "Site",
    "Subscription",
    "Tag",
    "Term",
    "TermName",
    "Uploads",
    "Votes",
]


@dataclass(frozen=True, slots=True)
class Site:
    """The channel: one in a file, always the first record."""

    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    base_site_url: str = ""  # of the network, for a multisite
    base_blog_url: str = ""  # of the site whose addresses are to be kept
    wxr_version: str = ""  # from the namespace, else as the file names it


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote posts. Posts name them by `login`. Commenters are not here."""

    login: str
    id: int = 0  # absent before WXR 1.1
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """The name to print: as displayed, else given names, else the login."""
        return self.display_name or f"{self.first_name} {self.last_name}".strip() or self.login


@dataclass(frozen=True, slots=True)
class Category:
    nicename: str
    name: str
    parent: str = ""  # nicename of the parent, which may come later in the file
    description: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    nicename: str
    name: str
    description: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A term of any other taxonomy: menus, post formats, what plugins add."""

    taxonomy: str
    nicename: str
    name: str
    parent: str = ""
    description: str = ""
    id: int = 0


class TermName(NamedTuple):
    """A term as an item names it: `domain` is `category`, `post_tag`, `post_format`, `nav_menu`, …"""

    domain: str
    nicename: str
    name: str


class Subscription(NamedTuple):
    """A follower of a post, by Subscribe to Comments Reloaded. `status`: Y (all), R (replies); longer: unconfirmed."""

    email: str
    since: datetime | None
    status: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An uploaded file, as the articles that show it need it."""

    id: int
    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""
    parent: int = 0  # the post it was uploaded to
    file: str = ""  # path below wp-content/uploads
    comment_id: int = 0  # the comment it was uploaded with


@dataclass(frozen=True, slots=True)
class Post:
    """An `item`. `comments` holds its comments outside of memory: iterate, then close (leaving `with` closes too)."""

    id: int
    type: str
    status: str
    title: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""  # an Author's login
    name: str = ""  # the slug; empty for drafts
    content: str = ""
    excerpt: str = ""
    date: datetime | None = None  # naive, on the site's clock
    date_gmt: datetime | None = None
    modified_gmt: datetime | None = None
    published: datetime | None = None  # pubDate, UTC
    comment_status: str = ""
    ping_status: str = ""
    parent: int = 0
    menu_order: int = 0
    password: str = ""
    sticky: bool = False
    attachment_url: str = ""
    terms: tuple[TermName, ...] = ()
    meta: Meta = field(default_factory=dict)
    comments: Comments = field(default_factory=Comments)

    @property
    def moment(self) -> datetime | None:
        """When it was published, in UTC; None for a draft without any date."""
        return self.date_gmt or moments.as_utc(self.date) or self.published

    @property
    def categories(self) -> list[TermName]:
        return [term for term in self.terms if term.domain in ("category", "")]

    @property
    def tags(self) -> list[TermName]:
        return [term for term in self.terms if term.domain in ("post_tag", "tag")]

    @property
    def thumbnail_id(self) -> int | None:
        """The attachment that is the featured image."""
        return whole(self.last("_thumbnail_id")) or None

    @property
    def old_names(self) -> list[str]:
        """Slugs it had before, each of which WordPress redirects."""
        return [name for name in self.meta.get("_wp_old_slug", []) if name]

    @property
    def attachment(self) -> Attachment | None:
        """The file, where the post is one."""
        if self.type != "attachment":
            return None
        return Attachment(
            id=self.id,
            url=self.attachment_url or self.guid,
            title=self.title,
            alt=self.last("_wp_attachment_image_alt"),
            caption=self.excerpt,
            description=self.content,
            parent=self.parent,
            file=self.last("_wp_attached_file"),
            comment_id=whole(self.last("_wmu_comment_id")),
        )

    @property
    def subscriptions(self) -> Iterator[Subscription]:
        """Followers by e-mail, from the meta keys of Subscribe to Comments Reloaded."""
        for key, values in self.meta.items():
            if key.startswith("_stcr@_") and values:
                since, _, status = values[-1].partition("|")
                yield Subscription(key.removeprefix("_stcr@_"), moments.utc(since), status)

    def last(self, key: str) -> str:
        """The last value of a meta key; empty where there is none."""
        values = self.meta.get(key)
        return values[-1] if values else ""


Record = Site | Author | Category | Tag | Term | Post
