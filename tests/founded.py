"""Homes made once for all processes of a run, each to be copied by whoever serves it: founding one takes seconds."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import migrated
from tests.homes import Home


def once(name: str, factory: pytest.TempPathFactory, found: Callable[[Home], object]) -> Home:
    """The home of this name. The first process of the run that asks for it has it founded, and the others wait."""
    place = _of_the_run(factory)
    told = place / f"{name}.json"
    with migrated.one_at_a_time(name):
        if not told.exists():
            home = migrated.home(place / name)
            found(home)
            told.write_text(json.dumps(home.database_url))
    return Home(place / name, json.loads(told.read_text()))


def _of_the_run(factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of the run share; xdist gives each its own in it."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
