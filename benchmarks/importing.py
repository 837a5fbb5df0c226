"""Import a generated WordPress site of 500 articles and 20,000 comments.

    .venv/bin/python -m benchmarks.importing

The rate is of the import itself, from the first byte read to the last commit; memory is the highest of the process,
Django included.
"""

import resource
from time import perf_counter

from benchmarks import publication, results

ARTICLES, COMMENTS = 500, 40


def main() -> None:
    home = publication.make_home()
    from broadsheet.transfer.tests import wxr_writer
    from broadsheet.transfer.wordpress.importing import import_site

    file = home / "export.xml"
    comments = wxr_writer.write_large(file, articles=ARTICLES, comments=COMMENTS)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = perf_counter()
    found = import_site(file).as_dict()
    seconds = perf_counter() - started
    if sum(found["comments"].values()) != comments or found["articles"] != ARTICLES:
        raise SystemExit(f"Not everything was imported: {found['comments']}, {found['articles']} articles.")
    results.write(
        "importing",
        {
            "comments_per_second": round(comments / seconds),
            "seconds": round(seconds, 2),
            "megabytes_before": before // 1024,
            "megabytes_at_most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    )


if __name__ == "__main__":
    main()
