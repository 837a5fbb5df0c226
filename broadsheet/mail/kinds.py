"""What kinds of letter there are, what each is made of, and how often it may go.

An app that writes letters defines its kinds as constants and names them in ONE table, `wiring/letters.py`:

    REPLY = Kind("reply", compose=lettering.compose, mailing="notices", caps=(Pace(1, timedelta(hours=1)),))

and writes one with `writing.write(REPLY, to=address, facts={"comment": 7}, bundle="thread 3")` in the transaction that
causes it. `compose` is called in the worker when the letter's turn has come, with all letters of its bundle. It looks
what is still true then, and returns the words, or raises `NotNeeded` or `NotYet`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


class NotNeeded(Exception):
    """There is nothing to say any more; the sentence stands in the delivery log."""


class NotYet(Exception):
    """It has something to say, and its reader does not want to hear it before this moment."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Pace:
    """At most `number` mails in any stretch of `per`. What is over it waits, and goes with the next."""

    number: int
    per: timedelta

    @classmethod
    def parse(cls, text: str) -> "Pace":
        number, _, seconds = text.partition("/")
        try:
            pace = cls(int(number), timedelta(seconds=int(seconds)))
        except ValueError:
            pace = cls(0, timedelta(0))
        if pace.number < 1 or not pace.per:
            raise ValueError(f"A limit reads number/seconds, such as 12/120, not {text!r}.")
        return pace


@dataclass(frozen=True)
class Content:
    """What a mail says."""

    subject: str
    text: str
    html: str = ""
    """The same for whoever reads mail as pages; see `dressing.render`."""
    sender: str = ""
    """Whom it is from by name, beside the publication's own address."""
    leave: str = ""
    """Where one mail of this mailing ends them all, by one POST (RFC 8058). Needed unless the kind is `asked`."""
    conversation: str = ""
    """Mails to one address with the same are shown as one conversation by mail programs."""
    unsent: Callable[[], None] | None = None
    """Called where the mail surely reached nobody: takes away what was made for it, such as a link."""


@dataclass(frozen=True)
class Waiting:
    """One letter of a bundle as its composer sees it."""

    pk: int
    address: str
    facts: dict[str, Any]
    secret: dict[str, Any]
    language: str


Compose = Callable[[Sequence[Waiting]], Content]


@dataclass(frozen=True)
class Kind:
    name: str
    compose: Compose
    """Makes the words of one mail from the letters of a bundle, all to the same address; or raises `NotNeeded`, or
    `NotYet`."""
    asked: bool = False
    """Whoever reads the mailbox asked for it this minute (a sign-in code): urgent, and no mailing one could leave."""
    mailing: str = ""
    """What one leaves with it: the first part of `List-Id`, and what a suppression names."""
    caps: tuple[Pace, ...] = ()
    """How often one address gets such a mail; counted in the outbox itself, so nothing forgets them."""
    brake: str = ""
    """An option such as "100/3600": how many of this kind go to all addresses together."""
    cap_by_bundle: bool = False
    """Whether each bundle has caps of its own (a reader gets one an hour of each thread)."""
    window: timedelta = timedelta(0)
    """How long a letter waits for others of its bundle."""
    lifetime: timedelta = timedelta(days=3)
    """After this it is of no use and is not tried again."""
    title: str = ""
    """What the delivery log calls it."""

    def __post_init__(self) -> None:
        if not self.asked and not self.mailing:
            raise ValueError(f"Nobody could leave letters of kind {self.name!r}: name their mailing.")
