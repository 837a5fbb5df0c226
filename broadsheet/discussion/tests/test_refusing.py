"""A refusal says why and gives the filled form back: nothing that was written is lost."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from broadsheet.discussion.gates import Refused
from broadsheet.discussion.models import Closure, Comment
from broadsheet.discussion.tests.cast import filled_in, post, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")

AWKWARD = "\n\n  <b>\"Quoted\" & 'more'</b> </textarea><script>1</script> &amp;lt; {{ x }}\nlast line"


def refuse_politics(question):
    """A gate of this test."""
    return Refused("Politics are talked about elsewhere.") if "politics" in question.draft.text else None


@pytest.fixture
def with_gate(settings):
    settings.OPTIONS = {**settings.OPTIONS, "gates": [f"{__name__}.refuse_politics"]}


def returned(answer, status):
    assert answer.status_code == status, answer.content.decode()[:400]
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": ""}, "Give a name"),
        ({"name": " \u200b\u3164 "}, "Give a name"),
        ({"name": "x" * 81}, "has 81 characters"),
        ({"name": "ali\0ce"}, "Null characters"),
        ({"text": ""}, "Write something first"),
        ({"text": " \n\t\u200b"}, "Write something first"),
        ({"text": "x" * 10_001}, "10,001 characters"),
        ({"email": "not an address"}, "not an e-mail address"),
        ({"email": "a@b\r\nBcc: c@example.org"}, "not an e-mail address"),
        ({"parent": "first"}, "is not known"),
        ({"parent": "-1"}, "is not known"),
        ({"parent": "0"}, "is not known"),
        ({"parent": "1.5"}, "is not known"),
        ({"parent": "99999999999"}, "is not known"),
        ({"parent": "0" * 19 + "1" + "9" * 30}, "is not known"),
        ({"parent": "0" * 19 + "1" + "9" * 5000}, "is not known"),
        ({"parent": "\u0661"}, "is not known"),
    ],
)
def test_a_field_that_cannot_be_is_named_and_the_rest_is_kept(article, fields, reason):
    sent = {"name": "alice", "email": "alice@example.org", "text": AWKWARD} | fields
    html = returned(post(article, **sent), 422)
    assert reason in html
    for field in ("name", "email", "text"):
        if field not in fields:
            assert filled_in(html, field) == sent[field]
    assert not Comment.objects.filter(thread__article=article).exists()


def test_a_refused_field_comes_back_as_it_was_typed(article):
    html = returned(post(article, "x" * 10_001, name='"><i>' * 30, email="<a@b>'\""), 422)
    assert filled_in(html, "text") == "x" * 10_001
    assert filled_in(html, "name") == '"><i>' * 30
    assert filled_in(html, "email") == "<a@b>'\""


def test_exactly_ten_thousand_characters_and_eighty_of_a_name_are_taken(article):
    text = "é" * 9_999 + "😀"
    comment = posted(article, text, "ñ" * 80)
    assert (comment.source, comment.author_name) == (text, "ñ" * 80)


def test_a_lost_parent_is_said_and_the_text_can_go_elsewhere(article):
    html = returned(post(article, AWKWARD, parent="777"), 409)
    assert "no longer there" in html
    assert filled_in(html, "text") == AWKWARD
    assert filled_in(html, "parent") == ""


def test_a_refused_reply_still_answers_the_same_comment(article, thread):
    asked = write(thread, name="bob")
    html = returned(post(article, "", parent=asked.seq), 422)
    assert filled_in(html, "parent") == str(asked.seq)
    assert "In answer to" in html and "bob" in html


def test_a_gate_refuses_with_its_own_words(article, with_gate):
    html = returned(post(article, f"politics {AWKWARD}"), 403)
    assert "Politics are talked about elsewhere." in html
    assert filled_in(html, "text") == f"politics {AWKWARD}"
    assert posted(article, "weather")


def test_nobody_comments_under_a_closed_article(article):
    article.comments_open = False
    article.save()
    html = returned(post(article, AWKWARD), 409)
    assert "closed" in html
    assert filled_in(html, "text") == AWKWARD


def test_a_closed_conversation_takes_no_reply_at_any_depth_and_others_do(article, thread, carol):
    root, other = write(thread), write(thread)
    reply = write(thread, parent=root)
    Closure.objects.create(root=root, thread=thread, closed_by=carol)
    for closed in (root, reply):
        html = returned(post(article, "No more?", parent=closed.seq), 409)
        assert "conversation is closed" in html
        assert filled_in(html, "text") == "No more?"
    assert posted(article, "Here, then", parent=other.seq)
    assert posted(article, "Or here")


def test_what_is_over_64_kb_comes_back_filled(article):
    text = "é" * 40_000
    html = returned(post(article, text), 413)
    assert "larger than 64 KB" in html
    assert filled_in(html, "text") == text
    assert filled_in(html, "name") == "alice"


def test_what_is_over_a_megabyte_is_not_even_read(article):
    answer = post(article, "x" * 1_100_000)
    assert answer.status_code == 413


def test_a_form_of_a_thousand_fields_is_refused(article):
    answer = post(article, **{f"field{n}": "x" for n in range(999)})
    assert answer.status_code == 400
    assert post(article, **{f"field{n}": "x" for n in range(6000)}).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=alice&text=%ff%fe%c3%28", "application/x-www-form-urlencoded"),
        (b"name=%ed%a0%80&text=%ed%a0%80 lone surrogate", "application/x-www-form-urlencoded"),
        (b"name=alice&text=a%00b", "application/x-www-form-urlencoded"),
        (b"name=alice&text=\xff\xfe", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"name=alice&text=hello", "application/x-www-form-urlencoded; charset=nonsense"),
        (
            b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n\xff\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b'{"name": "alice", "text": "b"}', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_bytes_that_are_no_form_are_refused_and_break_nothing(article, body, kind):
    answer = Client().generic("POST", f"{article.path}comments/", body, content_type=kind)
    assert answer.status_code in {303, 400, 422}
    for comment in Comment.objects.filter(thread__article=article):
        assert comment.source.encode() and "\0" not in comment.source
        assert Client().get(article.path).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_do_nothing(article, thread, method):
    write(thread)
    answer = getattr(Client(), method)(f"{article.path}comments/")
    assert answer.status_code == 405
    assert Comment.objects.filter(thread=thread).count() == 1


def test_what_could_not_be_saved_is_not_said_to_be_and_comes_back_whole(article, thread):
    asked = write(thread)

    def away(execute, sql, params, many, context):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(away):
        answer = post(article, AWKWARD, 'alice "a"', email="alice@example.org", parent=asked.seq, follow="1")
    html = returned(answer, 503)
    assert int(answer["Retry-After"]) > 0
    assert "not saved" in html
    sent = {"text": AWKWARD, "name": 'alice "a"', "email": "alice@example.org", "parent": str(asked.seq)}
    sent["follow"] = "1"
    assert {field: filled_in(html, field) for field in sent} == sent
    assert Comment.objects.filter(thread=thread).count() == 1


def test_a_comment_is_whole_or_not_there_when_its_last_write_fails(article, thread):
    def fail_at_event(execute, sql, params, many, context):
        if "INSERT INTO" in sql and "events_event" in sql:
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_at_event):
        assert post(article, "Half?").status_code == 503
    thread.refresh_from_db()
    assert (thread.last_seq, thread.comment_count, thread.last_rev, thread.root_count) == (0, 0, 0, 0)
    assert not Comment.objects.filter(thread=thread).exists()
