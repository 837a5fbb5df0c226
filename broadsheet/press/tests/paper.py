"""A small publication with everything in it, and the question whether any of its prints is stale."""

import io
from datetime import timedelta

import pytest
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from broadsheet.articles import listing, rendering
from broadsheet.articles.models import Article, Section, StandingPage, Tag
from broadsheet.discussion import reading
from broadsheet.discussion.counting import recount
from broadsheet.discussion.models import Pick
from broadsheet.discussion.tests.cast import MORNING, chain, fill, make_article, write
from broadsheet.kit.pages import Gone, Moved, NotThere
from broadsheet.masthead.models import Person
from broadsheet.press import addresses, bodies, busy, printing, store
from broadsheet.press.stand import Stand
from broadsheet.wiring.worker import drain


class Paper:
    """Every page of it has been read by somebody, so every page is printed."""

    def __init__(self, publication, clock):
        self.publication, self.clock = publication, clock
        above = Section.objects.create(name="Coast", slug="coast")
        self.section = Section.objects.create(name="Harbour", slug="harbour", parent=above)
        self.other_section = Section.objects.create(name="Letters", slug="letters")
        self.person = Person.objects.create(name="Ines Aldana", slug="ines-aldana")
        self.other_person = Person.objects.create(name="Tomas Brink", slug="tomas-brink")
        self.tag = Tag.objects.create(name="Tides", slug="tides")
        self.other_tag = Tag.objects.create(name="C", slug="c")
        for n in range(3):
            make_article(f"Earlier {n}", section=self.section, published_at=MORNING - timedelta(days=n + 1))
            if n == 2:
                self.filed(Article.objects.get(headline="Earlier 2"), self.person, self.tag)
        self.other = make_article("The ferry", section=self.other_section)
        self.filed(self.other, self.other_person, self.other_tag)
        self.article = make_article("The tide is late", section=self.section)
        self.filed(self.article, self.person, self.tag)
        self.thread = reading.started_thread_of(self.article)
        self.root, self.reply, _ = chain(self.thread, 3, names=("alice", "bob", "carol"))
        self.leaf = write(self.thread, "A leaf")
        recount(self.thread)
        Pick.objects.create(comment=self.reply, thread=self.thread)
        self.standing = StandingPage.objects.create(title="About", path="/about/", menu_order=1, live=True)
        self.read: set[str] = set()
        self.look()

    @staticmethod
    def filed(article, person, tag):
        article.bylines.create(person=person)
        article.tags.add(tag)
        article.save()

    def look(self):
        """Somebody reads every page there is now, and so has it printed."""
        self.read |= {path for path in addresses.every() if "/earlier-" not in path}
        self.read |= {f"{path}page/2/" for path in ("/section/coast/", "/section/harbour/", "/tag/tides/")}
        for article in Article.objects.filter(live=True).exclude(slug__startswith="earlier-"):
            thread = reading.thread_of(article)
            self.read |= {f"{article.path}c/{seq}/" for seq in range(1, min(thread.last_seq, 12) + 1)}
            self.read |= {
                f"{article.path}c/{seq}/replies/1/" for seq in range(1, min(thread.last_seq, 3) + 1)
            }
            self.read |= {
                f"{article.path}comments/{order}/{n}/" for order in ("oldest", "newest") for n in (1, 2, 6)
            }
            self.read |= {f"{article.path}comments/{page}/" for page in ("newest", "picks")}
            self.read |= {f"{article.path}history/{page}" for page in ("", "1/text/", "2/", "2/text/", "3/")}
        for path in self.read:
            try:
                printing.print_page(path)
            except (NotThere, Gone, Moved):
                continue

    def grow(self):
        """The thread grows to exactly a hundred comments, all on the article's page."""
        fill(self.thread, 96)
        self.thread.refresh_from_db()
        self.look()

    def press(self):
        """The worker does everything that becomes due in half a minute, and prints what that makes stale."""
        drain()
        for seconds in (30, 5):
            self.clock.forward(seconds)
            drain()

    def stale(self):
        """The pages whose print is not what a reader should get now."""
        return sorted(
            path for path in self.read if (found := store.read(path)) is not None and found != fresh(path)
        )


def fresh(path):
    """A page made anew, beside its print; None where none stands."""
    address, said = addresses.find(path)
    try:
        return rendering.render(address.make(**said))
    except (NotThere, Gone, Moved):
        return None


def publish(thing, **changes):
    """As the newsroom does: a revision with these changes."""
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save_revision().publish()


@pytest.fixture
def paper(publication, clock, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_LENGTH", 2)
    return Paper(publication, clock)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status.split()[0]), dict(headers), body


@pytest.fixture
def ask(settings, prints, tmp_path):
    """Ask the stand, as the server does; behind it Django, or whatever a test puts there."""
    stand = Stand(
        get_wsgi_application(),
        busy=busy.page,
        largest=bodies.largest,
        prints=prints,
        media=tmp_path / "media",
        threads=10,
    )
    settings.ALLOWED_HOSTS = ["*"]

    def ask(path, *, method="GET", query="", application=None, **headers):
        if application is not None:
            stand.application = application
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query,
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.1",
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": None,
            "HTTP_HOST": "testserver", **headers,
        }  # fmt: skip
        found = []
        request_started.disconnect(
            close_old_connections
        )  # as Django's test client does, which connects it again
        body = b"".join(stand(environ, lambda status, headers, *_: found.extend([status, headers])))
        return Answer(found[0], found[1], body)

    return ask
