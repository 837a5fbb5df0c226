"""What became of each subscription, in numbers and words."""

from collections import Counter
from dataclasses import dataclass, field

MOST_LISTED = 200
"""Rows that are named; of further ones only the count is told, so that a long file takes no memory."""


@dataclass
class Report:
    taken: Counter[str] = field(default_factory=Counter)
    """By what they follow now."""
    known: int = 0
    """Taken by an earlier run; what became of them here since then stays as it is."""
    left: Counter[str] = field(default_factory=Counter)
    """By why."""
    rows: list[dict[str, str]] = field(default_factory=list)
    dry_run: bool = False

    def leave(self, table: str, number: str, why: str) -> None:
        self.left[why] += 1
        if len(self.rows) < MOST_LISTED:
            self.rows.append({"table": table, "row": number[:20], "why": why})

    def as_dict(self) -> dict[str, object]:
        return {
            "taken": dict(self.taken),
            "known": self.known,
            "left": dict(self.left.most_common()),
            "left_rows": self.rows,
            "dry_run": self.dry_run,
        }

    def in_words(self) -> list[str]:
        taken = ", ".join(f"{n:,} of {what}" for what, n in self.taken.items()) or "none"
        lines = [f"Taken: {taken}.", f"Taken before: {self.known:,}."]
        lines += [f"Left: {n:,}, since {why}." for why, n in self.left.most_common()]
        return lines
