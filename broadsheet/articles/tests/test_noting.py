import pytest
from django.test import Client

from broadsheet.articles.models import Note
from broadsheet.articles.tests.newsroom_forms import staff, url, write
from broadsheet.discussion.models import Thread
from broadsheet.masthead import founding
from broadsheet.press import addresses

pytestmark = pytest.mark.django_db(databases="__all__")

SECRET = "Do we trust the harbour master?"


@pytest.fixture
def editor():
    founding.found(name="The Ebb", email="publisher@example.org")
    return staff("Editors", "Carol")


@pytest.fixture
def article(editor):
    article = write(editor, "publish")
    article.refresh_from_db()
    return article


def leave(client, article, text=SECRET, **fields):
    return client.post(url("notes", article.pk), {"text": text, "quoted": "", **fields})


def test_a_note_is_read_beside_the_article_answered_resolved_and_opened_again(editor, article):
    assert leave(editor, article, quoted="It came at noon").status_code == 302
    note = Note.objects.get()
    assert SECRET in editor.get(url("edit", article.pk)).content.decode()
    editor.post(url("answer", article.pk, note.pk), {"text": "I do."})
    answer = note.replies.get()
    editor.post(url("answer", article.pk, answer.pk), {"text": "So do I."})
    assert note.replies.count() == 2
    page = editor.get(url("notes", article.pk)).content.decode()
    assert all(words in page for words in (SECRET, "It came at noon", "I do.", "So do I.", "Carol"))
    editor.post(url("resolution", article.pk, note.pk))
    note.refresh_from_db()
    assert note.resolved_by.name == "Carol"
    assert SECRET not in editor.get(url("edit", article.pk)).content.decode()
    editor.post(url("resolution", article.pk, note.pk), {"open": "1"})
    note.refresh_from_db()
    assert note.resolved_at is None


def test_an_empty_note_is_refused_and_what_was_typed_stays(editor, article):
    refused = leave(editor, article, text=" ", quoted="At noon")
    assert refused.status_code == 422
    assert "At noon" in refused.content.decode()
    assert not Note.objects.exists()


def test_a_note_s_text_is_shown_as_text(editor, article):
    leave(editor, article, text="<script>alert(1)</script>")
    for page in (url("notes", article.pk), url("edit", article.pk), "/newsroom/"):
        assert "<script>alert(1)</script>" not in editor.get(page).content.decode()


def test_no_note_leaves_the_newsroom(editor, article, settings, tmp_path):
    """Every page that is kept, the read API, the private answer, an older version: none carries a word of it."""
    settings.PRINTS = tmp_path
    Thread.objects.create(article=article)
    leave(editor, article)
    editor.post(url("answer", article.pk, Note.objects.get().pk), {"text": SECRET})
    public = [
        *addresses.every(),
        f"{article.path}comments.json",
        f"{article.path}index.md",
        "/mine.json",
        "/nothing/",
    ]
    assert article.path in public
    for path in public:
        for client in (Client(), editor):
            assert "harbour master" not in client.get(path).content.decode(), path
    assert not any("harbour master" in str(revision.content) for revision in article.revisions.all())


def test_whoever_may_not_change_an_article_sees_and_leaves_no_notes_beside_it(editor, article):
    leave(editor, article)
    note = Note.objects.get()
    for client in (staff("Contributors", "Dora"), staff("Moderators", "Mona"), Client()):
        assert SECRET not in client.get(url("notes", article.pk), follow=True).content.decode()
        leave(client, article, text="mine")
        client.post(url("answer", article.pk, note.pk), {"text": "mine"})
        client.post(url("resolution", article.pk, note.pk))
    assert Note.objects.get().resolved_at is None


def test_a_note_of_another_article_is_not_reached_through_one_s_own(editor, article):
    leave(editor, article)
    dora = staff("Contributors", "Dora")
    own = write(dora, headline="Mine")
    assert dora.post(url("resolution", own.pk, Note.objects.get().pk)).status_code == 404


def test_that_a_note_was_left_stands_in_the_history_and_what_it_says_does_not(editor, article):
    leave(editor, article)
    note = Note.objects.get()
    editor.post(url("answer", article.pk, note.pk), {"text": "I do."})
    editor.post(url("resolution", article.pk, note.pk))
    editor.post(url("resolution", article.pk, note.pk))
    editor.post(url("resolution", article.pk, note.pk), {"open": "1"})
    for page in ("/newsroom/reports/site-history/", url("history", article.pk)):
        shown = editor.get(page).content.decode()
        for deed in ("Left a note", "Answered a note", "Opened a note again"):
            assert deed in shown, page
        assert shown.count("Resolved a note") == 1, page
        assert SECRET not in shown
