"""`broadsheet import`: bring another system's site in."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import click

from broadsheet.wiring import starting
from broadsheet.wiring.import_progress import ImportProgress
from broadsheet.wiring.terminal import console

PICTURE_BYTES = 20 * 1024 * 1024
"""The largest picture that is fetched."""


@click.group("import")
def command() -> None:
    """Bring another system's site in."""


@command.command("wordpress")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--media", type=click.Path(path_type=Path), help="A copy of the old site's wp-content/uploads.")
@click.option("--fetch-media", is_flag=True, help="Fetch pictures from the old site.")
@click.option("--dry-run", is_flag=True, help="Say what would come over, and write nothing.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the report to this file, as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def wordpress(
    file: Path, media: Path | None, fetch_media: bool, dry_run: bool, report: Path | None, as_json: bool
) -> None:
    """Import FILE, the export that WordPress writes under Tools, Export, All content.

    It may be interrupted and run again: what is here is neither changed nor deleted, what is new is added.
    """
    _check(file, media, fetch_media, report)
    starting.start_django()
    from broadsheet.transfer.wordpress.importing import import_site
    from broadsheet.transfer.wordpress.unreadable import ExportUnreadable

    try:
        with ImportProgress(quiet=as_json) as progress:
            found = import_site(
                file,
                media=media,
                fetch=_fetcher() if fetch_media else None,
                dry_run=dry_run,
                progress=progress,
            )
    except ExportUnreadable as error:
        raise click.ClickException(f"{file}: {error} Nothing was imported.") from None
    _tell(found, report, as_json=as_json)


@command.command("subscriptions")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", help="The address of the old site, where several were imported.")
@click.option("--dry-run", is_flag=True, help="Say what would come over, and write nothing.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the report to this file, as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def subscriptions(file: Path, source: str | None, dry_run: bool, report: Path | None, as_json: bool) -> None:
    """Import FILE, wpDiscuz's subscriptions, as CSV of one table or as an SQL dump that holds them.

    After `import wordpress`: what was subscribed to must be here. Only what its owner confirmed is taken. It may be
    interrupted and run again.
    """
    _check(file, None, False, report)
    starting.start_django()
    from broadsheet.transfer.models import Source
    from broadsheet.transfer.subscriptions.importing import import_subscriptions
    from broadsheet.transfer.subscriptions.reading import Unreadable

    sources = {each.url: each for each in Source.objects.order_by("pk")}
    if not sources:
        raise click.ClickException("No site was imported yet. Run `broadsheet import wordpress` first.")
    if source is None and len(sources) > 1:
        raise click.ClickException(f"Name the old site with --source: {', '.join(sources)}.")
    chosen = sources.get(source or next(iter(sources)))
    if chosen is None:
        raise click.ClickException(f"{source} was not imported; known are {', '.join(sources)}.")
    try:
        found = import_subscriptions(file, source=chosen, dry_run=dry_run)
    except Unreadable as error:
        raise click.ClickException(f"{file}: {error} What came before it was imported.") from None
    _tell(found, report, as_json=as_json)


def _tell(found: "Told", report: Path | None, *, as_json: bool) -> None:
    said = json.dumps(found.as_dict(), ensure_ascii=False, indent=2)
    if report is not None:
        report.write_text(f"{said}\n", encoding="utf-8")
    if as_json:
        click.echo(said)
        return
    console.print("Nothing was written: this was a dry run." if found.dry_run else "Imported.")
    for line in found.in_words():
        console.print(line, markup=False)


class Told(Protocol):
    """A report of any import."""

    dry_run: bool

    def as_dict(self) -> dict[str, object]: ...

    def in_words(self) -> list[str]: ...


def _check(file: Path, media: Path | None, fetch_media: bool, report: Path | None) -> None:
    """What can be known to fail is told before anything begins."""
    if not file.is_file():
        raise click.ClickException(f"{file} is not there. Name the .xml file that WordPress wrote.")
    if media is not None and not media.is_dir():
        raise click.ClickException(
            f"{media} is no directory. Name a copy of wp-content/uploads with --media."
        )
    if media is not None and fetch_media:
        raise click.ClickException("Choose one of --media and --fetch-media.")
    if report is not None and not os.access(report.parent, os.W_OK):
        raise click.ClickException(f"{report.parent} cannot be written. Name another file with --report.")


def _fetcher() -> Callable[[str], bytes]:
    from broadsheet.kit.fetching import fetch

    return lambda url: fetch(url, most_bytes=PICTURE_BYTES).content
