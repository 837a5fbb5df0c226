"""Footnotes: written where they belong in the text, numbered across the whole body, gathered at its end.

The editor stores one as `<footnote text="Markdown">*</footnote>`.
"""

import re
from html import unescape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from broadsheet.kit import markdown

_FOOTNOTE = re.compile(r"\s?<footnote\b([^>]*)>.*?</footnote>", re.S)
_WORDS = re.compile(r'\btext="([^"]*)"')
# A note's place while the text around it is sanitised: noncharacters, which nobody can mean.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_FORGED = re.compile(f"[{_OPEN}{_CLOSE}]")
_REFERENCE = re.compile(r'<sup class="note-number">.*?</sup>', re.S)
_SECTION = re.compile(r'<section class="notes".*?</section>', re.S)
_ASKED = re.compile(r'<a class="asked-count".*?</a>|<section class="poll".*?</section>', re.S)
_OFFER = re.compile(r'<p class="embed-load" hidden>.*?</p>', re.S)
_COMMENTERS_REL = ' rel="ugc nofollow noopener"'


class Notes:
    """The notes of one body, in the order of reading."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def lift(self, html: str) -> str:
        """The text with a mark in the place of each note; marks outlive sanitising."""
        return _FOOTNOTE.sub(self._lifted, _FORGED.sub("", html))

    def place(self, html: str) -> str:
        """The text with the numbers of its notes in the place of their marks."""
        return _MARK.sub(lambda mark: _number(int(mark[1])), html)

    def section(self) -> str:
        """What stands at the end of a body with notes."""
        if not self.texts:
            return ""
        notes = [_note(number, text) for number, text in enumerate(self.texts, start=1)]
        return "\n" + render_to_string("articles/blocks/notes.html", {"notes": notes})

    def _lifted(self, found: re.Match[str]) -> str:
        words = _WORDS.search(found[1])
        text = unescape(words[1]).strip() if words else ""
        if not text:
            return ""
        self.texts.append(text)
        return f"{_OPEN}{len(self.texts)}{_CLOSE}"


def without_notes(html: str) -> str:
    """A body as running text: a summary or a count of words takes no numbers, no notes, no polls, nothing hidden."""
    for aside in (_OFFER, _ASKED, _REFERENCE, _SECTION):
        html = aside.sub("", html)
    return html


def _number(number: int) -> str:
    return render_to_string("articles/blocks/note_number.html", {"number": number}).strip()


def _note(number: int, text: str) -> dict[str, object]:
    """The paragraphs of a note; the way back follows its last word."""
    html = markdown.render(text).replace(_COMMENTERS_REL, "")
    head, last = (html[:-4], True) if html.endswith("</p>") else (html, False)
    words: SafeString = mark_safe(head)  # noqa: S308 - sanitised by `markdown`
    return {"number": number, "words": words, "open": last}
