"""Articles that ask their readers something, for the tests of passages, polls and question time."""

from broadsheet.discussion.tests.cast import make_article
from broadsheet.events.recording import record
from broadsheet.wiring.worker import drain

KEY = "bell"
POLL = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
PASSAGE = f'<passage key="{KEY}" question="Did you hear it?">The bell rang <b>twice</b></passage>'


def paragraph(html):
    return {"type": "paragraph", "value": html, "id": "p1"}


def poll(question="Which lamp?", choices=("The first", "The third"), **said):
    items = [{"type": "item", "value": text, "id": f"c{n}"} for n, text in enumerate(choices, 1)]
    value = {"question": question, "choices": items, "several": False, "shown": "always", "place": "body"}
    return {"type": "poll", "value": value | said, "id": POLL}


def asking_article(section, *blocks, headline="The lamp is out", **fields):
    """A published article with these blocks, as the worker leaves it."""
    article = make_article(headline, section=section, body=list(blocks), **fields)
    return published(article)


def published(article, *blocks):
    """The article as it is once it was published (with other blocks) and the worker has been round."""
    if blocks:
        article.body = list(blocks)
    article.save()
    record("article.published", article=article.pk, was=article.path, stood_in=[], translated=None)
    drain()
    return article
