import pytest


@pytest.fixture(autouse=True)
def set_up(monkeypatch, settings):
    monkeypatch.setitem(settings.OPTIONS, "mail_url", "smtp://mail.example.org")


@pytest.fixture
def post(settings):
    from broadsheet.mail.tests.server import started

    post, server = started(settings)
    yield post
    server.stop()
