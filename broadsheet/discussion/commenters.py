"""Who is about to comment: a reader with an account, or a guest, from some network."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from broadsheet.articles.models import Article
from broadsheet.kit import networks
from broadsheet.kit.confusables import skeleton
from broadsheet.masthead.models import Person, Publication
from broadsheet.readers.models import Reader

RESERVED = frozenset(skeleton(word) for word in ("admin", "administrator", "editor", "moderator", "staff"))
SHORTEST_CONTAINED = 6
"""A staff name this long (as a skeleton) is also recognised inside a longer one: “Ines Aldana (author)”."""

_skeleton = lru_cache(maxsize=1024)(skeleton)


@dataclass(frozen=True)
class Commenter:
    address: str
    """The client's address as the server saw it; it is not stored."""
    reader: Reader | None = None

    @property
    def network(self) -> str:
        """A keyed digest of the network, which is what is stored."""
        return settings.KEYRING.digest("network", networks.network_of(self.address))

    @property
    def trusted(self) -> bool:
        return self.reader is not None and self.reader.is_staff

    def mark_on(self, article: Article) -> str:
        """What they are to this article: its author, staff, or nothing in particular."""
        if self.reader is None:
            return ""
        if Person.objects.filter(reader=self.reader, bylines__article=article).exists():
            return "author"
        return "staff" if self.reader.is_staff else ""


def taken_name(name: str) -> bool:
    """Whether a guest called `name` would look exactly like somebody who writes or works here."""
    return skeleton(name) in RESERVED | _staff_skeletons()


def staff_name_within(name: str) -> bool:
    """Whether `name` contains the name of somebody who writes or works here."""
    looks = skeleton(name)
    return any(len(staff) >= SHORTEST_CONTAINED and staff in looks for staff in _staff_skeletons())


def _staff_skeletons() -> frozenset[str]:
    people = Person.objects.values_list("name_skeleton", flat=True)
    staff = Reader.objects.filter(is_staff=True, is_active=True).values_list("name", flat=True)
    return frozenset([*people, *map(_skeleton, staff), _skeleton(Publication.current().name)])
