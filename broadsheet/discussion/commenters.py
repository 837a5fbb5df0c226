"""Who is about to comment: a reader with an account, or a guest, from some network."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.db import connection

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.kit import networks
from broadsheet.kit.confusables import skeletons
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader

RESERVED = frozenset({"admin", "administrator", "editor", "moderator", "staff"})
SHORTEST_CONTAINED = 6
"""A staff name this long (as a skeleton) is also recognised inside a longer one: “Ines Aldana (author)”."""

_STAFF_NAMES = """
SELECT name FROM masthead_person
UNION SELECT name FROM readers_reader WHERE is_staff AND is_active
UNION SELECT name FROM masthead_publication
"""


@dataclass(frozen=True)
class Commenter:
    address: str
    """The client's address as the server saw it; it is not stored."""
    reader: Reader | None = None

    @cached_property
    def network(self) -> str:
        """A keyed digest of the network, which is what is stored."""
        return settings.KEYRING.digest("network", networks.network_of(self.address))

    @property
    def shares_network(self) -> bool:
        """Whether the publication says that many people come from there."""
        return networks.in_networks(self.address, settings.OPTIONS["shared_networks"])

    @cached_property
    def staff_looks(self) -> frozenset[str]:
        """The skeletons of the names of those who write or work here, as they are while this comment is judged."""
        with connection.cursor() as cursor:
            cursor.execute(_STAFF_NAMES)
            return _looks_of(frozenset(row[0] for row in cursor.fetchall()))

    @property
    def trusted(self) -> bool:
        return self.reader is not None and self.reader.is_staff

    def wrote(self, comment: Comment) -> bool:
        """Whether it is theirs, as far as anybody can know: a guest's network stands for the guest."""
        if self.reader is not None:
            return comment.reader_id == self.reader.pk
        return comment.reader_id is None and comment.network == self.network

    def mark_on(self, article: Article) -> str:
        """What they are to this article: its author, staff, or nothing in particular."""
        if self.reader is None:
            return ""
        if Person.objects.filter(reader=self.reader, bylines__article=article).exists():
            return "author"
        return "staff" if self.reader.is_staff else ""

    def takes_staff_name(self, name: str) -> bool:
        """Whether a guest called `name` would look exactly like somebody who writes or works here."""
        return not skeletons(name).isdisjoint(self.staff_looks)

    def has_staff_name_within(self, name: str) -> bool:
        """Whether `name` contains the name of somebody who writes or works here."""
        staff = [look for look in self.staff_looks if len(look) >= SHORTEST_CONTAINED]
        return any(look in own for own in skeletons(name) for look in staff)


@lru_cache(maxsize=4)
def _looks_of(names: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*map(skeletons, names | RESERVED))
