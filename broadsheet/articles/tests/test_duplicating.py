import pytest

from broadsheet.articles.models import Article, Section
from broadsheet.articles.tests.newsroom_forms import revise, staff, url, write
from broadsheet.discussion.models import Thread
from broadsheet.masthead import founding

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def author():
    founding.found(name="The Ebb", email="publisher@example.org")
    return staff("Authors", "Bob")


def test_a_copy_is_a_draft_of_one_s_own_with_the_newest_words(author):
    section = Section.objects.create(name="Harbour", slug="harbour")
    original = write(author, section=section.pk, tags="ferries, tides", slug="tide")
    revise(author, original, headline="The tide is early", section=section.pk, tags="ferries", slug="tide")
    Article.objects.filter(pk=original.pk).update(comment_count=7)
    Thread.objects.create(article=original)
    assert author.get(url("duplicate", original.pk)).status_code == 200
    assert Article.objects.count() == 1
    answer = author.post(url("duplicate", original.pk))
    copy = Article.objects.latest("pk")
    assert answer["Location"] == url("edit", copy.pk)
    assert (copy.headline, copy.slug, copy.live) == (
        "The tide is early (copy)",
        "the-tide-is-early-copy",
        False,
    )
    assert (copy.section, list(copy.tags.names())) == (section, ["ferries"])
    assert "It came at noon." in str(copy.body)
    assert copy.begun_by.name == "Bob"
    assert (copy.comment_count, copy.published_on) == (0, None)
    assert not Thread.objects.filter(article=copy).exists()
    original.refresh_from_db()
    assert list(original.tags.names()) == ["ferries"]
    assert "Copied from" in author.get(url("history", copy.pk)).content.decode()


def test_a_writer_copies_nobody_else_s_article(author):
    theirs = write(staff("Editors", "Carol"))
    author.post(url("duplicate", theirs.pk))
    assert Article.objects.count() == 1


def test_a_copy_of_a_published_article_is_published_under_an_address_of_its_own(author):
    editor = staff("Editors", "Carol")
    original = write(editor, "publish")
    editor.post(url("duplicate", original.pk))
    copy = Article.objects.latest("pk")
    copy.latest_revision.publish()
    copy.refresh_from_db()
    original.refresh_from_db()
    assert original.live
    assert copy.live
    assert copy.path != original.path
