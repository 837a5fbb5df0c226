"""One comment for other sites to show: a small page made to stand in a frame, and the frame itself.

It is a print like any other, without a script, so that a comment that was edited or removed here is so everywhere.
"""

import math

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.discussion import reading
from broadsheet.discussion.models import Comment
from broadsheet.kit.pages import NotThere, Page
from broadsheet.kit.text import plain

WIDTH = 600
LOWEST, HIGHEST = 160, 400
"""Pixels of the frame; what is longer can be scrolled in it."""
_AROUND, _LINE, _LETTER = 140, 26, 9
"""Pixels: an estimate, since every reader's letters are others."""


def page(year: str, month: str, day: str, slug: str, seq: str) -> Page:
    """The comment alone; where it was and is no more, that it is not."""
    article = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(article)
    node = reading.alone(thread, int(seq)) if thread.pk else None
    if node is None:
        raise NotThere
    node.comment.thread = thread
    return Page("discussion/embed.html", {"article": article, "node": node, "comment": node.comment})


def path_of(article: Article, comment: Comment) -> str:
    return f"{article.path}c/{comment.seq}/embed/"


def title_of(article: Article, comment: Comment) -> str:
    words = _("%(name)s on “%(headline)s”")
    return words % {"name": comment.author_name, "headline": article.headline}


def height_of(comment: Comment, width: int = WIDTH) -> int:
    """Pixels that a frame of this width needs for it."""
    lines = math.ceil(len(plain(comment.html)) * _LETTER / max(width - 48, _LETTER))
    return min(max(_AROUND + lines * _LINE, LOWEST), HIGHEST)


def frame(article: Article, comment: Comment, width: int = WIDTH, height: int = 0) -> SafeString:
    """The HTML that another site puts where it wants the comment."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
        absolute(path_of(article, comment)),
        title_of(article, comment),
        width,
        height or height_of(comment, width),
    )
