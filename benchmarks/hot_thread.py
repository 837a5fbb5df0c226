"""Fifty accepted comments a second in one thread for a minute, while a thousand readers read it and poll.

    .venv/bin/python -m benchmarks.hot_thread [--comments 50] [--readers 1000] [--seconds 60]
    script/with-postgres .venv/bin/python -m benchmarks.hot_thread

Wanted: readers p99 of 100 ms and comments p99 of 250 ms, no error; the live print and the newest page never older than
2 seconds; in the end every count is exact. Some seconds of the same go before it, in which the processes load what they
need and open their connections; they are not in the figures.
"""

import argparse
import asyncio
import itertools
import random
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks import crowd, publication, results, waiting

if TYPE_CHECKING:
    from broadsheet.discussion.models import Thread

ALREADY = 400
"""Comments that were there before."""
PAUSE, JITTER = 10.0, 5.0
WARM_UP = 5.0
"""Seconds."""
LOOK_EVERY = 0.1
SETTLE = 30.0
"""Seconds for the worker to count to the end."""
ROOTS_PER_PAGE = 20


class Accepted:
    """When which comments were accepted, in their order: what a print has to show two seconds later."""

    def __init__(self, seqs: int, roots: int) -> None:
        self.before = {"seqs": seqs, "roots": roots}
        self.at: dict[str, list[float]] = {"seqs": [], "roots": []}
        self.oldest = {"seqs": 0.0, "roots": 0.0}

    def note(self, *, root: bool) -> None:
        for kind in ("seqs", "roots") if root else ("seqs",):
            self.at[kind].append(time.monotonic())

    def shown(self, kind: str, number: int) -> None:
        """A print shows so many: how long ago was the first accepted that it lacks?"""
        place = number - self.before[kind]
        if 0 <= place < len(self.at[kind]):
            self.oldest[kind] = max(self.oldest[kind], time.monotonic() - self.at[kind][place])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=50, help="a second")
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    crowd.allow_files(options.readers + options.comments)
    publication.make_home()
    from django.db import connection

    article = publication.make_article("where-it-is-hot")
    thread = publication.make_thread(article, ALREADY)
    readers, writers, watchers = crowd.Heard(), crowd.Heard(), crowd.Heard()
    yardstick = results.yardstick()
    with waiting.served() as port:
        for page in ("", "thread.json", "comments/newest/"):
            waiting.ask(port, article.path + page)
        warming = (crowd.Heard(), crowd.Heard(), crowd.Heard())
        for heard, seconds in ((warming, WARM_UP), ((readers, writers, watchers), options.seconds)):
            thread.refresh_from_db()
            accepted = Accepted(thread.last_seq, thread.root_count)
            crowds = Crowds(port, article.path, *heard, accepted)
            asyncio.run(crowds.run(options.comments, options.readers, seconds))
        exact = counts(thread, accepted)
    results.write(
        f"hot_thread_{connection.vendor}",
        {
            "wanted": {"comments_a_second": options.comments, "readers": options.readers, "seconds": options.seconds},
            "yardstick": yardstick,
            "accepted_a_second": round(len(accepted.at["seqs"]) / options.seconds, 1),
            "comments": writers.figures(),
            "readers": readers.figures(),
            "live_print_older_seconds": round(accepted.oldest["seqs"], 2),
            "newest_page_older_seconds": round(accepted.oldest["roots"], 2),
            "counts": exact,
        },
    )  # fmt: skip


_numbers = itertools.count(1)
"""Of what is written: who writes the same again gets the first answer again."""


