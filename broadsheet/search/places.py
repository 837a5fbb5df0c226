"""Places: numbers in the order of days. A hit's place says how new it is, without a look at its row."""

from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()
DAY = 20
"""Bits: room for a million texts a day, and small steps between neighbours, which the index stores in few bytes."""


def first_of(on: date) -> int:
    """The first place of a day."""
    return (on.toordinal() - _EPOCH) << DAY


def last_of(on: date) -> int:
    """The last place of a day."""
    return first_of(on) + (1 << DAY) - 1


def number_of(on: date) -> int:
    """A day as the engines count them, for how long ago something was."""
    return on.toordinal() - _EPOCH
