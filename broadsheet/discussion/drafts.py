"""A comment as its author sends it, before anything was decided."""

from dataclasses import dataclass


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
