"""A language that is no language: each message in brackets. Whatever stands outside them, nobody can translate."""

import django
import pytest
from babel.messages.catalog import Catalog

django.setup()  # see broadsheet/discussion/tests/conftest.py

from broadsheet.accounts import pages as account_pages  # noqa: E402
from broadsheet.articles import listing  # noqa: E402
from broadsheet.discussion import pages, reading  # noqa: E402
from broadsheet.discussion.tests.cast import clock, prints  # noqa: E402, F401
from broadsheet.masthead.tests.tongues import speak  # noqa: E402
from tests.languages import catalogs  # noqa: E402
from tests.languages.paper import PAGE_LENGTH, WHOLE, Cyrillic  # noqa: E402
from tests.languages.reading import CLOSES, OPENS  # noqa: E402

CARRIER = "ru"
"""Dates, numbers and what Django says are Cyrillic then, as the content is: only English is Latin."""


@pytest.fixture(scope="session")
def pseudo(tmp_path_factory):
    """A folder of catalogs in which every message of the source stands in brackets."""
    folder = tmp_path_factory.mktemp("pseudo") / CARRIER / "LC_MESSAGES"
    folder.mkdir(parents=True)
    bracketed = Catalog(locale=CARRIER, charset="utf-8", fuzzy=False)
    for message in catalogs.extracted():
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            marked = [f"{OPENS}{form}{CLOSES}" for form in forms]
            said = (marked[0], *[marked[1]] * (bracketed.num_plurals - 1)) if len(marked) > 1 else marked[0]
            bracketed.add(message.id, said, context=message.context)
    (folder / "django.mo").write_bytes(catalogs.compiled(bracketed))
    return folder.parent.parent


@pytest.fixture
def paper(db, settings, monkeypatch, pseudo, tmp_path):
    monkeypatch.setattr(reading, "WHOLE", WHOLE)
    monkeypatch.setattr(listing, "PAGE_LENGTH", PAGE_LENGTH)
    monkeypatch.setattr(pages, "NEWEST", 1)
    monkeypatch.setattr(account_pages, "PAGE", 1)
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LOCALE_PATHS = [pseudo]
    speak(settings, CARRIER)
    return Cyrillic()
