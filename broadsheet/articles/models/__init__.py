from broadsheet.articles.models.article import Article, ArticleTag, Byline
from broadsheet.articles.models.old_address import OldAddress
from broadsheet.articles.models.picture import Picture, Rendition
from broadsheet.articles.models.section import Section
from broadsheet.articles.models.standing_page import StandingPage
from broadsheet.articles.models.tag import Tag

__all__ = [
    "Article",
    "ArticleTag",
    "Byline",
    "OldAddress",
    "Picture",
    "Rendition",
    "Section",
    "StandingPage",
    "Tag",
]
