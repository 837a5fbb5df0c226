"""What stands where nothing does: said plainly, with a way onwards."""

from broadsheet.articles import recalling
from broadsheet.articles.models import Article
from broadsheet.kit.pages import Page


def not_found() -> Page:
    """404."""
    return Page("articles/not_found.html")


def gone(article: Article | None = None) -> Page:
    """410; where an article was taken back with a reason, the reason."""
    return Page("articles/gone.html", {"recall": recalling.standing_recall(article) if article else None})
