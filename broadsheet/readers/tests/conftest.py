import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """The newsroom's pages name static files by their hashes, so they must be where they are served from."""
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
