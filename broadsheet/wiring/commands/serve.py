"""`broadsheet serve`: the web server, the worker and the clock, in the foreground."""

import os

import click

from broadsheet.wiring import starting


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=int, envvar="PORT", default=8000, show_default=True, help="The port to listen on."
)
def command(host: str, port: int) -> None:
    """Serve the publication until SIGTERM or Ctrl-C."""
    starting.start_django()
    from django.conf import settings

    from broadsheet.wiring import upgrading
    from broadsheet.wiring.serving import serve

    missing = sum(upgrading.missing_migrations(alias) for alias in settings.DATABASES)
    if missing:
        raise click.ClickException(f"The database lacks {missing} migrations. Run `broadsheet init`.")
    if upgrading.static_files_are_old():
        upgrading.collect_static_files()
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.wiring.settings"
    serve(host, port)
