"""`broadsheet recount`: every number of a discussion is made anew, and what had drifted is told and mended."""

import json

import pytest
from click.testing import CliRunner

from broadsheet.discussion import asking, counting, ranking, recounting, voicing
from broadsheet.discussion.models import Choice, Comment, Order, Passage, Poll, StaleOrder, Thread, Voice
from broadsheet.discussion.tests.asked_cast import asking_article, poll
from broadsheet.discussion.tests.cast import chain, fill, posted, write
from broadsheet.press import refresh, store
from broadsheet.wiring import starting
from broadsheet.wiring.commands import recount as recount_command
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def told(thread):
    return {(each.seq, each.counter): (each.was, each.should_be) for each in recounting.recount(thread)}


def test_what_is_right_is_not_told(article, thread, alice):
    comment = posted(article, "A word.")
    posted(article, "An answer.", parent=comment.seq)
    Voice.objects.create(comment=comment, reader=alice, value=Voice.Value.LIKE)
    voicing.recount([comment.pk])
    drain()
    ranking.rank(thread.pk)
    assert told(thread) == {}


def test_each_counter_is_told_with_its_comment_and_what_it_was(article, thread):
    root, _, last = chain(thread, 3)
    recounting.recount(thread)
    Comment.objects.filter(pk=root.pk).update(reply_count=9, descendant_count=0, last_sib=4)
    Comment.objects.filter(pk=last.pk).update(likes=3, dislikes=1)
    assert told(thread) == {
        (root.seq, "reply_count"): (9, 1),
        (root.seq, "descendant_count"): (0, 2),
        (root.seq, "last_sib"): (4, 1),
        (last.seq, "likes"): (3, 0),
        (last.seq, "dislikes"): (1, 0),
    }
    assert told(thread) == {}
    root.refresh_from_db()
    assert (root.reply_count, root.descendant_count, root.last_sib) == (1, 2, 1)


def test_the_thread_and_its_article_s_card_are_told_too(article, thread):
    chain(thread, 3)
    recounting.recount(thread)
    Thread.objects.filter(pk=thread.pk).update(comment_count=99, root_count=0, last_seq=1, last_rev=2)
    type(article).objects.filter(pk=article.pk).update(comment_count=7)
    assert told(thread) == {
        (None, "comment_count"): (99, 3),
        (None, "root_count"): (0, 1),
        (None, "last_seq"): (1, 3),
        (None, "last_rev"): (2, 3),
        (None, "the article's comment_count"): (7, 3),
    }
    article.refresh_from_db()
    assert article.comment_count == 3
    assert thread.take_seq() == 4, "no number is given twice"


def test_numbers_that_were_handed_out_are_never_handed_out_again(article, thread):
    Thread.objects.filter(pk=thread.pk).update(last_seq=50, last_rev=60)
    assert told(thread) == {}
    thread.refresh_from_db()
    assert (thread.last_seq, thread.last_rev) == (50, 60)


def test_what_is_still_to_be_counted_has_not_drifted(article, thread):
    root = posted(article, "A word.")
    posted(article, "An answer.", parent=root.seq)
    assert told(thread) == {}
    drain()
    assert told(thread) == {}


def test_votes_are_weighed_and_an_order_that_is_another_is_made_anew(article, thread):
    fill(thread, 60)
    ranking.rank(thread.pk)
    StaleOrder.objects.all().delete()
    liked = Comment.objects.get(thread=thread, seq=60)
    Comment.objects.filter(pk=liked.pk).update(imported_likes=8, likes=8)
    found = told(thread)
    assert found[(60, "best")] == (0, ranking.weight(8, 0))
    assert found[(None, "roots out of place in the order")] == (60, 0)
    assert Order.objects.get(thread=thread, version=2).seqs[0] == 60
    assert told(thread) == {}


