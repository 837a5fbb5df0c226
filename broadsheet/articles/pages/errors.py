"""What stands where nothing does: said plainly, with a way onwards."""

from django.template.loader import render_to_string

from broadsheet.kit.pages import Page


def not_found() -> Page:
    """404."""
    return Page("articles/not_found.html")


def gone() -> Page:
    """410."""
    return Page("articles/gone.html")


def server_error() -> Page:
    """500. It asks no database, for that may be what is broken."""
    return Page(content=render_to_string("500.html").encode())


def unavailable() -> Page:
    """503. It asks no database either."""
    return Page(content=render_to_string("503.html").encode())
