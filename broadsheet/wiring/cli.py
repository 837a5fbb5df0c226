"""The command `broadsheet`: a thin shell over what the apps do.

A command stands in `commands/`, one a file, and is imported only when it is called for, so that help is instant and
Django starts after the options were understood.
"""

import sys
from importlib import import_module
from pathlib import Path

import click

COMMANDS = Path(__file__).parent / "commands"


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(file.stem.rstrip("_") for file in COMMANDS.glob("[!_]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        # A name that is Python's own word carries an underscore as a module: import_.py, print_.py.
        stem = next(stem for stem in (cmd_name, f"{cmd_name}_") if (COMMANDS / f"{stem}.py").exists())
        command: click.Command = import_module(f"broadsheet.wiring.commands.{stem}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="broadsheet")
def broadsheet() -> None:
    """An independent publication in one box.

    Its state stands in BROADSHEET_HOME (default ./var).
    """


def main() -> None:
    """Run a command; whatever goes wrong in a known way is told in one sentence."""
    try:
        broadsheet()
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        click.echo(f"Error: {sentence}", err=True)
        sys.exit(1)


def _sentence(error: Exception) -> str | None:
    """What went wrong, where, and how to mend it; None for what we do not know."""
    from broadsheet.wiring.options import OptionError

    if isinstance(error, OptionError):
        return str(error)
    if isinstance(error, PermissionError) and error.filename:
        return f"{error.filename} is closed to this user. Run as the user who owns it, or change its owner."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check BROADSHEET_HOME and the disk."
    return _django_sentence(error)


def _django_sentence(error: Exception) -> str | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OperationalError):
        reason = " ".join(str(error).split())
        return f"The database does not answer: {reason}. Check db/ in BROADSHEET_HOME, or DATABASE_URL."
    return None
