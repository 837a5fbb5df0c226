"""Draw an ornament from a name, as printers set one: the same for the same name, and no two are likely alike.

It is an SVG of plain shapes in the colour of the text, mirrored to all four sides; nothing of it is asked of anybody.
"""

from hashlib import sha256

_TILES = [
    "M{x} {y}h1v1h-1z",
    "M{x} {y}h1a1 1 0 0 1-1 1z",
    "M{r} {b}h-1a1 1 0 0 1 1-1z",
    "M{x} {b}v-1a1 1 0 0 1 1 1z",
    "M{r} {y}v1a1 1 0 0 1-1-1z",
    "M{x} {y}h1l-1 1z",
    "M{r} {b}v-1l-1 1z",
    "M{x}.5 {y}l.5.5-.5.5-.5-.5z",
    "",
]
_SIDE = 3
"""Tiles along one side of a quarter."""


def ornament(name: str) -> str:
    """The inside of an SVG whose view box is `0 0 6 6`."""
    quarter = "".join(
        _TILES[byte % len(_TILES)].format(x=x, y=y, r=x + 1, b=y + 1)
        for (x, y), byte in zip(
            ((x, y) for y in range(_SIDE) for x in range(_SIDE)), sha256(name.encode()).digest(), strict=False
        )
    )
    turned = ("", "matrix(-1 0 0 1 6 0)", "matrix(1 0 0 -1 0 6)", "matrix(-1 0 0 -1 6 6)")
    return "".join(
        f'<path d="{quarter}" transform="{how}"/>' if how else f'<path d="{quarter}"/>' for how in turned
    )
