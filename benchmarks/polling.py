"""Ten thousand open tabs of one thread, each asking for its live print every 15 ± 5 seconds on a kept-alive connection.

    .venv/bin/python -m benchmarks.polling [--readers 10000] [--seconds 60]

All from one process, on the loopback interface; a comment is written now and then, so that the print changes. Wanted:
p99 of 100 ms and no error.
"""

import argparse
import asyncio
import random
import time

from benchmarks import crowd, publication, results, waiting

PAUSE, JITTER = 15.0, 5.0
COMMENT_EVERY = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    crowd.allow_files(options.readers)
    publication.make_home()
    article = publication.make_article("where-everybody-waits")
    publication.make_thread(article, 200)
    heard = crowd.Heard()
    yardstick = results.yardstick()
    with waiting.served() as port:
        waiting.ask(port, f"{article.path}thread.json")
        opened = asyncio.run(run(port, article.path, options.readers, options.seconds, heard))
    figures = {"readers": options.readers, "seconds": options.seconds, "seconds_to_connect": round(opened, 1)}
    results.write("polling", {**figures, "yardstick": yardstick, **heard.figures()})


async def run(port: int, path: str, readers: int, seconds: float, heard: crowd.Heard) -> float:
    """Everybody connects, then polls until the time is over; the seconds that connecting took."""
    started = time.monotonic()
    askers = await crowd.gathered(port, readers, heard)
    opened = time.monotonic() - started
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as everybody:
        everybody.create_task(asyncio.to_thread(talk, port, path, until))
        for asker in askers:
            everybody.create_task(crowd.poll(asker, f"{path}thread.json", until, pause))
    for asker in askers:
        asker.close()
    return opened


def pause() -> float:
    return random.uniform(PAUSE - JITTER, PAUSE + JITTER)


def talk(port: int, path: str, until: float) -> None:
    number = 0
    while time.monotonic() + COMMENT_EVERY < until:
        number += 1
        waiting.say(port, path, f"Said while everybody waits, time {number}.")
        time.sleep(COMMENT_EVERY)


if __name__ == "__main__":
    main()
