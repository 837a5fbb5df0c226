"""What a recount found wrong: which counter, where, and by how much. By the time it is told, it is mended."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drift:
    counter: str
    was: int | str | None
    should_be: int | str | None
    seq: int | None = None
    """The comment's number; None where the thread's own counters, its order or its article's card was wrong."""

    def __str__(self) -> str:
        where = f"comment {self.seq}: " if self.seq is not None else ""
        return f"{where}{self.counter} was {self.was}, is {self.should_be}"


def between(was: dict[str, int], should_be: dict[str, int], seq: int | None = None) -> list[Drift]:
    """The counters of one row that differ."""
    return [Drift(name, was[name], right, seq) for name, right in should_be.items() if was[name] != right]
