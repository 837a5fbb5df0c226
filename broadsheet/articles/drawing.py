"""Draw what an article is shared with, in a process of its own: `python -m broadsheet.articles.drawing OUT`.

It reads what to draw from standard input as JSON (`headline`, `name`, `accent`, `picture`: a file, or nothing) and
writes a JPEG. Like `kit/shrinking.py` it knows no database and no key, and its memory and time are limited first.
"""

import json
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

from broadsheet.kit.shrinking import limit_process

SIZE = (1200, 630)
"""Pixels: what every network that shows a shared link asks for."""
_PAPER, _INK, _FAINT = "#fbfaf6", "#1b1a17", "#6b665c"
_MARGIN = 72
_PICTURE = 300
"""Pixels of height that a picture takes from the headline."""
_LARGEST, _SMALLEST, _STEP = 92, 44, 4
"""Pixels of the headline's type."""
_LEADING = 1.14
_MOST_LETTERS = 180


def main(out: str) -> None:
    limit_process()
    draw(Path(out), **json.load(sys.stdin))


def draw(out: Path, headline: str, name: str, accent: str, picture: str) -> None:
    """Write the picture; ValueError where a letter is not in the type, since a box says nothing."""
    from PIL import Image, ImageDraw

    if missing := _missing(headline + name):
        raise ValueError(f"the type has no {missing}")
    card = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(card)
    top = _MARGIN
    if picture:
        card.paste(_cropped(picture), (0, 0))
        top = _PICTURE + 30
    pen.rectangle((0, top - 30 if picture else 0, SIZE[0], (top - 30 if picture else 0) + 9), fill=accent)
    foot = SIZE[1] - 104
    lines, size = _set(headline, SIZE[0] - 2 * _MARGIN, foot - 24 - top)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, top + number * size * _LEADING), line, font=_type(size), fill=_INK)
    for y, weight in ((foot, 1), (foot + 5, 3)):
        pen.rectangle((_MARGIN, y, SIZE[0] - _MARGIN, y + weight - 1), fill=_INK)
    pen.text((_MARGIN, foot + 24), _fitting(name, SIZE[0] - 2 * _MARGIN, 36), font=_type(36), fill=_FAINT)
    card.save(out, "JPEG", quality=86, subsampling=0, optimize=True)


def _cropped(picture: str) -> Any:
    from PIL import Image, ImageOps

    with Image.open(picture, formats=["WEBP"]) as image:  # a rendition of our own making
        return ImageOps.fit(image.convert("RGB"), (SIZE[0], _PICTURE), centering=(0.5, 0.4))


def _set(text: str, width: int, height: int) -> tuple[list[str], int]:
    """The headline in lines, in the largest type that fits; the smallest is cut instead."""
    text = _shortened(text, _MOST_LETTERS)
    for size in range(_LARGEST, _SMALLEST, -_STEP):
        lines = _broken(text, width, size)
        if len(lines) * size * _LEADING <= height:
            return lines, size
    most = int(height / (_SMALLEST * _LEADING))
    lines = _broken(text, width, _SMALLEST)
    return (lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]), _SMALLEST


def _broken(text: str, width: int, size: int) -> list[str]:
    """Lines of whole words; a word wider than the page is broken where it must be."""
    font, lines = _type(size), [""]
    for word in text.split():
        together = f"{lines[-1]} {word}".strip()
        if font.getlength(together) <= width:
            lines[-1] = together
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if font.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def _fitting(text: str, width: int, size: int) -> str:
    """One line, cut where the page ends."""
    lines = _broken(text, width - size, size)
    return lines[0] if len(lines) == 1 else f"{lines[0]}…"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _type(size: int) -> Any:
    from PIL import ImageFont

    file = files("font_source_serif_pro") / "files" / "SourceSerifPro-Semibold.otf"
    return ImageFont.truetype(str(file), size)


def _missing(text: str) -> str:
    """The first letter that the type would show as a box; empty where it has them all."""
    font = _type(_SMALLEST)
    box = bytes(font.getmask("\U0010ffff"))
    for letter in dict.fromkeys(text):
        if unicodedata.bidirectional(letter) in ("R", "AL") or (
            not letter.isspace() and bytes(font.getmask(letter)) == box
        ):
            return f"U+{ord(letter):04X}"
    return ""


if __name__ == "__main__":
    main(*sys.argv[1:])
