"""Pages that stand: About, House rules, Privacy."""

from broadsheet.articles import body, figures
from broadsheet.articles.footnotes import without_notes
from broadsheet.articles.models import StandingPage
from broadsheet.articles.pages import errors, sharing
from broadsheet.kit.pages import Gone, NotThere, Page
from broadsheet.kit.text import excerpt


def standing_page(path: str) -> Page:
    """The page that stands at `path`, such as `/about/`."""
    page = StandingPage.objects.filter(path=path).first()
    if page is None:
        raise NotThere(path)
    if not page.live:
        raise Gone(path, errors.gone(page)) if page.was_public else NotThere(path)
    return Page("articles/standing_page.html", standing_context(page))


def standing_context(page: StandingPage) -> dict[str, object]:
    """The context of `standing_page.html`."""
    html = body.body_html(page.body, figures.pictures(body.picture_ids(page.body)))
    description = excerpt(without_notes(html), 200)
    card = sharing.card_of(page.title, description, page.path)
    return {"page": page, "body": html, "description": description, "card": card}
