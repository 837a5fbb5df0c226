"""The feed of corrections."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from broadsheet.articles import corrections, syndication
from broadsheet.articles.models import Correction
from broadsheet.articles.pages.corrections import PATH
from broadsheet.articles.syndication import Feed, Item
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Publication


def feed(format: str) -> Page:  # noqa: A002 - its word in the address
    """`/corrections/feed.xml`, `.atom` and `.json`."""
    publication = Publication.current()
    newest = corrections.newest()[: settings.OPTIONS["feed_items"]]
    return syndication.feed_page(
        Feed(
            title=f"{_('Corrections')} · {publication.name}",
            description=_("What this publication has corrected, clarified, updated and retracted."),
            path=PATH,
            feed_path=f"{PATH}feed",
            items=[_item(correction) for correction in newest],
        ),
        format,
    )


def _item(correction: Correction) -> Item:
    article, kind = correction.article, correction.get_kind_display()
    changed_at = correction.made_at if correction.stands else correction.withdrawal.withdrawn_at
    return Item(
        path=correction.path,
        title=_("%(kind)s: %(headline)s") % {"kind": kind, "headline": article.headline},
        summary=correction.text,
        html=render_to_string("articles/parts/correction_text.html", {"correction": correction}),
        published_at=correction.made_at,
        updated_at=changed_at,
    )
