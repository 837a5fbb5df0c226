"""What somebody wrote as a guest becomes their account's: by the receipt, or by the address."""

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.accounts.tests.cast import OURS, arrive, browser
from broadsheet.discussion import guests, naming, receipts, withdrawing
from broadsheet.discussion.models import Comment, Guest, ReservedName
from broadsheet.discussion.tests.cast import posted, write
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

CLAIM = "/account/claim/"


def claim_by_receipt(client, comment, **headers):
    return client.post(f"{receipts.path_of(comment)}claim/", **headers)


def test_the_holder_of_a_receipt_makes_the_comment_their_account_s(alice, article):
    comment = posted(article, name="Tern", email="tern@example.org")
    client = browser(alice)
    assert "claim/" in client.get(receipts.path_of(comment)).content.decode()
    assert claim_by_receipt(client, comment)["Location"] == receipts.path_of(comment)
    comment.refresh_from_db()
    assert (comment.reader, comment.guest, comment.author_name) == (alice, None, "Tern")
    assert not Guest.objects.filter(address_digest=guests.digest_of("tern@example.org")).exists()
    shown = client.get(receipts.path_of(comment)).content.decode()
    assert "It belongs to your account, Alice" in shown and "claim/" not in shown
    assert "Tern" in client.get("/account/comments/").content.decode()


def test_a_form_of_the_receipt_counts_though_its_page_names_no_origin(alice, article):
    client = Client()
    client.force_login(alice)
    own = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}
    assert claim_by_receipt(client, posted(article), **own).status_code == 303
    assert Comment.objects.filter(reader=alice).count() == 1


@pytest.mark.parametrize(
    "headers",
    [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}],
)
def test_from_elsewhere_nobody_is_given_a_comment(alice, article, headers):
    client = Client()
    client.force_login(alice)
    comment = posted(article)
    assert claim_by_receipt(client, comment, **headers)["Location"].startswith("/account/sign-in/?next=")
    assert Comment.objects.filter(reader=alice).count() == 0


def test_whoever_is_not_signed_in_signs_in_and_comes_back_to_the_receipt(article, alice):
    comment = posted(article)
    Reader.objects.update(last_login=timezone.now())
    answer = claim_by_receipt(Client(**OURS), comment)
    assert answer["Location"] == f"/account/sign-in/?next=%2Freceipts%2F{receipts.token_of(comment)}%2F"


def test_nobody_claims_what_belongs_to_another_account_or_is_withdrawn(alice, carol, article, thread):
    hers = write(thread, reader=carol)
    gone = write(thread)
    withdrawing.withdraw(gone)
    for comment in (hers, gone):
        assert claim_by_receipt(browser(alice), comment).status_code == 409
    assert not Comment.objects.filter(reader=alice).exists()


def test_a_proved_address_claims_all_that_was_written_with_it_imported_comments_too(article, thread):
    posted(article, "One.", name="Tern", email="Tern@Example.org")
    imported = guests.guest_with("tern@example.org")
    write(thread, "Two.", name="Tern of old", guest=imported, anchor="comment-7")
    posted(article, "Of another.", name="Gull", email="gull@example.org")
    client = arrive("tern@example.org")
    assert "2 comments were written with your address" in client.get("/account/").content.decode()
    assert client.get(CLAIM).status_code == 303
    answer = client.post(CLAIM, follow=True)
    assert "2 comments are yours now." in answer.content.decode()
    reader = Reader.objects.get(email="tern@example.org")
    names = Comment.objects.filter(reader=reader).order_by("pk").values_list("author_name", flat=True)
    assert list(names) == ["Tern", "Tern of old"]
    assert Guest.objects.count() == 1
    assert "0 comments are yours now." in client.post(CLAIM, follow=True).content.decode()


def test_an_address_that_was_never_proved_claims_nothing(article):
    posted(article, name="Tern", email="tern@example.org")
    made = Reader.objects.create_user("tern@example.org", name="Made by the publisher")
    client = browser(made)
    assert "written with your address" not in client.get("/account/").content.decode()
    client.post(CLAIM)
    assert not Comment.objects.filter(reader=made).exists()


@pytest.mark.parametrize("by_receipt", [False, True])
def test_a_name_that_the_address_had_to_itself_goes_along(alice, article, by_receipt):
    comment = posted(article, name="Old Tern", email=alice.email)
    naming.reserve("Old Tern", guest=comment.guest)
    Reader.objects.update(address_proved_at=timezone.now())
    client = browser(alice)
    claim_by_receipt(client, comment) if by_receipt else client.post(CLAIM)
    assert posted(article, "It is I", name="Old Tern", address="198.51.100.7").mark == naming.OTHER
    theirs = ReservedName.objects.filter(name="Old Tern")
    assert theirs.filter(reader=alice, guest=None).count() == theirs.count() > 0


def test_whoever_holds_a_receipt_gets_no_name_of_an_address_that_is_not_theirs(alice, article):
    comment = posted(article, name="Old Tern", email="tern@example.org")
    naming.reserve("Old Tern", guest=comment.guest)
    Reader.objects.update(address_proved_at=timezone.now())
    claim_by_receipt(browser(alice), comment)
    assert not ReservedName.objects.filter(reader=alice).exists()


def test_who_types_another_address_in_the_newsroom_has_not_shown_that_it_is_theirs(article):
    posted(article, name="Tern", email="tern@example.org")
    dora = Reader.objects.create_superuser("dora@example.org", name="Dora", address_proved_at=timezone.now())
    client = browser(dora)
    looks = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    own = {"name_email-name": "Dora", "name_email-email": "tern@example.org"}
    assert client.post("/newsroom/account/", own | looks).status_code == 302
    dora.refresh_from_db()
    assert dora.email == "tern@example.org"
    client.post(CLAIM)
    assert not Comment.objects.filter(reader=dora).exists()
