"""One's own page: the name, and what became of one's comments."""

import pytest

from broadsheet.accounts import commented
from broadsheet.accounts.tests.cast import browser
from broadsheet.discussion import deciding, receipts
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import post, posted, write
from broadsheet.kit.tests import corpora
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

NAME, COMMENTS = "/account/name/", "/account/comments/"


def test_a_reader_writes_under_the_name_they_choose(alice, article):
    client = browser(alice)
    before = posted(article, client=client)
    assert client.post(NAME, {"name": "  Alice   of the Quay "}, follow=True).status_code == 200
    after = posted(article, "And at night.", client=client)
    before.refresh_from_db()
    assert (before.author_name, after.author_name) == ("Alice", "Alice of the Quay")


@pytest.mark.parametrize(
    "name", ["Carol Reed", "Ｃarol Rееd", "carol reed", "Carol Reed (editor)", "Moderator", "The Gannet"]
)
def test_nobody_takes_the_name_of_the_staff(alice, carol, name):
    answer = browser(alice).post(NAME, {"name": name})
    assert answer.status_code == 422
    assert "somebody who works here" in answer.content.decode()
    assert name in answer.content.decode()


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 81])
def test_a_name_that_is_none_comes_back_with_the_reason(alice, name):
    assert browser(alice).post(NAME, {"name": name}).status_code == 422
    alice.refresh_from_db()
    assert alice.name == "Alice"


@pytest.mark.hostile("reader_name")
def test_every_payload_is_text_as_a_name(alice, shared_dir):
    client = browser(alice)
    for payload in corpora.hostile(shared_dir)[::60]:
        given = payload.encode("utf-8", "replace").decode()[:80]
        answer = client.post(NAME, {"name": given})
        assert answer.status_code in {303, 422}, given
        shown = client.get("/account/").content.decode()
        assert "<script>alert" not in shown and "<img" not in shown and "<svg" not in shown


def test_own_comments_say_their_state_and_lead_to_their_receipts(alice, carol, article, thread):
    told = write(thread, "Published word.", reader=alice)
    held = write(thread, "Waiting word.", reader=alice, state=Comment.State.HELD)
    removed = write(thread, "Removed word.", reader=alice)
    deciding.remove(removed, by=carol, reason="an insult")
    write(thread, "Word of another.")
    html = browser(alice).get(COMMENTS).content.decode()
    for comment in (told, held, removed):
        assert receipts.path_of(comment) in html
    assert html.index("Removed word.") < html.index("Waiting word.") < html.index("Published word.")
    assert "Waits for a moderator: a test holds it." in html
    assert "Removed by a moderator: an insult." in html
    assert "Word of another." not in html


def test_many_comments_come_in_pages_without_more_queries(
    alice, thread, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(commented, "PAGE", 2)
    for n in range(5):
        write(thread, f"Word {n}.", reader=alice)
    client, seen, path = browser(alice), [], COMMENTS
    while path:
        with django_assert_max_num_queries(30):
            html = client.get(path).content.decode()
        seen += [n for n in range(5) if f"Word {n}." in html]
        _, _, rest = html.partition('href="/account/comments/?before=')
        path = f"{COMMENTS}?before={rest.partition(chr(34))[0]}" if rest else ""
    assert sorted(seen) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣"])
def test_no_page_of_comments_stands_at_nonsense(alice, before):
    assert browser(alice).get(COMMENTS, {"before": before}).status_code == 404


def test_without_comments_the_pages_say_so(alice):
    assert "not commented yet" in browser(alice).get(COMMENTS).content.decode()
    assert "0 published" in browser(alice).get("/account/").content.decode()


def test_a_comment_of_somebody_signed_in_is_the_reader_s_whatever_name_the_form_carries(alice, article):
    client = browser(alice)
    post(article, name="Somebody", client=client)
    comment = Comment.objects.get(thread__article=article)
    assert (comment.reader, comment.author_name, comment.guest) == (alice, "Alice", None)
    assert "Alice" in client.get("/account/").content.decode()
    assert Reader.objects.count() == 1
