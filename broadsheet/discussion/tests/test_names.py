"""Nobody passes for somebody who writes or works here."""

import pytest
from django.test import Client

from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import filled_in, page, post, posted
from broadsheet.masthead.models import Person

pytestmark = pytest.mark.django_db(databases="__all__")

OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def person(publication):
    return Person.objects.create(name="Ines Aldana", slug="ines-aldana")


@pytest.mark.parametrize(
    "name",
    [
        "Ines Aldana", "ines aldana", "INES  ALDANA", "InesAldana", "Ines Aldana ✓", "★ Ines Aldana ★", "lnes Aldana",
        "Ines Αldana", "Ines Аldаnа", "Ｉｎｅｓ Aldana", "𝐈𝐧𝐞𝐬 𝐀𝐥𝐝𝐚𝐧𝐚", "Ines\u200b Aldana", "Ines A\u0301ldana",
        "Ⓘⓝⓔⓢ Aldana",
        "\u202eInes Aldana",
        "Carol Reed", "CaroI Reed", "The Gannet", "Тhe Gannet", "admin", "Аdmin", "Moderator", "Staff",
    ],
)  # fmt: skip
def test_a_guest_cannot_take_a_name_that_looks_like_one_of_ours(article, person, carol, name):
    html = post(article, "Trust me.", name)
    assert html.status_code == 422
    assert "looks like one of somebody who works here" in html.content.decode()
    assert filled_in(html.content.decode(), "text") == "Trust me."


@pytest.mark.parametrize(
    "name", ["Ines Aldana (author)", "the real Ines Aldana", "Dr. Inés Aldana", "lnesAldana2"]
)
def test_a_name_around_one_of_ours_is_held(article, person, name):
    comment = posted(article, "Trust me.", name)
    assert comment.state == Comment.State.HELD
    assert "resembles" in comment.holds.get().reason


@pytest.mark.parametrize(
    "name", ["Ines", "Aldana", "Ana", "Carol", "Gannet", "Edith", "Adminah", "Инна", "海の人", "🌊"]
)
def test_other_names_are_free(article, person, carol, name):
    assert posted(article, "Hello.", name).state == Comment.State.PUBLISHED


def test_a_reader_who_left_the_staff_is_no_reason_to_refuse(article, carol):
    carol.is_active = False
    carol.save()
    assert posted(article, "Hello.", "Carol Reed").state == Comment.State.PUBLISHED


def signed_in(reader):
    client = Client()
    client.force_login(reader)
    return client


def test_the_articles_author_is_marked_author_and_the_staff_staff(article, author, carol, alice):
    posted(article, "I wrote it.", client=signed_in(author), **OWN)
    posted(article, "I read it first.", client=signed_in(carol), **OWN)
    posted(article, "I read it last.", client=signed_in(alice), **OWN)
    comments = Comment.objects.filter(thread__article=article).order_by("seq")
    assert [comment.mark for comment in comments] == ["author", "staff", ""]
    html = page(article.path)
    assert html.count('class="mark staff"') == 2
    assert 'Ines Aldana</span> <span class="mark staff">Author</span>' in html
    assert 'Carol Reed</span> <span class="mark staff">Staff</span>' in html


def test_staff_may_link_and_are_never_held(article, carol):
    comment = posted(article, "See https://example.org/", client=signed_in(carol), **OWN)
    assert comment.state == Comment.State.PUBLISHED


def test_a_field_cannot_give_a_guest_a_mark_an_account_or_a_state(article, carol):
    comment = posted(
        article, "See https://example.org/", "mallory",
        mark="staff", reader=carol.pk, reader_id=carol.pk, state="1", likes="99", sib="1", seq="1", rev="9",
    )  # fmt: skip
    assert (comment.mark, comment.reader, comment.state, comment.likes) == ("", None, Comment.State.HELD, 0)


def test_the_field_that_people_do_not_see_holds_what_fills_it(article):
    comment = posted(article, "Buy now", website="http://example.org")
    assert comment.state == Comment.State.HELD
    assert "people do not see" in comment.holds.get().reason
