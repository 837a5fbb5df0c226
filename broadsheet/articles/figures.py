"""Pictures as a page shows them: made from the renditions that exist already, never making one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from broadsheet.articles.models import Picture, Rendition

Pictures = Mapping[int, Picture]
"""Pictures by their numbers."""

_PLAIN_WIDTH = 960
"""Pixels of the rendition that browsers without `srcset` and feeds get, or the next narrower one."""


@dataclass(frozen=True)
class Figure:
    """Everything that `parts/figure.html` prints."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


def pictures(ids: Iterable[int]) -> dict[int, Picture]:
    """The pictures of these numbers with their renditions, in two queries."""
    found: dict[int, Picture] = Picture.objects.prefetch_related("renditions").in_bulk(set(ids))
    return found


def html_of(figure: Figure | None) -> str:
    """A picture where nothing else stands around it: at the head of a feed's item."""
    return render_to_string("articles/parts/figure.html", {"figure": figure}) if figure else ""


def plain_rendition(picture: Picture) -> Rendition | None:
    """What browsers without `srcset`, feeds and mail get; None until it is made."""
    sizes = _sizes(picture)
    small = [rendition for rendition in sizes if rendition.width <= _PLAIN_WIDTH]
    return (small or sizes[:1])[-1] if sizes else None


def figure_of(picture: Picture, alt: str = "", caption: str = "", credit: str = "") -> Figure | None:
    """A picture with the words of this place, or the library's own where this place has none.

    None until its renditions are made: the original is never shown, since a camera writes more into it than a picture.
    """
    shown = plain_rendition(picture)
    if shown is None:
        return None
    return Figure(
        src=shown.file.url,
        srcset=", ".join(f"{rendition.file.url} {rendition.width}w" for rendition in _sizes(picture)),
        width=shown.width,
        height=shown.height,
        alt=alt,
        caption=caption or picture.caption,
        credit=credit or picture.credit,
    )


def _sizes(picture: Picture) -> list[Rendition]:
    """One WebP rendition for each width, narrowest first."""
    made = {
        rendition.width: rendition
        for rendition in picture.renditions.all()
        if rendition.filter_spec.startswith("width-") and rendition.filter_spec.endswith("|format-webp")
    }
    return [made[width] for width in sorted(made)]
