"""Where an old address leads: WordPress's query strings, its paths, and addresses that an article once had."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from broadsheet.articles.models import OldAddress
from broadsheet.articles.reserved import ARTICLE
from broadsheet.press import addresses

LONGEST_SEARCH = 200
"""Characters that the search takes."""

_COMMENT_PAGE = re.compile(r"(?P<path>/.*?)(?:comment-page-\d+/?)+")
_ARTICLE = re.compile(ARTICLE, re.ASCII)
_BENEATH = re.compile(ARTICLE + "(?=.)", re.ASCII)
_LIST_PAGE = re.compile(r"(/(?:section|tag|by)/[^/]+/)page/\d{1,7}/?")
_FEED = re.compile(r"(?P<path>/.*?)feed/?(?:rss2?/?|atom/?|rdf/?)?")


def queried(path: str, query: Mapping[str, str]) -> str:
    """Where a known query string leads; empty where it leads nowhere else, so that the plain page answers."""
    for name in ("p", "page_id", "attachment_id"):
        if (number := query.get(name, "")).isdecimal() and len(number) < 20:
            return _stored(f"/?{name}={number}") or _stored(f"/?p={number}")
    if number := query.get("wpdiscuzSubscribeID", ""):
        said = {"wpdiscuzSubscribeID": number, "key": query.get("key", "")}
        return f"/wpdiscuzsubscription/unsubscribe/?{urlencode(said)}"
    if "feed" in query:
        return "/feed.atom" if query["feed"] == "atom" else _feed_of(path)
    if (comment := query.get("replytocom", "")).isdecimal() and len(comment) < 20:
        return f"{_present(path)}c/comment-{comment}/"
    if "s" in query:
        return (
            f"/search/?{urlencode({'q': query['s'][:LONGEST_SEARCH]})}" if query["s"].strip() else "/search/"
        )
    return _present(path)


def target_of(path: str) -> str:
    """Where a path leads today; empty where it is unknown or gone."""
    if target := _stored(path):
        return target
    if match := _COMMENT_PAGE.fullmatch(path):
        return _present(match["path"])
    if match := _FEED.fullmatch(path):
        return _feed_of(match["path"])
    if (match := _LIST_PAGE.fullmatch(path)) and (target := _stored(match[1])):
        return target + path[match.end(1) :].rstrip("/") + "/"
    if (match := _BENEATH.match(path)) and (target := _stored(match[0])):
        return target + path[match.end() :]
    if not path.endswith("/") and addresses.find(f"{path}/") and "." not in path.rpartition("/")[2]:
        return f"{path}/" if not path.startswith("//") else ""
    return ""


def is_gone(path: str) -> bool:
    """Whether what stood there is gone for good; the pages of a list go with it."""
    match = _LIST_PAGE.fullmatch(path)
    return OldAddress.objects.filter(path=match[1] if match else path, target="").exists()


def _stored(path: str) -> str:
    found = OldAddress.objects.filter(path__in={path, path.rstrip("/"), f"{path.rstrip('/')}/"}).exclude(
        target=""
    )
    return found.values_list("target", flat=True).first() or ""


def _present(path: str) -> str:
    return _stored(path) or path


def _feed_of(path: str) -> str:
    """The feed of what stands at a path: of the publication, of a thread, of a section."""
    present = _present(path)
    if present == "/":
        return "/feed.xml"
    return f"{present}comments/feed.xml" if _ARTICLE.fullmatch(present) else f"{present}feed.xml"
