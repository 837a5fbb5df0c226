"""WordPress's shortcodes: `[name key="value"]…[/name]` in the text, turned into markup that says the same."""

import html
import re
from collections.abc import Callable
from typing import NamedTuple

from broadsheet.transfer.wordpress import notes
from broadsheet.transfer.wordpress.blocks import Library
from broadsheet.transfer.wordpress.comments import whole

_OPENING = re.compile(
    r"\[(?P<escaped>\[?)(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>(?:\s[^\[\]]{0,2000})?)(?P<void>/?)\]"
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
_QUOTES = str.maketrans({"“": '"', "”": '"', "″": '"', "‘": "'", "’": "'", "\xa0": " "})
_NO_KEY = re.compile(r"[^A-Za-z0-9_-]")
_FILE_KEYS = ("src", "mp4", "m4v", "webm", "ogv", "flv", "mp3", "m4a", "ogg", "wav", "wma")


class Feedback(NamedTuple):
    """A question that wpDiscuz put beside a passage. The passage stays in the text."""

    id: str
    question: str
    opened: bool
    passage: str

    @property
    def key(self) -> str:
        """What its mark is called here."""
        return _NO_KEY.sub("", self.id)[:60]


class Expanded(NamedTuple):
    """The text with its shortcodes resolved; `unknown` names those that nobody here knows, which stay as they are."""

    text: str
    unknown: list[str]
    feedback: list[Feedback]


class _Found(NamedTuple):
    name: str
    attributes: dict[str, str]
    inside: str


def expanded(text: str, library: Library, post_id: int = 0) -> Expanded:
    """Replace what is known. A shortcode in double brackets is an example and loses one pair."""
    if "[" not in text:
        return Expanded(text, [], [])
    expansion = _Expansion(library, post_id)
    return Expanded(expansion.run(text), expansion.unknown, expansion.feedback)


class _Expansion:
    def __init__(self, library: Library, post_id: int) -> None:
        self.library = library
        self.post_id = post_id
        self.unknown: list[str] = []
        self.feedback: list[Feedback] = []
        self.known: dict[str, Callable[[_Found], str]] = {
            **dict.fromkeys(("caption", "wp_caption"), _caption),
            "gallery": self._gallery,
            "embed": lambda found: embed(found.inside.strip() or found.attributes.get("src", "")),
            **dict.fromkeys(("audio", "video"), _media),
            "playlist": self._playlist,
            "wpdiscuz-feedback": self._feedback,
            **dict.fromkeys(notes.SHORTCODES, _note),
        }

    def run(self, text: str) -> str:
        out: list[str] = []
        at = 0
        while opening := _OPENING.search(text, at):
            out.append(text[at : opening.start()])
            replaced, at = self._one(text, opening)
            out.append(replaced)
        out.append(text[at:])
        return "".join(out)

    def _one(self, text: str, opening: re.Match[str]) -> tuple[str, int]:
        """What stands for a shortcode, and where the text goes on after it."""
        end = opening.end()
        if opening["escaped"]:
            return self._example(text, opening)
        name, closing = opening["name"].lower(), f"[/{opening['name']}]"
        close = -1 if opening["void"] else text.find(closing, end)
        if close >= 0 and f"[{opening['name']}" in text[end:close]:
            close = -1
        if name in self.known:
            inside = text[end:close] if close >= 0 else ""
            found = _Found(name, attributes(opening["attributes"]), inside)
            return self.known[name](found), close + len(closing) if close >= 0 else end
        if close >= 0 or "=" in opening["attributes"] or "_" in name or "-" in name:
            self.unknown.append(f"[{name}]")
        return opening[0], end

    def _example(self, text: str, opening: re.Match[str]) -> tuple[str, int]:
        """`[[name]]`, or `[[name]…[/name]]`: written about, not meant."""
        end = opening.end()
        if text.startswith("]", end):
            return opening[0][1:], end + 1
        closing = f"[/{opening['name']}]]"
        close = text.find(closing, end)
        if close < 0:
            return opening[0], end
        return text[opening.start() + 1 : close + len(closing) - 1], close + len(closing)

    def _gallery(self, found: _Found) -> str:
        asked = found.attributes.get("ids") or found.attributes.get("include") or ""
        ids = [whole(piece) for piece in re.split(r"[,\s]+", asked) if piece]
        if not ids:
            left_out = {whole(piece) for piece in found.attributes.get("exclude", "").split(",")}
            owner = whole(found.attributes.get("id")) or self.post_id
            ids = [ident for ident in self.library.uploaded_to(owner) if ident not in left_out]
        return f'\n\n<figure data-gallery="{",".join(map(str, ids))}"></figure>\n\n' if ids else ""

    def _playlist(self, found: _Found) -> str:
        files = (self.library.get(whole(piece)) for piece in found.attributes.get("ids", "").split(","))
        return "".join(embed(file.url, file.title) for file in files if file)

    def _feedback(self, found: _Found) -> str:
        asked = found.attributes
        opened = asked.get("opened", "") == "1"
        feedback = Feedback(asked.get("id", ""), asked.get("question", ""), opened, found.inside)
        self.feedback.append(feedback)
        inside = self.run(found.inside)
        if not feedback.key:
            return inside
        return f'<passage key="{feedback.key}" question="{html.escape(feedback.question)}">{inside}</passage>'


def attributes(text: str) -> dict[str, str]:
    """The named values of a shortcode; those without a name are numbered from 0."""
    values: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text.translate(_QUOTES) if text else ""):
        name, *quoted = match.groups()
        value = next((piece for piece in quoted if piece is not None), "")
        values[(name or str(len(values))).lower()] = html.unescape(value)
    return values


def embed(url: str, title: str = "") -> str:
    """A place that the block maker turns into an embed block."""
    if not url:
        return ""
    return f'\n\n<figure data-embed="{html.escape(url)}" title="{html.escape(title)}"></figure>\n\n'


def _note(found: _Found) -> str:
    """A plug-in's footnote; where there are no words between its brackets, there is nothing to keep."""
    return notes.element(found.inside)


def _media(found: _Found) -> str:
    values = [found.attributes.get(key, "") for key in _FILE_KEYS]
    url = (
        next((value for value in values if value), "")
        or found.attributes.get("0", "")
        or found.inside.strip()
    )
    return embed(url) if "/" in url else found.inside


def _caption(found: _Found) -> str:
    """Old ones carry the words in an attribute, newer ones after the picture."""
    ident = found.attributes.get("id", "").rpartition("_")[2]
    picture = re.match(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", found.inside, re.IGNORECASE)
    shown, words = (picture[0], found.inside[picture.end() :]) if picture else (found.inside, "")
    words = found.attributes.get("caption") or words
    return (
        f'\n\n<figure class="wp-caption" data-id="{html.escape(ident)}">{shown.strip()}'
        f"<figcaption>{words.strip()}</figcaption></figure>\n\n"
    )
