"""Small files that programs ask for: rules for robots, the manifest, whom to tell of a hole, the accent colour."""

import json
from datetime import timedelta

from django.templatetags.static import static
from django.utils import timezone

from broadsheet.articles import accent, site
from broadsheet.kit.pages import NotThere, Page
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication

_SECURITY_TXT_HOLDS = timedelta(days=180)  # RFC 9116, 2.5.5: less than a year


def robots() -> Page:
    """Everybody may read everything but the back office and what is one reader's."""
    sitemap = site.absolute("/sitemap.xml")
    return _text(f"User-agent: *\nDisallow: /newsroom/\nDisallow: /receipts/\n\nSitemap: {sitemap}\n")


def manifest() -> Page:
    """The web app manifest."""
    publication = Publication.current()
    content = {
        "name": publication.name,
        "short_name": publication.name,
        "description": publication.description or publication.motto,
        "lang": speaking.publication_language(),
        "start_url": "/",
        "display": "browser",
        "icons": [{"src": static("masthead/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return Page(
        content=json.dumps(content, ensure_ascii=False).encode(),
        content_type="application/manifest+json",
    )


def security_txt() -> Page:
    """RFC 9116; it needs an address to write to."""
    contact = Publication.current().contact
    if not contact:
        raise NotThere("/.well-known/security.txt")
    expires = (timezone.now() + _SECURITY_TXT_HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    where = site.absolute("/.well-known/security.txt")
    return _text(f"Contact: mailto:{contact}\nExpires: {expires}\nCanonical: {where}\n")


def accent_css() -> Page:
    """The publisher's colour, readable on both papers; a file, since no style may stand in a page."""
    light, dark = accent.readable_accents(Publication.current().accent)
    css = f":root{{--accent:{light};--accent:light-dark({light},{dark})}}\n"
    return Page(content=css.encode(), content_type="text/css; charset=utf-8")


def _text(text: str) -> Page:
    return Page(content=text.encode(), content_type="text/plain; charset=utf-8")
