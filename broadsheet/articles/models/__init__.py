from broadsheet.articles.models.arrangement import Arrangement
from broadsheet.articles.models.article import Article, ArticleTag, Byline
from broadsheet.articles.models.correction import Correction, Withdrawal
from broadsheet.articles.models.drawn_card import DrawnCard
from broadsheet.articles.models.embed import Embed
from broadsheet.articles.models.kept_arrangement import KeptArrangement
from broadsheet.articles.models.note import Note
from broadsheet.articles.models.old_address import OldAddress
from broadsheet.articles.models.picture import Picture, Rendition
from broadsheet.articles.models.portrait import Portrait
from broadsheet.articles.models.recall import Recall
from broadsheet.articles.models.section import Section
from broadsheet.articles.models.standing_page import StandingPage
from broadsheet.articles.models.tag import Tag
from broadsheet.articles.models.version import Seal, Version

__all__ = [
    "Arrangement",
    "Article",
    "ArticleTag",
    "Byline",
    "Correction",
    "DrawnCard",
    "Embed",
    "KeptArrangement",
    "Note",
    "OldAddress",
    "Picture",
    "Portrait",
    "Recall",
    "Rendition",
    "Seal",
    "Section",
    "StandingPage",
    "Tag",
    "Version",
    "Withdrawal",
]
