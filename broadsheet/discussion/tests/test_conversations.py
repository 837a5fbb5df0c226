"""A moderator closes one conversation and opens it again, from the newsroom; the rest of the discussion goes on."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from broadsheet.discussion import conversations, counting, deciding, posting, receipts
from broadsheet.discussion.models import Closure, Comment
from broadsheet.discussion.tests.cast import fill, filled_in, page, post, posted, write
from broadsheet.discussion.tests.test_query_counts import queries
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]

SAYS = "This conversation is closed since <time"


@pytest.fixture
def moderator(client, carol) -> Client:
    carol.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(carol)
    return client


@pytest.fixture
def talk(thread):
    """A conversation of three, and another one beside it."""
    root = write(thread, "The pier is rotten.", name="mallory")
    reply = write(thread, "It is not.", parent=root)
    return root, reply, write(thread, "It is.", parent=reply), write(thread, "When does it open?")


def screen(comment):
    return reverse("newsroom_comment", args=[comment.pk])


def deed(client, name, comment, **data):
    where = reverse(f"newsroom_comment_{name}", args=[comment.pk])
    return client.post(where, {"next": screen(comment), **data}, follow=True)


def told(article):
    found = Client().get(f"{article.path}comments.json").json()
    return {comment["seq"]: comment["closed"] for comment in found["comments"]}


def test_a_conversation_is_closed_with_a_reason_and_the_others_go_on(moderator, article, talk):
    root, reply, deep, other = talk
    screen_after = deed(moderator, "closure", root, reason=" it goes in \n circles <b>").content.decode()
    assert "The conversation begun by mallory is closed." in screen_after
    html = page(article.path)
    assert html.count(SAYS) == 1 and "it goes in circles &lt;b&gt;.</p>" in html
    assert html.index(f'id="c-{root.seq}"') < html.index(SAYS) < html.index(f'id="c-{reply.seq}"')
    assert [f"c/{each.seq}/#say" in html for each in talk] == [False, False, False, True]
    for each in (root, reply, deep):
        alone = page(f"{article.path}c/{each.seq}/")
        assert alone.count(SAYS) == 1 and 'id="say"' not in alone
        returned = post(article, "A *last* word", parent=each.seq)
        said = returned.content.decode()
        assert returned.status_code == 409 and "closed: it goes in circles &lt;b&gt;." in said
        assert filled_in(said, "text") == "A *last* word"
    assert 'id="say"' in page(f"{article.path}c/{other.seq}/")
    assert posted(article, "In June.", parent=other.seq)


def test_what_came_back_from_a_closed_conversation_can_be_posted_as_it_stands(article, talk, carol):
    conversations.close(talk[0], by=carol)
    html = post(article, "Let it be mended.", parent=talk[1].seq, address="192.0.2.7").content.decode()
    again = {name: filled_in(html, name) for name in ("text", "name", "parent")}
    comment = posted(article, address="192.0.2.7", **again)
    assert (comment.source, comment.parent) == ("Let it be mended.", None)


def test_opened_again_it_takes_replies_and_both_are_records(moderator, article, talk, carol):
    root, reply, *_ = talk
    deed(moderator, "closure", root, reason="enough")
    shown = deed(moderator, "reopening", root).content.decode()
    closure = Closure.objects.get()
    assert (closure.root, closure.closed_by, closure.reopened_by) == (root, carol, carol)
    assert closure.closed_at <= closure.reopened_at
    assert "by Carol Reed: enough. Opened again" in shown and "Close the conversation …" in shown
    assert SAYS not in page(article.path)
    assert posted(article, "So, then", parent=reply.seq)
    log = ModelLogEntry.objects.filter(object_id=str(root.pk)).order_by("timestamp")
    assert [entry.message for entry in log] == ["Close a conversation: enough", "Open a conversation again"]


def test_nothing_is_closed_or_opened_twice_nor_anywhere_but_at_its_first_comment(moderator, talk, thread):
    root, reply, *_ = talk
    assert "This conversation is open." in deed(moderator, "reopening", root).content.decode()
    deed(moderator, "closure", root)
    assert "is closed already" in deed(moderator, "closure", root).content.decode()
    assert "at its first comment" in deed(moderator, "closure", reply).content.decode()
    unseen = write(thread, "https://example.org/", state=Comment.State.HELD)
    assert "Nobody has seen this comment yet" in deed(moderator, "closure", unseen).content.decode()
    assert Closure.objects.count() == 1


def test_a_reply_s_screen_leads_to_where_its_conversation_is_closed(moderator, talk):
    root, _, deep, _ = talk
    deed(moderator, "closure", root)
    html = moderator.get(screen(deep)).content.decode()
    assert f'href="{screen(root)}">mallory</a>, which is closed' in " ".join(html.split())
    assert "Open the conversation again" not in html


def test_only_a_moderator_closes_a_conversation(client, talk, alice):
    client.force_login(alice)
    for name in ("closure", "reopening"):
        client.post(reverse(f"newsroom_comment_{name}", args=[talk[0].pk]))
    assert not Closure.objects.exists()
    with pytest.raises(PermissionDenied):
        conversations.close(talk[0], by=alice)


def test_an_import_s_closed_conversations_are_shown_and_can_be_opened(article, talk, thread, carol):
    Closure.objects.create(root=talk[0], thread=thread)  # as an import leaves it
    assert page(article.path).count("This conversation is closed.</p>") == 1
    conversations.reopen(talk[0], by=carol)
    assert "is closed" not in page(article.path)


def test_a_conversation_whose_first_comment_was_removed_is_closed_as_well(article, talk, carol):
    counting.recount(talk[0].thread)
    deciding.remove(talk[0], by=carol)
    conversations.close(talk[0], by=carol, reason="enough")
    html = page(article.path)
    assert html.count(SAYS) == 1 and f"c/{talk[1].seq}/#say" not in html
    assert posting.ConversationClosed.status == post(article, "But", parent=talk[1].seq).status_code


def test_programs_are_told_and_hear_of_it_as_a_change(article, thread, talk, carol):
    rev = Comment.objects.filter(thread=thread).order_by("-rev")[0].rev
    conversations.close(talk[0], by=carol)
    assert told(article) == {each.seq: each == talk[0] for each in talk}
    changed = Client().get(f"{article.path}comments.json?since={rev}").json()["comments"]
    assert [each["seq"] for each in changed] == [talk[0].seq]
    kept = json.loads(Client().get(f"{article.path}transcript.json").content)
    assert [each["closed"] for each in kept["comments"]] == [True, False, False, False]
    for kind, says in (("html", SAYS), ("md", "This conversation is closed since ")):
        whole = Client().get(f"{article.path}transcript.{kind}").content.decode()
        first, *others = whole.split(talk[1].source)
        assert says in first and says not in "".join(others)
    conversations.reopen(talk[0], by=carol)
    assert not any(told(article).values())


def test_nobody_changes_a_comment_of_a_closed_conversation(article, talk, carol):
    mine = posted(article, "I was there", parent=talk[0].seq)
    conversations.close(talk[0], by=carol, reason="enough")
    form = {"text": "I was not"}
    answer = Client().post(f"{receipts.path_of(mine)}revisions/", form)
    said = answer.content.decode()
    assert answer.status_code == 409 and "closed: enough." in said and "I was not" in said
    mine.refresh_from_db()
    assert mine.source == "I was there"


def test_the_printed_pages_follow(article, talk, carol, clock):
    paths = [article.path, *(f"{article.path}c/{each.seq}/" for each in talk[:3])]
    paths.append(f"{article.path}c/{talk[0].seq}/replies/1/")
    for path in paths:
        page(path)
    conversations.close(talk[0], by=carol)
    drain()
    closed = {path: (store.read(path) or page(path).encode()).count(SAYS.encode()) for path in paths}
    assert closed == dict.fromkeys(paths, 1)
    clock.forward(5)
    conversations.reopen(talk[0], by=carol)
    drain()
    assert not any(SAYS.encode() in (store.read(path) or b"") for path in paths)


@pytest.mark.only_on("sqlite")
def test_a_page_asks_once_more_however_many_conversations_on_it_are_closed(article, thread, carol):
    fill(thread, 150, 1)
    roots = list(thread.comments.filter(depth=0).order_by("sib")[:30])
    before = len(queries(page, f"{article.path}comments/oldest/1/"))
    for closed in (roots[:1], roots[1:]):
        for root in closed:
            conversations.close(root, by=carol)
        assert len(queries(page, f"{article.path}comments/oldest/1/")) == before + 1
    assert len(queries(page, f"{article.path}comments/oldest/5/")) == before, "none of them stands there"
