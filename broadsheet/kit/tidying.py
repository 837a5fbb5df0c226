"""Rich text as somebody tidy would have typed it, wherever it was pasted from.

It works on the editor's own well-formed output (`<p>`, headings, lists, inline marks) and changes no word.
"""

import re
from html import escape, unescape
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

_NBSP = "\xa0"
_NBSP_SPELT = re.compile("&nbsp;|&#160;|&#xa0;", re.I)
# Zero-width space, word joiner and byte order mark come along from other programs. The joiners of Persian and of
# emoji (U+200C, U+200D) and soft hyphens are somebody's intention.
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")
_TEXT = re.compile(r"(<[^>]*>)")
_BLANKS = re.compile(f"[ \t{_NBSP}]*{_NBSP}[ \t{_NBSP}]*")
_KEPT_BEFORE = frozenset(":;!?»%€$£°")
_KEPT_AFTER = frozenset("«§№")
_BLOCKS = "p|h2|h3|h4|li"
_EDGE = r"(?:\s|<br\s*/?>){0,50}"  # a bound, lest a long row of blanks make the search quadratic
_OPENING_EDGE = re.compile(rf"(<(?:{_BLOCKS})\b[^>]*>){_EDGE}")
_CLOSING_EDGE = re.compile(rf"{_EDGE}(</(?:{_BLOCKS})>)")
_EMPTY = re.compile(r"<(b|i|s|code|sup|sub|strong|em|a|h2|h3|h4|p|li|ul|ol)\b[^>]*>(\s?)</\1>")
_DEEPEST = 12  # marks and lists within each other
_SPLIT_MARK = re.compile(r"</(b|i|s|code|sup|sub|strong|em)><\1>")
_BOLD_HEADING = re.compile(r"(<(h[234])\b[^>]*>)<(b|strong)>((?:(?!</?\3>).)*)</\3>(?=</\2>)", re.S)
_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igsh|igshid|mc_[ce]id|_hs(?:enc|mi)|"
    r"mkt_tok|oly_(?:anon|enc)_id|vero_(?:conv|id)|wickedid|ref_src|ref_url|s_cid|at_(?:medium|campaign\w*)",
    re.I,
)
_WRAPPERS = {"www.google.com": ("/url", "q"), "l.facebook.com": ("/l.php", "u")}
_OUTLOOK = ".safelinks.protection.outlook.com"


def tidy(html: str) -> str:
    """Straight structure: no empty elements, no pasted no-break spaces, no parameters that follow people about."""
    html = _UNSEEN.sub("", _NBSP_SPELT.sub(_NBSP, html))
    if _NBSP in html:
        html = "".join(part if part[:1] == "<" else _spaced(part) for part in _TEXT.split(html))
    html = _HREF.sub(lambda link: link[1] + escape(untracked(unescape(link[2]))) + link[3], html)
    html = _SPLIT_MARK.sub("", html)
    html = _BOLD_HEADING.sub(r"\1\4", html)
    for _ in range(_DEEPEST):  # an element may be empty only once what it held is gone
        before, html = html, _EMPTY.sub(r"\2", _CLOSING_EDGE.sub(r"\1", _OPENING_EDGE.sub(r"\1", html)))
        if html == before:
            break
    return html


def untracked(url: str) -> str:
    """The address without what only tells where a link was found, and without the detour of a mail program."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https"):
        return url
    if inner := _wrapped(parts.hostname or "", parts.path, parts.query):
        return untracked(inner)
    if not parts.query:
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    if len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _wrapped(host: str, path: str, query: str) -> str:
    """Where Google Docs, Facebook or Outlook would lead on to."""
    known = (path, "url") if host.endswith(_OUTLOOK) else _WRAPPERS.get(host, ("", ""))
    inner = parse_qs(query).get(known[1], [""])[0] if known[0] == path else ""
    return inner if inner.startswith(("http://", "https://")) else ""


def _spaced(text: str) -> str:
    """No-break spaces only where typographers set them: inside of numbers and units, before high punctuation."""
    return _BLANKS.sub(lambda blank: _blank(text, blank), text)


def _blank(text: str, blank: re.Match[str]) -> str:
    before, after = text[: blank.start()][-1:], text[blank.end() :][:1]
    wanted = (
        len(blank[0]) == 1
        and before
        and after
        and (after in _KEPT_BEFORE or before in _KEPT_AFTER or before.isdigit())
    )
    return _NBSP if wanted else " "
