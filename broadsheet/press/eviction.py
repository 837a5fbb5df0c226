"""Keep prints that stand only because somebody asked within a budget, so that a crawler cannot fill the disk."""

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from broadsheet.press import store

_BENEATH = frozenset({"history", "passages", "polls", "questions"})
"""What stands beneath an article in pages that are printed when asked for."""


def make_room() -> int:
    """Remove the oldest evictable prints beyond the budget; how many files that were."""
    budget = int(settings.OPTIONS["print_budget_mb"]) * 1024 * 1024
    found = sorted(_evictable(store.root()))
    excess = sum(size for _, size, _ in found) - budget
    removed = 0
    for _, size, file in found:
        if excess <= 0:
            break
        file.unlink(missing_ok=True)
        excess -= size
        removed += 1
    return removed


def forget_all() -> None:
    """Remove them all: something changed that stands on every page."""
    store.await_turns()  # a page that was read before that would be written after
    for _, _, file in _evictable(store.root()):
        file.unlink(missing_ok=True)


def _evictable(root: Path) -> list[tuple[float, int, Path]]:
    """(modified, bytes, file) of every permalink, branch, page of an order, earlier version and page of a list."""
    found = []
    for directory, beneath, names in os.walk(root):
        parts = Path(directory).relative_to(root).parts
        if not parts and "static" in beneath:
            beneath.remove("static")  # it stands among the prints, but nobody could print it again
        if (
            "c" in parts
            or "page" in parts
            or "before" in parts[2:]
            or _BENEATH.intersection(parts[4:])
            or "best" in parts[5:-1]
        ):
            for name in names:
                file = Path(directory, name)
                with suppress(FileNotFoundError):  # replaced or removed while we look
                    status = file.stat()
                    found.append((status.st_mtime, status.st_size, file))
    return found
