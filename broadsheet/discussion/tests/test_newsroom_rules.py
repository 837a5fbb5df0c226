"""The newsroom's screens of rules, pins and picks, over HTTP."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Closure, Pick, Pin, Rules
from broadsheet.discussion.tests.cast import write
from broadsheet.discussion.tests.test_newsroom import staff
from broadsheet.masthead import roles
from broadsheet.readers.models import Reader

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("static_files"),
    pytest.mark.only_on("sqlite"),
]

UNSAID = {"who": "", "hold": "", "first_comments": "", "closing": "", "days": "", "slow_seconds": ""}


def signed_in(reader):
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def publisher(db):
    return signed_in(Reader.objects.create_superuser("dora@example.org", "x", name="Dora"))


@pytest.fixture
def moderator(db):
    return signed_in(staff("max@example.org", *roles.RIGHTS["moderate"].permissions))


def screen(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_level_says_what_it_leaves_to_the_one_above(publisher, publication, section, article):
    answer = publisher.post(
        reverse("newsroom_rules"),
        {
            **UNSAID,
            "who": "readers",
            "hold": "nothing",
            "closing": "days",
            "days": "14",
            "slow_seconds": "120",
        },
    )
    assert answer.status_code == 302
    assert Rules.objects.get().close_after_days == 14
    html = screen(publisher, "newsroom_rules_section", section.pk)
    assert "Readers with an account, as the publication says" in html
    assert "After 14 days, as the publication says" in html
    publisher.post(
        reverse("newsroom_rules_section", args=[section.pk]),
        {**UNSAID, "hold": "first", "first_comments": "3", "closing": "never"},
    )
    html = screen(publisher, "newsroom_rules_article", article.pk)
    assert "First comments, as the section “Harbour” says" in html
    assert "Never, as the section “Harbour” says" in html
    assert "One comment every 2 minutes, as the section “Harbour” says" in html
    assert "First comments are read by a moderator before they appear." in html, "what holds now"


def test_a_rule_that_lacks_its_number_is_not_saved(publisher, publication, section):
    path = reverse("newsroom_rules_section", args=[section.pk])
    answer = publisher.post(path, {**UNSAID, "closing": "days"})
    assert answer.status_code == 422 and "Say after how many days." in answer.content.decode()
    for wrong in ({"who": "nobody"}, {"closing": "days", "days": "0"}, {"slow_seconds": "7"}):
        assert publisher.post(path, {**UNSAID, **wrong}).status_code == 422
    assert not Rules.objects.exists()


def test_a_pause_that_no_choice_names_is_kept(publisher, publication):
    Rules.objects.create(level="publication", slow_seconds=77)
    html = screen(publisher, "newsroom_rules")
    assert '<option value="77" selected>One comment every 77 seconds</option>' in html


def test_a_moderator_closes_a_discussion_and_opens_it_again(moderator, article):
    closure = reverse("newsroom_discussion_closure", args=[article.pk])
    moderator.post(closure, {"reason": " too \n heated "})
    html = screen(moderator, "newsroom_rules_article", article.pk)
    assert "too heated" in html and "by Max" in html
    assert not Article.objects.get(pk=article.pk).comments_open
    moderator.post(reverse("newsroom_discussion_reopening", args=[article.pk]))
    assert Article.objects.get(pk=article.pk).comments_open
    assert "Opened again" in screen(moderator, "newsroom_rules_article", article.pk)
    assert Closure.objects.get().reopened_by.name == "Max"


def test_everybody_sets_the_rules_of_what_is_theirs_alone(moderator, publication, section, article):
    client = signed_in(staff("aida@example.org", *roles.RIGHTS["write"].permissions))
    aida = Reader.objects.get(email="aida@example.org")
    own = Article.objects.create(headline="A draft", begun_by=aida, live=False)
    for who, name, args, answers in (
        (moderator, "newsroom_rules", [], False),
        (moderator, "newsroom_rules_section", [section.pk], False),
        (moderator, "newsroom_rules_article", [article.pk], True),
        (client, "newsroom_rules_article", [article.pk], False),
        (client, "newsroom_rules_article", [own.pk], True),
        (client, "newsroom_rules", [], False),
    ):
        assert (who.get(reverse(name, args=args)).status_code == 200) is answers, (name, args)
    client.post(reverse("newsroom_discussion_closure", args=[article.pk]))
    assert Article.objects.get(pk=article.pk).comments_open
    client.post(reverse("newsroom_discussion_closure", args=[own.pk]))
    assert not Article.objects.get(pk=own.pk).comments_open


def test_the_editors_lead_to_the_rules(publisher, publication, section, article):
    for name, thing, rules in (
        ("wagtailsnippets_articles_article:edit", article, "articles/"),
        ("wagtailsnippets_articles_section:edit", section, "sections/"),
        ("wagtailsnippets_masthead_publication:edit", publication, ""),
    ):
        html = screen(publisher, name, thing.pk)
        assert f'href="/newsroom/discussion/rules/{rules}{thing.pk if rules else ""}' in html


def test_a_moderator_pins_and_picks_from_the_comments_screen_and_takes_it_back(moderator, article, thread):
    comment = write(thread, "Well said")

    def deed(name):
        answer = moderator.post(reverse(f"newsroom_comment_{name}", args=[comment.pk]))
        assert answer.status_code == 302
        return screen(moderator, "newsroom_comment", comment.pk)

    assert "Pinned by Max" in deed("pin")
    assert "Pinned by Max, Picked by Max" in deed("pick")
    assert "Pinned" not in deed("unpinning")
    assert "Picked" not in deed("unpicking")
    assert not Pin.objects.exists() and not Pick.objects.exists()


def test_from_a_comment_in_public_there_is_a_way_to_its_screen(moderator, article, thread):
    comment = write(thread, "Well said")
    answer = moderator.get(f"/newsroom/comments/at{article.path}c/{comment.seq}/")
    assert answer["Location"] == reverse("newsroom_comment", args=[comment.pk])
    for nowhere in (f"{article.path}c/99/", "/nothing/", f"{article.path}c/0/"):
        assert moderator.get(f"/newsroom/comments/at{nowhere}").status_code == 404
    assert moderator.get("/newsroom/comments/999999/").status_code == 404
