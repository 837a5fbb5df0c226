"""Prints on disk: the directory is the URL. Written whole or not at all, with compressed twins beside them.

A print's modification time is the version that its ETag names, in whole seconds, since that is what nginx and Caddy
make their ETags of; so a newer version's is always at least a second later, even if that lies a little in the future.
"""

import fcntl
import gzip
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

import brotli
from django.conf import settings

from broadsheet.kit import files

LONGEST_NAME = 240
"""Bytes in a file name: file systems take 255, and a slug of 80 characters has at most so many in most scripts."""
LONGEST_PATH = 1000
TWINS = {"br": ".br", "gzip": ".gz"}
_PACKED = ".webp"
"""What is compressed in itself has no twins."""
_LOCKS = 256


class Effort(Enum):
    """How hard a print is compressed: (brotli quality, gzip level)."""

    HOT = (4, 5)
    AT_REST = (11, 9)


def root() -> Path:
    return Path(settings.PRINTS)


def name_of(path: str) -> str | None:
    """The file of a public path, relative to the prints; None for a path that no print can have."""
    if not path.startswith("/") or "\0" in path or "//" in path or "\\" in path:
        return None
    parts = path[1:].split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    if any(part.startswith(".") and part != ".well-known" for part in parts):
        return None
    name = "/".join(map(_short, parts))
    if len(name.encode(errors="surrogateescape")) > LONGEST_PATH:
        return (
            "~/" + hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest() + "/" + _short(parts[-1])
        )
    return name


def _short(part: str) -> str:
    encoded = part.encode(errors="surrogateescape")
    return part if len(encoded) <= LONGEST_NAME else "~" + hashlib.sha256(encoded).hexdigest()


@contextmanager
def turn(path: str) -> Iterator[bool]:
    """Hold the turn to print `path`, against every thread and process; whether somebody else had it until now.

    Whoever has the turn reads the database after taking it: so the last to write has read the newest.
    """
    digest = hashlib.sha256(path.encode(errors="surrogateescape")).digest()
    with _held(int.from_bytes(digest[:4], "big") % _LOCKS) as waited:
        yield waited


def await_turns() -> None:
    """Wait until whatever is being printed now is done; a page that begins later reads what is so by then.

    Nobody who holds a turn may call it.
    """
    for number in range(_LOCKS):
        with _held(number):
            pass


@contextmanager
def _held(number: int) -> Iterator[bool]:
    locks = Path(settings.HOME) / "db" / "turns"
    locks.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(locks / f"{number:02x}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        waited = False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield waited
    finally:
        os.close(descriptor)


def write(path: str, content: bytes, effort: Effort = Effort.HOT) -> bool:
    """Put a print in its place; False where these bytes stood there already, twins and all."""
    name = name_of(path)
    if name is None:
        return False
    file = root() / name
    if effort is Effort.HOT and _stands(file, content):
        return False
    if effort is Effort.AT_REST and _stands(file, content) and (same := _mtime(file)) is not None:
        mtime = same
    else:
        mtime = max(int(time.time()), (_mtime(file) or 0) + 1)
    # The twins go first: until the print itself follows they carry another moment, and so are not handed out.
    if not file.name.endswith(_PACKED):
        _write_twins(file, content, effort, mtime)
    files.replace(file, content, mtime=mtime)
    files.sync_directory(file.parent)
    return True


def _write_twins(file: Path, content: bytes, effort: Effort, mtime: int) -> None:
    quality, level = effort.value
    files.replace(file.with_name(file.name + ".br"), brotli.compress(content, quality=quality), mtime=mtime)
    files.replace(file.with_name(file.name + ".gz"), gzip.compress(content, level, mtime=0), mtime=mtime)


def stands(path: str) -> bool:
    """Whether there is a print of a path."""
    name = name_of(path)
    return name is not None and (root() / name).exists()


def stands_below(path: str) -> bool:
    """Whether there may be a print of a path that ends with a slash, or of one beneath it."""
    name = name_of(path)
    return name is not None and (root() / name).parent.is_dir()


def read(path: str, encoding: str = "") -> bytes | None:
    """The bytes of a print, or of its twin in this encoding, if it stands."""
    name = name_of(path)
    if name is None:
        return None
    try:
        return (root() / (name + TWINS.get(encoding, ""))).read_bytes()
    except OSError:
        return None


def handed_out(path: str, encodings: Sequence[str]) -> tuple[bytes, str, str] | None:
    """The bytes of a print as the stand hands them out, their ETag and encoding; None where none stands."""
    name = name_of(path)
    if name is None:
        return None
    mtime = _mtime(root() / name)
    for encoding in (*encodings, ""):
        with suppress(OSError), (root() / (name + TWINS.get(encoding, ""))).open("rb") as file:
            status = os.fstat(file.fileno())
            if int(status.st_mtime) == mtime:
                return file.read(), etag(status), encoding
    return None


def etag(status: os.stat_result) -> str:
    """As nginx and Caddy make theirs."""
    return f'"{int(status.st_mtime):x}-{status.st_size:x}"'


def forget(path: str) -> None:
    """Take a print away; the next reader who asks has it printed anew."""
    name = name_of(path)
    if name is None:
        return
    file = root() / name
    for each in (file, *(file.with_name(file.name + ending) for ending in TWINS.values())):
        with suppress(FileNotFoundError, NotADirectoryError):
            each.unlink()


def forget_below(path: str) -> None:
    """Take away every print there is below a path that ends with a slash."""
    name = name_of(path)
    if name is not None and path != "/":
        shutil.rmtree((root() / name).parent, ignore_errors=True)


def _stands(file: Path, content: bytes) -> bool:
    mtime = _mtime(file)
    twins = () if file.name.endswith(_PACKED) else TWINS.values()
    if mtime is None or any(_mtime(file.with_name(file.name + ending)) != mtime for ending in twins):
        return False
    return file.read_bytes() == content


def _mtime(file: Path) -> int | None:
    try:
        return int(file.stat().st_mtime)
    except OSError:
        return None
