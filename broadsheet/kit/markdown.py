"""What commenters write, as HTML: a Markdown subset without raw HTML, tables or footnotes.

Rendered once, on write; raise RENDER_VERSION whenever the same text would come out differently.
"""

import re

import comrak

from broadsheet.kit import sanitising
from broadsheet.kit.text import clean

RENDER_VERSION = 2

_DEEPEST = 40  # nested elements
_MOST_GROWTH = 15  # times the source; what cleaning adds to links must still fit under 20
_ALWAYS_ALLOWED_LENGTH = 2_000
# A line that begins with a tag would be an HTML block: no paragraph, no Markdown inside. This character in front
# of it, which clean() lets nobody type, keeps it an ordinary line.
_NO_BLOCK = "\ufdd0"
_TAG_FIRST = re.compile(r"^([ \t>*+.)\d-]*)<", re.M)
# What `render` does not obey and others may (tags, pictures, links to anything, headings, underlines, fences that never
# end), and towers of marks.
_OBEYED_ELSEWHERE = re.compile(r"[<\[]|^[ \t>*+.)0-9-]{0,40}(?:[#=]|`{3}|~{3}|-[ \t]*$)|^[ \t>*+.)0-9-]{40}")
_HEADING = re.compile("<(/?)h[1-6]>")
_IMAGE = re.compile('<img src="([^"]*)" alt="([^"]*)"[^>]*>')


def render(text: str) -> str:
    """Sanitised HTML. What nests or grows beyond all sense is shown as it was typed."""
    text = clean(text)
    html = _parsed(text)
    if html is None or _is_suspicious(html, text):
        return sanitising.clean_comment(sanitising.paragraphs(text))
    html = _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html)
    return sanitising.clean_comment(_IMAGE.sub(_image_link, html)).strip()


def elsewhere(text: str) -> str | None:
    """The text as other renderers of Markdown may have it; None where they would make something else of it."""
    lines = clean(text).strip("\n").split("\n")
    if any(map(_OBEYED_ELSEWHERE.search, lines)):
        return None
    # To them a line that ends is a space, unless it ends with two.
    return "\n".join(
        f"{line.rstrip()}  " if line.strip() and after.strip() and not line.endswith("\\") else line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    )


def _parsed(text: str) -> str | None:
    text = _TAG_FIRST.sub(rf"\1{_NO_BLOCK}<", text)
    try:
        return comrak.render_markdown(text, _EXTENSIONS, _PARSING, _RENDERING).replace(_NO_BLOCK, "")
    except BaseException as problem:
        # A panic of the Rust parser; its class can not be imported and is no Exception.
        if type(problem).__name__ != "PanicException":
            raise
        return None


def _is_suspicious(html: str, text: str) -> bool:
    too_long = len(html) > max(_MOST_GROWTH * len(text), _ALWAYS_ALLOWED_LENGTH)
    return too_long or sanitising.depth_of(html) > _DEEPEST


def _image_link(image: re.Match[str]) -> str:
    source, alt = image.groups()
    return f'<a href="{source}">{alt or source}</a>'


def _extensions() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.autolink = True
    options.strikethrough = True
    options.spoiler = True  # ||hidden until somebody asks||
    options.cjk_friendly_emphasis = True
    return options


def _parsing() -> comrak.ParseOptions:
    options = comrak.ParseOptions()
    options.ignore_setext = True  # a line of dashes under a sentence is no heading
    return options


def _rendering() -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.hardbreaks = True
    options.escape = True  # raw HTML is shown, not obeyed
    return options


_EXTENSIONS, _PARSING, _RENDERING = _extensions(), _parsing(), _rendering()
