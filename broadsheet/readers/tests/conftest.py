import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """The newsroom's pages name static files by their hashes, so they must be where they are served from."""
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)


@pytest.fixture
def carol():
    """A publisher, beside another one. (The cast needs Django, which is not set up when this file is read.)"""
    from broadsheet.readers.models import Reader
    from broadsheet.readers.tests.cast import PASSWORD

    Reader.objects.create_superuser("other@example.org", name="Other")
    return Reader.objects.create_superuser("carol@example.org", PASSWORD, name="Carol")


@pytest.fixture
def at_desk(client, carol):
    """Carol's browser, signed in with her password."""
    from broadsheet.readers.tests.cast import enter

    assert enter(client, carol).status_code == 302
    return client
