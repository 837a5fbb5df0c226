"""Words in another language than the page around them say so, to voices and to the direction of a line."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from broadsheet.articles.models import Article
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


def _attributes(tag: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', tag, locales.direction(tag))
