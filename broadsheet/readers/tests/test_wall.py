"""The rule about second factors, at every address of the newsroom."""

import re
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.articles.tests.making import make_article, make_section
from broadsheet.articles.tests.test_newsroom import filled, url
from broadsheet.discussion.models import Comment
from broadsheet.readers.models import Reader
from tests.architecture.test_guarded import newsroom_addresses

pytestmark = pytest.mark.django_db(databases="__all__")

STOPPED = "you need a second factor"
ADD = "/newsroom/snippets/articles/article/add/"

FREE = (
    "account/",
    "choose-",
    "dismissibles/",
    "editing-sessions/",
    "embeds/chooser/",
    "images/add/",
    "images/chooser/",
    "images/multiple/add/",
    "images/multiple/create_from",
    "images/multiple/delete_upload/",
    "login/",
    "logout/",
    *(
        f"snippets/articles/{kind}/{deed}/"
        for kind in ("article", "standingpage")
        for deed in ("add", "edit", "lock", "preview", "unlock")
    ),
)
"""Where somebody without a second factor may send something: about themselves, drafts, and what drafts need."""


@pytest.fixture
def always(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "second_factor", "always")


@pytest.fixture
def publisher(client) -> Reader:
    reader = Reader.objects.create_superuser("publisher@example.org", name="Publisher")
    client.force_login(reader)
    return reader


def stopped(answer) -> bool:
    return answer.status_code == 403 and STOPPED in answer.content.decode()


def refused(answer) -> bool:
    """Stopped, or an address that answers nobody (wiring/newsroom_addresses.py)."""
    return answer.status_code in {404, 405} or stopped(answer)


def with_app(reader: Reader) -> None:
    Authenticator.objects.create(user=reader, type="totp", data={})


def test_a_draft_is_written_and_changed_without_a_second_factor(always, publisher, client):
    assert client.post(ADD, filled("The tide is late")).status_code == 302
    draft = Article.objects.get()
    assert client.get(url("edit", draft.pk)).status_code == 200
    assert client.post(url("edit", draft.pk), filled("The tide is early")).status_code == 302
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().headline == "The tide is early"


def test_nothing_is_published_and_what_was_typed_is_kept(always, publisher, client):
    answer = client.post(ADD, {**filled("Kept <b>&", text="<p>“Typed” with care</p>"), "action-publish": "1"})
    assert stopped(answer)
    assert not Article.objects.exists()
    page = answer.content.decode()
    kept = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
        if name != "csrfmiddlewaretoken"
    }
    assert "Keep it as a draft" in page
    assert client.post(ADD, kept).status_code == 302
    draft = Article.objects.get()
    assert (draft.headline, draft.live) == ("Kept <b>&", False)
    assert "“Typed” with care" in str(draft.body)


def test_with_a_second_factor_it_is_published(always, publisher, client):
    with_app(publisher)
    assert client.post(ADD, {**filled("Out"), "action-publish": "1"}).status_code == 302
    assert Article.objects.get().live


def test_recovery_codes_alone_are_no_second_factor(always, publisher, client):
    Authenticator.objects.create(user=publisher, type="recovery_codes", data={"seed": "", "used_mask": 0})
    assert stopped(client.post(ADD, {**filled("Out"), "action-publish": "1"}))


def test_scheduling_and_approving_are_stopped_as_publishing_is(always, publisher, client):
    article = make_article(live=False)
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    for button in (
        {"action-publish": "1", "go_live_at": tomorrow},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {"action-workflow-action": "1", "action-publish": ""},
    ):
        assert stopped(client.post(url("edit", article.pk), {**filled("Later"), **button}))


def test_a_moderator_looks_and_decides_nothing(always, publisher, client):
    comment = held_comment()
    assert client.get("/newsroom/comments/").status_code == 200
    for deed in ("approval", "removal", "restoration"):
        assert stopped(client.post(f"/newsroom/comments/{comment.pk}/{deed}/"))
    comment.refresh_from_db()
    assert comment.state == Comment.State.HELD


