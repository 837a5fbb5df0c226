"""Reads a WordPress export (WXR 1.0 to 1.2) as a stream, in memory that does not grow with the file.

    with wxr.read("export.xml") as export:
        for record in export:
            ...                     # see records.py
            export.position         # bytes read so far, of export.size

A document type, and with it every entity bomb, is refused. What is merely untidy is mended on the way in (mending.py).
"""

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from xml.sax import SAXParseException

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from broadsheet.transfer.wordpress import mending
from broadsheet.transfer.wordpress.elements import Elements
from broadsheet.transfer.wordpress.records import Record
from broadsheet.transfer.wordpress.unreadable import ExportUnreadable

CHUNK = 1 << 16  # bytes read at once

_MEND = "Export the site again under Tools, Export, and see that the file arrives whole."


def read(source: str | Path | BinaryIO, *, with_comments: bool = True) -> "Export":
    """The records of an export. Without comments they are counted only, which is quicker for a first look."""
    return Export(source, with_comments=with_comments)


class Export:
    """Iterate once. Raises ExportUnreadable, before the first record where the file is no export at all."""

    def __init__(self, source: str | Path | BinaryIO, *, with_comments: bool = True) -> None:
        self._ours = isinstance(source, str | Path)
        self._stream: BinaryIO = Path(source).open("rb") if isinstance(source, str | Path) else source  # noqa: SIM115
        self._elements = Elements(with_comments=with_comments)
        self.size = _size(self._stream)
        self.position = 0

    @property
    def comments_read(self) -> int:
        """Every `wp:comment` so far, whatever its state."""
        return self._elements.comments_read

    def __iter__(self) -> Iterator[Record]:
        parser = _Parser(self._elements)
        try:
            for piece in mending.mended(self._chunks()):
                parser.feed(piece)
                yield from self._elements.taken()
            parser.close()
            yield from self._elements.taken(final=True)
        except DefusedXmlException:
            raise _refusal(parser) from None
        except SAXParseException as error:
            raise _complaint(error, self.position == 0) from None

    def close(self) -> None:
        """Close the file, if it was opened here."""
        if self._ours:
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _chunks(self) -> Iterator[bytes]:
        while chunk := self._stream.read(CHUNK):
            self.position += len(chunk)
            yield chunk


class _Parser(DefusedExpatParser):
    """Refuses document types, and hands elements on as they are: SAX's attribute objects would cost a third more."""

    def __init__(self, elements: Elements) -> None:
        super().__init__(forbid_dtd=True)
        self._elements = elements
        self.setContentHandler(elements)
        elements.where = self

    def start_element(self, name: str, attrs: Mapping[str, str]) -> None:
        self._elements.start(name, attrs)

    def end_element(self, name: str) -> None:
        self._elements.end(name)


def _size(stream: BinaryIO) -> int | None:
    """Bytes in all; None for a pipe."""
    try:
        return os.fstat(stream.fileno()).st_size or None
    except (OSError, io.UnsupportedOperation):
        pass
    if not stream.seekable():
        return None
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return size


def _refusal(parser: DefusedExpatParser) -> ExportUnreadable:
    return ExportUnreadable(
        "The file declares a document type or entities. No WordPress export does, and it may be an attack.",
        line=parser.getLineNumber() or 1,
        column=(parser.getColumnNumber() or 0) + 1,
        mend="Export the site again, or remove the declaration if you know who put it there.",
    )


def _complaint(error: SAXParseException, empty: bool) -> ExportUnreadable:
    if empty:
        return ExportUnreadable("The file is empty.", mend=_MEND)
    return ExportUnreadable(
        f"The file is not well-formed XML here ({error.getMessage()}).",
        line=error.getLineNumber() or 1,
        column=(error.getColumnNumber() or 0) + 1,
        mend=_MEND,
    )
