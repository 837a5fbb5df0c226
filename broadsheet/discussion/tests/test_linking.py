"""Where the publisher wants it, a link in a published comment is shown with the title of its page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.discussion import deciding, linking
from broadsheet.discussion.models import CommentLink, LinkedPage
from broadsheet.discussion.tests.cast import page, posted
from broadsheet.events.models import Event
from broadsheet.kit.fetching import Fetched, NotFetched
from broadsheet.kit.page_titles import title_of
from broadsheet.press import refresh, store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")

URL = "https://tides.example.org/table?a=1&b=2"


@pytest.fixture(autouse=True)
def on(settings):
    settings.OPTIONS = settings.OPTIONS | {"link_titles": True, "gates": []}


class Elsewhere:
    """Other sites, as far as the worker hears of them."""

    def __init__(self, content=b"<title>Tide tables</title>", kind="text/html", problem=""):
        self.content, self.kind, self.problem = content, kind, problem
        self.asked = []

    def __call__(self, url, **_):
        self.asked.append(url)
        if self.problem:
            raise NotFetched(self.problem)
        return Fetched(self.content, self.kind, url)


def told(article, elsewhere, text=f"See {URL}"):
    comment = posted(article, text)
    drain()
    linking.fetch_waiting(fetch=elsewhere)
    drain()
    return comment


def test_a_title_arrives_later_and_the_page_is_printed_again(article):
    comment = posted(article, f"See {URL}")
    page(article.path)
    drain()
    assert "Tide tables" not in store.read(article.path).decode()
    linking.fetch_waiting(fetch=Elsewhere())
    stale = refresh.read(list(Event.objects.filter(kind="comment.titled")))
    assert article.path in stale.printed, "it is to be printed again"
    assert f"{article.path}c/{comment.seq}/" in stale.unread, "it may be being printed just now"
    html = page(article.path)
    assert "<bdi>Tide tables</bdi></a> <span>tides.example.org</span>" in html
    assert html.count('rel="ugc nofollow noopener"><bdi>') == 1
    assert comment.html in html
    assert "Tide tables" in page(f"{article.path}c/{comment.seq}/")


def test_a_page_is_asked_for_once_however_many_link_to_it(article):
    elsewhere = Elsewhere()
    told(article, elsewhere)
    told(article, elsewhere, f"Again: {URL} and {URL}")
    assert elsewhere.asked == [URL]
    assert page(article.path).count("<bdi>Tide tables") == 2


def test_nothing_is_asked_for_a_comment_that_waits_or_where_the_option_is_off(article, settings, carol):
    settings.OPTIONS = settings.OPTIONS | {"gates": ["broadsheet.discussion.gates.links"]}
    elsewhere = Elsewhere()
    comment = told(article, elsewhere)
    assert elsewhere.asked == [] and not LinkedPage.objects.exists()
    deciding.approve(comment, by=carol)
    settings.OPTIONS = settings.OPTIONS | {"link_titles": False}
    drain()
    assert linking.fetch_waiting(fetch=elsewhere) == 0 and not LinkedPage.objects.exists()


def test_what_cannot_be_had_is_tried_thrice_and_never_again(article):
    elsewhere = Elsewhere(problem="its host is not a public one")
    told(article, elsewhere)
    for _ in range(6):
        LinkedPage.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(days=1))
        linking.fetch_waiting(fetch=elsewhere)
    known = LinkedPage.objects.get()
    assert len(elsewhere.asked) == 3
    assert (known.due_at, known.problem, known.title) == (None, "its host is not a public one", "")
    assert '<ul class="linked"' not in page(article.path)


def test_what_is_no_page_is_not_asked_for_again(article):
    elsewhere = Elsewhere(kind="application/pdf")
    told(article, elsewhere)
    assert LinkedPage.objects.get().due_at is None and "linked" not in page(article.path)


def test_an_inner_address_is_never_asked(article):
    posted(article, "See http://127.0.0.1/admin and http://10.0.0.1/ and https://localhost/")
    drain()
    assert linking.fetch_waiting() >= 2
    assert {each.problem for each in LinkedPage.objects.all()} <= {
        "its host is not a public one",
        "its host has no address",
    }


def test_only_the_first_links_count_and_none_of_our_own(article, settings):
    links = " ".join(f"https://site{n}.example.org/" for n in range(9))
    told(article, Elsewhere(), f"{settings.URL}/about/ {links}")
    assert [each.url for each in LinkedPage.objects.order_by("pk")] == links.split()[:3]


def test_a_changed_comment_links_to_what_it_says_now(article):
    from broadsheet.discussion import editing

    comment = told(article, Elsewhere())
    editing.edit_comment(comment, text="See https://other.example.org/", address="192.0.2.1")
    drain()
    assert [link.page.url for link in CommentLink.objects.all()] == ["https://other.example.org/"]
    assert "Tide tables" not in page(article.path)
    linking.forget_unused()
    assert not LinkedPage.objects.filter(url=URL).exists()


def test_a_title_is_plain_words_and_few():
    def called(html):
        return title_of(html.encode())

    assert called("<title>A &amp; B\n  c</title>") == "A & B c"
    assert called('<title>Own</title><meta property="og:title" content="Shared &lt;b&gt;">') == "Shared <b>"
    assert called("<meta content='Turned' property='og:title'>") == "Turned"
    assert called("<title>" + "x" * 900 + "</title>") == "x" * 199 + "…"
    assert not {"\0", "\u202e"} & set(called("<title>a\0\u202eb</title>"))
    assert called("<p>No title</p>") == called("<title> </title>") == called("") == ""
    assert title_of("<meta charset=windows-1251><title>Порт</title>".encode("windows-1251")) == "Порт"
    assert title_of("<meta charset=hex><title>Harbour é</title>".encode("latin-1")) == "Harbour é"
    assert title_of("<title>Half of é</title>é".encode()[:-1]) == "Half of é"


def test_no_page_takes_long_to_read():
    for piece in (b"<meta ", b"<title>", b"<title ", b'<meta property="og:title" content="', b"<" * 9):
        assert title_of(piece * (128 * 1024 // len(piece))) == "", piece


def test_a_hostile_title_is_text(article):
    told(article, Elsewhere(b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"))
    html = page(article.path)
    assert "<bdi>&lt;script&gt;alert(1)" in html and "<script>alert" not in html