def test_an_order_that_is_to_be_made_is_only_late(article, thread):
    fill(thread, 60)
    ranking.rank(thread.pk)
    recounting.recount(thread)
    Comment.objects.filter(thread=thread, seq=60).update(imported_likes=8, likes=8)
    ranking.mark([thread.pk])
    assert told(thread) == {}
    assert Thread.objects.get(pk=thread.pk).order_version == 1


def test_a_small_thread_needs_no_order(article, thread):
    fill(thread, 10)
    recounting.recount(thread)
    assert told(thread) == {} and not Order.objects.filter(thread=thread).exists()


def test_what_was_said_of_passages_voted_and_asked_is_told_too(article, thread, carol):
    passage = Passage.objects.create(thread=thread, number=4, key="a", words="late", comment_count=3)
    poll = Poll.objects.create(thread=thread, number=1, key="b", question="Tea?", voice_count=2)
    Choice.objects.create(poll=poll, number=1, key="c", text="Yes", place=1, voice_count=5)
    asking.open_question_time(thread, by=carol)
    waits, answered = write(thread, "When?"), write(thread, "Why?")
    write(thread, "Because.", parent=answered, mark="staff")
    counting.recount(thread)
    assert told(thread) == {
        (waits.seq, "question"): (None, "waiting"),
        (answered.seq, "question"): (None, "answered"),
        (None, "waiting_count"): (0, 1),
        (None, "answered_count"): (0, 1),
        (None, "comments on passage 4"): (3, 0),
        (None, "voices of “Tea?”"): (2, 0),
        (None, "voices of “Yes”"): (5, 0),
    }
    passage.refresh_from_db()
    assert passage.comment_count == 0 and told(thread) == {}


def test_the_command_tells_it_to_people_and_to_programs_and_prints_the_pages_anew(
    article, thread, client, monkeypatch
):
    monkeypatch.setattr(starting, "start_django", lambda: None)
    root, _ = chain(thread, 2)
    for each in Thread.objects.all():
        recounting.recount(each)
    drain()
    client.get(article.path)
    before = store.read(article.path)
    Comment.objects.filter(pk=root.pk).update(descendant_count=400)
    said = CliRunner().invoke(recount_command.command, ["--json"])
    assert said.exit_code == 0, said.output
    assert json.loads(said.output) == {
        "threads": 2,
        "drifted": 1,
        "drift": [
            {"article": article.path, "comment": root.seq, "counter": "descendant_count", "was": 400, "is": 1}
        ],
    }
    drain()
    assert store.read(article.path) == before
    Comment.objects.filter(pk=root.pk).update(descendant_count=400)
    said = CliRunner().invoke(recount_command.command)
    assert f"comment {root.seq}: descendant_count was 400, is 1" in said.output
    assert "2 threads counted; 1 had drifted." in said.output
    assert counting.recount(thread) == 0


def test_a_poll_that_was_counted_wrong_is_printed_anew_by_itself_too(section, client, monkeypatch, clock):
    monkeypatch.setattr(starting, "start_django", lambda: None)
    alone = f"{asking_article(section, poll()).path}polls/1/"
    Poll.objects.update(voice_count=9)
    client.get(alone)
    assert "9 voices" in store.read(alone).decode()
    clock.forward(refresh.PAUSE + 1)
    assert "; 1 had drifted." in CliRunner().invoke(recount_command.command).output
    drain()
    assert "9 voices" not in (store.read(alone) or b"").decode()


def test_a_hundred_wrong_counters_are_told_in_twenty_lines(article, thread, monkeypatch):
    monkeypatch.setattr(starting, "start_django", lambda: None)
    for n in range(30):
        write(thread, f"Word {n}")
    recounting.recount(thread)
    Comment.objects.filter(thread=thread).update(likes=5)
    said = CliRunner().invoke(recount_command.command).output
    assert said.count(": likes was 5, is 0") == recount_command.SHOWN
    assert "more; --json tells them all" in said
