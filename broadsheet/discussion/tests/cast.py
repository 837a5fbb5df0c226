"""Who talks in the tests of the discussion, where, and how: alice reads, bob supports, carol edits, mallory trolls."""

import re
import time
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from broadsheet.articles.models import Article, Section
from broadsheet.discussion import reading
from broadsheet.discussion.models import Comment, Hold, Thread
from broadsheet.kit import markdown
from broadsheet.masthead.models import Person, Publication
from broadsheet.press import printing
from broadsheet.readers.models import Reader
from tests.counting import Numbers

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
_numbers = Numbers()


class Clock:
    """A clock that stands still until it is set forward: no test waits, and none is older on a slow machine."""

    def __init__(self):
        self.ahead = 0.0
        self._stopped_at = time.time()

    def __call__(self):
        return self._stopped_at + self.ahead

    def forward(self, seconds):
        self.ahead += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def prints(settings, tmp_path):
    """Prints of this test alone; static files under their plain names, since none are collected here."""
    settings.PRINTS = tmp_path / "prints"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return settings.PRINTS


@pytest.fixture
def publication(db):
    return Publication.objects.create(pk=1, name="The Gannet")


@pytest.fixture
def section(publication):
    return Section.objects.create(name="Harbour", slug="harbour")


@pytest.fixture
def article(section):
    """The article that is talked about; another one, with a talk of its own, stands beside it."""
    beside = make_article("The ferry", section=section)
    write(reading.started_thread_of(beside), "Irrelevant", name="Somebody Else")
    return make_article("The tide is late", section=section)


@pytest.fixture
def thread(article):
    return reading.started_thread_of(article)


@pytest.fixture
def carol(db):
    """An editor, who may publish and decide about comments."""
    reader = Reader.objects.create_user("carol@example.org", name="Carol Reed", is_staff=True)
    reader.user_permissions.add(
        Permission.objects.get(codename="change_comment", content_type__app_label="discussion"),
        *Permission.objects.filter(
            codename__in=("publish_article", "change_article", "publish_standingpage"),
            content_type__app_label="articles",
        ),
    )
    return reader


@pytest.fixture
def alice(db):
    return Reader.objects.create_user("alice@example.org", name="Alice")


@pytest.fixture
def author(article):
    """Who wrote the article, with an account."""
    reader = Reader.objects.create_user("ines@example.org", name="Ines Aldana")
    person = Person.objects.create(name="Ines Aldana", slug="ines-aldana", reader=reader)
    article.bylines.create(person=person)
    article.save()
    return reader


def make_article(headline, **fields):
    fields = {"live": True, "published_at": MORNING} | fields
    return Article.objects.create(headline=headline, **fields)


def post(article, text="It came at noon.", name="alice", *, client=None, address="192.0.2.1", **fields):
    """POST a comment as a guest's browser does without JavaScript; headers as `HTTP_…`."""
    headers = {key: fields.pop(key) for key in list(fields) if key.startswith("HTTP_")}
    data = {"name": name, "text": text, **fields}
    return (client or Client()).post(f"{article.path}comments/", data, REMOTE_ADDR=address, **headers)


def posted(article, *args, **fields):
    """The comment that a POST made."""
    answer = post(article, *args, **fields)
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.order_by("pk").last()


def write(thread, text="A word.", *, name="bob", parent=None, state=Comment.State.PUBLISHED, **fields):
    """One more comment in a thread, as posting leaves it, without its limits and gates."""
    comment = Comment(
        thread=thread, seq=thread.take_seq(), author_name=name, state=state, source=text, **fields
    )
    comment.posted_at = fields.get("posted_at") or MORNING + timedelta(minutes=next(_numbers))
    comment.place_below(parent)
    comment.html, comment.render_version = markdown.render(text), markdown.RENDER_VERSION
    if state == Comment.State.PUBLISHED and parent is None:
        comment.rev, comment.sib = thread.show_root()
    elif state == Comment.State.PUBLISHED:
        comment.rev, comment.sib = thread.show_reply(), parent.take_sib()
    comment.save()
    if state == Comment.State.HELD:
        Hold.objects.create(comment=comment, reason="a test holds it")
    return comment


def fill(thread, roots, replies=0):
    """Many comments at once: so many roots, each with so many replies. Nothing is recorded."""
    thread.refresh_from_db()
    rows, seq, made = [], thread.last_seq, thread.root_count
    for root in range(1, roots + 1):
        seq += 1
        top = _row(
            thread, seq, sib=made + root, reply_count=replies, descendant_count=replies, last_sib=replies
        )
        rows.append(top)
        for sib in range(1, replies + 1):
            seq += 1
            rows.append(_row(thread, seq, sib=sib, parent=top))
    tops = [row for row in rows if row.depth == 0]
    Comment.objects.bulk_create(tops, batch_size=500)
    Comment.objects.bulk_create([row for row in rows if row.depth], batch_size=500)
    Thread.objects.filter(pk=thread.pk).update(
        last_seq=seq, last_rev=seq, root_count=made + roots, comment_count=thread.comment_count + len(rows)
    )
    thread.refresh_from_db()


def _row(thread, seq, *, parent=None, **fields):
    comment = Comment(
        thread=thread, seq=seq, rev=seq, author_name=f"guest {seq}", state=Comment.State.PUBLISHED,
        source=f"Word {seq}.", html=f"<p>Word {seq}.</p>", render_version=1,
        posted_at=MORNING + timedelta(seconds=seq), **fields,
    )  # fmt: skip
    comment.place_below(parent)
    return comment


def chain(thread, length, names=("bob",)):
    """Each answers the one before."""
    comments: list[Comment] = []
    for n in range(length):
        above = comments[-1] if comments else None
        comments.append(write(thread, f"Link {n}.", name=names[n % len(names)], parent=above))
    return comments


def page(path):
    """What stands at a public address now, made anew."""
    return printing.print_page(path)[1].decode()


def seqs(html):
    """The numbers of the comments on a page that are shown, in order."""
    return [int(seq) for seq in re.findall(r'<article class="comment(?! removed)[^"]*" id="c-(\d+)"', html)]


def tombstones(html):
    return [int(seq) for seq in re.findall(r'<article class="comment removed[^"]*" id="c-(\d+)"', html)]


def parents(html):
    """What each comment on a page says it answers."""
    found = re.findall(r'data-seq="(\d+)" data-parent="(\d*)" data-depth="(\d+)"', html)
    return {int(seq): (int(parent) if parent else None, int(depth)) for seq, parent, depth in found}


def filled_in(html, field):
    """What a form gives back in one of its fields, as a browser reads it."""
    if field == "text":
        inside = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)
        return unescape(inside[1].removeprefix("\n")) if inside else None
    inside = re.search(rf'<input[^>]*name="{field}"[^>]*?value="([^"]*)"', html)
    return unescape(inside[1]) if inside else None
