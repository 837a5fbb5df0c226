"""What is followed, in words and with the way there."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from broadsheet.articles.models import Article
from broadsheet.kit.text import excerpt
from broadsheet.masthead import speaking
from broadsheet.notices import noticing
from broadsheet.notices.models import Follow, Notice

Kind = Follow.Kind
LONGEST_EXCERPT = 200
ROWS = {
    Kind.REPLIES: gettext_lazy("Replies to me"),
    Kind.MENTIONS: gettext_lazy("Mentions of me"),
    Kind.THREAD: gettext_lazy("Discussions that I follow"),
    Kind.READER: gettext_lazy("Comments by readers whom I follow"),
    Kind.BYLINE: gettext_lazy("New articles by people whom I follow"),
    Kind.SECTION: gettext_lazy("New articles in sections that I follow"),
    Kind.TAG: gettext_lazy("New articles about what I follow"),
}
"""What can be chosen for by itself."""


@dataclass(frozen=True)
class Thing:
    label: str
    """Before the name; it ends where the name begins."""
    name: str = ""
    path: str = ""
    article: Article | None = None
    """Whose language the name is in."""


def thing(follow: Follow) -> Thing:
    """What this follow is about."""
    if follow.thread is not None:
        return _of_thread(follow, follow.thread.article)
    if follow.byline is not None:
        return Thing(_("New articles by"), follow.byline.name, follow.byline.path)
    if follow.section is not None:
        return Thing(_("New articles in"), follow.section.name, follow.section.path)
    if follow.tag is not None:
        return Thing(_("New articles about"), str(follow.tag.name), follow.tag.path)
    if follow.reader is not None:
        profile = getattr(follow.reader, "profile", None)
        return Thing(
            _("Comments by"), follow.reader.name, profile.path if profile and profile.shown_at else ""
        )
    return Thing(_("Wherever somebody mentions you"))


def line(follow: Follow) -> str:
    """The same in one line of text."""
    said = thing(follow)
    return f"{said.label} {said.name}".strip()


def _of_thread(follow: Follow, article: Article) -> Thing:
    if follow.kind == Kind.THREAD:
        return Thing(
            _("Everything in the discussion of"), article.headline, f"{article.path}#discussion", article
        )
    if follow.kind == Kind.ANSWERS:
        label = _("Replies to your comments under")
        return Thing(label, article.headline, f"{article.path}#discussion", article)
    seen = follow.comment is not None and follow.comment.visible
    path = (
        f"{article.path}c/{follow.comment.seq}/" if seen and follow.comment else f"{article.path}#discussion"
    )
    return Thing(_("Replies to a comment under"), article.headline, path, article)


@dataclass(frozen=True)
class Told:
    """One notice as its reader sees it."""

    author: str
    words: str
    path: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class Group:
    line: str
    """It ends where the headline begins."""
    article: Article
    told: list[Told]
    unread: bool
    numbers: str


def group(found: noticing.Group) -> Group:
    """A group of notices in words."""
    numbers = ",".join(str(notice.pk) for notice in found.notices)
    told = [_told(notice) for notice in found.notices]
    return Group(_counted(found), found.article, told, found.unread, numbers)


def _counted(found: noticing.Group) -> str:
    n = found.count
    words = {"n": speaking.number(n), "name": _author_of(found.notices[0])}
    if found.kind in (Kind.REPLIES, Kind.ANSWERS):
        return ngettext("%(n)s reply to your comment under", "%(n)s replies to your comment under", n) % words
    if found.kind == Kind.MENTIONS:
        return ngettext("%(n)s mention of you under", "%(n)s mentions of you under", n) % words
    if found.kind == Kind.READER:
        return ngettext("%(n)s comment by %(name)s under", "%(n)s comments by %(name)s under", n) % words
    if found.kind == Kind.THREAD:
        return ngettext("%(n)s new comment under", "%(n)s new comments under", n) % words
    return _("New article:")


def _author_of(notice: Notice) -> str:
    return notice.comment.author_name if notice.comment else ""


def _told(notice: Notice) -> Told:
    comment = notice.comment
    words = excerpt(comment.html, LONGEST_EXCERPT) if comment else noticing.article_of(notice).standfirst
    at, unread = notice.made_at, notice.read_at is None
    return Told(_author_of(notice), words, noticing.path_of(notice), at, unread)
