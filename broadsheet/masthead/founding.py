"""Found the publication: its row, its first publisher, and the groups that staff belong to.

Everything here may be done again: what is there already stays as it is.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from broadsheet.events.recording import record
from broadsheet.masthead.models import Publication
from broadsheet.readers.models import Reader

ENTRANCE = "wagtailadmin.access_admin"

_AUTHOR = [ENTRANCE, "articles.add_article", "articles.change_article", "articles.add_tag"]
_MODERATOR = [ENTRANCE, "discussion.change_comment"]
_EDITOR = [
    *_AUTHOR,
    *_MODERATOR,
    *(f"articles.{deed}_article" for deed in ("delete", "publish", "lock", "unlock")),
    *(f"articles.{deed}_standingpage" for deed in ("add", "change", "delete", "publish", "lock", "unlock")),
    *(f"articles.{deed}_{noun}" for noun in ("section", "tag") for deed in ("add", "change", "delete")),
    *(f"masthead.{deed}_person" for deed in ("add", "change", "delete")),
]
GROUPS = {"Editors": _EDITOR, "Authors": _AUTHOR, "Moderators": _MODERATOR}
PICTURES = {"Editors": ("add", "change", "choose"), "Authors": ("add", "choose"), "Moderators": ()}


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
    """Editors publish, authors write, moderators decide about comments. A group that has its rights keeps them."""
    for name, labels in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        if not group.permissions.filter(content_type__app_label__in=("articles", "discussion")).exists():
            _grant(group, labels)


def publisher(email: str = "") -> Reader | None:
    """The staff reader with this address; without an address, the first publisher."""
    staff = (
        Reader.objects.filter(is_active=True).filter(Q(is_superuser=True) | Q(is_staff=True)).order_by("pk")
    )
    if email:
        return staff.filter(email__iexact=email).first()
    return staff.filter(is_superuser=True).first()


def _grant(group: Group, labels: list[str]) -> None:
    """Give the group exactly these rights: Wagtail brings groups of the same names, meant for page trees."""
    wanted = Q()
    for app, codename in (label.split(".") for label in labels):
        wanted |= Q(content_type__app_label=app, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
    codenames = [f"{deed}_image" for deed in PICTURES[group.name]]
    images = Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=codenames)
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for permission in images
    )


def _name_from(email: str) -> str:
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title() or "Publisher"
