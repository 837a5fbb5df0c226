"""A comment as its author sends it, before anything was decided."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Attached:
    """A picture that is kept already, with what its author says it shows."""

    key: str
    alt: str
    width: int
    height: int
    digest: str = ""
    """Of what was sent."""
    free: bool = True
    """No other comment has it."""

    def as_shown(self) -> dict[str, Any]:
        """As `Comment.pictures` keeps it."""
        return {"key": self.key, "alt": self.alt, "width": self.width, "height": self.height}


@dataclass(frozen=True)
class Draft:
    text: str
    name: str = ""
    email: str = ""
    parent: int | None = None
    """The `seq` of the comment it answers."""
    wants_replies: bool = False
    """Whether its author wants to be told of replies at that address, once they confirmed it."""
    passage: int | None = None
    """The number of the passage it is about, where it answers no comment."""
    trap: str = ""
    """What stood in the field that people do not see."""
    pictures: tuple[Attached, ...] = ()
