"""How long the readers' page lags behind: from a comment's acceptance and from its removal to the print.

    .venv/bin/python -m benchmarks.waiting

One deed after the other in a quiet publication, then again while every page of it is printed anew. What is promised is
2 seconds for a comment.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks import posting, publication, results

if TYPE_CHECKING:
    from broadsheet.articles.models import Article

TIMES = 8
ARTICLES = 100
"""Beside the one that is talked under: the pages that are printed anew."""
ENOUGH = 120.0
"""Seconds after which a print that did not come is given up."""


def main() -> None:
    publication.make_home()
    for number in range(ARTICLES):
        publication.make_article(f"beside-{number}")
    article = publication.make_article("where-it-is-said")
    publication.make_thread(article, 40)
    with served() as port:
        ask(port, article.path)
        quiet = rounds(port, article)
        results.write("waiting", {"quiet": quiet, "while_all_is_printed": rounds(port, article, busy=True)})


@contextmanager
def served() -> Iterator[int]:
    port = posting.free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("broadsheet")), "serve", "--port", str(port)],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        posting.wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def rounds(port: int, article: "Article", *, busy: bool = False) -> dict[str, dict[str, float]]:
    from broadsheet.press import refresh

    taken: dict[str, list[float]] = {"comment": [], "removal": []}
    for number in range(TIMES):
        if busy:
            refresh.mark_paths([refresh.EVERYTHING])
        words = f"Said {'loudly' if busy else 'softly'}, time {number}."
        for deed, seconds in one_round(port, article, words):
            taken[deed].append(seconds)
    return {
        deed: {"median_seconds": round(median(seconds), 2), "longest_seconds": round(max(seconds), 2)}
        for deed, seconds in taken.items()
    }


def one_round(port: int, article: "Article", words: str) -> Iterator[tuple[str, float]]:
    from broadsheet.discussion import deciding
    from broadsheet.discussion.models import Comment
    from broadsheet.masthead import founding

    say(port, article.path, words)
    yield "comment", seconds_until(lambda: words in ask(port, article.path))
    publisher = founding.publisher()
    assert publisher is not None
    deciding.remove(Comment.objects.get(source=words), by=publisher)
    yield "removal", seconds_until(lambda: words not in ask(port, article.path))


def seconds_until(question: Callable[[], bool]) -> float:
    started = time.monotonic()
    while not question():
        if time.monotonic() - started > ENOUGH:
            raise SystemExit("The print did not come.")
        time.sleep(0.01)
    return time.monotonic() - started


def say(port: int, path: str, words: str) -> None:
    body = urlencode({"name": "A reader", "text": words})
    status, _ = exchange(port, "POST", f"{path}comments/", body)
    if status != 303:
        raise SystemExit(f"A comment was answered with {status}.")


def ask(port: int, path: str) -> str:
    return exchange(port, "GET", path)[1]


def exchange(port: int, method: str, path: str, body: str | None = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=ENOUGH)
    try:
        described = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, described)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
