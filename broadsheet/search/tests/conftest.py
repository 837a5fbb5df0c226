"""The cast is everybody's."""

import django
import pytest

django.setup()  # see broadsheet/discussion/tests/conftest.py

from broadsheet.discussion.tests.cast import *  # noqa: E402, F403
from broadsheet.search.engines import postgresql, sqlite  # noqa: E402
from tests.patience import PATIENCE  # noqa: E402


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """What takes too long is a search that never ends, not one on a busy machine."""
    for engine in (sqlite, postgresql):
        monkeypatch.setattr(engine, "PATIENCE", PATIENCE)
