"""`broadsheet bounces`: a mail server brings a letter that came back."""

import sys

import click

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console

LARGEST = 1024 * 1024
"""Bytes of a report that are read: what is quoted behind them says nothing more."""


@click.command("bounces")
def command() -> None:
    """Take in one mail from standard input that says that a letter came back.

    For a pipe of your mail server from the address in `mail_from`. It always ends well, so that no mail server sends a
    report on the report.
    """
    starting.start_django()
    from broadsheet.mail import returning

    known = returning.note_report(sys.stdin.buffer.read(LARGEST))
    console.print(
        "A letter of ours came back; see the log." if known else "That is no report on a letter of ours."
    )
