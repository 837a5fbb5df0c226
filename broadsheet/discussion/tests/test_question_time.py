"""The newsroom asks: a prompt above the form, or question time with experts whose replies are answers."""

import json
import re

import pytest
from django.test import Client

from broadsheet.discussion import answering, asking
from broadsheet.discussion.models import Question, QuestionTime
from broadsheet.discussion.tests.cast import fill, page, post, posted, seqs
from broadsheet.kit.pages import NotThere
from broadsheet.masthead.models import Person
from broadsheet.press import store
from broadsheet.readers.models import Reader
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")

OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def expert(db):
    return Reader.objects.create_user("dora@example.org", name="Dora Quist")


@pytest.fixture
def opened(thread, carol, expert):
    question_time = asking.open_question_time(thread, by=carol)
    asking.name_expert(question_time, by=carol, reader=expert)
    drain()
    return question_time


def replies(article, comment, who, text="At nine."):
    client = Client()
    client.force_login(who)
    return posted(article, text, parent=str(comment.seq), client=client, **OWN_PAGE)


def counted(question_time):
    drain()
    question_time.refresh_from_db()
    return question_time.waiting_count, question_time.answered_count


def test_a_prompt_stands_above_the_form_until_it_is_taken_back(article, thread, carol):
    asking.ask(thread, "When did you last see the lamp?", by=carol)
    html = page(article.path)
    assert html.index("When did you last see the lamp?") < html.index('id="say"')
    assert "When did you last see the lamp?" in page(f"{article.path}comments/feed.xml")
    drain()
    assert b"When did you last see" in (store.read(article.path) or b"")
    asking.ask(thread, "", by=carol)
    assert "When did you last see" not in page(article.path)
    assert thread.prompts.get().ended_by == carol


def test_asking_the_same_again_is_no_new_prompt(thread, carol):
    first = asking.ask(thread, "When?", by=carol)
    assert asking.ask(thread, "When?", by=carol) == first
    assert asking.ask(thread, "Where?", by=carol) != first
    assert thread.prompts.count() == 2


def test_a_root_waits_until_an_expert_answers_it(article, opened, expert, alice):
    question = posted(article, "When does it open?")
    assert counted(opened) == (1, 0)
    assert "Waiting for an answer" in page(article.path)
    replies(article, question, alice, "I wonder too.")
    assert counted(opened) == (1, 0)
    answer = replies(article, question, expert)
    assert counted(opened) == (0, 1)
    html = page(article.path)
    assert "Waiting for an answer" not in html
    assert f'href="{article.path}c/{answer.seq}/">Answered</a>' in html
    assert re.search(r'Dora Quist</span> <span class="mark staff">Expert</span>', html)


def test_the_staff_answer_too_and_their_roots_are_no_questions(article, opened, carol):
    question = posted(article, "When does it open?")
    replies(article, question, carol)
    client = Client()
    client.force_login(carol)
    posted(article, "Ask away.", client=client, **OWN_PAGE)
    assert counted(opened) == (0, 1)


def test_a_question_waits_again_when_its_answer_is_taken_down(article, opened, expert, carol):
    from broadsheet.discussion import deciding

    question = posted(article, "When does it open?")
    answer = replies(article, question, expert)
    assert counted(opened) == (0, 1)
    before = Question.objects.get().root.rev
    deciding.remove(answer, by=carol, reason="wrong")
    assert counted(opened) == (1, 0)
    assert Question.objects.get().root.rev > before


def test_waiting_and_answered_questions_have_pages_of_their_own(article, opened, expert):
    first, second = posted(article, "When?"), posted(article, "Where?", name="bob")
    replies(article, first, expert)
    drain()
    assert seqs(page(f"{article.path}questions/waiting/")) == [second.seq]
    assert seqs(page(f"{article.path}questions/answered/"))[0] == first.seq
    replies(article, second, expert)
    drain()
    assert not store.stands(f"{article.path}questions/waiting/")
    assert "No question is waiting" in page(f"{article.path}questions/waiting/")


def test_many_questions_are_read_page_by_page_with_none_missing(article, thread, opened):
    fill(thread, 50)
    answering.mend(thread)
    path, found = f"{article.path}questions/waiting/", []
    while path:
        html = page(path)
        found += seqs(html)
        onward = re.search(r'rel="next" href="([^"]+)"', html)
        path = onward[1] if onward else ""
    assert found == list(range(1, 51))
    assert counted(opened) == (50, 0)


def test_without_question_time_there_are_no_such_pages_and_no_marks(article, opened, carol, expert):
    question = posted(article, "When?")
    replies(article, question, expert)
    drain()
    asking.end_question_time(opened, by=carol)
    drain()
    html = page(article.path)
    assert "Answered" not in html
    assert "Expert" not in html
    with pytest.raises(NotThere):
        page(f"{article.path}questions/waiting/")
    assert QuestionTime.objects.get().ended_by == carol


def test_what_stood_before_is_a_question_and_experts_can_change(article, thread, carol, author):
    question = posted(article, "When?")
    replies(article, question, author)
    opened = asking.open_question_time(thread, by=carol)
    assert counted(opened) == (0, 1)
    other = Reader.objects.create_user("else@example.org", name="Else")
    posted(article, "Where?", name="bob")
    second = posted(article, "Why?", name="ben")
    replies(article, second, other)
    assert counted(opened) == (2, 1)
    expert = asking.name_expert(
        opened, by=carol, person=Person.objects.create(name="Else", slug="else", reader=other)
    )
    assert counted(opened) == (1, 2)
    asking.drop_expert(expert)
    assert counted(opened) == (2, 1)


def test_the_read_api_and_machines_hear_of_answers(article, opened, expert):
    question = posted(article, "When?")
    answer = replies(article, question, expert)
    drain()
    told = {each["seq"]: each for each in Client().get(f"{article.path}comments.json").json()["comments"]}
    assert (told[question.seq]["answered"], told[question.seq]["answer"]) == (True, answer.seq)
    assert (told[answer.seq]["answered"], told[answer.seq]["answer"]) == (None, None)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(article.path), re.S)
    assert data
    graph = json.loads(data[1])["@graph"]
    asked = next(each for each in graph if each["@type"] == "QAPage")["mainEntity"][0]
    assert asked["@type"] == "Question"
    assert asked["acceptedAnswer"]["text"] == "At nine."


def test_recounting_puts_drifted_questions_right(article, thread, opened, expert):
    replies(article, posted(article, "When?"), expert)
    drain()
    Question.objects.update(answer=None)
    QuestionTime.objects.update(answered_count=7)
    assert answering.mend(thread)
    assert counted(opened) == (0, 1)
    assert not answering.mend(thread)


def test_a_guest_posts_as_ever_in_question_time(article, opened):
    assert post(article, "A question?").status_code == 303
