"""Comments keep their parents, states and anchors, and everything that WordPress and wpDiscuz knew of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from broadsheet.articles.models import Article
from broadsheet.discussion import counting, deciding, reading
from broadsheet.discussion.models import Closure, Comment, Guest, Hold, Pin, Pingback, Removal, Thread
from broadsheet.discussion.models.comment import DEPTH_CAP
from broadsheet.events.models import Event
from broadsheet.readers.models import Reader
from broadsheet.transfer.tests import wxr_writer as wxr
from broadsheet.transfer.tests.importing_cast import comment, dump, everything_public, page, run, run_text
from broadsheet.transfer.wordpress import comment_rows, placing

pytestmark = pytest.mark.django_db

State = Comment.State


def talk(*comments):
    """An article with these comments; the report."""
    return run(wxr.post(1, comments=comments))


def test_replies_hang_under_their_parents_though_they_come_first_in_the_file():
    talk(wxr.comment(3, parent=2), wxr.comment(2, parent=1), wxr.comment(1))
    assert [comment(n).seq for n in (1, 2, 3)] == [1, 2, 3]
    assert comment(3).parent == comment(2)
    assert comment(3).path_seqs == [1, 2, 3]
    assert [comment(n).descendant_count for n in (1, 2, 3)] == [2, 1, 0]
    thread = Thread.objects.get()
    assert (thread.last_seq, thread.last_rev, thread.root_count, thread.comment_count) == (3, 3, 1, 3)
    assert Article.objects.get().comment_count == 3
    assert Article.objects.get().commented_at == Comment.objects.latest("seq").posted_at


def test_numbers_follow_the_moments_not_the_ids():
    talk(wxr.comment(1, when="2019-05-02 00:00:00"), wxr.comment(2, when="2019-05-01 00:00:00"))
    assert (comment(2).seq, comment(1).seq) == (1, 2)


def test_every_state_stays_what_it_was():
    report = talk(
        wxr.comment(1),
        wxr.comment(2, approved="0"),
        wxr.comment(3, approved="trash"),
        wxr.comment(4, kind="private"),
        wxr.comment(5, kind="order_note"),
        wxr.comment(6, kind="gossip"),
        wxr.comment(7, kind="pingback"),
    )
    states = [comment(n).state for n in range(1, 7)]
    assert states == [State.PUBLISHED, State.HELD, State.REMOVED, *[State.PRIVATE] * 3]
    assert report.as_dict()["comments"] == {
        "published": 1,
        "held": 1,
        "trashed": 1,
        "private": 3,
        "pingbacks": 1,
    }
    assert Hold.objects.get().comment == comment(2)
    assert Removal.objects.get().comment == comment(3)
    assert Pingback.objects.get().anchor == "comment-7"


def test_what_was_not_public_is_on_no_page_and_in_no_feed():
    secret = "the words between the editor and one reader"
    run(
        wxr.post(
            1,
            comments=[
                wxr.comment(1, kind="private", text=secret, name="whisperer"),
                wxr.comment(2, parent=1, text="An answer everybody may read."),
                wxr.comment(3, approved="0", text=secret, name="whisperer"),
                wxr.comment(4, approved="trash", text=secret, name="whisperer"),
                wxr.comment(5, kind="order_note", text=secret, name="whisperer"),
                wxr.comment(6, kind="gossip", text=secret, name="whisperer"),
            ],
        ),
        wxr.post(2, status="private", content=secret, comments=[wxr.comment(7, text=secret)]),
        wxr.page(3, status="draft", content=secret, comments=[wxr.comment(8, text=secret)]),
        wxr.post(4, post_password="x", content=secret, comments=[wxr.comment(9, text=secret)]),
    )
    pages = everything_public()
    assert "An answer everybody may read." in pages["/2019/03/04/post-1/"]
    assert [path for path, text in pages.items() if secret in text or "whisperer" in text] == []
    assert [path for path, text in pages.items() if "@reader.example" in text or "192.0.2." in text] == []


def test_nothing_can_publish_a_private_comment():
    talk(wxr.comment(1, kind="private"))
    moderator = Reader.objects.create_superuser(
        email="m@lamp.example", password="a long enough phrase", name="M"
    )
    with pytest.raises(deciding.NotPossible):
        deciding.approve(comment(1), by=moderator)
    with pytest.raises(deciding.NotPossible):
        deciding.restore(comment(1), by=moderator)


def test_a_held_comment_can_be_approved_and_a_trashed_one_restored():
    talk(wxr.comment(1), wxr.comment(2, approved="0"), wxr.comment(3, approved="trash"))
    moderator = Reader.objects.create_superuser(
        email="m@lamp.example", password="a long enough phrase", name="M"
    )
    assert deciding.approve(comment(2), by=moderator).sib == 2
    assert deciding.restore(comment(3), by=moderator).sib == 3
    assert Thread.objects.get().comment_count == 3


def test_only_what_is_seen_takes_a_place_among_its_siblings():
    talk(
        wxr.comment(1, approved="0"),
        wxr.comment(2),
        wxr.comment(3, approved="trash"),
        wxr.comment(4, parent=3, approved="0"),
        wxr.comment(5, parent=4),
        wxr.comment(6),
    )
    assert [comment(n).sib for n in range(1, 7)] == [None, 1, 2, 1, 1, 3]
    assert [comment(n).rev for n in range(1, 7)] == [None, 1, None, None, 2, 3]
    thread = Thread.objects.get()
    assert (thread.root_count, thread.comment_count, thread.last_rev) == (3, 3, 3)


def test_a_removed_comment_that_was_answered_keeps_its_place_without_its_words():
    talk(
        wxr.comment(1, approved="trash", text="Rude words."), wxr.comment(2, parent=1, text="A calm answer.")
    )
    text = page("/2019/03/04/post-1/")
    assert "A calm answer." in text
    assert "Rude words." not in text
    assert 'id="c-1"' in text


def test_the_counts_are_those_that_a_recount_finds():
    run_text(wxr.everything())
    counted = list(
        Comment.objects.order_by("pk").values_list("pk", "reply_count", "descendant_count", "last_sib")
    )
    for thread in Thread.objects.all():
        published = thread.comments.filter(state=State.PUBLISHED)
        assert thread.comment_count == published.count()
    for pk, replies, beneath, last_sib in counted:
        each = Comment.objects.get(pk=pk)
        seen = [
            other
            for other in each.thread.comments.filter(state=State.PUBLISHED)
            if each.seq in other.path_seqs[:-1]
        ]
        assert (len(seen), each.replies.filter(state=State.PUBLISHED).count()) == (beneath, replies)
        assert max((other.sib or 0 for other in each.replies.all()), default=0) == last_sib


def test_a_thread_deeper_than_any_page_keeps_its_true_parents():
    deep = 200
    talk(wxr.comment(1), *(wxr.comment(n, parent=n - 1) for n in range(2, deep + 1)))
    assert comment(deep).parent == comment(deep - 1)
    assert (comment(deep).depth, len(comment(deep).path_seqs)) == (DEPTH_CAP - 1, DEPTH_CAP)
    assert comment(1).descendant_count == deep - 1
    other = Comment(seq=comment(deep).seq)
    other.place_below(comment(deep - 1))
    assert (other.depth, bytes(other.path)) == (comment(deep).depth, bytes(comment(deep).path))
    assert placing.DEEPEST == DEPTH_CAP - 1


def test_a_ring_of_replies_is_opened_and_an_orphan_stands_by_itself():
    report = talk(wxr.comment(1, parent=2), wxr.comment(2, parent=1), wxr.comment(3, parent=99))
    assert comment(3).parent is None
    assert Comment.objects.filter(parent=None).count() == 2
    assert {"comment": 3, "parent": 99, "post": 1} in report.orphans
    assert len(report.orphans) == 2


def test_an_answer_to_a_pingback_stands_by_itself_and_is_reported():
    report = talk(wxr.comment(1, kind="pingback"), wxr.comment(2, parent=1))
    assert comment(2).parent is None
    assert report.orphans == [{"comment": 2, "parent": 1, "post": 1}]


def test_everything_that_wpdiscuz_knew_comes_over():
    run_text(wxr.everything())
    first = comment(101)
    assert (first.likes, first.dislikes) == (3, 1)
    assert first.edited_at == datetime(2019, 3, 5, 9, 0, tzinfo=UTC)
    assert Pin.objects.get().comment == first
    assert Closure.objects.get().root == first
    assert (first.extra or {}).items() >= {"custom_field_2": "starboard", "rating": "4"}.items()
    assert "quay-52.jpg" in first.html
    assert comment(113).posted_at == datetime(2019, 3, 4, 9, 23, tzinfo=UTC)
    assert comment(114).posted_at == comment(114).thread.article.published_at


def test_a_difference_of_votes_alone_is_kept_as_likes_or_dislikes():
    talk(
        wxr.comment(1, meta=[("wpdiscuz_votes", "5")]),
        wxr.comment(2, meta=[("wpdiscuz_votes", "-4")]),
        wxr.comment(3, meta=[("wpdiscuz_votes", "99999999999999")]),
    )
    assert [(comment(n).likes, comment(n).dislikes) for n in (1, 2)] == [(5, 0), (0, 4)]
    assert comment(3).likes == 2**31 - 1


def test_a_closed_conversation_takes_no_more_replies_and_the_others_do():
    talk(
        wxr.comment(1, meta=[("wpdiscuz_closed", "1")]),
        wxr.comment(2, parent=1, meta=[("wpdiscuz_closed", "1")]),
        wxr.comment(3),
    )
    assert [closure.root.anchor for closure in Closure.objects.all()] == ["comment-1"]


def test_a_guest_is_known_by_the_address_never_by_the_name():
    talk(
        wxr.comment(1, name="alice"),
        wxr.comment(2, name="alice").replace("alice@", "other@"),
        wxr.comment(3, name="ALICE").replace("ALICE@", "Alice@"),
        wxr.comment(4, name="nobody", drop=["author_email"]),
    )
    assert comment(1).guest == comment(3).guest != comment(2).guest
    assert comment(4).guest is None
    assert Guest.objects.count() == 2
    sealed = Guest.objects.exclude(comments=comment(1)).get().address_sealed
    assert settings.KEYRING.unseal(sealed) == "other@reader.example"


def test_no_network_address_of_a_commenter_is_kept_anywhere():
    run_text(wxr.everything())
    assert "192.0.2." not in dump()
    assert "@reader.example" not in dump()


def test_the_articles_own_author_is_marked_and_another_author_is_not():
    head = (wxr.author("carol", 1), wxr.author("bob", 2))
    run(wxr.post(1, creator="carol", comments=[wxr.comment(1, user=1), wxr.comment(2, user=2)]), head=head)
    assert (comment(1).mark, comment(2).mark) == ("author", "")


def test_a_comment_that_is_only_a_picture_is_a_link_and_an_empty_one_with_answers_keeps_its_place():
    empty = wxr.comment(2).replace("Comment 2 from the quay.", "")
    talk(wxr.comment(1, text="https://pictures.example/gull.jpg"), empty, wxr.comment(3, parent=2))
    assert 'href="https://pictures.example/gull.jpg"' in comment(1).html
    assert comment(2).html == ""
    assert comment(3).parent == comment(2)
    assert "<img" not in page("/2019/03/04/post-1/").partition('id="discussion"')[2]


def test_the_original_is_kept_beside_what_is_shown():
    source = '<p onclick="steal()">Quill <em>writes</em></p><script>alert(1)</script>'
    talk(wxr.comment(1, text=source))
    assert comment(1).source == source
    assert comment(1).html == "<p>Quill <em>writes</em></p>"
    assert comment(1).render_version == 0


def test_a_name_is_one_clean_line_and_nobody_is_nameless():
    talk(
        wxr.comment(1, name=" Al\u202eice \n Smith "), wxr.comment(2, name=""), wxr.comment(3, name="x" * 300)
    )
    assert [comment(n).author_name for n in (1, 2)] == ["Alice Smith", "Anonymous"]
    assert len(comment(3).author_name) == 80


def test_old_anchors_stand_on_the_page_that_shows_the_comment(client):
    talk(wxr.comment(77))
    assert 'id="comment-77"' in page("/2019/03/04/post-1/")
    answer = client.get("/?p=1")
    assert (answer.status_code, answer["Location"]) == (301, "/2019/03/04/post-1/")
    assert client.get("/2019/03/04/post-1/comment-page-2/")["Location"] == "/2019/03/04/post-1/"


def test_a_conversation_goes_on_where_the_import_left_it():
    talk(wxr.comment(1), wxr.comment(2, parent=1))
    thread = Thread.objects.select_related("article").get()
    assert thread.take_seq() == 3
    assert thread.show_root() == (3, 2)
    assert comment(1).take_sib() == 2
    assert [node.comment.seq for node in reading.whole(thread)] == [1]


def test_comments_of_an_open_post_can_be_answered_and_those_of_a_closed_one_cannot():
    run(wxr.post(1), wxr.post(2, comment_status="closed"))
    assert [article.comments_open for article in Article.objects.order_by("slug")] == [True, False]


def test_one_post_with_more_comments_than_are_kept_in_memory():
    many = 2_500
    start = datetime(2019, 5, 1, tzinfo=UTC).replace(tzinfo=None)
    written = [
        wxr.comment(n, parent=n - 1 if n % 3 else 0, when=start + timedelta(minutes=n))
        for n in range(1, many + 1)
    ]
    report = talk(*reversed(written))
    assert report.comments["published"] == many
    thread = Thread.objects.get()
    assert (thread.last_seq, thread.comment_count, thread.root_count) == (many, many, many // 3 + 1)
    assert not Comment.objects.exclude(anchor__startswith="comment-").exists()


def test_rows_are_written_with_every_column_there_is():
    assert set(comment_rows.COLUMNS) == {field.column for field in Comment._meta.concrete_fields}


def test_the_next_comment_gets_a_number_of_its_own():
    talk(wxr.comment(1), wxr.comment(2))
    highest = comment(2).pk
    thread = Thread.objects.get()
    made = Comment.objects.create(
        thread=thread, seq=3, depth=0, path=b"\0\0\0\3", state=State.HELD, author_name="Bob",
        posted_at=datetime.now(tz=UTC), source="x", html="x", render_version=1,
    )  # fmt: skip
    assert made.pk > highest


def test_the_worker_is_not_asked_to_count_what_is_counted():
    talk(wxr.comment(1), wxr.comment(2, parent=1))
    assert set(Event.objects.values_list("kind", flat=True)) == {"publication.changed"}
    assert "publication.changed" not in counting.KINDS
