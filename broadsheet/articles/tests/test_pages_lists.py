from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles import listing, pages
from broadsheet.articles.models import Section, Tag
from broadsheet.articles.tests.making import (
    HOSTILE,
    MAY,
    html_of,
    make_article,
    make_person,
    make_picture,
    make_publication,
    make_section,
)
from broadsheet.kit.pages import NotThere
from broadsheet.masthead import speaking
from tests.counting import Numbers

pytestmark = pytest.mark.django_db
NUMBERS = Numbers()


def queries_of(make_page):
    with speaking.publicly(), CaptureQueriesContext(connection) as queries:
        html_of(make_page())
    return len(queries)


def fill(section, number):
    for _ in range(number):
        n = next(NUMBERS)
        make_article(
            section=section,
            by=[make_person(f"Person {n}")],
            lead_picture=make_picture(480),
            published_at=MAY - timedelta(minutes=n),
        )


def test_an_empty_paper_says_so():
    html = html_of(pages.front_page())
    assert "Nothing has been published yet." in html
    assert "Nothing has been published yet." in html_of(pages.archive())


def test_the_front_page_leads_with_the_newest_that_has_a_picture():
    make_article("Newest", published_at=MAY.replace(hour=12))
    make_article(
        "Second", published_at=MAY.replace(hour=11), lead_picture=make_picture(480), lead_alt="A pier"
    )
    html = html_of(pages.front_page())
    lead = html[html.index('class="lead"') : html.index('class="river"')]
    assert "Second" in lead
    assert 'fetchpriority="high"' in lead
    assert "Newest" in html[html.index('class="river"') :]


def test_the_front_page_shows_nothing_twice_and_nothing_that_is_not_live():
    make_publication()
    harbour, shore = make_section("Harbour"), make_section("Shore")
    for n in range(14):
        make_article(f"Harbour story {n:02}", section=harbour)
    make_article("Shore story", section=shore)
    make_article("Withdrawn story", section=shore, live=False)
    html = html_of(pages.front_page())
    assert "Withdrawn story" not in html
    for n in range(14):
        assert html.count(f">Harbour story {n:02}<") == 1
    assert html.count(">Shore story<") == 1


def test_every_card_shows_how_lively_its_discussion_is():
    make_article(comment_count=27)
    make_article(comment_count=1)
    make_article(comment_count=0)
    make_article(comment_count=0, comments_open=False)
    html = html_of(pages.front_page())
    assert html.count(">27 comments<") == html.count(">1 comment<") == html.count(">No comments yet<") == 1


def test_a_card_says_when_its_discussion_was_last_heard_of():
    make_article(comment_count=27, commented_at=MAY)
    make_article(comment_count=0, commented_at=None)
    html = html_of(pages.front_page())
    assert html.count(">newest <time") == 1
    assert '>newest <time datetime="2026-05-12T07:40:00Z">12 May 2026, 07:40</time></span>' in html


def test_a_section_shows_what_stands_in_it_and_beneath_it():
    above = make_section("Bay")
    beneath = make_section("Pier", parent=make_section("Harbour", parent=above))
    make_article("Deep story", section=beneath)
    make_article("Other story", section=make_section("Town"))
    html = html_of(pages.section("bay"))
    assert "Deep story" in html
    assert "Other story" not in html
    assert 'href="/section/bay/" aria-current="page"' in html, "the menu knows where one is"


def test_sections_that_stand_above_each_other_do_not_hang_the_page():
    one, other = make_section("One"), make_section("Other")
    Section.objects.filter(pk=one.pk).update(parent=other)
    Section.objects.filter(pk=other.pk).update(parent=one)
    make_article("Story", section=one)
    assert "Story" in html_of(pages.section("other"))


def test_the_menu_has_lively_sections_in_their_order():
    for name, order in (("Aft", 0), ("Bow", 2), ("Crew", 1), ("Deck", 0)):
        make_section(name, order=order)
    for name in ("aft", "bow", "crew"):
        make_article(section=Section.objects.get(slug=name))
    html = html_of(pages.front_page())
    menu = html[html.index("<nav") : html.index("</nav>")]
    assert menu.index("Crew") < menu.index("Bow") < menu.index("Aft")
    assert "Deck" not in menu


def test_a_tag_and_a_byline_have_their_pages():
    ines = make_person(role="Harbour correspondent", biography="One.\n\nTwo <b>.")
    article = make_article("Hers", by=[ines])
    Tag.objects.create(name="Tides", slug="tides")
    article.tags.add("Tides")
    article.save()
    make_article("Not hers")
    for page in (pages.tag("tides"), pages.byline("ines-aldana")):
        html = html_of(page)
        assert ">Hers<" in html
        assert "Not hers" not in html
    html = html_of(pages.byline("ines-aldana"))
    assert "Harbour correspondent" in html
    assert "Two &lt;b&gt;." in html


