"""The publisher's rules: who says what, which of them holds, and that every way to write obeys."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.articles.models import Article, Section
from broadsheet.discussion import closing, deciding, editing, receipts, ruling
from broadsheet.discussion.models import Comment, Rules
from broadsheet.discussion.ruling import InForce
from broadsheet.discussion.tests.cast import filled_in, make_article, page, post, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")

NOTHING = dict(zip(ruling.NAMES, ("", "", None, None, None), strict=True))


@pytest.fixture
def publisher(carol):
    carol.is_superuser = True
    carol.save()
    return carol


@pytest.fixture
def ruled(publisher, article):
    """Set the rules of something, of the article where nothing else is named."""

    def rule(subject=None, **said):
        return ruling.set_rules(subject or article, NOTHING | said, by=publisher)

    return rule


def state(comment):
    return Comment.State(comment.state).name, comment.holds.values_list("reason", flat=True).first()


def test_the_nearest_level_that_says_anything_counts_for_each_rule_apart(
    ruled, publication, section, article
):
    other = make_article("Outside all sections")
    below = Section.objects.create(name="Pier", slug="pier", parent=section)
    beneath = make_article("On the pier", section=below)
    assert ruling.of_article(article) == InForce()
    ruled(publication, slow_seconds=60, close_after_days=14, who="readers")
    ruled(section, slow_seconds=0, hold="everything")
    ruled(article, hold="nothing", close_after_days=0)
    assert ruling.of_article(other) == InForce("readers", "nothing", 1, 14, 60)
    assert ruling.of_article(article) == InForce("readers", "nothing", 1, 0, 0)
    assert ruling.of_article(beneath) == InForce("readers", "everything", 1, 14, 0)
    ruled(below, hold="first", first_comments=3)
    assert ruling.of_article(beneath) == InForce("readers", "first", 3, 14, 0)
    assert ruling.above(beneath) == ruling.of_sections()[below.pk] == ruling.of_article(beneath)
    ruled(publication)
    assert ruling.of_article(other) == InForce()


def test_a_rule_is_a_row_with_who_and_when_and_its_change_stands_in_the_history(ruled, article, publisher):
    from wagtail.models import ModelLogEntry

    rules = ruled(hold="everything")
    ruled(hold="everything")
    assert (rules.set_by, Rules.objects.count()) == (publisher, 1) and rules.set_at
    entries = ModelLogEntry.objects.filter(action="broadsheet.rule", object_id=str(article.pk))
    assert [entry.data["said"] for entry in entries] == [
        "Rules of the discussion: read before it appears: Every comment"
    ]


def test_readers_and_whoever_may_not_change_a_thing_set_no_rules(alice, publication, section, article):
    for subject in (publication, section, article):
        with pytest.raises(PermissionDenied):
            ruling.set_rules(subject, NOTHING | {"hold": "everything"}, by=alice)
    with pytest.raises(PermissionDenied):
        closing.close(article, by=alice)
    assert not Rules.objects.exists() and Article.objects.get(pk=article.pk).comments_open


def test_where_only_readers_comment_a_guest_gets_the_words_back(ruled, article, alice):
    ruled(who="readers")
    answer = post(article, "Let me in")
    html = answer.content.decode()
    assert answer.status_code == 403 and "Only readers with an account" in html
    assert filled_in(html, "text") == "Let me in" and filled_in(html, "name") is None
    client = Client()
    client.force_login(alice)
    assert posted(article, "I am in", client=client, HTTP_SEC_FETCH_SITE="same-origin").reader == alice
    html = page(article.path)
    assert "Readers with an account may comment." in html and 'id="say-name"' not in html
    assert f'href="/account/sign-in/?next={quote(article.path, safe="")}">sign in or open one' in html
    assert "No account is needed" not in html


def test_where_everything_is_held_comments_and_changes_of_them_wait(ruled, article):
    early = posted(article, "Before the rule")
    ruled(hold="everything")
    assert state(posted(article, "After it")) == ("HELD", "every comment is read here before it appears")
    assert state(editing.edit_comment(early, text="Quite another", address="192.0.2.1"))[0] == "HELD"
    assert "Everything is read by a moderator before it appears." in page(article.path)


def test_staff_are_read_by_nobody(ruled, article, carol):
    ruled(hold="everything", slow_seconds=60)
    client = Client()
    client.force_login(carol)
    for text in ("We have a correction.", "And another."):
        comment = posted(article, text, client=client, HTTP_SEC_FETCH_SITE="same-origin")
        assert comment.visible


def test_first_comments_wait_until_so_many_of_the_same_address_are_published(ruled, article, carol):
    ruled(hold="first", first_comments=2)
    mine = {"email": "alice@example.org"}
    for text in ("One", "Two", "Three, before anybody has read"):
        assert state(posted(article, text, **mine)) == ("HELD", "first comments are read before they appear")
    for held in Comment.objects.filter(guest__isnull=False)[:2]:
        deciding.approve(held, by=carol)
    known = posted(article, "Four", email=" ALICE@example.org ")
    assert known.visible
    assert editing.edit_comment(known, text="Four, mended", address="192.0.2.1").visible
    typed = posted(article, "Her address, typed by somebody", address="198.51.100.9", **mine)
    assert state(typed)[0] == "HELD"
    assert state(posted(article, "No address"))[0] == "HELD"
    assert state(posted(article, "Another's", email="bob@example.org"))[0] == "HELD"


def test_first_comments_of_a_reader_are_counted_by_account(ruled, article, thread, alice):
    ruled(hold="first", first_comments=1)
    client = Client()
    client.force_login(alice)
    asks = {"client": client, "HTTP_SEC_FETCH_SITE": "same-origin"}
    assert not posted(article, "Hello", **asks).visible
    write(thread, reader=alice)
    assert posted(article, "Hello again", **asks).visible


def test_slow_mode_says_so_before_writing_and_how_long_to_wait(ruled, article, clock):
    ruled(slow_seconds=120)
    assert "Slow mode: one comment every 2 minutes." in page(article.path)
    assert posted(article, "One")
    answer = post(article, "Two, typed at length")
    html = answer.content.decode()
    assert answer.status_code == 429 and 110 <= int(answer["Retry-After"]) <= 120
    assert "your next comment can be posted in 2 minutes" in html
    assert filled_in(html, "text") == "Two, typed at length"
    assert posted(article, "From elsewhere", "bob", address="198.51.100.7")
    clock.forward(60)
    assert "in 60 seconds" in post(article, "Two").content.decode()
    clock.forward(61)
    assert posted(article, "Two")


def test_slow_mode_is_of_one_discussion_and_lets_a_comment_be_mended(ruled, article, clock):
    ruled(slow_seconds=3600)
    comment = posted(article, "Onne")
    assert editing.edit_comment(comment, text="One", address="192.0.2.1").source == "One"
    assert posted(make_article("Elsewhere", section=article.section), "Here")


def test_in_slow_mode_a_double_click_is_one_comment_and_a_shared_network_is_held(
    ruled, article, settings, clock
):
    ruled(slow_seconds=600)
    first = posted(article, "Once")
    assert post(article, "Once")["Location"] == receipts.path_of(first)
    settings.OPTIONS = {**settings.OPTIONS, "shared_networks": ["203.0.113.0/24"]}
    assert posted(article, "One of many", address="203.0.113.5").visible
    assert state(posted(article, "Another of them", address="203.0.113.5"))[0] == "HELD"


def test_the_rules_cost_a_post_no_statement_of_their_own(ruled, article, thread, publication, section):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            posted(article, f"Words {timezone.now()}")
        return len(captured)

    posted(article, "The first post may fill caches")
    before = statements()
    for subject in (publication, section, article):
        ruled(subject, hold="everything", close_after_days=3650)
    held = posted(article, "This one is held")
    assert not held.visible
    for subject in (publication, section, article):
        ruled(subject, hold="nothing", close_after_days=3650)
    assert statements() == before


def test_a_change_of_text_obeys_what_has_been_set_since(ruled, article, publisher):
    comment = posted(article, "As it was")
    path = f"{receipts.path_of(comment)}revisions/"
    closing.close(article, by=publisher)
    assert "revisions/" not in Client().get(receipts.path_of(comment)).content.decode()
    answer = Client().post(path, {"text": "As it should be"})
    assert answer.status_code == 409
    assert filled_in(answer.content.decode(), "text") == "As it should be"
    closing.reopen(article, by=publisher)
    ruled(who="readers")
    assert Client().post(path, {"text": "As it should be"}).status_code == 403


def test_a_preview_tells_the_rules_again(ruled, article):
    ruled(hold="everything")
    html = post(article, "How would it look?", preview="1").content.decode()
    assert "Everything is read by a moderator" in html


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "a second"),
        (45, "every 45 seconds"),
        (60, "a minute"),
        (600, "every 10 minutes"),
        (3600, "an hour"),
    ],
)
def test_the_pause_is_said_in_the_largest_unit_that_fits(ruled, article, seconds, said):
    ruled(slow_seconds=seconds)
    assert f"Slow mode: one comment {said}." in page(article.path)


def test_articles_that_close_say_the_day_in_advance(ruled, article):
    ruled(close_after_days=30)
    ahead = make_article("Fresh", section=article.section, published_at=timezone.now() - timedelta(days=1))
    ruled(ahead, close_after_days=30)
    assert "Comments close on" in page(ahead.path)
    assert posted(ahead, "In time")
