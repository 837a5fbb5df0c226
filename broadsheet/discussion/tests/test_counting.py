"""Counters say what the comments say, whatever was posted, removed and restored in between."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.articles.models import Article
from broadsheet.discussion import counting, deciding, posting, ranking, reading
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.tests.cast import chain, fill, posted, write
from broadsheet.events.handing import Consumer, hand_events
from broadsheet.events.models import Event
from tests.meeting import meeting

pytestmark = pytest.mark.django_db(databases="__all__")

COUNTING = [Consumer(counting.KINDS, counting.count)]


def count_all():
    while hand_events(COUNTING):
        pass


def counters(thread):
    rows = Comment.objects.filter(thread=thread).order_by("seq")
    return [(row.seq, row.reply_count, row.descendant_count, row.last_sib) for row in rows]


def seen(rows):
    return sum(row.visible for row in rows)


def ever_seen(rows):
    return sum(row.sib is not None for row in rows)


def truth(thread):
    """Counted plainly from the tree: replies seen, descendants seen, replies ever seen."""
    rows = list(Comment.objects.filter(thread=thread).select_related("parent").order_by("seq"))
    replies = {row.seq: [each for each in rows if each.parent_id == row.pk] for row in rows}

    def beneath(row):
        return sum(each.visible + beneath(each) for each in replies[row.seq])

    return [(row.seq, seen(replies[row.seq]), beneath(row), ever_seen(replies[row.seq])) for row in rows]


def test_every_ancestor_is_counted_when_a_reply_appears_and_goes(article, carol):
    root = posted(article, "root")
    reply = posted(article, "reply", parent=root.seq)
    last = posted(article, "reply to the reply", parent=reply.seq)
    count_all()
    assert counters(root.thread) == [(1, 1, 2, 1), (2, 1, 1, 1), (3, 0, 0, 0)]
    deciding.remove(last, by=carol)
    count_all()
    assert counters(root.thread) == [(1, 1, 1, 1), (2, 0, 0, 1), (3, 0, 0, 0)]
    deciding.restore(last, by=carol)
    count_all()
    assert counters(root.thread) == [(1, 1, 2, 1), (2, 1, 1, 1), (3, 0, 0, 0)]


def test_removing_what_was_held_counts_nothing(article, thread, carol):
    root = posted(article, "root")
    held = posted(article, "https://example.org/", parent=root.seq)
    deciding.remove(held, by=carol)
    count_all()
    assert counters(thread) == [(1, 0, 0, 0), (2, 0, 0, 0)]


def test_the_article_knows_how_many_comments_it_has(article, carol):
    comments = [posted(article, f"{n}") for n in range(3)]
    deciding.remove(comments[0], by=carol)
    count_all()
    assert Article.objects.get(pk=article.pk).comment_count == 2


def test_the_article_knows_when_its_newest_comment_that_can_be_seen_was_posted(article, carol):
    first, last = posted(article, "first"), posted(article, "last")
    count_all()
    assert Article.objects.get(pk=article.pk).commented_at == last.posted_at
    deciding.remove(last, by=carol)
    count_all()
    assert Article.objects.get(pk=article.pk).commented_at == first.posted_at
    deciding.remove(first, by=carol)
    count_all()
    assert Article.objects.get(pk=article.pk).commented_at is None


def test_a_root_of_a_thousand_answers_is_counted_in_one_batch(article, thread, carol):
    fill(thread, 1, 1000)
    root = Comment.objects.get(thread=thread, seq=1)
    for comment in Comment.objects.filter(parent=root)[:30]:
        deciding.remove(comment, by=carol)
    count_all()
    root.refresh_from_db()
    assert (root.reply_count, root.descendant_count) == (970, 970)


def test_recount_mends_every_counter_and_says_how_many_were_wrong(article, thread):
    chain(thread, 4)
    assert counting.recount(thread) == 3
    assert counters(thread) == truth(thread)
    Comment.objects.filter(thread=thread).update(reply_count=9, descendant_count=9, last_sib=0)
    Thread.objects.filter(pk=thread.pk).update(comment_count=99, root_count=99)
    assert counting.recount(thread) == 4 + 1
    assert counters(thread) == truth(thread)
    thread.refresh_from_db()
    assert (thread.comment_count, thread.root_count) == (4, 1)
    assert counting.recount(thread) == 0


STEPS = st.lists(
    st.tuples(st.sampled_from(["post", "hold", "approve", "remove", "restore", "count"]), st.integers(0, 30)),
    min_size=5,
    max_size=40,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_counters_are_right_after_anything(article, carol, steps):
    """Any deeds in any order, counted now and then: in the end every counter is what a recount would make it."""
    Event.objects.all().delete()
    thread = Thread.objects.get_or_create(article=article)[0]
    Comment.objects.filter(thread=thread).update(parent=None)
    for held in Comment.objects.filter(thread=thread):
        held.delete()
    Thread.objects.filter(pk=thread.pk).update(last_seq=0, last_rev=0, root_count=0, comment_count=0)
    thread.refresh_from_db()
    by = Commenter("127.0.0.1", carol)
    for number, (deed, which) in enumerate(steps):
        comments = list(Comment.objects.filter(thread=thread).order_by("seq"))
        chosen = comments[which % len(comments)] if comments else None
        if deed == "count":
            hand_events(COUNTING)
        elif deed == "post" or chosen is None:
            parent = chosen.seq if chosen and chosen.visible and which % 3 else None
            posting.post_comment(thread, draft=Draft(f"Word {number}", parent=parent), by=by)
        else:
            more = {"reason": "a test"} if deed in ("hold", "remove") else {}
            try:
                getattr(deciding, deed)(chosen, by=carol, **more)
            except deciding.NotPossible:
                continue
    count_all()
    thread.refresh_from_db()
    visible = Comment.objects.filter(thread=thread, state=Comment.State.PUBLISHED)
    assert counters(thread) == truth(thread)
    assert thread.comment_count == visible.count()
    revs = [rev for rev in Comment.objects.filter(thread=thread).values_list("rev", flat=True) if rev]
    assert len(revs) == len(set(revs)) and max(revs, default=0) == thread.last_rev
    assert counting.recount(thread) == 0


def test_nobody_but_a_moderator_decides(article, thread, alice):
    from django.core.exceptions import PermissionDenied

    comment, held = write(thread), write(thread, state=Comment.State.HELD)
    for deed, which, more in (
        ("remove", comment, {}), ("hold", comment, {"reason": "x"}), ("approve", held, {}), ("restore", comment, {}),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            getattr(deciding, deed)(which, by=alice, **more)
    assert {each.state for each in Comment.objects.filter(thread=thread)} == {0, 1}


def test_a_private_comment_can_never_be_published(article, thread, carol):
    private = write(thread, state=Comment.State.PRIVATE)
    for deed in (deciding.approve, deciding.restore, deciding.remove):
        with pytest.raises(deciding.NotPossible):
            deed(private, by=carol)


@pytest.mark.parametrize("removed", [False, True])
def test_a_recount_knows_what_is_still_to_be_counted(article, carol, removed):
    root = posted(article, "root")
    reply = posted(article, "reply", parent=root.seq)
    if removed:
        count_all()
        deciding.remove(reply, by=carol)
    counting.recount(root.thread)
    count_all()
    assert [row[:3] for row in counters(root.thread)] == [row[:3] for row in truth(root.thread)]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_whoever_answers_a_comment_while_its_answers_are_counted_stands_in_nobody_s_way(
    article, thread, caplog
):
    fill(thread, reading.RANKED)
    posted(article, "The first answer.", parent=1)
    consumers = [*COUNTING, Consumer(ranking.KINDS, ranking.note)]
    with meeting("UPDATE discussion_comment SET last_sib", lambda: hand_events(consumers)) as handed:
        posted(article, "The second answer.", parent=1)
    assert handed() == 1 and caplog.records == []  # a deadlock ends one of the two, and is logged
    count_all()
    assert counters(thread)[0] == (1, 2, 2, 2)
