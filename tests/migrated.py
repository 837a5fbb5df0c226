"""Migrated databases to begin with: walking through Wagtail's migrations takes longer than most tests.

One of PostgreSQL is a template in the cluster of the run. Those of SQLite are files, kept between runs and known by the
migrations they were made with, so that a changed one is never overlooked. Migrating still runs on the copy and finds
nothing to do.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests import homes
from tests.homes import Home

if TYPE_CHECKING:
    from django.contrib.contenttypes.models import ContentType

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
TEMPLATE = "migrated"


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Of several test processes that need the same thing made, one makes it and the others wait for it."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with (KEPT.parent / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


_making = ExitStack()


def restore() -> None:
    """Put the kept databases where this run's test databases will be looked for.

    Of the processes of a run that finds none, the first makes them, until `keep`, and the others wait for it.
    """
    if not _are_kept():
        _making.enter_context(one_at_a_time("migrated"))
    if not _are_kept():
        return
    if on_postgresql():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
        return
    for alias, file in files_of_this_run().items():
        shutil.copyfile(kept(alias), file)


def home(path: Path) -> Home:
    """A home about to be founded; after `django_db_setup` its databases are migrated, unless no test had any made."""
    if not _are_kept():
        return homes.new(path)
    if on_postgresql():
        return homes.new(path, TEMPLATE)
    made = homes.new(path)
    (path / "db").mkdir()
    for alias, file in files_of_this_run().items():
        shutil.copyfile(kept(alias), path / "db" / file.name.partition(".test")[0])
    return made


def on_postgresql() -> bool:
    return "DATABASE_URL" in os.environ


def _are_kept() -> bool:
    if on_postgresql():
        return homes.has_database(TEMPLATE)
    return all(kept(alias).exists() for alias in files_of_this_run())


def keep() -> None:
    """Keep what has just been migrated for whoever is next, and forget older ones."""
    with _making:
        if connections["default"].introspection.table_names():  # else no test of this run asks for a database
            seeds()
            _keep_template() if on_postgresql() else _keep_files()


def _keep_template() -> None:
    if not _are_kept():
        connection = connections["default"]
        connection.close()  # nobody may be in a database that is copied
        homes.copy_database(str(connection.settings_dict["NAME"]), TEMPLATE)


def _keep_files() -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for file in KEPT.iterdir():
        if not file.name.startswith(made_with()):
            file.unlink(missing_ok=True)
    for alias in files_of_this_run():
        if not kept(alias).exists():
            fresh = kept(alias).with_suffix(f".{os.getpid()}")
            with connections[alias].cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(fresh)])
            fresh.replace(kept(alias))


@cache
def seeds() -> tuple[list["ContentType"], str]:
    """What migrations wrote, Wagtail's root collection and the rights among it; first asked for before any test."""
    from django.contrib.contenttypes.models import ContentType

    return list(ContentType.objects.all()), connections["default"].creation.serialize_db_to_string()


def seed_again() -> None:
    """Write it again after a test with real transactions, which ends with every table emptied."""
    from django.contrib.contenttypes.models import ContentType

    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
    ContentType.objects.clear_cache()
    content_types, everything = seeds()
    # Wagtail indexes what is saved, and would make content types of its own if they were not there first.
    ContentType.objects.bulk_create(content_types)
    connections["default"].creation.deserialize_db_from_string(everything)


def files_of_this_run() -> dict[str, Path]:
    return {alias: Path(database["TEST"]["NAME"]) for alias, database in settings.DATABASES.items()}


def kept(alias: str) -> Path:
    return KEPT / f"{made_with()}-{alias}.sqlite3"


@cache
def made_with() -> str:
    """Our migrations and the versions of everybody else's."""
    files = [*sorted((ROOT / "broadsheet").rglob("migrations/*.py")), ROOT / "requirements.lock"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
