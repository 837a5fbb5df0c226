"""Print one address: render it as nobody in particular, and put it in its place."""

import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from broadsheet.articles import rendering
from broadsheet.kit.pages import Gone, Moved, NotThere, Page
from broadsheet.masthead import speaking
from broadsheet.press import addresses, media_types, store
from broadsheet.press.store import Effort

logger = logging.getLogger(__name__)

_TOGETHER = re.compile(
    r"(?:replies/\d+/|pictures/[^/]+|(?<=\d/)embed/|(?<=/history/)\d+/(?:text/)?)\Z", re.ASCII
)


def print_page(path: str, effort: Effort = Effort.HOT) -> tuple[Page, bytes]:
    """The page at `path` and its bytes, printed; raises NotThere, Gone or Moved where no page stands there."""
    make = _maker_of(path)
    with _turn(path):
        return _printed(path, make, effort)


def print_missing(path: str) -> tuple[str, bytes]:
    """The media type and bytes of a page that had no print, or raises as above.

    Of many who ask in one moment the first has it printed. The others, who waited for that, get what stands there now.
    """
    make = _maker_of(path)
    with _turn(path) as waited:
        if waited and (content := store.read(path)) is not None:
            return media_types.of(str(store.name_of(path))), content
        page, content = _printed(path, make, Effort.HOT)
        return page.content_type, content


def _printed(path: str, make: Callable[[], Page], effort: Effort) -> tuple[Page, bytes]:
    """Make and write it; call it in its turn."""
    with speaking.publicly():
        try:
            page = make()
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


def _maker_of(path: str) -> Callable[[], Page]:
    found = addresses.find(path)
    if found is None:
        raise NotThere
    address, said = found
    return partial(address.make, **said)


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


def _turn(path: str) -> AbstractContextManager[bool]:
    """Replies and pictures share the turn of their comment's page, versions that of their history: they go with it."""
    return store.turn(_TOGETHER.sub("", path))
