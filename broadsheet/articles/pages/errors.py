"""What stands where nothing does: said plainly, with a way onwards."""

from broadsheet.kit.pages import Page


def not_found() -> Page:
    """404."""
    return Page("articles/not_found.html")


def gone() -> Page:
    """410."""
    return Page("articles/gone.html")
