"""Another address for an account: the new one agrees, the old one can stop it, and only buttons act."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from broadsheet.accounts.tests.cast import arrive, browser, signed_in
from broadsheet.kit.tests import corpora
from broadsheet.readers.models import AddressChange, Reader
from broadsheet.wiring import letters

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

NEW = "alice@elsewhere.example"


def ask(reader, email=NEW):
    """The links in the two letters: to agree, and to stop."""
    assert browser(reader).post("/account/address/", {"email": email}).status_code == 303
    letters.send_due()
    found = {each.to[0]: link_in(each) for each in mail.outbox}
    return found[email], found[reader.email]


def link_in(letter):
    return re.findall(r"/account/address/\S+", str(letter.body))[0]


def test_the_new_address_agrees_by_a_button_and_opens_the_account_from_then_on(alice):
    elsewhere = browser(alice)
    agree, _ = ask(alice)
    assert NEW in Client().get(agree).content.decode()
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert browser().post(agree).status_code == 303
    alice.refresh_from_db()
    assert (alice.email, alice.address_proved_at is not None) == (NEW, True)
    assert not signed_in(elsewhere)
    assert arrive(NEW).get("/mine.json").json()["name"] == "Alice"
    assert browser().post(agree).status_code == 410


@pytest.mark.parametrize("agreed", [False, True])
def test_the_old_address_stops_it_before_and_after(alice, agreed):
    agree, stop = ask(alice)
    if agreed:
        browser().post(agree)
    thief = browser(Reader.objects.get())
    Client().get(stop)
    assert signed_in(thief)
    assert browser().post(stop).status_code == 303
    alice.refresh_from_db()
    assert alice.email == "alice@example.org" and not alice.has_usable_password()
    assert not signed_in(thief)
    assert browser().post(agree).status_code == 410
    assert signed_in(arrive("alice@example.org"))


def test_who_stops_one_change_stops_all_that_were_asked_for(alice):
    agree, _ = ask(alice, "thief@elsewhere.example")
    _, stop = ask(alice)
    assert browser().post(stop).status_code == 303
    assert browser().post(agree).status_code == 410
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_a_thief_who_moved_an_account_twice_cannot_stop_the_second_move_once_its_owner_stopped_the_first(
    alice,
):
    agree, owners = ask(alice, "thief@elsewhere.example")
    browser().post(agree)
    alice.refresh_from_db()
    agree_again, thiefs = ask(alice)
    browser().post(agree_again)
    assert browser().post(owners).status_code == 303
    assert browser().post(thiefs).status_code == 410
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_whoever_had_the_account_first_has_it_back_even_after_a_thief_stopped_something(alice):
    agree, owners = ask(alice, "thief@elsewhere.example")
    browser().post(agree)
    alice.refresh_from_db()
    _, thiefs = ask(alice)
    assert browser().post(thiefs).status_code == 303
    assert browser().post(owners).status_code == 303
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_an_address_that_has_an_account_stays_with_it_and_the_answer_is_the_same(alice, carol):
    answers = [browser(alice).post("/account/address/", {"email": email}) for email in (NEW, carol.email)]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    letters.send_due()
    [agree] = [link_in(each) for each in mail.outbox if each.to == [carol.email]]
    assert browser().post(agree).status_code == 410
    assert Reader.objects.filter(email=carol.email).get() == carol


def test_links_grow_old(alice):
    agree, stop = ask(alice)
    AddressChange.objects.update(asked_at=timezone.now() - timedelta(days=1, seconds=1))
    spent = browser().post(agree)
    assert spent.status_code == 410 and "once and for 1 day" in spent.content.decode()
    AddressChange.objects.update(asked_at=timezone.now() - timedelta(days=7, seconds=1))
    spent = browser().post(stop)
    assert spent.status_code == 410 and "once and for 7 days" in spent.content.decode()


def test_who_asks_too_often_for_another_address_need_not_type_it_again(alice, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_sign_in_letters": "1/3600"}
    client = browser(alice)
    answers = [client.post("/account/address/", {"email": NEW}) for _ in range(2)]
    assert answers[-1].status_code == 429 and f'value="{NEW}"' in answers[-1].content.decode()


def test_another_site_neither_asks_nor_agrees(alice):
    agree, stop = ask(alice)
    foreign = Client(HTTP_SEC_FETCH_SITE="cross-site")
    foreign.force_login(alice)
    assert {foreign.post(path).status_code for path in (agree, stop, "/account/address/")} == {403}


@pytest.mark.hostile("reader_address")
def test_no_payload_passes_for_an_address(alice, shared_dir):
    client = browser(alice)
    for payload in corpora.hostile(shared_dir)[::100]:
        given = payload.encode("utf-8", "replace").decode()
        answer = client.post("/account/address/", {"email": given})
        assert answer.status_code == 422, given
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_no_address_comes_back(alice, email):
    assert browser(alice).post("/account/address/", {"email": email}).status_code == 422
