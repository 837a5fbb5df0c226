"""Start Django for a command, on a home that is there."""

import os
from pathlib import Path

import click

from broadsheet.kit.sealing import Keyring

DIRECTORIES = {"db": 0o700, "keys": 0o700, "backups": 0o700, "media": 0o755, "prints": 0o755}
"""What a web server in front reads is open to it; the rest is the publication's own."""


def home() -> Path:
    """The directory of everything the publication owns."""
    return Path(os.environ.get("BROADSHEET_HOME", "var")).resolve()


def make_home() -> None:
    """The directories and keys that settings need before Django starts."""
    home().mkdir(parents=True, exist_ok=True)
    for name, mode in DIRECTORIES.items():
        (home() / name).mkdir(exist_ok=True, mode=mode)
    Keyring(home() / "keys").make()


def start_django() -> None:
    """Set Django up; a home without keys holds no publication and is refused."""
    if not Keyring(home() / "keys").complete:
        raise click.ClickException(
            f"{home()} holds no publication. Run `broadsheet init`, or set BROADSHEET_HOME to where yours stands."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.wiring.settings")
    import django

    django.setup()
