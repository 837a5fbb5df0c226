from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles import related
from broadsheet.articles.models import Article, Tag
from broadsheet.articles.tests.making import MAY, make_article, make_section

pytestmark = pytest.mark.django_db


def filed(headline, *tags, **facts):
    article = make_article(headline, **facts)
    for name in tags:
        article.tags.add(Tag.objects.get_or_create(name=name, slug=name)[0])
    article.save()
    return Article.objects.get(pk=article.pk)


def headlines(article):
    return [other.headline for other in related.related_to(article)]


def test_whoever_shares_more_tags_comes_first_and_then_the_section_fills_up():
    harbour, letters = make_section("Harbour"), make_section("Letters")
    filed("Elsewhere", section=letters)
    filed("In the section, long ago", section=harbour, published_at=MAY - timedelta(days=90))
    filed("In the section", section=harbour, published_at=MAY - timedelta(days=60))
    filed("One tag", "tides", section=letters)
    filed("Two tags", "tides", "wall", section=letters)
    article = filed("The tide", "tides", "wall", "lamp", section=harbour, published_at=MAY)
    filed("A later one", "lamp", section=harbour, published_at=MAY + timedelta(days=1))
    assert headlines(article) == ["Two tags", "A later one", "One tag", "In the section"]


def test_drafts_and_what_was_withdrawn_are_not_related_and_nothing_is_to_itself():
    filed("A draft", "tides", live=False, published_at=None)
    withdrawn = filed("Withdrawn", "tides")
    article = filed("The tide", "tides")
    assert headlines(article) == ["Withdrawn"]
    withdrawn.live = False
    withdrawn.save()
    assert headlines(article) == []


def test_four_at_most_the_nearest_of_very_many_in_few_queries():
    for number in range(40):
        filed(f"Story {number}", "tides")
    article = filed("The tide", "tides")
    list(article.tagged.all())
    with CaptureQueriesContext(connection) as queries:
        found = headlines(article)
    assert found == ["Story 39", "Story 38", "Story 37", "Story 36"]
    assert len(queries) <= 4


def test_whose_page_shows_an_article_is_known_from_its_side():
    section = make_section()
    articles = [
        filed(
            f"Story {n}",
            *(["tides"] if n % 2 else ["wall"]),
            section=section,
            published_at=MAY + timedelta(n),
        )
        for n in range(30)
    ]
    for article in articles:
        for other in related.related_to(article):
            assert article in related.showing(other), (article, other)
