"""schema.org's words for a discussion: how many comments there are, and a few of them."""

from collections.abc import Callable
from typing import Any

from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.discussion.api import moment
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.tree import Node
from broadsheet.kit.text import excerpt

Data = dict[str, Any]

MOST = 5
"""Comments that are told of; every reader carries them along, and the page itself has them all."""
LONGEST = 280
"""Characters of each."""


def with_discussion(
    of_article: Callable[[], Data], article: Article, thread: Thread, nodes: list[Node]
) -> Data:
    """What the article says of itself, and its discussion."""
    data = of_article()
    roots = [node.comment for node in nodes if not node.hidden][:MOST]
    told = data["@graph"][0]
    told["commentCount"] = thread.comment_count
    told["discussionUrl"] = absolute(f"{article.path}#discussion")
    if roots:
        told["comment"] = [_comment(article, comment) for comment in roots]
    return data


def _comment(article: Article, comment: Comment) -> Data:
    return {
        "@type": "Comment",
        "url": absolute(f"{article.path}c/{comment.seq}/"),
        "author": {"@type": "Person", "name": comment.author_name},
        "datePublished": moment(comment.posted_at),
        "text": excerpt(comment.html, LONGEST),
    }
