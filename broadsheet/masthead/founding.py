"""Found the publication: its row, its first publisher, and the groups that staff belong to.

Everything here may be done again: what is there already stays as it is, and each role has what `roles.py` says.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from broadsheet.events.recording import record
from broadsheet.masthead import roles
from broadsheet.masthead.models import Publication
from broadsheet.readers.models import Reader


class NoSuchStaff(LookupError):
    """Nobody who may enter the newsroom has that address."""


def found(*, name: str, email: str) -> Reader:
    """Make whatever of the publication is missing; the staff reader of that address, or the first publisher."""
    with transaction.atomic():
        if not Publication.objects.exists():
            Publication.objects.create(pk=1, name=name)
            record("publication.changed", id=1)
        found_groups()
        if publisher() is None:
            Reader.objects.create_superuser(email or "publisher@localhost", name=_name_from(email))
        reader = publisher(email)
    if reader is None:
        raise NoSuchStaff(email)
    return reader


def found_groups() -> None:
    """Give each role's group exactly the rights that the table of roles says."""
    for role, name in roles.GROUP_OF.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = Q(pk=None)
        for app, codename in (label.split(".") for label in roles.permissions_of(role)):
            wanted |= Q(content_type__app_label=app, codename=codename)
        permissions = Permission.objects.filter(wanted).select_related("content_type")
        group.permissions.set(permissions)
        _open_collections(
            group, [each for each in permissions if each.content_type.app_label == "wagtailimages"]
        )


def publisher(email: str = "") -> Reader | None:
    """The staff reader with this address; without an address, the first publisher."""
    staff = (
        Reader.objects.filter(is_active=True).filter(Q(is_superuser=True) | Q(is_staff=True)).order_by("pk")
    )
    if email:
        return staff.filter(email__iexact=email).first()
    return staff.filter(is_superuser=True).first()


def _open_collections(group: Group, permissions: list[Permission]) -> None:
    """Wagtail keeps the rights of pictures beside their collection, and brings some for page trees."""
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for permission in permissions
    )


def _name_from(email: str) -> str:
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title() or "Publisher"
