"""How far an import is: a bar with rate and time left on a terminal, a line now and then elsewhere."""

import time
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from broadsheet.wiring.terminal import console

_LINE_EVERY = 5.0  # seconds


class ImportProgress:
    """What `import_site` tells how far it is; quiet, it says nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        words, done = TextColumn("{task.description}"), TextColumn("{task.fields[done]}")
        self._bar = Progress(
            words,
            BarColumn(),
            done,
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
        )
        self._reading = self._bar.add_task("Reading", total=None, done="")
        self._taking = self._bar.add_task("Pictures", total=None, done="", visible=False)
        self._writing = self._bar.add_task("Writing", total=None, done="", visible=False)
        self._told_at = self._read_at = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def read(self, position: int, size: int | None, comments: int) -> None:
        """So many bytes of the file are read."""
        self._read_at = time.monotonic()
        done = f"{position / 1e6:,.0f} MB, {comments:,} comments"
        self._bar.update(self._reading, completed=position, total=size, done=done)
        self._tell(f"Read {done}.")

    def pictures(self, done: int, of: int) -> None:
        """So many files of the library are looked at."""
        self._read_at = time.monotonic()
        self._bar.update(
            self._taking, completed=done, total=of, visible=True, done=f"{done:,} of {of:,} files"
        )
        self._tell(f"Looked at {done:,} of {of:,} files.")

    def written(self, comments: int, of: int) -> None:
        """So many comments are written or known to be here."""
        rate = comments / max(time.monotonic() - self._read_at, 0.001)
        done = f"{comments:,} of {of:,} comments, {rate:,.0f}/s"
        self._bar.update(self._writing, completed=comments, total=of, visible=True, done=done)
        self._tell(f"Wrote {done}.")

    def _tell(self, line: str) -> None:
        if self._quiet or console.is_terminal or time.monotonic() - self._told_at < _LINE_EVERY:
            return
        self._told_at = time.monotonic()
        console.print(line)
