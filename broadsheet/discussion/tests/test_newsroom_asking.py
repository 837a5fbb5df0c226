"""Editors ask readers and open question time in the newsroom; experts with an account there see what waits for them."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from broadsheet.discussion import asking
from broadsheet.discussion.models import Expert, QuestionTime
from broadsheet.discussion.tests.asked_cast import PASSAGE, asking_article, paragraph, poll
from broadsheet.discussion.tests.cast import page, posted
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader
from broadsheet.wiring.worker import drain

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]


def staff(reader, *codenames):
    reader.is_staff = True
    reader.save()
    reader.user_permissions.add(*Permission.objects.filter(codename__in=("access_admin", *codenames)))
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def newsroom(carol):
    return staff(carol, "add_prompt")


def test_an_editor_asks_and_takes_it_back(newsroom, article):
    screen = reverse("newsroom_asking", args=[article.pk])
    newsroom.post(screen, {"text": " When  did it ring? "})
    assert "When did it ring?" in page(article.path)
    assert 'value="When did it ring?"' in newsroom.get(screen).content.decode()
    newsroom.post(screen, {"text": ""})
    assert "When did it ring?" not in page(article.path)
    too_long = newsroom.post(screen, {"text": "x" * 301})
    assert too_long.status_code == 422
    assert "x" * 301 in too_long.content.decode()


def test_an_editor_opens_question_time_names_experts_and_ends_it(newsroom, article, alice):
    at = {
        name: reverse(f"newsroom_asking_{name}", args=[article.pk])
        for name in ("question_time", "experts", "question_time_end")
    }
    newsroom.post(at["question_time"])
    person = Person.objects.create(name="Dora Quist", slug="dora-quist")
    newsroom.post(at["experts"], {"person": person.pk})
    newsroom.post(at["experts"], {"email": "ALICE@example.org"})
    html = page(article.path)
    assert "Question time" in html
    assert "Dora Quist" in html
    assert "Alice" in html
    for wrong in ({}, {"email": "nobody@example.org"}, {"person": person.pk, "email": alice.email}):
        assert newsroom.post(at["experts"], wrong).status_code == 422
    newsroom.post(reverse("newsroom_asking_expert_end", args=[Expert.objects.get(person=person).pk]))
    assert "Dora Quist" not in page(article.path)
    newsroom.post(at["question_time_end"])
    assert "Question time" not in page(article.path)
    assert QuestionTime.objects.get().ended_at


def test_the_screen_tells_of_polls_and_passages(newsroom, section):
    article = asking_article(section, paragraph(f"<p>{PASSAGE}</p>"), poll(shown="closed"))
    html = newsroom.get(reverse("newsroom_asking", args=[article.pk])).content.decode()
    assert "Which lamp?" in html
    assert "The bell rang twice" in html


def test_whoever_may_not_ask_is_turned_away(article, alice):
    client = staff(alice)
    assert client.get(reverse("newsroom_asking", args=[article.pk])).status_code in {302, 403}
    assert client.post(reverse("newsroom_asking", args=[article.pk]), {"text": "x"}).status_code in {302, 403}
    assert "prompt" not in page(article.path)


def test_an_expert_with_an_account_of_the_newsroom_sees_what_waits_for_them_alone(
    article, thread, carol, alice, section
):
    client = staff(alice)
    other = Reader.objects.create_user("else@example.org", name="Else")
    mine = asking.open_question_time(thread, by=carol)
    posted(article, "When does it open?", name="bob")
    drain()
    assert "When does it open?" not in client.get(reverse("newsroom_questions")).content.decode()
    asking.name_expert(mine, by=carol, reader=other)
    assert "When does it open?" not in client.get(reverse("newsroom_questions")).content.decode()
    asking.name_expert(mine, by=carol, reader=alice)
    html = client.get(reverse("newsroom_questions")).content.decode()
    assert "When does it open?" in html
    assert f"{article.path}c/1/#say" in html
