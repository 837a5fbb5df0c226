"""How much may be posted, liked and kept from one network, one neighbourhood of networks, and into one thread."""

from dataclasses import dataclass

from django.conf import settings

from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.models import Thread
from broadsheet.kit import networks
from broadsheet.limits import limiting
from broadsheet.limits.limiting import Rate


@dataclass(frozen=True)
class Exhausted:
    retry_after: int
    """In seconds."""


@dataclass(frozen=True)
class Crowded:
    """From a network that many share, and over a limit: hold, do not refuse."""


def spend(thread: Thread, by: Commenter) -> Exhausted | Crowded | None:
    """Count one comment against every allowance that applies; None where all had room, else against none."""
    exhausted = _spend(
        _of_network("comments", by) | {f"comments/thread/{thread.pk}": _rate("comments_thread")}
    )
    return Crowded() if exhausted and by.shares_network else exhausted


def spend_pause(thread: Thread, seconds: int, by: Commenter) -> Exhausted | Crowded | None:
    """Count one comment of a person, or of a network of guests, in a thread where they come one by one."""
    who = f"reader/{by.reader.pk}" if by.reader else f"network/{by.network}"
    exhausted = _spend({f"comments/pause/{thread.pk}/{who}": Rate(1, seconds)})
    return Crowded() if exhausted and by.reader is None and by.shares_network else exhausted


def spend_beside(by: Commenter) -> Exhausted | None:
    """Count a deed beside posting (a preview, an appeal): as many from one network as comments, counted apart."""
    rate = _rate("comments_shared_network" if by.shares_network else "comments_network")
    return _spend({f"comments/beside/{by.network}": rate})


def spend_picture(by: Commenter) -> Exhausted | None:
    """Count one picture, before anybody looks at it: to read one takes a second of the machine."""
    return _spend(_of_network("pictures", by))


def spend_voice(by: Commenter) -> Exhausted | None:
    """Count one like of a reader, or of a guest."""
    if by.reader is not None:
        return _spend({f"voices/reader/{by.reader.pk}": _rate("voices_network")})
    return _spend(_of_network("voices", by))


def spend_transcript(address: str) -> Exhausted | None:
    """Count one part of a discussion to print or keep."""
    return _spend(_of_network("transcripts", Commenter(address)))


def _of_network(what: str, by: Commenter) -> dict[str, Rate]:
    """Of a network that many share a rate of its own; else those of theirs and of the wider one."""
    if by.shares_network:
        return {f"{what}/shared/{by.network}": _rate(f"{what}_shared_network")}
    wider = settings.KEYRING.digest("wider network", networks.wider_network_of(by.address))
    return {
        f"{what}/network/{by.network}": _rate(f"{what}_network"),
        f"{what}/wider/{wider}": _rate(f"{what}_wider_network"),
    }


def _spend(rates: dict[str, Rate]) -> Exhausted | None:
    seconds = limiting.wait_for_all(rates)
    return Exhausted(seconds) if seconds else None


def _rate(name: str) -> Rate:
    return Rate.parse(settings.OPTIONS[f"limit_{name}"])
