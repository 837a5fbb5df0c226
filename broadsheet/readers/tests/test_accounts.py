import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from broadsheet.readers.forms import StaffCreationForm, StaffEditForm
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db


def created(**fields) -> Reader:
    form = StaffCreationForm({"name": "Bob", "email": "bob@example.org", **fields})
    assert form.is_valid(), form.errors
    reader: Reader = form.save()
    return reader


def test_an_account_needs_a_name_since_it_stands_beside_what_is_written():
    form = StaffCreationForm({"email": "bob@example.org"})
    assert list(form.errors) == ["name"]


def test_one_address_in_other_capitals_is_no_second_account():
    bob = created(email="Bob@Example.org")
    assert bob.email == "bob@example.org"
    assert "here already" in str(StaffCreationForm({"name": "Bob", "email": "BOB@example.org"}).errors)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reader.objects.bulk_create([Reader(name="Bob", email="BOB@example.org")])
    assert Reader.objects.get_by_natural_key("BOB@EXAMPLE.ORG") == bob


def test_whoever_belongs_to_a_group_is_staff_and_nobody_else():
    authors = Group.objects.create(name="Authors of notes")
    assert created(groups=[authors.pk]).is_staff
    assert not created(email="alice@example.org").is_staff
    assert created(email="carol@example.org", is_superuser="on").is_staff


def test_an_account_without_a_password_is_entered_by_link_only():
    assert not created().check_password("")


def test_who_leaves_every_group_is_no_longer_staff():
    reader = created(is_superuser="on")
    form = StaffEditForm({"name": "Bob", "email": reader.email, "is_active": "on"}, instance=reader)
    assert form.is_valid(), form.errors
    form.save()
    assert not Reader.objects.get(pk=reader.pk).is_staff


def test_an_account_is_closed_and_not_deleted(client):
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    bob = created()
    client.post(f"/newsroom/users/delete/{bob.pk}/")
    client.post(f"/newsroom/bulk/readers/reader/delete/?id={bob.pk}")
    assert Reader.objects.filter(pk=bob.pk).exists()


def test_a_closed_account_is_out_at_once(client):
    bob = created(is_superuser="on")
    client.force_login(bob)
    assert client.get("/newsroom/account/").status_code == 200
    Reader.objects.filter(pk=bob.pk).update(is_active=False)
    assert client.get("/newsroom/account/").status_code == 302
