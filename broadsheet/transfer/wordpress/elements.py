"""Turns the elements of an export into records, as the XML parser meets them."""

import re
from collections.abc import Callable, Mapping
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from broadsheet.transfer.wordpress import items
from broadsheet.transfer.wordpress.records import Comments, Record, TermName
from broadsheet.transfer.wordpress.unreadable import ExportUnreadable

LONGEST_FIELD = 1 << 26  # characters; an article is some thousands

_PREFIX_OF = (
    (re.compile(r"wordpress\.org/export/[\d.]+/excerpt"), "excerpt"),
    (re.compile(r"wordpress\.org/export/[\d.]+"), "wp"),
    (re.compile(r"purl\.org/rss/1\.0/modules/content"), "content"),
    (re.compile(r"purl\.org/dc/elements"), "dc"),
)
_VERSION = re.compile(r"wordpress\.org/export/([\d.]+\d)/?$")
# These hold fields; everything else is a field.
_FRAMES = frozenset(
    {
        *("rss", "channel", "item", "image", "wp:comment", "wp:commentmeta", "wp:postmeta", "wp:author"),
        *("wp:category", "wp:tag", "wp:term", "wp:termmeta"),
    }
)
_TERMS: dict[str, Callable[[dict[str, str]], Record | None]] = {
    "wp:author": items.author,
    "wp:category": items.category,
    "wp:tag": items.tag,
    "wp:term": items.term,
}
_NOT_AN_EXPORT = "Choose the .xml file that WordPress writes under Tools, Export."


class _Frame:
    """An element that holds fields, while it is open."""

    __slots__ = ("comments", "fields", "meta", "name", "terms")

    def __init__(self, name: str) -> None:
        self.name = name
        self.fields: dict[str, str] = {}
        self.meta: dict[str, list[str]] = {}
        self.terms: list[TermName] = []
        self.comments: Comments | None = None


class Elements(ContentHandler):
    """Collects fields by name and hands out a record whenever one is complete."""

    def __init__(self, *, with_comments: bool) -> None:
        super().__init__()
        self.comments_read = 0
        self._with_comments = with_comments
        self._plain: dict[str, str] = {}  # element names in the file: names under the usual prefix
        self._prefixes: dict[str, str] = {}
        self._version = ""
        self._frames: list[_Frame] = []
        self._field = ""
        self._inner = 0  # elements open inside of the field
        self._text: list[str] | None = None
        self._length = 0
        self._attributes: Mapping[str, str] = {}
        self._site_told = False
        self._records: list[Record] = []
        self.where: Locator | None = None

    def taken(self, *, final: bool = False) -> list[Record]:
        """The records completed since the last call."""
        if final and not self._site_told:
            raise self._refused("The file ends without a <channel>.", _NOT_AN_EXPORT)
        records, self._records = self._records, []
        return records

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._text is not None:
            self._inner += 1
        elif name in self._plain:
            self._field = self._plain[name]
            self._text = []
            self._length = 0
        else:
            self._start_other(name, attributes)

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)
            self._length += len(content)
            if self._length > LONGEST_FIELD:
                raise self._refused(
                    f"<{self._field}> is longer than any field of WordPress.", "Remove it by hand."
                )

    def end(self, name: str) -> None:
        if self._text is None:
            self._close(self._frames.pop())
        elif self._inner:
            self._inner -= 1
        else:
            self._keep("".join(self._text))
            self._text = None

    def _start_other(self, name: str, attributes: Mapping[str, str]) -> None:
        """A frame, a field met for the first time, or one of which more than the text matters."""
        canonical = self._canonical(name, attributes)
        if len(self._frames) < 2:
            self._check_place(canonical)
        if canonical in _FRAMES:
            self._open(canonical)
            return
        self._field = canonical
        self._text = []
        self._length = 0
        self._attributes = attributes
        if canonical != "category" and len(self._frames) > 2:
            self._plain[name] = canonical

    def _keep(self, text: str) -> None:
        frame = self._frames[-1]
        if self._field == "category" and frame.name == "item":
            asked = self._attributes
            frame.terms.append(TermName(asked.get("domain", ""), asked.get("nicename", ""), text.strip()))
        else:
            frame.fields[self._field] = text

    def _open(self, name: str) -> None:
        if name != "channel" and len(self._frames) == 2:
            self._tell_site()
        self._frames.append(_Frame(name))

    def _close(self, frame: _Frame) -> None:
        name, fields = frame.name, frame.fields
        above = self._frames[-1] if self._frames else frame
        if name == "wp:comment":
            self._close_comment(frame, above)
        elif name in ("wp:commentmeta", "wp:postmeta"):
            above.meta.setdefault(fields.get("wp:meta_key", ""), []).append(fields.get("wp:meta_value", ""))
        elif name == "item":
            comments = frame.comments or Comments()
            self._records.append(items.post(fields, frame.terms, frame.meta, comments))
        elif name in _TERMS and above.name == "channel":
            if record := _TERMS[name](fields):
                self._records.append(record)
        elif name == "channel":
            self._frames.append(frame)
            self._tell_site()
            self._frames.pop()

    def _close_comment(self, frame: _Frame, above: _Frame) -> None:
        self.comments_read += 1
        if self._with_comments and above.name == "item":
            if above.comments is None:
                above.comments = Comments()
            above.comments.add(frame.fields, frame.meta)

    def _tell_site(self) -> None:
        if self._site_told:
            return
        self._site_told = True
        fields = self._frames[-1].fields
        version = self._version or fields.get("wp:wxr_version", "").strip()
        if not version:
            raise self._refused(
                "This is a feed, not a WordPress export: it names no version of WXR.", _NOT_AN_EXPORT
            )
        self._records.append(items.site(fields, version))

    def _check_place(self, name: str) -> None:
        """A file that does not begin as an export does is refused before anything was taken from it."""
        expected = ("rss", "channel")[len(self._frames)]
        if name != expected and not self._site_told:
            raise self._refused(
                f"This is not a WordPress export: <{name}> stands where <{expected}> should.", _NOT_AN_EXPORT
            )

    def _canonical(self, name: str, attributes: Mapping[str, str]) -> str:
        """The name under the prefix that WordPress uses, whatever prefix the file declares for the namespace."""
        for key, address in attributes.items():
            if key.startswith("xmlns:"):
                self._declare(key[6:], address)
        prefix, colon, local = name.rpartition(":")
        return f"{self._prefixes.get(prefix, prefix)}{colon}{local}"

    def _declare(self, prefix: str, address: str) -> None:
        for pattern, usual in _PREFIX_OF:
            if pattern.search(address):
                self._prefixes[prefix] = usual
                break
        if found := _VERSION.search(address):
            self._version = found[1]

    def _refused(self, what: str, mend: str) -> ExportUnreadable:
        line = self.where.getLineNumber() if self.where else 0
        column = self.where.getColumnNumber() if self.where else 0
        return ExportUnreadable(what, line=line or 1, column=(column or 0) + 1, mend=mend)
