"""`broadsheet init`: make a publication, or bring one up to date, and print a sign-in link."""

import os
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click

from broadsheet.wiring import option_file, starting
from broadsheet.wiring.terminal import console, step


@click.command("init")
@click.option("--name", help="The publication's name.")
@click.option("--email", help="The publisher's e-mail address; later on, whom the link is for.")
@click.option("--url", help="The public address, such as https://www.example.org.")
@click.option("--no-input", is_flag=True, help="Ask nothing; take what is sensible.")
@click.option("--sample", is_flag=True, help="Fill an empty home with the sample publication.")
def command(name: str | None, email: str | None, url: str | None, no_input: bool, sample: bool) -> None:
    """Make a publication, or bring the one that is there up to date; print a link to sign in."""
    file = starting.home() / "broadsheet.toml"
    if not file.exists():
        url = _checked_url(url or _ask("Its public address", _default_url(), no_input))
        name = name or _ask("The publication's name", "Untitled", no_input)
        email = email or _ask("Your e-mail address", _default_email(url), no_input)
    elif url:
        raise click.ClickException(f"The address stands in {file} already. Change `url` there.")
    _make(file, url)
    _upgrade()
    if sample:
        _fill()
    _print_link(name or "Untitled", email or "")


def _make(file: Path, url: str | None) -> None:
    with step("Making the home", f"Home: {starting.home()}"):
        starting.make_home()
        if url:
            option_file.write(file, url)
    with step("Reading the settings", "Settings read"):
        starting.start_django()


def _upgrade() -> None:
    from broadsheet.wiring import upgrading

    with step("Preparing the database; the first time takes half a minute", "Database ready"):
        upgrading.upgrade_databases()
    with step("Collecting static files", "Static files ready"):
        upgrading.collect_static_files()


def _fill() -> None:
    from broadsheet.masthead.models import Publication

    if Publication.objects.exists():
        return
    with step("Filling in the sample publication", "Sample publication filled in"):
        import_module("broadsheet.transfer.sample.filling").fill()


def _print_link(name: str, email: str) -> None:
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from broadsheet.articles import approving
    from broadsheet.masthead import founding
    from broadsheet.readers import signing_in

    try:
        if email:
            validate_email(email)
        reader = founding.found(name=name, email=email)
        approving.found_workflow()
    except ValidationError:
        raise click.ClickException(f"{email!r} is no e-mail address. Give one with --email.") from None
    except founding.NoSuchStaff:
        raise click.ClickException(
            f"Nobody of the staff has the address {email}. Leave --email out for the publisher's own link, "
            "or add an account at /newsroom/users/."
        ) from None
    link = signing_in.path_of(signing_in.make_link(reader))
    console.print(f"\nSign in as {reader.email} (once, within a day):\n{settings.URL}{link}", markup=False)


def _ask(question: str, default: str, no_input: bool) -> str:
    return default if no_input else click.prompt(question, default=default, type=str)


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise click.ClickException(
            f"{url!r} is no web address. Give one such as https://www.example.org with --url."
        )
    return url.rstrip("/")


def _default_url() -> str:
    return os.environ.get("BROADSHEET_URL") or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def _default_email(url: str) -> str:
    host = urlsplit(url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return f"publisher@{host.removeprefix('www.')}"
    return "publisher@localhost"
