"""`broadsheet recount`: count every thread anew, and say what had drifted, where and by how much."""

import json
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console

if TYPE_CHECKING:
    from broadsheet.discussion.drift import Drift

SHOWN = 20
"""Lines for each thread; the JSON has them all."""


@click.command("recount")
@click.option("--json", "as_json", is_flag=True, help="Print everything that had drifted as JSON.")
def command(as_json: bool) -> None:
    """Rebuild every counter of the discussion, the votes' weights and the orders from the comments and the voices.

    What is found wrong is mended, told, and its pages are printed anew.
    """
    starting.start_django()
    from broadsheet.discussion import recounting
    from broadsheet.discussion.models import Thread
    from broadsheet.press import addresses, refresh

    found: list[tuple[str, Drift]] = []
    threads, drifted = Thread.objects.select_related("article").order_by("pk"), 0
    columns = [TextColumn("Counting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    total = threads.count()
    with Progress(*columns, console=console, disable=as_json or not console.is_terminal) as progress:
        for thread in progress.track(threads.iterator(chunk_size=200), total=total):
            if drift := recounting.recount(thread):
                drifted += 1
                below = [*addresses.of_orders(thread.article), *addresses.asked_beneath(thread.article)]
                below.append(f"{thread.article.path}c/")
                refresh.mark_paths([*addresses.of_article(thread.article), *below])
                found += [(thread.article.path, each) for each in drift]
                if not as_json:
                    _tell(thread.article.path, drift)
    if as_json:
        told = [{"article": path, **_as_json(each)} for path, each in found]
        click.echo(json.dumps({"threads": total, "drifted": drifted, "drift": told}, indent=2))
    else:
        console.print(f"{total} threads counted; {drifted} had drifted.")


def _tell(path: str, drift: "list[Drift]") -> None:
    console.print(f"{path}: {len(drift)} counters were wrong", markup=False)
    for each in drift[:SHOWN]:
        console.print(f"  {each}", markup=False)
    if len(drift) > SHOWN:
        console.print(f"  and {len(drift) - SHOWN} more; --json tells them all", markup=False)


def _as_json(drift: "Drift") -> dict[str, object]:
    return {"comment": drift.seq, "counter": drift.counter, "was": drift.was, "is": drift.should_be}
