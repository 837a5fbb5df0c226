"""Article bodies as files: Markdown with a few fences, turned into the blocks an article is made of.

Prose (paragraphs, subheadings, lists) is plain Markdown and becomes `paragraph` blocks.
What is not prose stands in fences, each closed by a line of three colons:

    ::: quote            ::: image NAME       ::: gallery                      ::: embed
    Words.               alt: …               NAME | alt | caption | credit    url: https://…
    -- who said it       caption: …           caption: of all of them          title: …
    source: https://…    credit: …            :::                              :::
    :::                  width: wide
                         :::

    ::: table row column    ::: callout HEADING    ::: related HEADING
    caption: …              Prose.                 a slug
    Cell | cell             :::                    :::
    :::

The words after `table` say where its headings stand. Words in double round brackets are a footnote.

`::: poll QUESTION` has a choice on each line. `[[words :: question]]` is a passage that readers are asked about.

`::: pull` is a quote set large. Three backticks and a language make a `code` block; a line of three
asterisks is a `separator`. NAME is a picture of `pictures.NAMES`.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import TypedDict

import comrak

from broadsheet.kit.slugs import slug_of

_NOTE = re.compile(r" ?\(\((.*?)\)\)", re.S)
_PASSAGE = re.compile(r"\[\[(.+?) :: (.+?)\]\]", re.S)
_PLACE = "\ufdd0"  # where a footnote stood, while the text around it is Markdown


class Block(TypedDict):
    """One block of a body, in the form a StreamField takes; pictures are given by their names."""

    type: str
    value: str | dict[str, object] | None


class BodyError(ValueError):
    """A fence that is unknown or never closed."""


def read_body(text: str) -> list[Block]:
    """All blocks of a body, in order."""
    blocks: list[Block] = []
    prose: list[str] = []
    lines = iter(text.splitlines())
    for line in lines:
        block = _block_opened_by(line, lines)
        if block is None:
            prose.append(line)
            continue
        blocks += _prose_block(prose)
        prose.clear()
        blocks.append(block)
    return blocks + _prose_block(prose)


def _block_opened_by(line: str, lines: Iterator[str]) -> Block | None:
    if line.startswith("::: "):
        kind, _, name = line[4:].partition(" ")
        if kind not in _FENCES:
            raise BodyError(f"Unknown fence: {line!r}")
        return _FENCES[kind](name.strip(), _until(":::", lines))
    if line.startswith("```"):
        code = "\n".join(_until("```", lines))
        return {"type": "code", "value": {"text": code, "language": line[3:].strip()}}
    if line.strip() == "***":
        return {"type": "separator", "value": None}
    return None


def _until(end: str, lines: Iterator[str]) -> list[str]:
    inside: list[str] = []
    for line in lines:
        if line.rstrip() == end:
            return inside
        inside.append(line)
    raise BodyError(f"A fence is never closed with {end!r}")


def _prose_block(lines: list[str]) -> list[Block]:
    html = _prose(lines)
    return [{"type": "paragraph", "value": html}] if html else []


def _prose(lines: list[str]) -> str:
    """HTML; a footnote is kept as it was written until it is shown."""
    notes: list[str] = []

    def lifted(note: re.Match[str]) -> str:
        notes.append(note[1])
        return _PLACE

    text = _NOTE.sub(lifted, "\n".join(lines))
    options = comrak.ParseOptions()
    options.smart = True
    html = comrak.render_markdown(text, parse_options=options).strip()
    html = re.sub(_PLACE, lambda _: f'<footnote text="{escape(notes.pop(0))}">*</footnote>', html)
    return _PASSAGE.sub(_passage, html)


def _passage(found: re.Match[str]) -> str:
    return f'<passage key="{slug_of(found[1])[:40]}" question="{found[2]}">{found[1]}</passage>'


def _quote(_name: str, lines: list[str]) -> Block:
    return _quotation("quote", lines)


def _pull(_name: str, lines: list[str]) -> Block:
    return _quotation("pull_quote", lines)


def _quotation(kind: str, lines: list[str]) -> Block:
    words = " ".join(line for line in lines if not line.startswith(("-- ", "source: ")))
    attribution = " ".join(line[3:] for line in lines if line.startswith("-- "))
    source = " ".join(line[8:] for line in lines if line.startswith("source: "))
    value: dict[str, object] = {"text": words, "attribution": attribution}
    if source:
        value["source"] = source
    return {"type": kind, "value": value}


def _image(name: str, lines: list[str]) -> Block:
    facts = _facts(lines)
    picture = _picture(name, facts["alt"], facts["caption"], facts["credit"])
    return {"type": "image", "value": picture | {"width": facts.get("width", "normal")}}


def _gallery(_name: str, lines: list[str]) -> Block:
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    caption = _facts([line for line in lines if "|" not in line]).get("caption", "")
    return {"type": "gallery", "value": {"images": [_picture(*row) for row in rows], "caption": caption}}


def _embed(_name: str, lines: list[str]) -> Block:
    facts = _facts(lines)
    return {"type": "embed", "value": {"url": facts["url"], "title": facts["title"]}}


def _table(headings: str, lines: list[str]) -> Block:
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    row, column = "row" in headings, "column" in headings
    value = {
        "data": rows,
        "table_caption": _facts([line for line in lines if "|" not in line]).get("caption", ""),
        "table_header_choice": "both"
        if row and column
        else "row"
        if row
        else "column"
        if column
        else "neither",
        "first_row_is_table_header": row,
        "first_col_is_header": column,
    }
    return {"type": "table", "value": value}


def _callout(heading: str, lines: list[str]) -> Block:
    return {"type": "callout", "value": {"heading": heading, "text": _prose(lines)}}


def _related(heading: str, lines: list[str]) -> Block:
    return {"type": "related", "value": {"heading": heading, "articles": [line for line in lines if line]}}


def _poll(question: str, lines: list[str]) -> Block:
    choices = [{"type": "item", "value": line, "id": slug_of(line)[:60]} for line in lines if line]
    said = {"several": False, "shown": "always", "closes_at": None, "place": "body"}
    return {"type": "poll", "value": {"question": question, "choices": choices, **said}}


def _picture(name: str, alt: str, caption: str, credit: str) -> dict[str, object]:
    return {"image": name, "alt": alt, "caption": caption, "credit": credit}


def _facts(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {key.strip(): value.strip() for key, _, value in pairs}


_FENCES: dict[str, Callable[[str, list[str]], Block]] = {
    "quote": _quote,
    "pull": _pull,
    "image": _image,
    "gallery": _gallery,
    "embed": _embed,
    "table": _table,
    "callout": _callout,
    "related": _related,
    "poll": _poll,
}
