"""Small files that programs ask for: rules for robots, the manifest, whom to tell of a hole, the accent colour."""

import json
import re
from datetime import timedelta

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext

from broadsheet.articles import site
from broadsheet.kit.pages import NotThere, Page
from broadsheet.kit.text import clean_line
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Person, Publication

_SECURITY_TXT_HOLDS = timedelta(days=180)  # RFC 9116, 2.5.5: less than a year

_URI = re.compile(r"(?:https|mailto|tel):", re.I)


def robots() -> Page:
    """Everybody may read everything but the back office and what is one reader's."""
    maps = "".join(f"Sitemap: {site.absolute(path)}\n" for path in ("/sitemap.xml", "/news-sitemap.xml"))
    closed = "".join(f"Disallow: {path}\n" for path in ("/newsroom/", "/receipts/", "/search/", "/*/voice/"))
    return _text(f"User-agent: *\n{closed}\n{maps}")


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
    """RFC 9116; it needs somebody to write to."""
    publication = Publication.current()
    contact = settings.OPTIONS["security_contact"] or publication.contact
    if not contact:
        raise NotThere("/.well-known/security.txt")
    fields = {
        "Contact": contact if _URI.match(contact) else f"mailto:{contact}",
        "Expires": (timezone.now() + _SECURITY_TXT_HOLDS).strftime("%Y-%m-%dT00:00:00Z"),
        "Preferred-Languages": speaking.publication_language(),
        "Canonical": site.absolute("/.well-known/security.txt"),
    }
    return _text("".join(f"{name}: {value}\n" for name, value in fields.items()))


def indexnow_key(key: str) -> Page:
    """The file that shows search engines that it is we who told them."""
    if key != settings.OPTIONS["indexnow_key"]:
        raise NotThere(f"/{key}.txt")
    return _text(key)


def humans_txt() -> Page:
    """https://humanstxt.org: who makes this."""
    publication = Publication.current()
    people = Person.objects.filter(bylines__article__live=True).distinct().order_by("name")
    lines = ["/* TEAM */"]
    for person in people:
        lines += ["", f"{clean_line(person.role) or gettext('Writer')}: {clean_line(person.name)}"]
        lines += [f"{gettext('Articles')}: {site.absolute(person.path)}"]
    lines += ["", "/* SITE */", "", f"{gettext('Name')}: {clean_line(publication.name)}"]
    lines += [f"{gettext('Address')}: {site.absolute('/')}"]
    if publication.contact:
        lines.append(f"{gettext('Contact')}: {publication.contact}")
    lines += [
        f"{gettext('Language')}: {speaking.publication_language()}",
        f"{gettext('Software')}: Broadsheet",
    ]
    return _text("\n".join(lines) + "\n")


def accent_css() -> Page:
    """The publisher's colour and typefaces; a file, since no style may stand in a page."""
    return Page(content=Publication.current().look_css.encode(), content_type="text/css; charset=utf-8")


def _text(text: str) -> Page:
    return Page(content=text.encode(), content_type="text/plain; charset=utf-8")
