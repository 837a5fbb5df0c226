"""comments.json: the contract that other programs build on."""

import json
import re

import pytest
from django.test import Client

from broadsheet.discussion import deciding
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import fill, page, post, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")

FIELDS = [
    "seq",
    "parent",
    "depth",
    "author",
    "guest",
    "posted_at",
    "edited_at",
    "html",
    "pictures",
    "state",
    "pinned",
    "picked",
    "closed",
    "likes",
    "passage",
    "answered",
    "answer",
    "rev",
]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def asked(article, query=""):
    answer = Client().get(f"{article.path}comments.json{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def numbers(answer):
    return [comment["seq"] for comment in answer["comments"]]


def test_a_thread_without_comments_answers_emptily(article):
    assert asked(article) == {"comments": [], "next": None, "last_seq": 0, "count": 0, "rev": 0}


def test_a_comment_has_exactly_the_fields_of_the_contract(article, thread, alice):
    root = posted(article, "One *word*.", "bob")
    write(thread, "Another.", name="Alice", reader=alice, parent=root)
    answer = asked(article)
    assert list(answer) == ["comments", "next", "last_seq", "count", "rev"]
    assert all(list(comment) == FIELDS for comment in answer["comments"])
    first, second = answer["comments"]
    assert first | {"posted_at": ""} == {
        "seq": 1, "parent": None, "depth": 0, "author": "bob", "guest": True, "posted_at": "", "edited_at": None,
        "html": "<p>One <em>word</em>.</p>", "pictures": [], "state": "published", "pinned": False,
        "picked": False, "closed": False, "likes": None, "passage": None, "answered": None, "answer": None, "rev": 1,
    }  # fmt: skip
    assert (second["parent"], second["depth"], second["guest"], second["rev"]) == (1, 1, False, 2)
    assert all(MOMENT.fullmatch(comment["posted_at"]) for comment in answer["comments"])
    assert (answer["last_seq"], answer["count"], answer["rev"]) == (2, 2, 2)


def test_a_hundred_come_by_default_and_next_leads_through_all_of_them(article, thread):
    fill(thread, 50, 4)
    first = asked(article)
    assert (numbers(first), first["next"]) == (list(range(1, 101)), 100)
    found, following = [], 0
    while following is not None:
        answer = asked(article, f"?after={following}&limit=37")
        assert len(answer["comments"]) <= 37
        found, following = found + numbers(answer), answer["next"]
    assert found == list(range(1, 251))


def test_a_page_that_ends_exactly_at_the_last_comment_has_no_next(article, thread):
    fill(thread, 10)
    assert asked(article, "?limit=10")["next"] is None
    assert asked(article, "?limit=9")["next"] == 9
    assert asked(article, "?after=10") == {
        "comments": [],
        "next": None,
        "last_seq": 10,
        "count": 10,
        "rev": 10,
    }


def test_at_most_a_thousand_come_at_once(article, thread):
    fill(thread, 1001)
    assert len(asked(article, "?limit=1000")["comments"]) == 1000
    assert len(asked(article, "?limit=5000")["comments"]) == 1000


def test_a_removed_comment_keeps_its_place_without_words_or_name(article, thread, carol):
    write(thread)
    removed = write(thread, "Your mother!", name="mallory")
    deciding.remove(removed, by=carol)
    answer = asked(article)
    comment = answer["comments"][1]
    assert (comment["html"], comment["author"], comment["state"]) == (None, None, "removed")
    assert (answer["count"], answer["last_seq"], answer["rev"]) == (1, 2, 3)


def test_held_and_private_comments_are_absent(article, thread):
    write(thread, "held", state=Comment.State.HELD)
    write(thread, "private", state=Comment.State.PRIVATE)
    write(thread, "public")
    assert numbers(asked(article)) == [3]
    assert numbers(asked(article, "?since=0")) == [3]


def test_since_tells_every_visible_change_once_in_order(article, thread, carol):
    comments = [write(thread) for _ in range(5)]
    before = asked(article)["rev"]
    deciding.remove(comments[3], by=carol)
    deciding.remove(comments[1], by=carol)
    new = posted(article)
    answer = asked(article, f"?since={before}")
    assert numbers(answer) == [4, 2, new.seq]
    assert [comment["rev"] for comment in answer["comments"]] == [before + 1, before + 2, before + 3]
    assert answer["rev"] == before + 3
    assert asked(article, f"?since={answer['rev']}")["comments"] == []


def test_a_late_approval_is_told_by_since_though_its_number_was_passed(article, thread, carol):
    late = write(thread, state=Comment.State.HELD)
    write(thread)
    before = asked(article)
    assert numbers(before) == [2]
    deciding.approve(late, by=carol)
    assert numbers(asked(article, f"?since={before['rev']}")) == [late.seq]


def test_paging_by_since_misses_nothing_while_others_are_approved_and_removed(article, thread, carol):
    """A reader who always goes on from what was answered ends with exactly what is public."""
    held = [write(thread, state=Comment.State.HELD) for _ in range(5)]
    shown = [write(thread) for _ in range(20)]
    known, following, turn = {}, 0, 0
    while True:
        answer = asked(article, f"?since={following}&limit=4")
        known |= {comment["seq"]: comment["html"] for comment in answer["comments"]}
        if answer["next"] is None:
            break
        following = answer["next"]
        if turn < 5:
            deciding.approve(held[turn], by=carol)
            deciding.remove(shown[2 * turn], by=carol)
        turn += 1
    public = Comment.objects.filter(thread=thread)
    assert known == {comment.seq: comment.html if comment.visible else None for comment in public}


def test_paging_by_number_misses_nothing_while_others_post(article, thread):
    fill(thread, 10)
    found, following, turn = [], 0, 0
    while following is not None:
        answer = asked(article, f"?after={following}&limit=3")
        found, following = found + numbers(answer), answer["next"]
        turn += 1
        if turn < 4:
            posted(article, f"Word {turn}")
    assert found == list(range(1, 14))


BAD = [
    "after=-1", "after=1.0", "after=1e3", "after=NaN", "after=Infinity", "after=", "after=x", "after=%201",
    "after=1000000000000000000", "after=2147483648", "after=%D9%A1", "after=0x10", "after=1%00", "after=1;DROP",
    "since=-1", "since=1.5", "since=NaN", "since=", "since=1000000000000000000", "since=%27%20OR%201=1",
    "limit=0", "limit=-5", "limit=", "limit=all", "limit=NaN", "limit=1000000000000000000", "limit=10.0",
    "after=1&since=1", "after=1&after=x",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD)
def test_bad_input_is_named_and_refused(article, thread, query):
    write(thread)
    answer = Client().get(f"{article.path}comments.json?{query}")
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_parameters_that_are_not_ours_mean_nothing(article, thread):
    write(thread)
    assert asked(article, "?utm_source=x&order=likes;--&page=NaN") == asked(article)


def test_an_article_that_is_not_there_has_no_comments(article):
    for path in ("/2020/01/01/nothing/", "/2020/99/99/nothing/"):
        assert Client().get(f"{path}comments.json").status_code == 404


def test_only_reading_is_answered(article):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)(f"{article.path}comments.json").status_code == 405
    assert Client().head(f"{article.path}comments.json").status_code == 200


def test_the_answer_is_the_same_for_everybody_and_sets_nothing(article, thread, carol):
    write(thread)
    staff = Client()
    staff.force_login(carol)
    answers = [client.get(f"{article.path}comments.json") for client in (Client(), staff)]
    assert answers[0].content == answers[1].content
    assert not answers[1].cookies and "Cookie" not in answers[1].headers.get("Vary", "")


def test_the_live_print_holds_four_small_numbers(article, thread, carol):
    path = f"{article.path}thread.json"
    assert json.loads(page(path)) == {"last_seq": 0, "count": 0, "rev": 0, "snap": None}
    comments = [posted(article, f"{n}") for n in range(3)]
    post(article, "https://example.org/")
    deciding.remove(comments[0], by=carol)
    assert json.loads(page(path)) == {"last_seq": 4, "count": 2, "rev": 4, "snap": None}
