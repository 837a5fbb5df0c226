"""What is followed, in words and with the way there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.articles.models import Article
from broadsheet.notices.models import Follow
from broadsheet.readers.models import Profile

Kind = Follow.Kind


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
        profile = Profile.objects.filter(reader=follow.reader, shown_at__isnull=False).first()
        return Thing(_("Comments by"), follow.reader.name, profile.path if profile else "")
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
