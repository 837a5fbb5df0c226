"""schema.org's words for a discussion: how many comments there are, and a few of them."""

from collections.abc import Callable
from typing import Any

from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.discussion.api import moment
from broadsheet.discussion.models import Comment, Prompt, QuestionTime, Thread
from broadsheet.discussion.tree import Node, flat
from broadsheet.kit.text import excerpt

Data = dict[str, Any]

MOST = 5
"""Comments that are told of; every reader carries them along, and the page itself has them all."""
LONGEST = 280
"""Characters of each."""


def with_discussion(
    of_article: Callable[[], Data],
    article: Article,
    thread: Thread,
    nodes: list[Node],
    *,
    prompt: Prompt | None = None,
    question_time: QuestionTime | None = None,
) -> Data:
    """What the article says of itself, and its discussion."""
    data = of_article()
    roots = [node.comment for node in nodes if not node.hidden][:MOST]
    told = data["@graph"][0]
    told["commentCount"] = thread.comment_count
    told["discussionUrl"] = absolute(f"{article.path}#discussion")
    if roots:
        told["comment"] = [_comment(article, comment) for comment in roots]
    if prompt is not None:
        told["hasPart"] = _prompt(article, thread, prompt)
    if question_time is not None and (asked := [node for node in nodes if node.asks][:MOST]):
        data["@graph"].append(_question_time(article, asked))
    return data


def _prompt(article: Article, thread: Thread, prompt: Prompt) -> Data:
    """What the newsroom asks its readers."""
    return {
        "@type": "Question",
        "name": prompt.text,
        "text": prompt.text,
        "dateCreated": moment(prompt.asked_at),
        "answerCount": thread.comment_count,
        "url": absolute(f"{article.path}#discussion"),
    }


def _question_time(article: Article, asked: list[Node]) -> Data:
    return {
        "@type": "QAPage",
        "url": absolute(f"{article.path}#discussion"),
        "mainEntity": [_question(article, node) for node in asked],
    }


def _question(article: Article, node: Node) -> Data:
    """One question; its answer where this page shows it, else the way to it."""
    text = excerpt(node.comment.html, LONGEST)
    answers = [each.comment for each in flat(node.replies) if not each.hidden]
    answer = next((comment for comment in answers if comment.seq == node.answer), None)
    told = _comment(article, node.comment) | {
        "@type": "Question",
        "name": text,
        "answerCount": node.count,
        "upvoteCount": node.comment.likes if node.comment.score_shown else 0,
    }
    if answer is not None:
        told["acceptedAnswer"] = _comment(article, answer) | {"@type": "Answer"}
    elif node.answer:
        told["acceptedAnswer"] = {"@type": "Answer", "url": absolute(f"{article.path}c/{node.answer}/")}
    return told


def _comment(article: Article, comment: Comment) -> Data:
    return {
        "@type": "Comment",
        "url": absolute(f"{article.path}c/{comment.seq}/"),
        "author": {"@type": "Person", "name": comment.author_name},
        "datePublished": moment(comment.posted_at),
        "text": excerpt(comment.html, LONGEST),
    }
