"""An author appeals once against a hold or a removal; a moderator answers, another one than who decided."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from broadsheet.discussion import deciding, receipts
from broadsheet.discussion.models import Appeal, Comment
from broadsheet.discussion.tests.cast import filled_in, page, posted, write
from broadsheet.readers.models import Reader
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")

WORDS = "I meant the *tide* table & nobody else."
WAITING = "/newsroom/comments/"


@pytest.fixture
def dora(db):
    """Another moderator."""
    reader = Reader.objects.create_user("dora@example.org", name="Dora", is_staff=True)
    reader.user_permissions.add(
        *Permission.objects.filter(codename__in=("change_comment", "access_admin")),
    )
    return reader


@pytest.fixture
def removed(article, carol):
    comment = posted(article, "The table is a fraud.")
    deciding.remove(comment, by=carol, reason="attacks a person")
    return comment


def appeal(comment, words=WORDS):
    return Client().post(f"{receipts.path_of(comment)}appeals/", {"text": words}, REMOTE_ADDR="192.0.2.1")


def receipt(comment):
    return Client().get(receipts.path_of(comment)).content.decode()


def pile(reader, name="waiting"):
    client = Client()
    client.force_login(reader)
    return client.get(f"{WAITING}{name}/").content.decode()


def decide(reader, decision, comment, **data):
    client = Client()
    client.force_login(reader)
    return client.post(f"{WAITING}{comment.pk}/{decision}/", data)


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


def test_an_appeal_stands_among_what_waits_with_its_words(removed, dora):
    assert "removed: attacks a person" in receipt(removed)
    assert appeal(removed).status_code == 303
    html = pile(dora)
    assert "I meant the *tide* table &amp; nobody else." in html
    assert "attacks a person" in html and "Uphold the removal" in html
    assert "You appealed on" in receipt(removed) and "will look at it again" in receipt(removed)


def test_only_one_appeal_is_heard_and_a_second_comes_back(removed):
    appeal(removed)
    assert "appeals/" not in receipt(removed)
    assert appeal(removed).status_code == 303, "sent twice"
    answer = appeal(removed, "And another thing <b>.")
    assert answer.status_code == 409
    assert filled_in(answer.content.decode(), "text") == "And another thing <b>."
    assert Appeal.objects.get().words == WORDS


def test_a_restored_comment_is_back_and_its_author_is_told(removed, article, dora):
    appeal(removed)
    decide(dora, "restoration", removed)
    drain()
    assert "The table is a fraud." in page(article.path)
    assert "A moderator agreed with you" in receipt(removed)
    assert "nobody else" not in pile(dora)
    assert Appeal.objects.get().answered_by == dora


def test_an_upheld_removal_stays_and_its_author_is_told_why(removed, dora):
    appeal(removed)
    decide(dora, "upholding", removed, reason="it names a person")
    assert state(removed) == Comment.State.REMOVED
    assert "the decision stands: it names a person" in receipt(removed)
    assert "nobody else" not in pile(dora)
    assert "appeals/" not in receipt(removed)


def test_nobody_turns_down_an_appeal_against_their_own_removal_while_there_is_another(removed, carol, dora):
    appeal(removed)
    with pytest.raises(deciding.NotPossible, match="another moderator"):
        deciding.uphold(removed, by=carol)
    dora.is_active = False
    dora.save()
    deciding.uphold(removed, by=carol)
    assert Appeal.objects.get().answer == Appeal.Answer.UPHELD


def test_whoever_removed_it_may_give_in(removed, carol, dora):
    appeal(removed)
    deciding.restore(removed, by=carol)
    assert Appeal.objects.get().answer == Appeal.Answer.RESTORED


def test_a_hold_is_appealed_against_and_answered_by_the_decision_about_it(article, carol, dora):
    published, gone = (posted(article, f"See https://example.org/{n}") for n in range(2))
    for comment in (published, gone):
        appeal(comment)
    assert pile(dora).count("Its author appeals") == 2
    deciding.approve(published, by=carol)
    deciding.remove(gone, by=carol, reason="an advertisement")
    answers = dict(Appeal.objects.values_list("comment", "answer"))
    assert answers == {published.pk: "restored", gone.pk: "upheld"}
    assert "A moderator agreed with you" in receipt(published)
    assert "the decision stands: an advertisement" in receipt(gone)
    assert appeal(gone, "The removal too.").status_code == 303


def test_a_moderator_s_own_hold_is_for_another_to_confirm(article, carol, dora):
    comment = posted(article, "He lives in Pier Street")
    deciding.hold(comment, by=carol, reason="names a place")
    appeal(comment)
    with pytest.raises(deciding.NotPossible):
        deciding.remove(comment, by=carol)
    assert state(comment) == Comment.State.HELD
    deciding.remove(comment, by=dora)
    assert state(comment) == Comment.State.REMOVED


def test_there_is_nothing_to_appeal_against_where_nothing_was_decided(article, removed, dora):
    assert appeal(posted(article, "Fine.")).status_code == 409
    with pytest.raises(deciding.NotPossible):
        deciding.uphold(removed, by=dora)


@pytest.mark.parametrize("words", ["", " \u200b", "ы" * 2_001])
def test_an_appeal_without_words_or_with_too_many_comes_back(removed, words):
    answer = appeal(removed, words)
    assert answer.status_code == 422
    assert filled_in(answer.content.decode().partition('id="appeal"')[2], "text") == words


def test_a_withdrawn_comment_waits_for_no_answer(removed, dora):
    appeal(removed)
    assert "nobody else" in pile(dora)
    Client().post(f"{receipts.path_of(removed)}withdrawal/")
    assert "nobody else" not in pile(dora) and Appeal.objects.get().words == ""


def test_everything_that_is_kept_can_be_taken_out(article, removed, dora):
    answer = posted(article, "Not yours to take.", "bob")
    appeal(removed)
    decide(dora, "upholding", removed, reason="it names a person")
    taken = Client().get(f"{receipts.path_of(removed)}data.json")
    assert taken["Content-Disposition"] == f'attachment; filename="comment-{removed.seq}.json"'
    assert "no-store" in taken["Cache-Control"]
    told = taken.json()
    assert (told["text"], told["state"], told["name"]) == ("The table is a fraud.", "removed", "alice")
    assert [(d["decision"], d["by"], d["reason"]) for d in told["decisions"]] == [
        ("removed", "a moderator", "attacks a person")
    ]
    assert told["appeals"][0]["words"] == WORDS and told["appeals"][0]["note"] == "it names a person"
    assert "Dora" not in taken.content.decode() and answer.source not in taken.content.decode()


def test_what_was_changed_is_taken_out_too_and_an_address_only_hinted_at(article):
    comment = posted(article, "One", email="alice@example.org")
    Client().post(f"{receipts.path_of(comment)}revisions/", {"text": "Two"})
    told = Client().get(f"{receipts.path_of(comment)}data.json").json()
    assert [revision["text"] for revision in told["revisions"]] == ["One"]
    assert (told["text"], told["email"]) == ("Two", "a…@example.org")


def test_what_its_author_was_and_its_old_anchor_are_taken_out_too(thread):
    comment = write(thread, "An old word", mark="author", anchor="comment-7")
    told = Client().get(f"{receipts.path_of(comment)}data.json").json()
    assert (told["mark"], told["anchor"]) == ("author", "comment-7")
