"""Words in another language than the page around them say so, to voices and to the direction of a line."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from broadsheet.articles.models import Article
from broadsheet.articles.translations import Translation
from broadsheet.kit import locales
from broadsheet.masthead import speaking

register = template.Library()


@register.simple_tag
def tongue(article: Article) -> SafeString:
    """The attributes of an element that holds the article's own words; none where the page's language is theirs."""
    if article.language in ("", speaking.publication_language()):
        return SafeString("")
    return _attributes(article.language)


@register.simple_tag
def own_tongue(article: Article) -> SafeString:
    """The attributes of an element inside such a one that holds the publication's words."""
    return _attributes(speaking.publication_language()) if tongue(article) else SafeString("")


@register.simple_tag
def linked_tongues(translations: Iterable[Translation], article: Article) -> SafeString:
    """`<a>Deutsch</a> · <a>Español</a>`: the ways to what says the same, each in its own language."""
    links = (
        (each.path, each.language, _attributes(each.language), each.name)
        for each in translations
        if each.path != article.path
    )
    return format_html_join(" · ", '<a rel="alternate" href="{}" hreflang="{}"{}>{}</a>', links)


def _attributes(tag: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', tag, locales.direction(tag))
