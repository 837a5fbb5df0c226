"""The terms under which an article from elsewhere may be shown: the common ones by name, others in own words."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN_WORDS = "own"

_DEEDS = "https://creativecommons.org/licenses/"


@dataclass(frozen=True)
class Licence:
    """A name, and the address of its terms where they stand somewhere."""

    name: str | Promise
    url: str = ""


COMMON = {
    "cc-by-4.0": Licence("CC BY 4.0", f"{_DEEDS}by/4.0/"),
    "cc-by-sa-4.0": Licence("CC BY-SA 4.0", f"{_DEEDS}by-sa/4.0/"),
    "cc-by-nd-4.0": Licence("CC BY-ND 4.0", f"{_DEEDS}by-nd/4.0/"),
    "cc-by-nc-4.0": Licence("CC BY-NC 4.0", f"{_DEEDS}by-nc/4.0/"),
    "cc-by-nc-sa-4.0": Licence("CC BY-NC-SA 4.0", f"{_DEEDS}by-nc-sa/4.0/"),
    "cc-by-nc-nd-4.0": Licence("CC BY-NC-ND 4.0", f"{_DEEDS}by-nc-nd/4.0/"),
    "cc0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "public-domain": Licence(_("Public domain"), "https://creativecommons.org/publicdomain/mark/1.0/"),
    "all-rights-reserved": Licence(_("All rights reserved")),
}


def choices() -> list[tuple[str, Any]]:
    return [*((key, licence.name) for key, licence in COMMON.items()), (OWN_WORDS, _("Own words"))]


def terms(key: str, name: str, url: str) -> Licence | None:
    """The licence that was chosen, or said in own words; None where nothing was."""
    if key == OWN_WORDS:
        return Licence(name, url) if name else None
    return COMMON.get(key)
