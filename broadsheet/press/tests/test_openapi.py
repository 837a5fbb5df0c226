"""The read API is what its description says, whatever it is asked: fuzzed from the description that is served."""

import json

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import strategies
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from broadsheet.discussion import api, counts, deciding, openapi, reading, transcripts
from broadsheet.discussion import urls as discussion_urls
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import chain, fill, make_article, page, write
from broadsheet.press import bodies, busy
from broadsheet.press.stand import Stand

pytestmark = pytest.mark.django_db(databases="__all__")

OPERATIONS = [each["get"]["operationId"] for each in openapi.document()["paths"].values()]
HELD_AGAINST = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
QUESTIONS = 15
"""To each operation, sensible and not: enough for the edges of its parameters."""
PLAINLY = {"Accept-Encoding": "identity"}
MET = {"comments": {200, 400, 404}, "conversation": {200, 404}, "counts": {200, 400}}
"""The answers that the questions to an operation must have got, or they asked nothing."""
ARTICLE = "/{year}/{month}/{day}/{slug}"
DAY = {"year": "2026", "month": "03", "day": "02"}


@pytest.fixture
def talk(section, carol):
    """A thread with numbered pages and comments in every state; its neighbour has none."""
    thread = reading.started_thread_of(make_article("The tide is late", section=section))
    _, reply, _ = chain(thread, 3)
    deciding.remove(reply, by=carol)
    write(thread, "A held word.", state=Comment.State.HELD)
    fill(thread, 110)
    make_article("Silence", section=section)
    return thread


@pytest.fixture
def application(settings, prints, tmp_path):
    """The stand and Django behind it, as they are served."""
    settings.ALLOWED_HOSTS = ["*"]
    boundless = {name: "1000000/1" for name in settings.OPTIONS if name.startswith("limit_")}
    settings.OPTIONS = {**settings.OPTIONS, **boundless}
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Stand(
        get_wsgi_application(),
        busy=busy.page,
        largest=bodies.largest,
        prints=prints,
        media=tmp_path / "media",
        threads=10,
    )
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_is_asked_is_answered_as_described(name, talk, application):
    served = schemathesis.openapi.from_wsgi(openapi.PATH, application)
    operation = served.find_operation_by_id(name)
    sensible, not_sensible = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
    places = strategies.sampled_from(
        [None, *({**DAY, "slug": slug} for slug in ("the-tide-is-late", "silence"))]
    )
    checks, statuses = CHECKS.get_by_names(HELD_AGAINST), set()

    @hypothesis.seed(20_26)
    @hypothesis.settings(
        max_examples=QUESTIONS,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=sensible | not_sensible, place=places, number=strategies.integers(1, 120))
    def ask(case, place, number):
        if place and "slug" in case.path_parameters:
            case.path_parameters |= place | ({"seq": number} if "seq" in case.path_parameters else {})
        answer = case.call_and_validate(headers=PLAINLY, checks=checks)
        statuses.add(answer.status_code)

    ask()
    assert statuses >= MET.get(name, {200}), "the questions met what there is"


def test_its_address_and_its_limits_are_those_of_the_code(publication, application):
    told = json.loads(page(openapi.PATH))
    assert told["openapi"].startswith("3.1")
    assert told["servers"] == [{"url": "http://127.0.0.1:8000", "description": "The Gannet"}]
    limit, path = (
        next(each for each in told["paths"][at]["get"]["parameters"] if each.get("name") == name)["schema"]
        for at, name in ((f"{ARTICLE}/comments.json", "limit"), ("/comments/counts.json", "path"))
    )
    assert limit["default"] == api.DEFAULT_LIMIT and limit["maximum"] == api.HIGHEST_NUMBER
    assert path["maxItems"] == counts.MOST and path["items"]["maxLength"] == counts.LONGEST
    schemas = told["components"]["schemas"]
    assert schemas["Comments"]["properties"]["comments"]["maxItems"] == api.HIGHEST_LIMIT
    assert schemas["Transcript"]["properties"]["comments"]["maxItems"] == transcripts.PART


def test_every_field_of_an_answer_is_described(talk, article):
    schemas = openapi.document()["components"]["schemas"]
    comment = Comment.objects.filter(thread=talk, state=Comment.State.PUBLISHED)[0]
    assert (
        set(api.as_json(comment, talk.article, reading.distinguished(talk), {}))
        == set(schemas["Comment"]["properties"])
        == set(schemas["Comment"]["required"])
    )
    assert set(api.answer(talk.article, talk, api.Query())) == set(schemas["Comments"]["properties"])
    assert set(api.live(talk)) == set(schemas["Thread"]["properties"])
    assert set(reading.recent(talk)) == set(schemas["Recent"]["properties"])


def test_every_answer_of_the_application_in_json_is_described():
    """What is private, or answers a form, is no part of the read API."""
    private = {"mine_json", "receipt_data", "receipt_waiting"}
    named = {
        pattern.name for pattern in discussion_urls.urlpatterns if "json" in str(pattern.pattern)
    } - private
    described = {at.removeprefix(ARTICLE) for at in openapi.document()["paths"]}
    assert named == {"comments_json", "counts_json", "transcript"}
    assert {"/comments.json", "/comments/counts.json", "/transcript.json"} <= described
