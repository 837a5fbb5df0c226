"""`broadsheet check`: is everything as it should be? One line a question, with the mend where it is not."""

import json
import sys

import click

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
def command(as_json: bool) -> None:
    """Look the publication over: keys, settings, databases, accounts, the clock."""
    starting.start_django()
    from broadsheet.wiring import checking

    answers = checking.look_over()
    if as_json:
        click.echo(json.dumps([{"what": a.what, "ok": a.ok, "mend": a.mend} for a in answers], indent=2))
    else:
        for answer in answers:
            mark = "[green]✓[/]" if answer.ok else "[red]✗[/]"
            console.print(f"{mark} {answer.what}" + ("" if answer.ok else f". {answer.mend}"))
    sys.exit(0 if all(answer.ok for answer in answers) else 1)
