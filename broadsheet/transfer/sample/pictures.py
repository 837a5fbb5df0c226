"""The sample's pictures, by name; they are drawn when a home is filled, so that no picture lies in the tree."""

from collections.abc import Callable

from broadsheet.transfer.sample import scenes_afloat, scenes_ashore
from broadsheet.transfer.sample.painting import Sheet

_SCENES: dict[str, Callable[[Sheet], None]] = {
    "bakery": scenes_ashore.bakery,
    "boats": scenes_afloat.boats,
    "dredger": scenes_afloat.dredger,
    "ferry": scenes_afloat.ferry,
    "fog": scenes_ashore.fog,
    "lamp": scenes_ashore.lamp,
    "lighthouse": scenes_afloat.lighthouse,
    "market": scenes_ashore.market,
    "nets": scenes_ashore.nets,
    "pier": scenes_afloat.pier,
    "school": scenes_ashore.school,
    "sluice": scenes_ashore.sluice,
    "strand": scenes_ashore.strand,
    "tug": scenes_afloat.tug,
    "window": scenes_ashore.window,
    "type-case": scenes_ashore.type_case,
}
NAMES = tuple(_SCENES)


def draw_picture(name: str) -> bytes:
    """The picture of that name as a JPEG of 1600 x 900, the same bytes every time."""
    sheet = Sheet(seed=NAMES.index(name))
    _SCENES[name](sheet)
    return sheet.jpeg()
