from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from broadsheet.masthead import founding, roles
from broadsheet.masthead.models import Publication
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db


def labels(group: str) -> set[str]:
    permissions = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_founding_makes_the_publication_and_its_first_publisher():
    reader = founding.found(name="The Ebb", email="carol@example.org")
    assert Publication.current().name == "The Ebb"
    assert reader.is_superuser
    assert reader.is_staff
    assert not reader.has_usable_password()


def test_founding_again_changes_nothing():
    first = founding.found(name="The Ebb", email="carol@example.org")
    assert founding.found(name="Another", email="") == first
    assert Publication.current().name == "The Ebb"
    assert Reader.objects.count() == 1


def test_founding_finds_the_staff_reader_of_that_address_in_any_case():
    founding.found(name="The Ebb", email="carol@example.org")
    bob = Reader.objects.create_user("bob@example.org", name="Bob", is_staff=True)
    assert founding.found(name="", email="BOB@example.org") == bob


def test_founding_makes_no_publisher_of_a_stranger():
    founding.found(name="The Ebb", email="carol@example.org")
    Reader.objects.create_user("alice@example.org", name="Alice")
    for address in ("mallory@example.org", "alice@example.org"):
        with pytest.raises(founding.NoSuchStaff):
            founding.found(name="", email=address)
    assert Reader.objects.filter(is_superuser=True).count() == 1


def test_every_right_of_the_table_of_roles_exists_and_stands_with_its_group():
    founding.found_groups()
    for role, group in roles.GROUP_OF.items():
        assert labels(group) == roles.permissions_of(role)


def test_authors_do_not_publish_and_moderators_do_not_write():
    founding.found_groups()
    assert "articles.publish_article" in labels("Editors")
    assert "articles.publish_article" not in labels("Authors")
    assert not any(label.startswith("articles.") for label in labels("Moderators"))
    assert not GroupPagePermission.objects.filter(group__name__in=roles.GROUP_OF.values()).exists()


def test_founding_again_brings_a_group_back_to_the_table():
    founding.found_groups()
    contributors = Group.objects.get(name="Contributors")
    contributors.permissions.add(Permission.objects.get(codename="publish_article"))
    founding.found_groups()
    assert labels("Contributors") == roles.permissions_of("contributor")


def test_contributors_choose_pictures_and_add_none():
    founding.found_groups()
    deeds = {
        permission.permission.codename
        for permission in GroupCollectionPermission.objects.filter(group__name="Contributors")
    }
    assert deeds == {"choose_image"}


def test_the_table_of_roles_in_the_docs_is_the_one_in_the_code():
    page = (Path(__file__).parents[3] / "docs" / "reference" / "roles.md").read_text(encoding="utf-8")
    assert "\n".join(roles.as_table()) in page
