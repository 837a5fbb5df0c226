"""What an import found and did: the same in words for a person and as JSON for a program."""

from collections import Counter
from dataclasses import dataclass, field

STATES = ("published", "held", "trashed", "private", "pingbacks")
_MOST_LISTED = 20
"""Lines of one kind in words; the JSON has them all."""


@dataclass
class Report:
    """The counts are of what the file holds and the publication now has; `new` says what this run added."""

    articles: int = 0
    pages: int = 0
    authors: int = 0
    images: int = 0
    comments: Counter[str] = field(default_factory=Counter)
    redirects: int = 0
    orphans: list[dict[str, int]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    new: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    """What the file holds and has no place here, by kind."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Shortcodes, editor blocks and elements that were kept as HTML or as links, by name."""
    changed: list[str] = field(default_factory=list)
    """What changed on the old site since it was imported; what stands here was left as it is."""
    missing_pictures: list[str] = field(default_factory=list)
    credit_suggestions: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False

    def as_dict(self) -> dict[str, object]:
        return {
            "articles": self.articles,
            "pages": self.pages,
            "authors": self.authors,
            "images": self.images,
            "comments": {state: self.comments[state] for state in STATES},
            "redirects": self.redirects,
            "orphans": self.orphans,
            "problems": self.problems,
            "new": {
                name: self.new[name]
                for name in ("articles", "pages", "authors", "images", "comments", "redirects")
            },
            "skipped": dict(sorted(self.skipped.items())),
            "unknown": dict(self.unknown.most_common()),
            "changed": self.changed,
            "missing_pictures": self.missing_pictures,
            "credit_suggestions": self.credit_suggestions,
            "dry_run": self.dry_run,
        }

    def in_words(self) -> list[str]:
        """Lines for a person, the counts first."""
        counted = ", ".join(f"{self.comments[state]:,} {state}" for state in STATES)
        lines = [
            f"{self.articles:,} articles, {self.pages:,} pages, {self.authors:,} authors, {self.images:,} pictures",
            f"Comments: {counted}",
            f"{self.redirects:,} old addresses lead on",
            "New in this run: "
            + (", ".join(f"{n:,} {what}" for what, n in self.new.items() if n) or "nothing"),
        ]
        if self.skipped:
            lines.append(
                "Left out: " + ", ".join(f"{n:,} {what}" for what, n in sorted(self.skipped.items()))
            )
        if self.unknown:
            lines.append(
                "Kept as HTML or links: "
                + ", ".join(f"{what} ({n})" for what, n in self.unknown.most_common(_MOST_LISTED))
            )
        for title, found in self._lists():
            lines += _listed(title, found)
        return lines

    def _lists(self) -> list[tuple[str, list[str]]]:
        orphans = [f"comment {each['comment']} answers {each['parent']}" for each in self.orphans]
        suggested = [f"{address}: {credit}" for address, credit in self.credit_suggestions.items()]
        return [
            ("Comments whose parent is missing; each stands by itself", orphans),
            ("Changed on the old site since; left as they are here", self.changed),
            ("Pictures that stay links to the old site", self.missing_pictures),
            ("First lines that may be credits; nothing was taken from them", suggested),
            ("Problems", self.problems),
        ]


def _listed(title: str, found: list[str]) -> list[str]:
    if not found:
        return []
    more = [f"  and {len(found) - _MOST_LISTED:,} more"] if len(found) > _MOST_LISTED else []
    return [f"{title} ({len(found):,}):", *(f"  {each}" for each in found[:_MOST_LISTED]), *more]
