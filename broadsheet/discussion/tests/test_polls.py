"""A poll in an article: one voice each, changed and taken back until it closes, counted by the worker."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from broadsheet.articles import feeds
from broadsheet.discussion import closing, polling
from broadsheet.discussion.models import Choice, Poll, PollVoice
from broadsheet.discussion.tests.asked_cast import asking_article, paragraph, poll, published
from broadsheet.discussion.tests.cast import page
from broadsheet.kit.tests import corpora
from broadsheet.press import refresh, store
from broadsheet.wiring.worker import drain
from tests.meeting import meeting

pytestmark = pytest.mark.django_db(databases="__all__")

OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def asking(section):
    return asking_article(section, poll())


def choose(article, *choices, client=None, address="192.0.2.7", number=1, **fields):
    headers = {key: fields.pop(key) for key in list(fields) if key.startswith("HTTP_")}
    data = urlencode([*(("choice", choice) for choice in choices), *fields.items()])
    return (client or Client()).post(
        f"{article.path}polls/{number}/voices/",
        data,
        content_type="application/x-www-form-urlencoded",
        REMOTE_ADDR=address,
        **headers,
    )


def told(html):
    """The results that a page shows, choice by choice."""
    return [(int(n), int(share)) for n, share in re.findall(r"<span>(\d+) voices?, (\d+) %</span>", html)]


def counts():
    drain()
    return list(Choice.objects.filter(left_at=None).order_by("number").values_list("voice_count", flat=True))


def test_a_guest_chooses_and_the_article_shows_bars_with_numbers(asking):
    assert told(page(asking.path)) == [(0, 0), (0, 0)]
    answer = choose(asking, 2)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "You chose:" in answer.content.decode()
    choose(asking, 1, address="198.51.100.1")
    choose(asking, 2, address="203.0.113.1")
    assert counts() == [1, 2]
    html = page(asking.path)
    assert told(html) == told(page(f"{asking.path}polls/1/")) == [(1, 33), (2, 67)]
    assert "3 voices" in html


def test_one_network_of_guests_has_one_voice_and_its_last_word_counts(asking):
    for address, choice in (("192.0.2.7", 1), ("192.0.2.7", 2), ("2001:db8::1", 1), ("2001:db8::2", 2)):
        choose(asking, choice, address=address)
    assert counts() == [0, 2]
    assert Poll.objects.get().voice_count == 2


def test_a_reader_has_one_voice_from_whatever_network(asking, alice):
    client = Client()
    client.force_login(alice)
    for address in ("192.0.2.7", "198.51.100.9"):
        choose(asking, 1, client=client, address=address, **OWN_PAGE)
    assert counts() == [1, 0]


def test_the_same_voice_twice_changes_nothing_and_records_nothing(asking):
    from broadsheet.events.models import Event

    choose(asking, 1)
    choose(asking, 1)
    assert Event.objects.filter(kind="poll.voiced").count() == 1
    assert counts() == [1, 0]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_voices_of_one_network_at_the_same_moment_are_one_with_one_choice(asking):
    def send(number):
        try:
            return choose(asking, 1 + number % 2).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(send, range(8))) == {200}
    assert PollVoice.objects.count() == 1
    assert PollVoice.choices.through.objects.count() == 1
    assert sum(counts()) == 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_voice_that_is_taken_back_while_it_is_given_again_is_one_or_none(asking):
    def withdraw():
        return choose(asking, withdraw="1").status_code

    with (
        meeting('INSERT INTO "discussion_pollvoice"', lambda: choose(asking, 1).status_code) as given,
        meeting("ROLLBACK TO SAVEPOINT", withdraw) as withdrawn,
    ):
        assert choose(asking, 2).status_code == given() == withdrawn() == 200
    assert counts() == [0, 1]
    with meeting(
        'DELETE FROM "discussion_pollvoice_choices"', lambda: choose(asking, 1).status_code
    ) as given:
        assert withdraw() == 200
    assert given() == 200
    assert counts() == [1, 0] and PollVoice.objects.count() == 1


def test_a_voice_is_taken_back(asking):
    choose(asking, 1)
    assert "taken your choice back" in choose(asking, withdraw="1").content.decode()
    assert counts() == [0, 0]
    assert not PollVoice.objects.exists()


def test_several_may_be_chosen_only_where_the_poll_says_so(section, asking):
    assert choose(asking, 1, 2).status_code == 422
    many = asking_article(section, poll(several=True), headline="Many lamps")
    assert 'type="checkbox"' in page(many.path)
    choose(many, 1, 2)
    choose(many, 2, address="198.51.100.1")
    drain()
    assert told(page(many.path)) == [(1, 50), (2, 100)]
    assert "2 voices" in page(many.path)


def test_the_print_is_the_same_whoever_chose_what(asking, alice):
    client = Client()
    client.force_login(alice)
    choose(asking, 1, client=client, **OWN_PAGE)
    drain()
    assert client.get(asking.path).content == Client().get(asking.path).content
    assert "checked" not in page(asking.path).partition('class="poll"')[2]


def test_results_can_stay_hidden_until_the_poll_closes_by_itself(section, clock):
    at = timezone.now() + timedelta(hours=1)
    article = asking_article(section, poll(shown="closed", closes_at=at.isoformat()))
    choose(article, 1)
    assert counts() == [1, 0]
    assert told(page(article.path)) == []
    assert "results are shown when it is closed" in page(article.path)
    assert told(choose(article, 1).content.decode()) == []
    Poll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    refused = choose(article, 2)
    assert refused.status_code == 409
    assert "This poll is closed" in refused.content.decode()
    store.forget(article.path)
    page(f"{article.path}polls/1/")
    polling.close_due()
    clock.forward(refresh.PAUSE + 1)
    drain()
    assert told((store.read(article.path) or b"").decode()) == [(1, 100), (0, 0)]
    assert not store.stands(f"{article.path}polls/1/")
    polling.close_due()
    assert counts() == [1, 0]


def test_a_closed_discussion_leaves_its_polls_open(asking, carol):
    closing.close(asking, by=carol, reason="enough")
    assert choose(asking, 1).status_code == 200
    assert counts() == [1, 0]


def test_an_editor_who_moves_the_end_opens_it_again(section):
    past = timezone.now() - timedelta(hours=1)
    article = asking_article(section, poll(closes_at=past.isoformat()))
    polling.close_due()
    assert choose(article, 1).status_code == 409
    published(article, poll(closes_at=(timezone.now() + timedelta(hours=1)).isoformat()))
    assert choose(article, 1).status_code == 200


def test_voices_stay_when_choices_are_reworded_and_go_with_a_choice_that_is_taken_out(asking):
    choose(asking, 1)
    choose(asking, 2, address="198.51.100.1")
    published(asking, poll(choices=("The very first", "The third")))
    assert counts() == [1, 1]
    assert "The very first" in page(asking.path)
    published(asking, poll(choices=("The very first",)))
    drain()
    assert told(page(asking.path)) == [(1, 100)]
    assert choose(asking, 2).status_code == 422


def test_a_poll_that_leaves_the_article_takes_no_voices_and_comes_back_with_those_it_has(asking):
    choose(asking, 1)
    published(asking, paragraph("<p>Nothing is asked.</p>"))
    assert choose(asking, 1).status_code == 404
    published(asking, poll())
    assert counts() == [1, 0]


def test_a_poll_can_stand_above_the_discussion(section):
    article = asking_article(section, poll(place="discussion"))
    html = page(article.path)
    assert html.count('class="poll"') == 1
    assert html.index('id="discussion"') < html.index('class="poll"')


def test_feeds_and_earlier_versions_say_what_is_asked_and_take_no_voices(asking):
    feed = feeds.feed_rss().content.decode()
    assert "Which lamp?" in feed
    assert "The third" in feed
    assert "<input" not in feed
    assert f"{asking.path}#poll-" in feed


@pytest.mark.parametrize(
    "headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}]
)
def test_a_voice_from_another_site_is_refused(asking, headers):
    assert choose(asking, 1, **headers).status_code == 403
    assert counts() == [0, 0]


def test_too_many_voices_are_told_to_wait(asking, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_voices_network": "1/60"}
    choose(asking, 1)
    answer = choose(asking, 2)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert counts() == [1, 0]


def test_a_get_leads_to_the_poll_and_an_unknown_one_is_not_there(asking):
    assert Client().get(f"{asking.path}polls/1/voices/")["Location"] == "../"
    assert choose(asking, 1, number=9).status_code == 404


def test_a_voice_reaches_the_print_within_its_pause(asking, clock):
    page(asking.path)
    clock.forward(refresh.PAUSE + 1)
    choose(asking, 1)
    drain()
    assert told((store.read(asking.path) or b"").decode()) == [(1, 100), (0, 0)]


@pytest.mark.hostile("poll_voices")
def test_every_payload_as_a_choice_is_refused_and_none_comes_back(asking, settings, shared_dir):
    rates = dict.fromkeys(("limit_voices_network", "limit_voices_wider_network"), "1000000/1")
    settings.OPTIONS = settings.OPTIONS | rates
    for payload in list(corpora.hostile(shared_dir))[::40]:
        text = payload.encode("utf-8", "replace").decode()
        answer = choose(asking, text)
        assert answer.status_code == 422 or text in ("1", "2"), text
        assert len(text) < 12 or text not in answer.content.decode()
    assert counts() == [0, 0]
