"""Bring the databases and the static files to what this version of Broadsheet needs; quick where nothing changed."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def upgrade_databases() -> int:
    """Run the migrations that are missing; how many there were."""
    count = 0
    for alias in connections:
        missing = missing_migrations(alias)
        if missing:
            app = ["limits"] if alias == "limits" else []
            # Django's checks are for whoever changes the code: CI runs them.
            call_command("migrate", *app, database=alias, verbosity=0, interactive=False, skip_checks=True)
        count += missing
    return count


def missing_migrations(alias: str) -> int:
    """How many migrations a database lacks; `limits` has one app only."""
    executor = MigrationExecutor(connections[alias])
    leaves = executor.loader.graph.leaf_nodes()
    if alias == "limits":
        leaves = [leaf for leaf in leaves if leaf[0] == "limits"]
    return len(executor.migration_plan(leaves))


def collect_static_files() -> None:
    """Put the newsroom's, the public pages' and the theme's static files where they are served from."""
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
    _taken_theme().write_text(_static_of_theme(), encoding="utf-8")


def static_files_are_old() -> bool:
    """Whether there are none, or those of the theme are others now."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return True
    taken = _taken_theme()
    before = taken.read_text(encoding="utf-8") if taken.exists() else _digest_of([])
    return before != _static_of_theme()


def _taken_theme() -> Path:
    return Path(settings.STATIC_ROOT) / ".theme"


def _static_of_theme() -> str:
    return _digest_of(settings.STATICFILES_DIRS)


def _digest_of(folders: Iterable[Path]) -> str:
    digest = sha256()
    for folder in folders:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            digest.update(f"{file.relative_to(folder)} {file.stat().st_size} ".encode() + file.read_bytes())
    return digest.hexdigest()
