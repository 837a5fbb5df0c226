"""Pages here are rendered without a set-up home, so static files keep their plain names."""

import pytest


@pytest.fixture(autouse=True)
def plain_static_names(settings):
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
