"""The newsroom is for its people: whoever has not signed in sees none of it, and each of its addresses has a right.

What each role is let into is walked through in `broadsheet/wiring/tests/test_guarding.py`.
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from broadsheet.wiring import newsroom_addresses as table
from broadsheet.wiring.tests import newsroom_walk

CLOSED = {
    f"wagtailsnippets_{one}:{name}"
    for one in ("masthead_publication", "articles_arrangement")
    for name in ("list", "list_results", "add", "delete")
} | {"wagtailsnippetchoosers_articles_article:create"}
"""There is one publication, and one front page; an article is begun on its own screen."""
OPEN = {"login", "sign-in", "logout", "password_reset", "jsi18n", "sprite"}  # what signing in itself needs
SAMPLES = {"int": "1", "uuid": "6f8d3c0e-1111-4222-8333-444455556666"}


def addresses(patterns, before=""):
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address


def filled(address):
    """An address with its parameters filled in, or nothing where a regular expression is too free for that."""
    address = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "", "x"), address)
    address = re.sub(r"\(\?P<\w+>[^()]*\)", "1", address).replace("^", "").replace("$", "").replace(r"\Z", "")
    return None if re.search(r"[\\()*+\[\]?]", address) else f"/{address}"


def newsroom_addresses():
    every = [address for address in addresses(get_resolver().url_patterns) if address.startswith("newsroom/")]
    return sorted(
        {path for address in every if (path := filled(address)) and not OPEN & set(path.split("/"))}
    )


def turns_away(answer):
    """A refusal, or the way to the door: any other redirect would mean that something was done."""
    if answer.status_code in {301, 302}:
        return bool(OPEN & set(re.split(r"[/?]", answer["Location"])))
    return answer.status_code in {403, 404, 405}


def test_every_address_of_our_own_in_the_newsroom_has_a_right():
    """A new one that fails here answers nobody: give it a line in broadsheet/wiring/newsroom_addresses.py."""
    ours = [
        address
        for address in newsroom_walk.every({})
        if resolve(address.path).func.__module__.startswith("broadsheet.")
    ]
    assert ours
    unknown = [address for address in ours if table.right_for(address.name) == ""]
    assert [address for address in unknown if address.name not in CLOSED] == []


@pytest.mark.django_db
def test_no_screen_of_the_newsroom_answers_somebody_who_is_not_signed_in(client):
    paths = newsroom_addresses()
    assert len(paths) > 50
    assert [path for path in paths if not turns_away(client.get(path))] == []


@pytest.mark.django_db
def test_nothing_can_be_changed_in_the_newsroom_without_signing_in(client):
    assert [path for path in newsroom_addresses() if not turns_away(client.post(path))] == []
