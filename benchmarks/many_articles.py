"""A publication of 100,000 articles: publishing one more, the newsroom's list, and pages that were not printed yet.

    .venv/bin/python -m benchmarks.many_articles [--articles 100000]
    script/with-postgres .venv/bin/python -m benchmarks.many_articles

Publishing is measured as the newsroom does it in its request; every page is made anew, as for its first reader.
"""

import argparse
import gc
from collections.abc import Callable
from time import perf_counter, process_time

from benchmarks import publication, results
from benchmarks.archive import Archive

ROUNDS = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    publication.make_home()
    from django.db import connection

    from benchmarks import bulk

    archive = Archive()
    archive.fill(options.articles)
    bulk.settle()
    gc.collect()
    gc.freeze()  # as each process of the server does once it has loaded everything
    figures: dict[str, object] = {"articles": options.articles, "yardstick": results.yardstick()}
    figures |= {**newsroom(), **pages(), "publish": measured(publishing(archive))}
    results.write(f"many_articles_{connection.vendor}", figures)


def newsroom() -> dict[str, dict[str, float]]:
    from django.test import Client

    from broadsheet.readers.models import Reader

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Reader.objects.filter(is_superuser=True)[0])
    list_address = "/newsroom/snippets/articles/article/"
    addresses = {
        "newsroom dashboard": "/newsroom/",
        "newsroom list": list_address,
        "newsroom list, page 1000": f"{list_address}?p=1000",
        "newsroom list, searched": f"{list_address}?q=story",
        "newsroom list, by headline": f"{list_address}?ordering=headline",
        "newsroom list, by headline, page 1000": f"{list_address}?ordering=-headline&p=1000",
        "newsroom list, by section": f"{list_address}?ordering=section",
        "newsroom list, by state": f"{list_address}?ordering=live",
        "newsroom list, by publication": f"{list_address}?ordering=published_at",
        "newsroom list, by schedule": f"{list_address}?ordering=scheduled_for",
        "newsroom list, of a person": f"{list_address}?bylines__person=3",
        "newsroom list, drafts": f"{list_address}?live=false",
    }

    def get(address: str) -> Callable[[], object]:
        def deed() -> None:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code, answer.get("Location"))

        return deed

    return {name: measured(get(address)) for name, address in addresses.items()}


def pages() -> dict[str, dict[str, float]]:
    from broadsheet.articles import rendering
    from broadsheet.articles.models import Article
    from broadsheet.masthead import speaking
    from broadsheet.press import addresses

    newest = Article.objects.filter(live=True).order_by("-published_at")[0]
    paths = {
        "home": "/",
        "article": newest.path,
        "section": "/section/section-3/",
        "section, last page": f"/section/section-3/page/{_last_page()}/",
        "tag": "/tag/tag-3/",
        "byline": "/by/person-3/",
        "archive": "/archive/",
        "archive, a year": f"/archive/{newest.published_on:%Y}/",
        "archive, a month": f"/archive/{newest.published_on:%Y/%m}/",
        "feed": "/feed.xml",
    }

    def make(path: str) -> Callable[[], object]:
        def deed() -> None:
            found = addresses.find(path)
            assert found, path
            with speaking.publicly():  # as whoever prints does
                rendering.render(found[0].make(**found[1]))

        return deed

    return {name: measured(make(path)) for name, path in paths.items()}


def _last_page() -> int:
    from broadsheet.articles import listing
    from broadsheet.articles.models import Article

    return -(-Article.objects.filter(section__slug="section-3").count() // listing.PAGE_LENGTH)


def publishing(archive: Archive) -> Callable[[], object]:
    from broadsheet.articles.models import Article

    def deed() -> None:
        article = Article(headline=archive.headline(), body=archive.body(), live=False)
        article.save()
        article.save_revision().publish()

    return deed


def measured(deed: Callable[[], object]) -> dict[str, float]:
    deed()  # the first time loads what is needed
    times, worked = [], []
    for _ in range(ROUNDS):
        started, began = perf_counter(), process_time()
        deed()
        times.append((perf_counter() - started) * 1000)
        worked.append((process_time() - began) * 1000)
    # Beside them what the process itself worked: on a busy machine the others' turns are in the times.
    return results.spread(times, "") | results.spread(worked, "work_")


if __name__ == "__main__":
    main()
