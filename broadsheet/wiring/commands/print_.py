"""`broadsheet print`: print every public page anew."""

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console


@click.command("print")
def command() -> None:
    """Print every public page anew, compressed as well as possible."""
    starting.start_django()
    from broadsheet.press import addresses, printing
    from broadsheet.press.store import Effort

    paths = list(addresses.every())
    columns = [TextColumn("Printing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        for path in progress.track(paths):
            printing.print_again(path, Effort.AT_REST)
    console.print(f"{len(paths)} pages printed.")
