"""Which web addresses may stand in foreign HTML. Everything that browsers read in two ways is refused."""

import re

_IGNORED_BY_BROWSERS = re.compile("[\t\n\r]")
_INVISIBLE = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_SCHEME = re.compile("([A-Za-z][A-Za-z0-9+.-]*):")
# No "@" (a name before the host passes for the host), no "%" or backslash (read as other characters),
# no host without a letter or digit.
_WEB = re.compile(r"https?://(?=[^/?#]*\w)[^/?#\\@%<>\"'`^{|}\s]+(?:[/?#][^\\]*)?", re.I)
_MAIL = re.compile(r"mailto:[^\s<>\"'`\\]+", re.I)
_TELEPHONE = re.compile(r"tel:[+\d().*#;=a-z-]+", re.I)
_OWN_PICTURE = re.compile(r"/media/[^\\?#]+")
_UPWARDS = re.compile(r"(?:^|/)(?:\.|%2e){2}(?:/|$)", re.I)


def web_address(value: str) -> str | None:
    """The address if it is http(s) and names its host plainly."""
    value = _tidied(value)
    return value if _WEB.fullmatch(value) and not _INVISIBLE.search(value) else None


def link_address(value: str) -> str | None:
    """A web, mail or telephone address, or one inside this publication."""
    value = _tidied(value)
    if _INVISIBLE.search(value) or "\\" in value or value.startswith("//"):
        return None
    if _SCHEME.match(value):
        allowed = any(shape.fullmatch(value) for shape in (_WEB, _MAIL, _TELEPHONE))
        return value if allowed else None
    return value


def picture_address(value: str) -> str | None:
    """A picture of this publication or one behind https."""
    value = _tidied(value)
    if _OWN_PICTURE.fullmatch(value) and not _UPWARDS.search(value) and not _INVISIBLE.search(value):
        return value
    return web_address(value) if value[:6].lower() == "https:" else None


def _tidied(value: str) -> str:
    """Trimmed as browsers do, inner spaces spelt out."""
    return _IGNORED_BY_BROWSERS.sub("", value.strip("\t\n\x0c\r ")).replace(" ", "%20")
