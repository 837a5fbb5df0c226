"""A confirmed address has its name to itself."""

import pytest
from django.test import Client

from broadsheet.discussion import naming
from broadsheet.discussion.models import Comment, ReservedName
from broadsheet.discussion.tests.cast import page, post, posted
from broadsheet.notices.tests.cast import ALICE, followed, later, page_in, work

pytestmark = pytest.mark.django_db(databases="__all__")

MARK = "Perhaps not the earlier person of this name"


def test_whoever_else_uses_a_confirmed_name_or_one_like_it_is_marked(article):
    posted(article, "Before", name="Alice Miller")
    followed(article, name="Alice Miller")
    for name in ("Alice Miller", "AIice Mi11er", "аlice miller", "Alice  Miller ✓"):
        assert posted(article, f"I am {name}", name=name, address="198.51.100.7").mark == naming.OTHER, name
    assert posted(article, "I am not", name="Alice Mullen", address="198.51.100.7").mark == ""
    html = page(article.path)
    assert html.count(MARK) == 4


def test_typing_the_holders_address_wears_nothing_and_says_nothing(article):
    followed(article, name="Alice Miller")
    typed = post(article, "It is me", name="Alice Miller", email=ALICE, address="198.51.100.7")
    other = post(article, "It is I", name="Alice Miller", email="mallory@example.org", address="198.51.100.8")
    assert typed.status_code == other.status_code == 303
    assert set(Comment.objects.order_by("-pk").values_list("mark", flat=True)[:2]) == {naming.OTHER}


def test_the_holder_says_it_was_them_from_a_letter_and_the_mark_goes(article):
    followed(article, name="Alice Miller")
    later(days=2)
    comment = posted(article, "It is me", name="Alice Miller", email=ALICE, address="198.51.100.7")
    posted(article, "It is me too", name="Alice Miller", email="mallory@example.org", address="198.51.100.8")
    [letter] = work()
    assert letter.to == [ALICE]
    assert "It is me" not in letter.body
    path = page_in(letter)
    shown = Client().get(path).content.decode()
    assert shown.count("That was me") == 1
    rev = comment.thread.last_rev
    assert Client().post(f"{path}proofs/", {"comment": comment.pk}).status_code == 303
    comment.refresh_from_db()
    assert comment.mark == ""
    assert comment.rev > rev - 1
    assert page(article.path).count(MARK) == 1
    assert Client().post(f"{path}proofs/", {"comment": comment.pk}).status_code == 422


def test_a_name_that_is_somebodys_is_not_taken_by_another_confirmation(article):
    alices, _ = followed(article, name="Alice Miller")
    posted(
        article, "Hi", name="Alice Miller", email="mallory@example.org", follow="1", address="198.51.100.7"
    )
    [letter] = work()
    Client().post(f"{page_in(letter)}confirmation/")
    assert ReservedName.objects.count() == len({*ReservedName.objects.values_list("skeleton", flat=True)})
    assert set(ReservedName.objects.values_list("guest", flat=True)) == {alices.guest_id}


def test_a_readers_name_is_theirs_from_their_first_comment(article, alice):
    client = Client()
    client.force_login(alice)
    mine = posted(article, "I have an account", client=client, HTTP_SEC_FETCH_SITE="same-origin")
    assert (mine.reader, mine.mark) == (alice, "")
    assert posted(article, "So have I", name="A1ice", address="198.51.100.7").mark == naming.OTHER
    assert posted(article, "Again", client=client, HTTP_SEC_FETCH_SITE="same-origin").mark == ""
