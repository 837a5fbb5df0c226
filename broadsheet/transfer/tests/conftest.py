"""Pages are rendered without a home: static files keep their plain names, media and prints are thrown away."""

import pytest


@pytest.fixture(autouse=True)
def nothing_of_a_home(settings, tmp_path):
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRINTS = tmp_path / "prints"