def held_comment() -> Comment:
    article = make_article()
    guest = Client(REMOTE_ADDR="192.0.2.1")
    guest.post(f"{article.path}comments/", {"name": "Bob", "text": "See https://example.org/"})
    comment = Comment.objects.get()
    assert comment.state == Comment.State.HELD
    return comment


def test_editors_tell_each_other_what_they_think_and_copy_drafts(always, publisher, client):
    article = make_article(live=False)
    assert client.post(url("notes", article.pk), {"text": "Who said that?"}).status_code in {302, 422}
    assert not stopped(client.post(url("duplicate", article.pk)))


def test_every_other_address_of_the_newsroom_stops_them(always, publisher, client):
    """Deny what is not known: an address that is added is stopped until it says that it is about drafts."""
    open_to_them = [
        path
        for path in newsroom_addresses()
        if not path.removeprefix("/newsroom/").startswith(FREE)
        and not getattr(resolve(path).func, "needs_no_second_factor", False)
        and not refused(client.post(path))
    ]
    assert open_to_them == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_method_that_changes_is_stopped(always, publisher, client, method):
    article = make_article()
    there = url("unpublish", article.pk)
    assert refused(getattr(client, method)(there))
    assert stopped(client.post(there, headers={"X-HTTP-Method-Override": "GET"}))


UNPUBLISHING = "snippets/articles/article/unpublish"


@pytest.mark.parametrize(
    "path",
    [
        f"/newsroom//{UNPUBLISHING}/{{}}/",
        f"/NEWSROOM/{UNPUBLISHING}/{{}}/",
        f"/newsroom/{UNPUBLISHING.upper()}/{{}}/",
        f"/newsroom/{UNPUBLISHING}/{{}}",
        f"/newsroom/{UNPUBLISHING.replace('/', '%2F')}/{{}}/",
        f"/newsroom/./{UNPUBLISHING}/{{}}/",
    ],
)
def test_no_spelling_of_an_address_gets_around_it(always, publisher, client, path):
    article = make_article()
    client.post(path.format(article.pk))
    article.refresh_from_db()
    assert article.live


def test_the_first_week_is_free_and_then_the_rule_holds(publisher, client):
    section = {"name": "Harbour", "slug": "harbour", "description": "", "parent": "", "order": "0"}
    add = "/newsroom/snippets/articles/section/add/"
    assert not stopped(client.post(add, section))
    Reader.objects.update(date_joined=timezone.now() - timedelta(days=6, hours=23))
    assert "you need a second factor to publish and decide" in client.get("/newsroom/").content.decode()
    assert not stopped(client.post(add, section))
    Reader.objects.update(date_joined=timezone.now() - timedelta(days=7, hours=1))
    assert stopped(client.post(add, section))
    late = Reader.objects.create_superuser("late@example.org", name="Late")
    window = Client()
    window.force_login(late)
    assert stopped(window.post(add, section))


def test_the_rule_can_be_switched_off(publisher, client, monkeypatch):
    Reader.objects.update(date_joined=timezone.now() - timedelta(days=70))
    monkeypatch.setitem(settings.OPTIONS, "second_factor", "never")
    make_section()
    assert "second factor" not in client.get("/newsroom/").content.decode()
    assert not stopped(client.post("/newsroom/snippets/articles/section/add/", {}))


def test_whoever_has_a_second_factor_is_not_reminded(always, publisher, client):
    assert "Set one up" in client.get("/newsroom/").content.decode()
    with_app(publisher)
    assert "Set one up" not in client.get("/newsroom/").content.decode()


def test_readers_post_comments_past_the_wall(always, publisher, client):
    article = make_article()
    answer = client.post(f"{article.path}comments/", {"name": "Publisher", "text": "A reader too."})
    assert answer.status_code != 403
