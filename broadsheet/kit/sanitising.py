"""Foreign HTML made harmless: two allow-lists, one for comments, a wider one for articles.

nh3 parses as browsers do and writes only what is listed. Around it stand rules it has not: no control characters
anywhere, no address that hides its host (`addresses`), and no input that grows without bounds.
"""

import re
from collections.abc import Mapping
from html import escape, unescape

import nh3

from broadsheet.kit import addresses


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DROPPED_WHOLE = _names(
    "script style template title textarea select svg math xmp noembed noframes noscript iframe plaintext"
)
# HTML's "formatting elements": left open, they are opened again in every later block. Parsers bound that for
# equal tags only, so n tags with n different attributes would come out n² times. We keep none of their attributes
# (but those of <a>, which never nests), so they go before parsing; in 1,000 characters at most, lest this search
# itself turn quadratic.
_BARE_FORMATTING = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?:[\s/][^>]{0,1000})?>", re.I
)
_MOST_GROWTH = 20
_DEEPEST = 100  # nested elements; browsers give up at 512
_ALWAYS_ALLOWED_LENGTH = 4_000

_PLAIN_TAGS = _names("p br strong em del code pre ul ol li blockquote a")
_COMMENT_TAGS = _PLAIN_TAGS | {"span"}
_COMMENT_SPELLING = {"b": "strong", "i": "em", "s": "del", "strike": "del"} | dict.fromkeys(
    ("center", "div", "h1", "h2", "h3", "h4", "h5", "h6"), "p"
)
_COMMENT_REL = "ugc nofollow noopener"
_LINK_WITHOUT_ADDRESS = re.compile(f'<a rel="{_COMMENT_REL}">(.*?)</a>', re.S)
SPOILER = '<span class="spoiler" tabindex="0">'
"""What hides the words up to its end until a reader asks for them."""
_SPAN = re.compile("<(/?)span((?: [^>]*)?)>")
_EMPTY_LINK = re.compile(r"<a [^>]*>\s*</a>")
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\n?")
_TAG = re.compile(r"<(/?)(\w+)")
_VOID = frozenset({"br", "col", "hr", "img"})
_FOREIGN_TAG = re.compile(r"(</?)(b|center|div|h[1-6]|i|s|strike)(?=[\s/>])", re.I)
_PICTURE = re.compile("<img(?: [^>]*)?>")

_ARTICLE_TAGS = _PLAIN_TAGS | _names(
    "h2 h3 h4 figure figcaption img table caption colgroup col thead tbody tfoot tr th td sup sub hr dl dt dd "
    "details summary abbr cite q small b i s u ins mark kbd samp var time"
)
_ARTICLE_SPELLING = {"h1": "h2", "h5": "h4", "h6": "h4", "strike": "s", "center": "p", "div": "p"}
_ARTICLE_ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "rel"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes", "loading"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SHAPES = {
    **dict.fromkeys(("width", "height", "start", "value"), re.compile(r"\d{1,5}")),
    **dict.fromkeys(("colspan", "rowspan", "span"), re.compile(r"\d{1,3}")),
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"),
    "loading": re.compile("lazy|eager"),
    "rel": re.compile("(?:(?:nofollow|sponsored|ugc|noopener|noreferrer|external|license|author) ?)+"),
    "scope": re.compile("col|row|colgroup|rowgroup"),
    "sizes": re.compile(r"[\w\s().,:%+*/-]{1,300}"),
}
# An article's own anchors (footnotes) live beside the page's; the prefix keeps them from clashing.
_ID_PREFIX = "text-"
_ID = re.compile(r"[A-Za-z0-9][\w.:-]{0,60}", re.A)
_PAGE_ANCHOR = re.compile(r"(?:c|comment)-\d+|discussion|comments")


def clean_comment(html: str) -> str:
    """HTML of a comment: paragraphs, emphasis, lists, quotes, code, spoilers, links to web pages."""
    cleaned = _without_other_spans(_cleaned(_comment_cleaner, html, _COMMENT_SPELLING))
    return _EMPTY_LINK.sub("", _LINK_WITHOUT_ADDRESS.sub(r"\1", cleaned))


