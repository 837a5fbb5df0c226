"""Print one address: render it as nobody in particular, and put it in its place."""

import logging
import re
from contextlib import AbstractContextManager

from broadsheet.articles import rendering
from broadsheet.kit.pages import Gone, Moved, NotThere, Page
from broadsheet.masthead import speaking
from broadsheet.press import addresses, store
from broadsheet.press.store import Effort

logger = logging.getLogger(__name__)

_TOGETHER = re.compile(
    r"(?:replies/\d+/|pictures/[^/]+|(?<=\d/)embed/|(?<=/history/)\d+/(?:text/)?)\Z", re.ASCII
)


def print_page(path: str, effort: Effort = Effort.HOT) -> tuple[Page, bytes]:
    """The page at `path` and its bytes, printed; raises NotThere, Gone or Moved where no page stands there."""
    found = addresses.find(path)
    if found is None:
        raise NotThere
    address, said = found
    with _turn(path), speaking.publicly():
        try:
            page = address.make(**said)
        except (NotThere, Gone, Moved):
            store.forget(path)
            raise
        content = rendering.render(page)
        try:
            store.write(path, content, effort)
        except OSError:
            # A full disk, or a name that clashes with a directory: the reader is answered all the same.
            logger.exception("The print of %s could not be written.", path)
    return page, content


def print_again(path: str, effort: Effort = Effort.HOT) -> None:
    """Bring a print up to date: one that may be evicted only leaves its place, one whose page is gone too."""
    found = addresses.find(path)
    if found is not None and found[0].evictable:
        with _turn(path):
            store.forget(path)
            store.forget_below(path)
        return
    try:
        print_page(path, effort)
    except (NotThere, Gone, Moved):
        if addresses.BRANCH.fullmatch(path) or addresses.ROOT_OF_PAGES.fullmatch(path):
            store.forget_below(path)
            store.await_turns()  # a page beneath may have been read before what it shows went, and be written only now
            store.forget_below(path)


def compress_better(path: str) -> None:
    """Compress a print that has come to rest as well as possible; its bytes stay what they are."""
    with _turn(path):
        content = store.read(path)
        if content is not None:
            store.write(path, content, Effort.AT_REST)


def _turn(path: str) -> AbstractContextManager[None]:
    """Replies and pictures share the turn of their comment's page, versions that of their history: they go with it."""
    return store.turn(_TOGETHER.sub("", path))
