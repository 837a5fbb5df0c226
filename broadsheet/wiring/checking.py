"""What `broadsheet check` asks. Each question answers whether all is well, and how to mend it if not."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections
from django.template import Engine
from django.utils import timezone

from broadsheet.events import beating
from broadsheet.mail import transports
from broadsheet.masthead import founding
from broadsheet.masthead.models import Publication
from broadsheet.wiring import starting, theming, upgrading

LONGEST_SILENCE = timedelta(minutes=2)
"""The clock ticks every 15 seconds; some jobs hold one tick up for longer."""


@dataclass(frozen=True)
class Answer:
    what: str
    ok: bool
    mend: str = ""


def look_over() -> list[Answer]:
    """Every answer; what stands in a database is asked only where the database answers."""
    answers = [*_home(), *_code(), *_theme(), *_transports()]
    databases = list(_databases())
    answers += databases
    if all(answer.ok for answer in databases):
        answers += [_publication(), _publisher(), _clock()]
    return answers


def _home() -> Iterator[Answer]:
    for name in starting.DIRECTORIES:
        folder = starting.home() / name
        yield Answer(
            f"{folder} can be written to",
            folder.is_dir() and os.access(folder, os.W_OK | os.X_OK),
            "Run `broadsheet init` as the user that serves.",
        )
    keys = starting.home() / "keys"
    readable = [file for file in keys.iterdir() if file.stat().st_mode & 0o077]
    yield Answer("The keys are readable by their owner only", not readable, f"chmod -R go= {keys}")
    collected = (settings.STATIC_ROOT / "staticfiles.json").exists()
    yield Answer("Static files are collected", collected, "Run `broadsheet init`.")


def _code() -> Iterator[Answer]:
    problems = [message for message in checks.run_checks() if message.is_serious()]
    first = str(problems[0]) if problems else ""
    yield Answer("The settings fit together", not problems, first)


def _transports() -> Iterator[Answer]:
    wrong = transports.cannot_be_set_up()
    for transport in transports.named():
        lacks = wrong.get(transport.name, "")
        yield Answer(
            f"Letters can be handed to {transport.name}", not lacks, f"Mend option mail_url: {lacks}"
        )


def _theme() -> Iterator[Answer]:
    """Only a publication with a theme is told of it."""
    if not any(Path(folder).is_dir() for folder in Engine.get_default().dirs):
        return
    slips = [str(slip) for slip in theming.slips()]
    mend = f"{'; '.join(slips)}. Mend that and start anew; until then our own stands in its place."
    yield Answer("The theme's templates can be read", not slips, mend)


def _databases() -> Iterator[Answer]:
    for alias in connections:
        yield _ask(f"The database “{alias}” answers and is up to date", partial(_missing, alias))


def _ask(what: str, find_problem: Callable[[], str]) -> Answer:
    try:
        problem = find_problem()
    except DatabaseError as error:
        problem = f"It says: {' '.join(str(error).split())}. Check db/ in BROADSHEET_HOME, or DATABASE_URL."
    return Answer(what, not problem, problem)


def _missing(alias: str) -> str:
    missing = upgrading.missing_migrations(alias)
    return f"{missing} migrations are missing. Run `broadsheet init`." if missing else ""


def _publication() -> Answer:
    return Answer("There is a publication", Publication.objects.exists(), "Run `broadsheet init`.")


def _publisher() -> Answer:
    return Answer("Somebody is its publisher", founding.publisher() is not None, "Run `broadsheet init`.")


def _clock() -> Answer:
    """A new publication that was never served is no fault; a clock that stands still is one."""
    last = beating.last_beat("clock")
    if last is None:
        return Answer("The clock is not running: it starts with the first `broadsheet serve`", True)
    ticked = f"last ticked at {last:%Y-%m-%d %H:%M:%S} UTC"
    if timezone.now() - last > LONGEST_SILENCE:
        return Answer(
            f"The clock is not running: it {ticked}", False, "Start `broadsheet serve`; see its log."
        )
    return Answer(f"The clock {ticked}", True)
