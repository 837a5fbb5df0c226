"""The pages of what is asked: a passage with its comments, the questions of question time, a poll by itself."""

from typing import Any

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.discussion import answering, asking, inserting, pages, passages, polling, reading
from broadsheet.discussion.models import Poll
from broadsheet.kit.pages import NotThere, Page


def passage(year: str, month: str, day: str, slug: str, number: str, after: str = "0") -> Page:
    """A passage of an article, what is asked about it, and what was said."""
    found = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(found)
    about = passages.find(thread, int(number))
    if about is None:
        raise NotThere
    nodes, last = passages.comments_about(about, int(after))
    if int(after) and not nodes:
        raise NotThere
    path = f"{found.path}passages/{about.number}/"
    shown = pages.thread_context(found, thread, nodes, about=about) | {"passage": about, "path": path}
    shown |= _onward(path, int(after), last)
    return Page("discussion/passage.html", article_pages.article_context(found) | shown)


def waiting(year: str, month: str, day: str, slug: str, after: str = "0") -> Page:
    """The questions that nobody has answered yet."""
    return _questions(article_pages.find_article(year, month, day, slug), "waiting", int(after))


def answered(year: str, month: str, day: str, slug: str, after: str = "0") -> Page:
    """The questions that are answered, with their answers."""
    return _questions(article_pages.find_article(year, month, day, slug), "answered", int(after))


def poll(year: str, month: str, day: str, slug: str, number: str) -> Page:
    """A poll by itself."""
    found, asked = find_poll(year, month, day, slug, number)
    return Page("discussion/poll_page.html", {"article": found, "shown": shown_alone(found, asked)})


def find_poll(year: str, month: str, day: str, slug: str, number: str) -> tuple[Article, Poll]:
    """A poll by its address, with its article; one that was taken out of it is there no more."""
    found = article_pages.find_article(year, month, day, slug)
    asked = polling.find(reading.thread_of(found), int(number))
    if asked is None or asked.left_at is not None:
        raise NotThere
    return found, asked


def shown_alone(article: Article, poll: Poll) -> inserting.ShownPoll:
    return inserting.shown_poll(poll, polling.choices_of([poll])[poll.pk], article)


def _questions(found: Article, which: str, after: int) -> Page:
    thread = reading.thread_of(found)
    if asking.question_time_of(thread) is None:
        raise NotThere
    read = answering.waiting if which == "waiting" else answering.answered
    nodes, last = read(thread, after)
    if after and not nodes:
        raise NotThere
    path = f"{found.path}questions/{which}/"
    shown = pages.thread_context(found, thread, nodes) | {"which": which, "path": path}
    return Page(
        "discussion/questions.html", article_pages.article_context(found) | shown | _onward(path, after, last)
    )


def _onward(path: str, after: int, last: int | None) -> dict[str, Any]:
    """The ways to the first page and to the next; a page begins after a root, so nothing is shown twice or missed."""
    return {"first": path if after else "", "following": f"{path}after/{last}/" if last else ""}
