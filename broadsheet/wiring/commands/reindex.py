"""`broadsheet reindex`: make the search index anew from what is public."""

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console

TENTHS = 10


@click.command("reindex")
@click.option("--anew", is_flag=True, help="Begin with the first text, even if a run was interrupted.")
def command(anew: bool) -> None:
    """Index every public article and comment anew, for search; run it after the language was changed.

    It may be interrupted and run again: it goes on where it was.
    """
    starting.start_django()
    from broadsheet.search import reindexing

    columns = [TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    told = -1
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Indexing", total=None)

        def tell(done: int, of: int) -> None:
            nonlocal told
            progress.update(task, completed=done, total=of)
            tenth = TENTHS * done // of if of else TENTHS
            if tenth > told and not console.is_terminal:
                console.print(f"{done} of {of} texts")
            told = max(told, tenth)

        count = reindexing.reindex(tell, anew=anew)
    console.print(f"{count} texts indexed.")
