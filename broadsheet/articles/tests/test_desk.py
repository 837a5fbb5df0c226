"""The newsroom's first page: what waits, what is scheduled, who writes what now."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.admin.models import EditingSession

from broadsheet.articles import approving
from broadsheet.articles.models import Article
from broadsheet.articles.tests.newsroom_forms import revise, staff, url, write
from broadsheet.discussion import posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import Comment, Thread
from broadsheet.masthead import founding
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def editor():
    founding.found(name="The Ebb", email="publisher@example.org")
    approving.found_workflow()
    return staff("Editors", "Carol")


def desk(client):
    return " ".join(client.get("/newsroom/").content.decode().split())


def in_a_day() -> str:
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")


def test_an_empty_desk_says_so_in_words(editor):
    page = desk(editor)
    for sentence in (
        "Nothing waits for approval.",
        "Nobody has an article open.",
        "Nothing is scheduled.",
        "No drafts.",
        "Nothing is published yet.",
        "No comment is waiting",
        "Nobody has commented since yesterday.",
    ):
        assert sentence in page


def test_what_is_scheduled_stands_with_its_moment_and_can_be_called_off(editor):
    article = write(editor, "publish", headline="What tomorrow brings", go_live_at=in_a_day())
    article.refresh_from_db()
    assert f"{timezone.localtime(article.go_live_at):%H:%M}" in desk(editor)
    listed = editor.get(url("list")).content.decode()
    assert "Unschedule" in listed
    editor.post(url("revisions_unschedule", article.pk, article.scheduled_revision.pk))
    assert Article.objects.get(pk=article.pk).scheduled_revision is None
    assert "Unschedule" not in editor.get(url("list")).content.decode()


def test_whoever_has_an_article_open_is_seen_by_others(editor):
    dora = staff("Contributors", "Dora")
    article = write(dora, headline="Fog again")
    dora.get(url("edit", article.pk))
    dora.get(url("edit", article.pk))
    page = desk(editor)
    assert "Fog again</a> · Dora" in page
    assert page.count("· Dora") == 1
    EditingSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=6))
    assert "Nobody has an article open." in desk(editor)


def test_a_writer_s_desk_shows_their_own_articles_only(editor):
    write(editor, headline="Carol's secret draft")
    dora = staff("Contributors", "Dora")
    write(dora, headline="Dora's own draft")
    page = desk(dora)
    assert "Dora&#x27;s own draft" in page
    assert "secret draft" not in page
    assert "waiting for a moderator" not in page


def test_what_readers_discuss_is_counted_over_the_last_hour_and_the_last_day(editor):
    quiet, loud = write(editor, "publish", headline="Quiet"), write(editor, "publish", headline="Loud")
    for article, count in ((quiet, 1), (loud, 3)):
        thread = Thread.objects.create(article=article)
        for number in range(count):
            draft = Draft(f"Word {number} on {article}", "Mallory")
            posting.post_comment(thread, draft=draft, by=Commenter(f"192.0.2.{article.pk}{number}"))
    Comment.objects.filter(thread__article=quiet).update(posted_at=timezone.now() - timedelta(days=2))
    page = desk(editor)
    assert "Loud</a> · <strong>3 in the last hour</strong>, 3 comments in the last day" in page
    assert "Quiet</a> ·" not in page.partition("What readers discuss")[2]

    Comment.objects.filter(thread__article=loud).update(posted_at=timezone.now() - timedelta(hours=2))
    posting.post_comment(
        Thread.objects.get(article=quiet), draft=Draft("Anew", "Mallory"), by=Commenter("192.0.2.99")
    )
    discussed = desk(editor).partition("What readers discuss")[2]
    assert "Loud</a> · 3 comments in the last day" in discussed
    assert discussed.index("Quiet</a>") < discussed.index("Loud</a>")  # what is lively now stands first


def test_a_busier_desk_takes_no_more_queries(editor):
    def fill(count):
        for number in range(count):
            write(editor, "publish", headline=f"Out {number}")
            write(editor, "publish", headline=f"Later {number}", go_live_at=in_a_day())
            waiting = write(editor, "submit", headline=f"Waits {number}")
            EditingSession.objects.create(
                user=Reader.objects.get(name="Carol"), object_id=waiting.pk, last_seen_at=timezone.now(),
                content_type=ContentType.objects.get_for_model(Article), is_editing=True,
            )  # fmt: skip
        desk(editor)
        with CaptureQueriesContext(connection) as captured:
            desk(editor)
        return len(captured)

    assert fill(1) == fill(3)


def test_a_submitted_article_is_seen_by_editors_sent_back_with_a_comment_and_approved(editor):
    dora = staff("Contributors", "Dora")
    article = write(dora, "submit", headline="Fog again")
    assert mail.outbox == [], "the desk says so; no request sends letters"
    assert "Fog again</a> · Dora" in desk(editor)
    assert revise(dora, article, headline="Changed meanwhile").status_code == 200
    state = article.current_workflow_task_state
    decide = url("workflow_action", article.pk, "reject", state.pk)
    assert editor.post(decide, {"comment": "Who says so?"}).status_code == 302
    assert "“Who says so?”" in desk(dora)
    revise(dora, article, "submit", headline="Fog again, says the pilot")
    article = Article.objects.get(pk=article.pk)
    state = article.current_workflow_task_state
    editor.post(url("workflow_action", article.pk, "approve", state.pk), {"comment": ""})
    article.refresh_from_db()
    assert article.live
    assert article.headline == "Fog again, says the pilot"
    assert "Nothing waits for approval." in desk(editor)


def test_a_contributor_approves_nothing(editor):
    dora = staff("Contributors", "Dora")
    article = write(dora, "submit")
    state = article.current_workflow_task_state
    for action in ("approve", "reject"):
        dora.post(url("workflow_action", article.pk, action, state.pk), {"comment": ""})
    article.refresh_from_db()
    assert not article.live
    assert article.workflow_in_progress


def test_a_locked_article_is_changed_by_whoever_locked_it_only(editor):
    article = write(editor)
    editor.post(url("lock", article.pk))
    other = staff("Editors", "Erin")
    assert revise(other, article, headline="Over your shoulder").status_code == 200
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().headline == "The tide is late"
    other.post(url("unlock", article.pk))
    assert revise(other, article, headline="Unlocked").status_code == 302