def clean_article(html: str) -> str:
    """HTML of an article: also headings, figures with our own or https pictures, tables, footnotes."""
    cleaned = _cleaned(_article_cleaner, html, _ARTICLE_SPELLING)
    return _PICTURE.sub(lambda picture: picture[0] if ' src="' in picture[0] else "", cleaned)


def depth_of(html: str) -> int:
    """How deeply the elements of well-formed HTML are nested."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name not in _VOID:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def links_in(html: str) -> list[str]:
    """The addresses that sanitised HTML links to, in order."""
    return [unescape(href) for href in re.findall(r'<a\s(?:[^>]*?\s)?href="([^"]*)"', html)]


def paragraphs(text: str) -> str:
    """Plain text as HTML: escaped, blank lines part paragraphs, single newlines are kept."""
    blocks = re.split(r"\n\s*\n", _CONTROLS.sub("", text))
    lines = [escape(block.strip(), quote=False).replace("\n", "<br>") for block in blocks]
    return "\n".join(f"<p>{line}</p>" for line in lines if line)


def _without_other_spans(html: str) -> str:
    """Clean HTML with spoilers as its only spans, each focusable: so it is read by key, touch or pointer."""
    opened: list[bool] = []

    def kept(tag: re.Match[str]) -> str:
        if tag[1]:
            return tag[0] if opened and opened.pop() else ""
        opened.append(tag[2] == ' class="spoiler"' and not any(opened))
        return SPOILER if opened[-1] else ""

    return _SPAN.sub(kept, html)


def _cleaned(cleaner: nh3.Cleaner, html: str, spelling: Mapping[str, str]) -> str:
    html = _BARE_FORMATTING.sub(r"<\1>", _CONTROLS.sub("", html).replace("\x0c", " "))
    html = _FOREIGN_TAG.sub(lambda tag: tag[1] + spelling.get(tag[2].lower(), tag[2]), html)
    # Once more behind it, because references such as &#3; only now are characters.
    cleaned = _CONTROLS.sub("", cleaner.clean(html))
    if len(cleaned) > max(_MOST_GROWTH * len(html), _ALWAYS_ALLOWED_LENGTH) or depth_of(cleaned) > _DEEPEST:
        return paragraphs(unescape(_text_cleaner.clean(html)))
    return _EMPTY_PARAGRAPH.sub("", cleaned)


def _comment_attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "href":
            return addresses.web_address(value)
        case "start":
            return value if _SHAPES["start"].fullmatch(value) else None
    return value


def _article_attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "href":
            return _article_link(value)
        case "src":
            return addresses.picture_address(value)
        case "srcset":
            return _source_set(value)
        case "id":
            return _own_id(value)
    shape = _SHAPES.get(name)
    return value if shape is None or shape.fullmatch(value) else None


def _article_link(value: str) -> str | None:
    href = addresses.link_address(value)
    if href is None or not href.startswith("#") or _PAGE_ANCHOR.fullmatch(href[1:]):
        return href
    target = _own_id(href[1:])
    return f"#{target}" if target else None


def _own_id(value: str) -> str | None:
    if not _ID.fullmatch(value):
        return None
    return value if value.startswith(_ID_PREFIX) else _ID_PREFIX + value


def _source_set(value: str) -> str | None:
    candidates = []
    for candidate in re.split(r",\s+", value.strip()):
        source, _, size = candidate.strip().partition(" ")
        address = addresses.picture_address(source)
        if address is None or not re.fullmatch(r"(?:\d{1,5}w|\d(?:\.\d{1,2})?x)?", size.strip()):
            return None
        candidates.append(f"{address} {size.strip()}".rstrip())
    return ", ".join(candidates)


_comment_cleaner = nh3.Cleaner(
    tags=_COMMENT_TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}, "span": {"class"}},
    attribute_filter=_comment_attribute,
    link_rel=_COMMENT_REL,
    url_schemes={"http", "https"},
    url_relative="deny",
)
_article_cleaner = nh3.Cleaner(
    tags=_ARTICLE_TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes=_ARTICLE_ATTRIBUTES,
    attribute_filter=_article_attribute,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="pass_through",
)
_text_cleaner = nh3.Cleaner(tags=set(), clean_content_tags=_DROPPED_WHOLE)
