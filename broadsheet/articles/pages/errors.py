"""What stands where nothing does: said plainly, with a way onwards."""

from broadsheet.articles.models import Article, Recall, StandingPage
from broadsheet.kit.pages import Page


def not_found() -> Page:
    """404."""
    return Page("articles/not_found.html")


def gone(thing: Article | StandingPage | None = None) -> Page:
    """410; where it was taken back with a reason, the reason."""
    return Page("articles/gone.html", {"recall": Recall.standing(thing) if thing else None})
