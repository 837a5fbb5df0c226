"""What readers were given is kept, exactly and only that; they can read it and see what changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.articles import correcting, pages, sealing
from broadsheet.articles.models import Article, Version
from broadsheet.articles.tests.making import (
    HOSTILE,
    html_of,
    make_article,
    make_person,
    make_publication,
    paragraph,
)
from broadsheet.articles.wording import lines
from broadsheet.kit.pages import Gone, Moved, NotThere, Page
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db


def publish(article, **changes):
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision().publish()
    article.refresh_from_db()
    return article


def where(article, number=None):
    year, month, day, slug = article.path.strip("/").split("/")
    return (year, month, day, slug) if number is None else (year, month, day, slug, str(number))


@pytest.fixture
def carol():
    return Reader.objects.create_superuser("carol@example.org", name="Carol")


@pytest.fixture
def article():
    """Two versions: the tide came at noon, then at one."""
    make_publication()
    article = Article(headline="The tide is late", live=False, body=[paragraph_block("It came at noon.")])
    article.save()
    publish(article)
    return publish(article, body=[paragraph_block("It came at one, with rain.")])


def paragraph_block(text):
    return ("paragraph", f"<p>{text}</p>")


def numbers(article):
    return list(article.versions.order_by("number").values_list("number", flat=True))


def test_every_publication_of_other_words_is_a_version_with_its_count_of_them(article):
    assert numbers(article) == [1, 2]
    second = article.versions.get(number=2)
    assert (second.words_gone, second.words_new) == (1, 3)
    assert article.updated_at == second.published_at == article.last_published_at


def test_publishing_the_same_again_is_no_version_and_no_update(article):
    before = article.updated_at
    publish(article)
    assert numbers(article) == [1, 2]
    assert article.updated_at == before


def test_a_draft_is_no_version(article):
    article.headline = "Not yet"
    article.save_revision()
    assert numbers(article) == [1, 2]
    assert "Not yet" not in html_of(pages.history(*where(article)))


def test_a_change_that_waits_for_its_moment_is_no_version(article):
    publish(article, headline="Tomorrow", go_live_at=timezone.now() + timedelta(days=1))
    assert numbers(article) == [1, 2]


def test_what_was_public_before_there_were_versions_becomes_the_first():
    make_publication()
    article = make_article("Imported", blocks=[paragraph("It came at noon.")])
    assert numbers(article) == []
    publish(article, headline="Imported and mended")
    first, second = article.versions.order_by("number")
    assert (first.wording["headline"], second.wording["headline"]) == ("Imported", "Imported and mended")
    assert first.published_at == article.published_at


def test_a_version_stays_what_it_was_when_its_revision_is_written_over(article):
    revision = article.latest_revision
    revision.content["headline"] = "Something else"
    revision.save()
    assert "Something else" not in html_of(pages.version_text(*where(article, 2)))


def test_the_difference_marks_words_that_came_and_went_in_words_too(article):
    page = html_of(pages.difference(*where(article, 2)))
    assert '<del><span class="unseen">[removed: </span>noon<span class="unseen">]</span></del>' in page
    assert (
        '<ins><span class="unseen">[added: </span>one, with rain<span class="unseen">]</span></ins>' in page
    )
    assert "3 words added, 1 removed" in page


def test_a_changed_headline_and_standfirst_are_in_the_difference(article):
    publish(article, headline="The tide is early", standfirst="By an hour")
    page = html_of(pages.difference(*where(article, 3)))
    assert "[removed: </span>late" in page
    assert "By an hour" in page


def test_each_version_is_read_whole_and_says_that_it_is_not_the_present_one(article):
    page = html_of(pages.version_text(*where(article, 1)))
    assert "It came at noon." in page
    assert "It has changed since" in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_version_is_in_the_language_of_its_article(article):
    Article.objects.filter(pk=article.pk).update(language="ar")
    assert '<article class="story-whole" lang="ar" dir="rtl">' in html_of(
        pages.version_text(*where(article, 1))
    )
    assert '<div class="difference body" lang="ar" dir="rtl">' in html_of(
        pages.difference(*where(article, 2))
    )


def test_the_article_leads_to_its_versions_once_it_has_changed(article):
    link = f'href="{article.path}history/"'
    assert link in html_of(page_of(article))
    assert link not in html_of(page_of(make_article("Fog")))


def page_of(article):
    return Page("articles/article.html", pages.article_context(pages.find_article(*where(article))))


def test_what_was_never_changed_says_so():
    make_publication()
    assert "reads as it did" in html_of(pages.history(*where(make_article("Fog"))))


@pytest.mark.parametrize("number", [3, 99])
def test_a_version_that_never_was_is_not_there(article, number):
    with pytest.raises(NotThere):
        pages.difference(*where(article, number))


def test_the_first_version_has_nothing_to_be_compared_with(article):
    with pytest.raises(Moved) as moved:
        pages.difference(*where(article, 1))
    assert moved.value.path == f"{article.path}history/1/text/"


def test_an_unpublished_article_takes_its_versions_along(article):
    article.unpublish()
    with pytest.raises(Gone):
        pages.history(*where(article))


def test_what_was_removed_is_in_no_page_of_the_history(article, carol):
    publish(article, body=[paragraph_block("It came at two.")])
    sealing.seal(article.versions.get(number=2), by=carol, reason="named a child")
    shown = html_of(pages.history(*where(article))) + html_of(pages.difference(*where(article, 3)))
    assert "with rain" not in shown
    assert "named a child" in shown
    assert "Compared with version 1" in shown
    with pytest.raises(Gone) as gone:
        pages.version_text(*where(article, 2))
    assert gone.value.page and "named a child" in html_of(gone.value.page)


def test_sealed_words_that_are_published_again_are_a_version_of_their_own(article, carol):
    article.unpublish()
    sealing.seal(article.versions.get(number=2), by=carol, reason="named a child")
    article.refresh_from_db()
    publish(article)
    assert numbers(article) == [1, 2, 3]
    assert "with rain" in html_of(pages.version_text(*where(article, 3)))
    with pytest.raises(Gone):
        pages.version_text(*where(article, 2))
    with pytest.raises(correcting.NotPossible):  # as nothing is that readers see now
        sealing.seal(article.versions.get(number=3), by=carol, reason="named a child")
    publish(article)
    assert numbers(article) == [1, 2, 3]


def test_hostile_words_are_text_wherever_versions_are_shown(carol):
    make_publication()
    article = make_article(HOSTILE, standfirst=HOSTILE, by=[make_person(HOSTILE, slug="x")], slug="x")
    publish(article, standfirst=f"{HOSTILE} more")
    sealed = publish(article, standfirst="less")
    for page in (
        pages.difference(*where(article, 2)),
        pages.version_text(*where(article, 2)),
        pages.history(*where(sealed)),
    ):
        assert "<script>alert" not in html_of(page)


def test_versions_of_every_kind_of_block_are_compared_without_a_word_lost():
    said = [
        {"type": "quote", "value": {"text": "A word.", "attribution": "Ines", "source": ""}},
        {"type": "callout", "value": {"heading": "Know first", "text": "<p>It is wet.</p>"}},
        {"type": "table", "value": {"data": [["day", "hour"], ["1st", None]], "table_caption": "Tides"}},
        {"type": "list", "value": '<ul><li>One<footnote text="A note">*</footnote></li><li>Two</li></ul>'},
        {"type": "embed", "value": {"url": "https://film.example/1", "title": "A film"}},
    ]
    article = make_article("All", blocks=said)
    Version.keep(article, at=timezone.now())
    texts = [(line.kind, line.text) for line in lines(article.versions.get().wording)]
    assert texts == [
        ("headline", "All"),
        ("quote", "A word."),
        ("caption", "Ines"),
        ("p", "Know first"),
        ("p", "It is wet."),
        ("p", "day | hour"),
        ("p", "1st"),
        ("caption", "Tides"),
        ("li", "One"),
        ("note", "A note"),
        ("li", "Two"),
        ("address", "https://film.example/1"),
        ("p", "A film"),
    ]
