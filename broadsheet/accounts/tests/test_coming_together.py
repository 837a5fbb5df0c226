"""Two who come in with one address at the same moment: one is let in, the other is told what whoever is later is."""

import pytest
from django.core import mail

from broadsheet.accounts.tests.cast import ask, browser, letter_to
from broadsheet.accounts.tests.test_address import NEW
from broadsheet.accounts.tests.test_address import ask as ask_to_move
from broadsheet.readers.models import Reader
from tests.meeting import meeting

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("publication"),
    pytest.mark.only_on("postgresql"),
]

DORA = "dora@example.org"
OPENS = 'INSERT INTO "readers_reader"'
SPENDS = 'UPDATE "readers_signinlink"'
MOVES = 'UPDATE "readers_reader" SET "email"'


def two_letters():
    return [(ask(browser(), DORA), letter_to(DORA)[0]) for _ in range(2)]


def given_an_account(email):
    return Reader.objects.create_user(email, name="Somebody")


def enter(place, code):
    return browser().post(place, {"code": code}).status_code


def test_of_two_codes_of_one_address_at_once_one_lets_in_and_the_other_is_spent():
    for statement in (OPENS, SPENDS):  # at first it opens an account, then Dora has one
        one, other = two_letters()
        with meeting(statement, lambda later=other: enter(*later)) as met:
            assert enter(*one) == 302
        assert met() == 410
    assert Reader.objects.count() == 1


def test_an_address_that_becomes_somebody_s_this_very_moment_is_nobody_else_s(alice):
    [[place, code], _] = two_letters()
    with meeting(OPENS, lambda: given_an_account(DORA)) as met:
        assert enter(place, code) == 302
    assert Reader.objects.get(email=DORA) == met()

    mail.outbox.clear()
    agree, stop = ask_to_move(alice)
    with meeting(MOVES, lambda: given_an_account(NEW)) as met:
        assert browser().post(agree).status_code == 410
    assert Reader.objects.get(email=NEW) == met()

    met().delete()
    assert browser().post(agree).status_code == 303
    with meeting(MOVES, lambda: given_an_account(alice.email)) as met:
        assert browser().post(stop).status_code == 303
    assert Reader.objects.get(email=alice.email) == met()
    assert Reader.objects.get(email=NEW) == alice
