"""A moderator's screens, over HTTP."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from broadsheet.articles.models import Article
from broadsheet.discussion import deciding, posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.wagtail_hooks import comment_urls
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]

PILE = "/newsroom/comments/"
DECISIONS = ("approval", "hold", "removal", "restoration")


@pytest.fixture
def thread() -> Thread:
    article = Article.objects.create(headline="Ferries sail again", live=True)
    return Thread.objects.create(article=article)


def staff(address: str, *labels: str) -> Reader:
    reader = Reader.objects.create_user(address, name=address.partition("@")[0].title())
    for label in ("wagtailadmin.access_admin", *labels):
        app, codename = label.split(".")
        reader.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return reader


@pytest.fixture
def moderator(client) -> Client:
    client.force_login(staff("carol@example.org", "discussion.change_comment"))
    return client


def say(thread: Thread, text: str, name: str = "Mallory", parent: int | None = None) -> Comment:
    address = f"192.0.2.{Comment.objects.count() + 1}"
    return posting.post_comment(thread, draft=Draft(text, name, parent=parent), by=Commenter(address))


def held(thread: Thread, text: str = "See https://example.org/ for more", **how) -> Comment:
    comment = say(thread, text, **how)
    assert comment.state == Comment.State.HELD
    return comment


def decide(client: Client, decision: str, comment: Comment, **data):
    return client.post(reverse(f"newsroom_comment_{decision}", args=[comment.pk]), data)


def state(comment: Comment) -> int:
    return Comment.objects.get(pk=comment.pk).state


def test_what_waits_is_shown_oldest_first_with_its_reason_and_context(moderator, thread):
    root = say(thread, "When does the first one leave?", name="Alice")
    held(thread, "first https://example.org/1", parent=root.seq)
    held(thread, "second https://example.org/2")
    page = moderator.get(PILE).content.decode()
    assert page.index("example.org/1") < page.index("example.org/2")
    assert "Ferries sail again" in page
    assert "When does the first one leave?" in page
    assert "<strong>Held:</strong>" in page


def test_an_approved_comment_is_published(moderator, thread):
    comment = held(thread)
    assert decide(moderator, "approval", comment).status_code == 302
    assert state(comment) == Comment.State.PUBLISHED
    assert comment.holds.get().ended_by == Reader.objects.get(email="carol@example.org")
    assert "example.org" in moderator.get(f"{PILE}published/").content.decode()


def test_a_comment_is_removed_with_a_reason_and_restored(moderator, thread):
    comment = say(thread, "You are all fools")
    decide(moderator, "removal", comment, reason=" attacks \n\0\u202e people ")
    assert state(comment) == Comment.State.REMOVED
    assert comment.removals.get().reason == "attacks people"
    page = moderator.get(f"{PILE}removed/").content.decode()
    assert "attacks people" in page
    assert "by Carol" in page
    decide(moderator, "restoration", comment)
    assert state(comment) == Comment.State.PUBLISHED


def test_a_published_comment_is_held_with_a_reason_until_somebody_decides(moderator, thread):
    comment = say(thread, "He lives in Pier Street")
    assert "Hold …" in moderator.get(f"{PILE}published/").content.decode()
    decide(moderator, "hold", comment, reason="names a private person")
    assert state(comment) == Comment.State.HELD
    page = moderator.get(PILE).content.decode()
    assert "names a private person" in page
    decide(moderator, "approval", comment)
    assert state(comment) == Comment.State.PUBLISHED


def test_a_decision_that_came_too_late_says_so(moderator, thread):
    comment = held(thread)
    decide(moderator, "approval", comment)
    answer = decide(moderator, "approval", comment)
    assert answer.status_code == 302
    assert "is not waiting" in moderator.get(PILE).content.decode()


def test_the_next_page_begins_where_the_last_one_ended(moderator, thread, monkeypatch):
    monkeypatch.setattr("broadsheet.discussion.waiting.PAGE", 2)
    for number in range(3):
        held(thread, f"number {number} https://example.org/{number}")
    first = moderator.get(PILE)
    assert [comment.source[:8] for comment in first.context["comments"]] == ["number 0", "number 1"]
    second = moderator.get(PILE, {"after": first.context["following"]})
    assert [comment.source[:8] for comment in second.context["comments"]] == ["number 2"]
    assert second.context["following"] is None


def test_odd_questions_of_a_pile_are_answered(moderator):
    for after in ("x", "-1", "9" * 40, "999999"):
        assert moderator.get(PILE, {"after": after}).status_code == 200
    assert moderator.get(f"{PILE}private/").status_code == 404


def test_private_comments_stand_in_no_pile(moderator, thread):
    comment = say(thread, "a note among editors")
    Comment.objects.filter(pk=comment.pk).update(state=Comment.State.PRIVATE)
    for pile in ("waiting", "published", "removed"):
        assert "a note among editors" not in moderator.get(f"{PILE}{pile}/").content.decode()
    for decision in DECISIONS:
        decide(moderator, decision, comment)
    assert state(comment) == Comment.State.PRIVATE


@pytest.mark.parametrize("who", ["nobody", "reader", "author"])
def test_whoever_is_no_moderator_is_refused_everywhere(client, thread, who):
    if who == "reader":
        client.force_login(Reader.objects.create_user("alice@example.org", name="Alice"))
    if who == "author":
        client.force_login(staff("bob@example.org", "articles.add_article", "discussion.view_comment"))
    waiting, gone, shown = held(thread), say(thread, "gone"), say(thread, "shown")
    deciding.remove(gone, by=Reader.objects.create_superuser("root@example.org", name="Root"))
    for pile in ("", "waiting/", "published/", "removed/"):
        answer = client.get(f"{PILE}{pile}")
        assert answer.status_code in (302, 403)
    for decision in DECISIONS:
        for comment in (waiting, gone, shown):
            assert decide(client, decision, comment).status_code in (302, 403)
    assert [state(comment) for comment in (waiting, gone, shown)] == [0, 2, 1]


def test_every_address_of_the_screens_asks_for_a_moderator(client, thread):
    """Read from the addresses themselves: a view that is added without the guard fails here."""
    client.force_login(staff("bob@example.org", "articles.add_article"))
    samples = {
        "pk": held(thread).pk,
        "name": "published",
        "key": "A" * 22,
        "width": 480,
        "address": "2026/03/02/x/c/1/",
    }
    for address in comment_urls():
        where = reverse(address.name, kwargs={name: samples[name] for name in address.pattern.converters})
        for ask in (client.get, client.post):
            answer = ask(where)
            assert (answer.status_code, answer["Location"]) == (302, "/newsroom/"), where


def test_a_decision_is_a_post_with_a_token_of_this_site(thread):
    reader = staff("carol@example.org", "discussion.change_comment")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    comment = held(thread)
    assert decide(strict, "approval", comment).status_code == 403
    assert strict.get(reverse("newsroom_comment_approval", args=[comment.pk])).status_code == 405
    assert state(comment) == Comment.State.HELD


def test_the_first_page_says_how_many_wait(moderator, thread):
    held(thread)
    assert "1 comment waiting" in " ".join(moderator.get("/newsroom/").content.decode().split())


HISTORY = "/newsroom/reports/site-history/"


def test_every_decision_stands_in_the_newsroom_s_history_without_what_was_said(client, thread):
    client.force_login(staff("carol@example.org", "discussion.change_comment", "articles.review_article"))
    comment = held(thread, "Read https://example.org/secret first", name="Mallory")
    decide(client, "approval", comment)
    decide(client, "hold", comment, reason="a doubt about its link")
    decide(client, "removal", comment, reason="an advertisement")
    decide(client, "restoration", comment)
    client.get(PILE)  # which tells what became of each, and by whom it was said
    page = client.get(HISTORY).content.decode()
    for deed in ("Publish a comment", "Hold a comment: a doubt about its link", "Restore a comment"):
        assert deed in page
    assert "Remove a comment: an advertisement" in page
    assert page.count(f"Comment {comment.seq} on “Ferries sail again”") >= 4
    assert "Carol" in page
    assert "secret" not in page
    assert "Mallory" not in page


def test_a_refused_decision_leaves_no_trace_in_the_history(client, thread):
    client.force_login(staff("carol@example.org", "discussion.change_comment", "articles.review_article"))
    decide(client, "approval", say(thread, "Published already"))
    assert "Publish a comment" not in client.get(HISTORY).content.decode().partition("<tbody>")[2]
