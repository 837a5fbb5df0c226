"""`broadsheet reindex`: make the search index anew from what is public."""

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console


@click.command("reindex")
def command() -> None:
    """Index every public article and comment anew, for search; run it after the language was changed."""
    starting.start_django()
    from broadsheet.search import indexing

    columns = [TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Indexing", total=None)
        count = indexing.reindex(lambda done, of: progress.update(task, completed=done, total=of))
    console.print(f"{count} texts indexed.")
