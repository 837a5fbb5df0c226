"""Keep the prints of permalinks and branches within their budget, so that a crawler cannot fill the disk."""

import os
from pathlib import Path

from django.conf import settings

from broadsheet.press import store


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


def _evictable(root: Path) -> list[tuple[float, int, Path]]:
    """(modified, bytes, file) of every print below a `c/` directory."""
    found = []
    for directory, _, names in os.walk(root):
        if "/c/" in f"{directory}/":
            for name in names:
                file = Path(directory, name)
                status = file.stat()
                found.append((status.st_mtime, status.st_size, file))
    return found
