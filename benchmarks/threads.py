"""The first page of a thread of 10,000 and of 100,000 comments, unprinted, against a thread that shows equally many.

    .venv/bin/python -m benchmarks.threads

Rounds alternate between the threads; the figure is the ratio of the medians, with the number of queries.
"""

from statistics import median
from time import perf_counter

from benchmarks import publication, results

ROUNDS = 30


def main() -> None:
    publication.make_home()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from broadsheet.articles import rendering
    from broadsheet.discussion import pages, reading
    from broadsheet.discussion.tree import flat

    def render(article) -> bytes:  # type: ignore[no-untyped-def]
        return rendering.render(
            pages.article_with_thread(pages.article_pages.find_article(*article.path[1:-1].split("/")))
        )

    articles = {size: publication.make_article(f"a-thread-of-{size}") for size in (100, 10_000, 100_000)}
    for size, article in articles.items():
        thread = publication.make_thread(article, size)
        shown = reading.whole(thread) if reading.shown_whole(thread) else reading.page(thread, 1)
        print(f"{size:>7} comments: the page shows {sum(1 for _ in flat(shown))}")
    times: dict[int, list[float]] = {size: [] for size in articles}
    for _ in range(ROUNDS):
        for size, article in articles.items():
            started = perf_counter()
            render(article)
            times[size].append(perf_counter() - started)
    queries = {}
    for size, article in articles.items():
        with CaptureQueriesContext(connection) as captured:
            render(article)
        queries[size] = len(captured)
    base = median(times[100])
    results.write(
        "threads",
        {
            str(size): {
                "milliseconds": round(median(times[size]) * 1000, 2),
                "ratio_to_100": round(median(times[size]) / base, 3),
                "queries": queries[size],
            }
            for size in articles
        },
    )


if __name__ == "__main__":
    main()
