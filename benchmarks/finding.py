"""Search an archive of 100,000 articles and 200,000 comments: rare and common words, several, phrases, filters.

    .venv/bin/python -m benchmarks.finding [--articles 100000] [--comments 200000]
    script/with-postgres .venv/bin/python -m benchmarks.finding

Each figure is of the deed itself (`finding.find`, limits and excerpts included), of very many different questions of a
kind, each asked for the first time; then of whole pages, as a reader gets them.
"""

import argparse
import gc
import random
from statistics import median
from time import perf_counter, process_time

from benchmarks import publication, results, talk
from benchmarks.archive import Archive

QUESTIONS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=200_000)
    options = parser.parse_args()
    publication.make_home()
    from django.db import connection

    from benchmarks import bulk
    from broadsheet.search.engines import engine

    archive = Archive()
    started = perf_counter()
    archive.fill(options.articles)
    talk.fill(archive, options.comments)
    engine().tidy()
    bulk.settle()
    figures: dict[str, object] = {
        "articles": options.articles,
        "comments": options.comments,
        "filling_seconds": round(perf_counter() - started),
    }
    gc.collect()
    gc.freeze()  # as each process of the server does once it has loaded everything
    figures["yardstick"] = results.yardstick()
    for kind, questions in asked(archive).items():
        figures[kind] = measured(questions)
    figures["pages"] = measured(asked(archive)["rare word"], page=True)
    results.write(f"finding_{connection.vendor}", figures)


def asked(archive: Archive) -> dict[str, list[dict[str, str]]]:
    """Questions by kind; which words are in how many of 100,000 articles: the 400th in 13,000, the 5,000th in 1,900."""
    chance = random.Random(publication.SEED)

    def word(first: int, last: int) -> str:
        return archive.words[chance.randrange(first, last)]

    common = [word(300, 500) for _ in range(QUESTIONS)]
    phrases = [" ".join(text.split()[3:6]) for text in archive.sentences[:QUESTIONS]]
    return {
        "rare word": [{"q": word(5_000, 20_000)} for _ in range(QUESTIONS)],
        "common word, 10,000 to 18,000 hits": [{"q": each} for each in common],
        "very common word, 45,000 to 100,000 hits": [{"q": word(0, 100)} for _ in range(QUESTIONS)],
        "two words": [{"q": f"{word(100, 1_000)} {word(100, 1_000)}"} for _ in range(QUESTIONS)],
        "phrase": [{"q": f'"{phrase}"'} for phrase in phrases],
        "common word in a section": [{"q": each, "section": "section-3"} for each in common],
        "common word in a year": [
            {"q": each, "since": "2020-01-01", "until": "2020-12-31"} for each in common
        ],
        "common word without another": [{"q": f"{each} -{word(200, 400)}"} for each in common],
        "common word, newest first": [{"q": each, "order": "newest"} for each in common],
        "common word, by one person": [{"q": each, "by": word(0, 40)} for each in common],
        "word that is nowhere": [{"q": f"xq{word(0, 20_000)}"} for _ in range(QUESTIONS)],
        "comments, rare word": [{"q": word(5_000, 20_000), "kind": "comments"} for _ in range(QUESTIONS)],
        "comments, common word, over 10,000 hits": [
            {"q": word(10, 60), "kind": "comments"} for _ in range(QUESTIONS)
        ],
        "comments, two words": [
            {"q": f"{word(20, 300)} {word(20, 300)}", "kind": "comments"} for _ in range(QUESTIONS)
        ],
        "comments, common word in a section": [
            {"q": word(10, 60), "kind": "comments", "section": "section-3"} for _ in range(QUESTIONS)
        ],
    }


def measured(questions: list[dict[str, str]], *, page: bool = False) -> dict[str, float]:
    from django.test import Client

    from broadsheet.masthead import speaking
    from broadsheet.search import finding
    from broadsheet.search.engines.asking import TookTooLong
    from broadsheet.search.forms import SearchForm

    if page:
        Client(REMOTE_ADDR="10.1.0.1", SERVER_NAME="127.0.0.1").get(
            "/search/", {"q": "warm"}
        )  # loads templates
    times, worked, hits, stopped = [], [], [], 0
    for number, question in enumerate(questions):
        address = f"10.0.{number // 200}.{number % 200}"
        form = SearchForm(question)
        assert form.is_valid(), form.errors
        started, began = perf_counter(), process_time()
        try:
            if page:
                Client(REMOTE_ADDR=address, SERVER_NAME="127.0.0.1").get("/search/", question)
            else:
                with speaking.publicly():  # as every request is
                    hits.append(finding.find(form.question, address=address).count)
        except TookTooLong:
            stopped += 1
        times.append((perf_counter() - started) * 1000)
        worked.append((process_time() - began) * 1000)
    # Beside them what the process itself worked: on a busy machine the others' turns are in the times.
    figures = results.spread(times, "") | results.spread(worked, "work_")
    return figures | ({"median_hits": median(hits), "stopped": stopped} if hits else {})


if __name__ == "__main__":
    main()
