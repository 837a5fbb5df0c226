"""A publication's own type: WOFF2 files in its theme, under names that say what they are for."""

from collections.abc import Iterator

from django.contrib.staticfiles.storage import staticfiles_storage

FOLDER = "fonts"
_GENERIC = {"text": "serif", "display": "serif", "plain": "sans-serif"}
"""What stands in while a file is on its way, and for letters that it lacks."""


def faces_css() -> str:
    """The theme's fonts that were collected at the start, in the place of ours; empty where there are none.

    One variable file holds all weights. A page is read at once in other type and changes when the file is there.
    """
    return "".join(rule for hand in _GENERIC for rule in _hand(hand))


def _hand(hand: str) -> Iterator[str]:
    found = [style for style in ("normal", "italic") if staticfiles_storage.exists(_file(hand, style))]
    for style in found:
        url = staticfiles_storage.url(_file(hand, style))
        yield (
            f'@font-face{{font-family:"theme-{hand}";font-style:{style};font-weight:100 900;font-display:swap;'
            f'src:url("{url}")format("woff2")}}'
        )
    if found:
        yield f':root{{--{hand}:"theme-{hand}",{_GENERIC[hand]}}}'


def _file(hand: str, style: str) -> str:
    return f"{FOLDER}/{hand}{'-italic' if style == 'italic' else ''}.woff2"