class Crowds:
    def __init__(
        self,
        port: int,
        path: str,
        readers: crowd.Heard,
        writers: crowd.Heard,
        watchers: crowd.Heard,
        accepted: Accepted,
    ) -> None:
        self.port, self.path, self.accepted = port, path, accepted
        self.readers, self.writers, self.watchers = readers, writers, watchers

    async def run(self, comments: int, readers: int, seconds: float) -> None:
        reading = await crowd.gathered(self.port, readers, self.readers)
        writing = await crowd.gathered(self.port, comments, self.writers)
        watching = await crowd.gathered(self.port, 2, self.watchers)
        began = time.monotonic()
        until = began + seconds
        async with asyncio.TaskGroup() as everybody:
            for asker in reading:
                everybody.create_task(self.read(asker, until))
            for place, asker in enumerate(writing):
                everybody.create_task(self.write(asker, began + place / comments, until))
            everybody.create_task(self.watch(watching[0], "thread.json", until + 2))
            everybody.create_task(self.watch(watching[1], "comments/newest/", until + 2))
        for asker in (*reading, *writing, *watching):
            asker.close()

    async def read(self, asker: crowd.Asker, until: float) -> None:
        """A page, then the live print for a while, then another page, on one connection."""
        pages = ("", "comments/newest/", "thread.json", "thread.json", "comments/oldest/2/", "thread.json")
        first = random.randrange(len(pages))
        await asyncio.sleep(random.random() * PAUSE)
        for page in itertools.islice(itertools.cycle(pages), first, None):
            if time.monotonic() >= until or await asker.ask(crowd.request(self.path + page)) is None:
                return
            pause = random.uniform(PAUSE - JITTER, PAUSE + JITTER)
            await asyncio.sleep(max(0.0, min(pause, until - time.monotonic())))

    async def write(self, asker: crowd.Asker, due: float, until: float) -> None:
        """One comment a second, each second one about an earlier comment and one by itself."""
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due += 1.0
            number = next(_numbers)
            said = {"name": f"Writer {number % 97}", "text": f"Number {number}: *the tide* was late again."}
            if number % 2:
                said["parent"] = str(random.randrange(1, ALREADY + 1))
            body = urlencode(said).encode()
            head = (
                f"POST {self.path}comments/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
            )
            answer = await asker.ask(head.encode() + body)
            if answer is None:
                return
            if answer[0] == 303:
                self.accepted.note(root="parent" not in said)
            else:
                self.writers.fail(f"not accepted: {answer[0]}")

    async def watch(self, asker: crowd.Asker, page: str, until: float) -> None:
        request = crowd.request(self.path + page).replace(
            b"Accept-Encoding: gzip", b"Accept-Encoding: identity"
        )
        while time.monotonic() < until:
            answer = await asker.ask(request)
            if answer is None:
                return
            kind, number = shown_on(answer[1].decode(errors="replace"))
            if kind:
                self.accepted.shown(kind, number)
            await asyncio.sleep(LOOK_EVERY)


def shown_on(answer: str) -> tuple[str, int]:
    """How many comments the live print knows of; how many roots there are by the newest page."""
    if found := re.search(r'"last_seq": (\d+)', answer):
        return "seqs", int(found[1])
    before = re.findall(r"comments/newest/(\d+)/", answer)
    roots = len(re.findall(r'<article class="comment[^>]*data-parent=""', answer))
    return ("roots", ROOTS_PER_PAGE * max(map(int, before)) + roots) if before and roots else ("", 0)


def counts(thread: "Thread", accepted: Accepted) -> dict[str, object]:
    """After a while every number is what was accepted, and nothing is left to mend."""
    from broadsheet.discussion import recounting
    from broadsheet.discussion.models import Comment

    wanted = accepted.before["seqs"] + len(accepted.at["seqs"])
    until = time.monotonic() + SETTLE
    while time.monotonic() < until:
        thread.refresh_from_db()
        thread.article.refresh_from_db()
        found = {thread.comment_count, thread.last_seq, thread.article.comment_count}
        if found == {wanted}:
            break
        time.sleep(0.2)
    drift = [str(each) for each in recounting.recount(thread)]
    return {
        "accepted_in_all": wanted,
        "rows": Comment.objects.filter(thread=thread).count(),
        "thread": thread.comment_count,
        "card": thread.article.comment_count,
        "drift": drift[:5],
    }


if __name__ == "__main__":
    main()
