"""The publisher's one colour, moved as far as needed to be read on light and on dark paper."""

_PAPERS = {
    "light": "#ebdfc6",
    "dark": "#24221d",
}  # the hardest of masthead/paper.css: the washes of sepia and dark
_READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text


def readable_accents(colour: str) -> tuple[str, str]:
    """`#rrggbb` for light paper and for dark paper: the colour itself wherever it can be read there."""
    return _towards(colour, "#000000", _PAPERS["light"]), _towards(colour, "#ffffff", _PAPERS["dark"])


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _towards(colour: str, end: str, paper: str) -> str:
    """The first of 101 steps from `colour` to `end` that can be read on `paper`."""
    steps = (_mixed(colour, end, step / 100) for step in range(101))
    return next(mixed for mixed in steps if contrast(mixed, paper) >= _READABLE)


def _mixed(colour: str, end: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(end), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (n / 255 for n in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))
