"""How many bytes may be sent to an address: Django would write a file of any size to the disk before it asks a view."""

import re

from broadsheet.accounts import picturing
from broadsheet.articles.reserved import ARTICLE
from broadsheet.discussion import attaching
from broadsheet.kit import examining

MEGABYTE = 1024 * 1024
WORDS = MEGABYTE
"""What is refused comes back in its form; beyond this it is not even read."""
NEWSROOM = examining.MOST_BYTES + 6 * MEGABYTE
"""The largest picture that the newsroom takes, and what stands around it in the form."""
_WITH_PICTURES = re.compile(rf"(?:{ARTICLE}comments|/receipts/[^/]+/revisions)/", re.ASCII)


def largest(path: str) -> int:
    """Bytes; a path as WSGI gives it."""
    if path.startswith("/newsroom/"):
        return NEWSROOM
    if _WITH_PICTURES.fullmatch(path) and attaching.is_on():
        return WORDS + attaching.MOST * attaching.largest()
    if path == "/account/profile/" and picturing.is_on():
        return WORDS + attaching.largest()
    return WORDS