@pytest.mark.parametrize("make_page", [pages.section, pages.tag, pages.byline])
def test_what_nobody_named_is_not_there(make_page):
    with pytest.raises(NotThere):
        make_page("nobody")


def test_a_section_without_articles_says_so():
    make_section("Quiet")
    assert "Nothing has been published here yet." in html_of(pages.section("quiet"))


def test_long_lists_are_paged_and_every_article_stands_on_one_page():
    section = make_section()
    names = [f"Paged {n:03}" for n in range(listing.PAGE_LENGTH * 2 + 1)]
    for name in names:
        make_article(name, section=section, published_at=MAY)
    htmls = [html_of(pages.section("harbour", number)) for number in (1, "2", 3)]
    for name in names:
        assert sum(html.count(f">{name}<") for html in htmls) == 1
    assert 'rel="next" href="/section/harbour/page/2/"' in htmls[0]
    assert 'rel="prev"' not in htmls[0]
    assert '<a rel="prev" href="/section/harbour/">' in htmls[1]
    assert '<a rel="next" href="/section/harbour/page/3/">' in htmls[1]
    assert 'rel="next"' not in htmls[2]
    assert "Page 3 of 3" in htmls[2]
    for number in (0, 4, "4000000"):
        with pytest.raises(NotThere):
            pages.section("harbour", number)


def test_hostile_words_are_text_in_every_list():
    make_publication(name=HOSTILE, motto=HOSTILE, description=HOSTILE)
    person = make_person(HOSTILE, slug="mallory", role=HOSTILE, biography=HOSTILE)
    section = make_section(HOSTILE, slug="hostile", description=HOSTILE)
    make_article(HOSTILE, slug="hostile", standfirst=HOSTILE, section=section, by=[person], published_at=MAY)
    made = [
        pages.front_page(),
        pages.section("hostile"),
        pages.byline("mallory"),
        pages.archive(),
        pages.archive_month(2026, 5),
        pages.not_found(),
        pages.gone(),
    ]
    for page in made:
        html = html_of(page)
        assert "<script>" not in html
        assert "<b>" not in html
        assert "alert(1)" in html


@pytest.mark.only_on("sqlite")
def test_one_article_or_fifty_take_the_same_number_of_queries():
    make_publication()
    section = make_section()
    fill(section, 1)
    one = queries_of(lambda: pages.section("harbour"))
    fill(section, 11)
    dozen = queries_of(pages.front_page)
    fill(section, 38)
    assert queries_of(lambda: pages.section("harbour")) == one <= 12
    assert queries_of(pages.front_page) == dozen <= 18


@pytest.mark.only_on("sqlite")
def test_two_sections_or_twenty_take_the_same_number_of_queries():
    for n in range(2):
        fill(make_section(f"S{n}"), 2)
    fill(Section.objects.get(slug="s0"), 10)
    few = queries_of(pages.front_page)
    for n in range(2, 20):
        fill(make_section(f"S{n}"), 1)
    assert queries_of(pages.front_page) == few


def test_the_archive_counts_by_month_and_lists_by_day(settings):
    make_article("In May", published_at=MAY, comment_count=2)
    make_article("Also in May", published_at=MAY.replace(day=1))
    make_article("In April", published_at=MAY.replace(month=4))
    make_article("Long ago", published_at=MAY.replace(year=2011, month=12))
    html = html_of(pages.archive())
    assert html.index("/archive/2026/05/") < html.index("/archive/2026/04/") < html.index("/archive/2011/12/")
    assert "2 articles" in html
    assert "1 article<" in html
    assert "/archive/2026/04/" in html_of(pages.archive_year("2026"))
    month = html_of(pages.archive_month("2026", "05"))
    assert (
        month.index("12 May 2026")
        < month.index("In May")
        < month.index("1 May 2026")
        < month.index("Also in May")
    )
    assert "In April" not in month
    assert "2 comments" in month


def test_a_month_or_year_without_articles_is_not_there():
    make_article(published_at=MAY)
    for make_page in (
        lambda: pages.archive_month(2026, 4),
        lambda: pages.archive_month(2026, 13),
        lambda: pages.archive_year(1999),
        lambda: pages.archive_year("0000"),
    ):
        with pytest.raises(NotThere):
            make_page()


def test_the_archive_month_of_one_article_takes_as_many_queries_as_that_of_fifty():
    section = make_section()
    fill(section, 1)
    few = queries_of(lambda: pages.archive_month(2026, 5))
    for _ in range(49):
        make_article(section=section, published_at=MAY)
    assert queries_of(lambda: pages.archive_month(2026, 5)) == few
