import json

import pytest
from django.core.exceptions import ValidationError

from broadsheet.articles import feeds, pages
from broadsheet.articles.models import Article
from broadsheet.articles.tests.making import html_of, make_publication
from broadsheet.discussion.tests.cast import make_article, page, posted
from broadsheet.kit.pages import Page
from broadsheet.masthead.tests.tongues import speak

pytestmark = pytest.mark.django_db(databases="__all__")
ARABIC = "ميناء بلا سفن"


@pytest.fixture
def article(db):
    make_publication()
    make_article("The ferry")
    return make_article(ARABIC, standfirst=ARABIC, language="ar")


def shown(article):
    return html_of(Page("articles/article.html", pages.article_context(article)))


def test_an_article_in_another_language_says_so_and_what_is_the_publication_s_around_it_too(article):
    html = shown(article)
    assert '<article class="story-whole" lang="ar" dir="rtl">' in html
    assert '<div class="facts" lang="en" dir="ltr">' in html
    assert '<html lang="en" dir="ltr">' in html


def test_an_article_in_the_publication_s_language_says_nothing(article, settings):
    speak(settings, "ar")
    assert '<article class="story-whole">' in shown(article)
    assert 'story-whole">' in shown(Article.objects.get(headline="The ferry"))


def test_a_list_marks_the_headline_that_is_in_another_language(article):
    front = html_of(pages.front_page())
    assert f'<a href="{article.path}" lang="ar" dir="rtl">{ARABIC}</a>' in front
    assert front.count('lang="ar"') == 2  # headline and standfirst
    month = html_of(pages.archive_month(2026, "03"))
    assert f'lang="ar" dir="rtl">{ARABIC}</a>' in month


def test_feeds_and_machines_are_told_the_language_of_each_article(article):
    assert "<dc:language>ar</dc:language>" in feeds.feed_rss().content.decode()
    assert '<entry xml:lang="ar">' in feeds.feed_atom().content.decode()
    items = json.loads(feeds.feed_json().content)["items"]
    assert {item["title"]: item.get("language") for item in items} == {ARABIC: "ar", "The ferry": None}
    assert '"inLanguage":"ar"' in shown(article)
    year, month, day, slug = article.path.strip("/").split("/")
    assert 'language: "ar"' in pages.markdown_twin(year, month, day, slug).content.decode()


def test_the_twin_for_programs_is_in_the_language_of_its_article(article):
    assert f'hreflang="ar" href="{article.path}index.md"' in shown(article)
    assert 'language: "ar"' in page(f"{article.path}index.md")


def test_the_pages_of_a_discussion_name_the_article_in_its_own_language(article):
    comment = posted(article, "first")
    html = page(f"{article.path}c/{comment.seq}/")
    assert f'<a href="{article.path}" lang="ar" dir="rtl">{ARABIC}</a>' in html
    assert '<html lang="en" dir="ltr">' in html


@pytest.mark.parametrize("tag", ["english please", "e", "de_AT", '"><script>', "de-", "٣٤"])
def test_a_tag_that_is_none_is_refused(article, tag):
    article.language = tag
    with pytest.raises(ValidationError) as refused:
        article.full_clean()
    assert "language" in refused.value.message_dict
