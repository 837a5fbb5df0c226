import pytest


@pytest.fixture(autouse=True)
def as_served(static_files):
    """Its pages before the newsroom name static files."""


@pytest.fixture(scope="session")
def hashed():
    """Carol's password, hashed once for all tests: that is meant to be slow."""
    from django.contrib.auth.hashers import make_password

    from broadsheet.readers.tests.cast import PASSWORD

    return make_password(PASSWORD)


@pytest.fixture
def carol(hashed):
    """A publisher, beside another one. (The cast needs Django, which is not set up when this file is read.)"""
    from broadsheet.readers.models import Reader

    Reader.objects.create_superuser("other@example.org", name="Other")
    carol = Reader.objects.create_superuser("carol@example.org", name="Carol")
    Reader.objects.filter(pk=carol.pk).update(password=hashed)
    return Reader.objects.get(pk=carol.pk)


@pytest.fixture
def at_desk(client, carol):
    """Carol's browser, signed in with her password."""
    from broadsheet.readers.tests.cast import enter

    assert enter(client, carol).status_code == 302
    return client
