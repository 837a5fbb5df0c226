"""Static files under names that carry their content's hash, so that they are kept for ever, with compressed twins."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

from broadsheet.press import store
from broadsheet.wiring import sheets

COMPRESSIBLE = (".css", ".js", ".svg", ".json", ".map", ".txt")
LARGE = 64 * 1024
"""Bytes from which a file, one of the newsroom's, is compressed lightly: setting up should not wait for it."""


class StaticStorage(ManifestStaticFilesStorage):
    """A file that was not collected gives its plain name: a page is never lost over a stylesheet."""

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        yield from super().post_process(sheets.gathered(paths), dry_run=dry_run, **options)
        if not dry_run:
            for name in filter(_compressible, self.hashed_files.values()):
                _put_twins(Path(self.path(name)), f"{self.base_url}{name}")


def _compressible(name: str) -> bool:
    return name.endswith(COMPRESSIBLE)


def _put_twins(file: Path, address: str) -> None:
    """Twins once made stay true, since the name carries the hash; collecting anew only gave the file a new moment."""
    twins = [file.with_name(file.name + ending) for ending in store.TWINS.values()]
    if all(twin.exists() for twin in twins):
        moment = int(twins[0].stat().st_mtime)
        os.utime(file, (moment, moment))
    else:
        content = file.read_bytes()
        store.write(address, content, store.Effort.HOT if len(content) > LARGE else store.Effort.AT_REST)
