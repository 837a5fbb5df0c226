"""A migrated SQLite database, kept between runs: walking through Wagtail's migrations takes longer than most tests.

It is known by the migrations it was made with, so that a changed one is never overlooked. Migrating still runs on the
copy and finds nothing to do.
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

if TYPE_CHECKING:
    from django.contrib.contenttypes.models import ContentType

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"


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
    if not all(kept(alias).exists() for alias in files_of_this_run()):
        _making.enter_context(one_at_a_time("migrated"))
    for alias, file in files_of_this_run().items():
        if kept(alias).exists():
            shutil.copyfile(kept(alias), file)


def restore_into(home: Path) -> None:
    """Put the kept databases where a home about to be founded will look for its own."""
    if not os.environ.get("DATABASE_URL"):
        (home / "db").mkdir()
        with one_at_a_time("migrated"):
            pass  # whoever makes them has made them now
        for alias, file in files_of_this_run().items():
            if kept(alias).exists():
                shutil.copyfile(kept(alias), home / "db" / file.name.partition(".test")[0])


def keep() -> None:
    """Keep what has just been migrated for the next run, and forget older ones."""
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
    _making.close()


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
