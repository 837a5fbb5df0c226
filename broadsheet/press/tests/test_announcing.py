"""Telling others what is new: nobody unless asked for, after the page is printed, again where nobody listens."""

import json
from functools import partial
from urllib.parse import parse_qsl

import pytest

from broadsheet.articles import feeds
from broadsheet.articles.models import Article
from broadsheet.discussion.tests.cast import make_article
from broadsheet.events.handing import hand_events
from broadsheet.kit import fetching
from broadsheet.kit.pages import NotThere
from broadsheet.kit.tests.test_fetching import answer, site, to_public
from broadsheet.press import announcing, printing
from broadsheet.press.models import Announcement
from broadsheet.press.tests.paper import publish
from broadsheet.wiring.consumers import CONSUMERS
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")
HOME = "http://127.0.0.1:8000"
HUB = "http://hub.example/publish"
KEY = "0123456789abcdef"


@pytest.fixture
def options(settings):
    def options(**changes):
        settings.OPTIONS = {**settings.OPTIONS, **changes}

    return options


def told(*answers):
    """What the listener was asked, in as many rounds as it has answers."""
    asked: list[str] = []
    with site(*answers, asked=asked) as connector:
        for _ in answers:
            announcing.send_due(partial(fetching.send, resolver=to_public, connector=connector))
    return asked


def publish_one(section):
    article = make_article("Rain", live=False, published_at=None, section=section)
    publish(article)
    drain()
    return Article.objects.get(pk=article.pk)


def test_nobody_is_told_unless_the_publisher_names_them(section):
    publish_one(section)
    assert not Announcement.objects.exists()
    assert b'rel="hub"' not in feeds.feed_rss().content


def test_the_hub_is_told_which_feeds_changed(section, options, clock):
    options(websub_hub=HUB)
    publish_one(section)
    assert announcing.send_due() == 0, "what is published together is told together"
    clock.forward(10)
    drain()
    request = told(answer(status="204 No Content"))[0]
    head, _, body = request.partition("\r\n\r\n")
    assert head.startswith("POST /publish HTTP/1.1\r\n")
    assert "Content-Type: application/x-www-form-urlencoded" in head
    fields = parse_qsl(body)
    assert fields[0] == ("hub.mode", "publish")
    assert {f"{HOME}/feed.xml", f"{HOME}/feed.json", f"{HOME}/section/harbour/feed.atom"} <= {
        topic for name, topic in fields if name == "hub.url"
    }
    assert not Announcement.objects.exists()


def test_the_feeds_name_the_hub_and_themselves(options, publication):
    options(websub_hub=HUB)
    assert f'<atom:link href="{HUB}" rel="hub"/>'.encode() in feeds.feed_rss().content
    assert b'rel="hub"' in feeds.feed_atom().content and b'rel="self"' in feeds.feed_atom().content
    assert json.loads(feeds.feed_json().content)["hubs"] == [{"type": "WebSub", "url": HUB}]


def test_nobody_is_told_of_a_page_that_is_not_printed_yet(section, options, clock):
    options(websub_hub=HUB)
    article = make_article("Rain", live=False, published_at=None, section=section)
    publish(article)
    hand_events(CONSUMERS)
    clock.forward(10)
    assert announcing.send_due() == 0
    drain()
    clock.forward(10)  # its section is new in the menu, so every page is printed once more
    drain()
    assert told(answer(status="202 Accepted"))


def test_who_does_not_listen_is_told_again_later_and_not_for_ever(section, options, clock, caplog):
    options(websub_hub=HUB)
    publish_one(section)
    clock.forward(10)
    drain()
    assert told(answer(status="500 No"))
    assert announcing.send_due() == 0, "not at once"
    tries = 1
    while Announcement.objects.exists():
        clock.forward(3 * 3600)
        drain()
        tries += len(told(answer(status="500 No")))
    assert tries == announcing.MOST_TRIES
    assert "It is left at that" in caplog.text


def test_a_hub_inside_our_own_network_is_never_asked(section, options, clock):
    options(websub_hub="http://127.0.0.1:8000/newsroom/")
    publish_one(section)
    clock.forward(10)
    drain()
    announcing.send_due()
    assert set(Announcement.objects.values_list("failures", flat=True)) == {1}


def test_search_engines_are_told_of_the_article_and_find_the_key(section, options, clock, monkeypatch):
    monkeypatch.setattr(announcing, "INDEXNOW", "http://index.example/indexnow")  # without TLS
    options(indexnow_key=KEY)
    article = publish_one(section)
    clock.forward(10)
    drain()
    body = told(answer(status="202 Accepted"))[0].partition("\r\n\r\n")[2]
    assert json.loads(body) == {
        "host": "127.0.0.1:8000",
        "key": KEY,
        "keyLocation": f"{HOME}/{KEY}.txt",
        "urlList": [f"{HOME}{article.path}"],
    }
    assert printing.print_page(f"/{KEY}.txt")[1] == KEY.encode()
    with pytest.raises(NotThere):
        printing.print_page("/another-key.txt")
