"""Replace a file so that a reader sees the old bytes or the new ones, never half of either."""

import os
import secrets
from pathlib import Path


def replace(path: Path, content: bytes, *, mtime: int | None = None, mode: int = 0o644) -> None:
    """Write `content` beside `path`, sync it, and rename it into place.

    `mtime` is in whole seconds since the epoch.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mtime is not None:
            os.utime(unfinished, (mtime, mtime))
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def sync_directory(directory: Path) -> None:
    """Make the renames inside `directory` survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
