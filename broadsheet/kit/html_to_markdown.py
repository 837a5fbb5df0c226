"""Sanitised HTML of ours as Markdown, for programs that read text."""

import re
from typing import Any

from markdownify import MarkdownConverter

_BREAK = "\n\n"
_LOOSE = re.compile(r"\n{3,}")


def markdown_of(html: str) -> str:
    """Markdown (CommonMark, with GitHub's tables) that says what the HTML says; nothing in it is HTML again."""
    converter = _Converter(
        heading_style="ATX",
        bullets="-",
        escape_misc=True,  # a "<" that somebody wrote would be a tag where the Markdown is rendered
        code_language_callback=_language_of,
    )
    return str(converter.convert(html)).strip()


class _Converter(MarkdownConverter):
    """What markdownify does not know: a caption belongs to what stands above it, and a spoiler stays one."""

    def convert_span(self, element: Any, text: str, parent_tags: Any) -> str:
        return f"||{text}||" if "spoiler" in element.get("class", ()) and text.strip() else text

    def convert_figure(self, element: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n{_LOOSE.sub(_BREAK, text.strip())}\n\n"

    def convert_figcaption(self, element: Any, text: str, parent_tags: Any) -> str:
        said = " ".join(text.split())
        return f"\n\n*{said}*\n\n" if said else ""


def _language_of(element: Any) -> str:
    """Of `<pre><code data-language="python">`."""
    code = element.find("code") or element
    return str(code.get("data-language") or "")
