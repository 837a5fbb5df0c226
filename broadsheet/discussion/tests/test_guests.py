"""A guest's e-mail address is for the publication alone."""

import base64
import hashlib

import pytest
from django.conf import settings
from django.test import Client

from broadsheet.discussion import guests
from broadsheet.discussion.models import Comment, Guest
from broadsheet.discussion.tests.cast import page, post, posted, write
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")

ADDRESS = "Alice.Private+tide@Example.org"


def functions_of(address):
    """What a careless page would carry of it: itself, its parts, and what can be found again by trying."""
    spellings = {address, address.lower(), address.strip().lower().encode().hex()}
    for spelling in (address, address.lower()):
        raw = spelling.encode()
        spellings |= {hashlib.new(name, raw).hexdigest() for name in ("md5", "sha1", "sha256", "sha512")}
        spellings.add(base64.b64encode(raw).decode().rstrip("="))
    spellings |= {"Alice.Private", "alice.private", guests.digest_of(address)}
    return spellings


def test_no_public_byte_holds_the_address_or_anything_made_of_it(article, thread):
    asked = write(thread)
    answer = post(article, "Hello.", "alice", email=ADDRESS, parent=asked.seq)
    guest = Guest.objects.get()
    drain()
    places = [
        article.path, f"{article.path}c/2/", f"{article.path}comments/feed.xml", f"{article.path}comments.json",
        f"{article.path}thread.json", "/comments/", "/comments/feed.xml", answer["Location"], "/mine.json",
    ]  # fmt: skip
    secrets = functions_of(ADDRESS) | {
        bytes(guest.address_sealed).decode(),
        Comment.objects.get(seq=2, thread=thread).network,
    }
    for place in places:
        public = Client().get(place).content.decode()
        assert not [secret for secret in secrets if secret in public], place


def test_the_address_is_stored_sealed_and_can_be_read_back_with_the_key(article):
    post(article, email=ADDRESS)
    guest = Guest.objects.get()
    assert ADDRESS.encode() not in bytes(guest.address_sealed)
    assert settings.KEYRING.unseal(guest.address_sealed) == ADDRESS


def test_one_address_is_one_guest_however_it_is_spelt(article):
    first = posted(article, "One", email=ADDRESS)
    second = posted(article, "Two", name="Alice again", email=f" {ADDRESS.upper()} ")
    assert first.guest == second.guest
    assert Guest.objects.count() == 1


def test_without_an_address_nothing_about_the_guest_is_kept_but_the_name(article):
    comment = posted(article, address="192.0.2.77")
    assert comment.guest is None
    assert not Guest.objects.exists()
    assert "192.0.2.77" not in str(Comment.objects.filter(pk=comment.pk).values().get())


def test_a_refusal_of_the_form_makes_no_guest(article):
    post(article, "", email=ADDRESS)
    assert not Guest.objects.exists()


def test_the_page_does_not_tell_who_gave_an_address(article):
    """A comment with an address and one without have the same shape."""
    posted(article, "One", email=ADDRESS)
    with_address = page(article.path)
    Comment.objects.filter(thread__article=article).update(guest=None)
    assert page(article.path) == with_address
