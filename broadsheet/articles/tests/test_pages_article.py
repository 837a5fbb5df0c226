import json
import re
from datetime import timedelta

import pytest

from broadsheet.articles import pages
from broadsheet.articles.models import Article, Tag
from broadsheet.articles.tests.making import (
    HOSTILE,
    MAY,
    html_of,
    make_article,
    make_person,
    make_picture,
    make_publication,
    make_section,
    paragraph,
)
from broadsheet.kit.pages import Gone, NotThere, Page
from broadsheet.masthead import speaking

pytestmark = pytest.mark.django_db


def found(article):
    return pages.find_article(*article.path.strip("/").split("/"))


def html_of_article(article):
    return html_of(Page("articles/article.html", pages.article_context(found(article))))


def data_in(html):
    """What its structured data say of the article itself."""
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert script
    return json.loads(script[1])["@graph"][0]


def test_an_article_shows_everything_that_belongs_to_it():
    make_publication()
    article = make_article(
        "The tide gauge",
        standfirst="For forty years it agreed.",
        section=make_section(),
        by=[make_person("Ines Aldana"), make_person("Bo Lind")],
        credit="the Coastal Wire",
        credit_url="https://wire.example/",
        lead_picture=make_picture(480, 960, 1600),
        lead_alt="A pier",
        lead_caption="Low water",
        blocks=[paragraph("It is a brass float.")],
        published_at=MAY,
        updated_at=MAY + timedelta(days=1),
        comment_count=27,
    )
    html = html_of_article(article)
    assert "<h1>The tide gauge</h1>" in html
    assert '<p class="standfirst">For forty years it agreed.</p>' in html
    assert 'class="kicker" href="/section/harbour/">Harbour</a>' in html
    assert '/by/ines-aldana/">Ines Aldana</a> and <a rel="author" href="/by/bo-lind/">Bo Lind</a>' in html
    assert 'Via <a href="https://wire.example/" rel="noopener">the Coastal Wire</a>' in html
    assert '<time datetime="2026-05-12T07:40:00Z">12 May 2026, 07:40</time>' in html
    assert '<time datetime="2026-05-13T07:40:00Z">13 May 2026, 07:40</time>' in html
    assert '#discussion">27 comments</a>' in html
    assert "It is a brass float." in html
    assert 'fetchpriority="high"' in html
    assert "1200w" in html, "Wagtail never enlarges: the widest rendition is as wide as the picture"
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{article.path}">' in html


def test_times_are_the_publication_s_own(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    make_publication()
    assert "12 May 2026, 16:40" in html_of_article(make_article(published_at=MAY))


def test_one_comment_is_not_called_comments():
    assert ">1 comment<" in html_of_article(make_article(comment_count=1))
    assert ">No comments yet<" in html_of_article(make_article(comment_count=0))


def test_an_article_says_how_long_it_takes_to_read():
    assert ">1 minute to read<" in html_of_article(make_article(blocks=[paragraph("Short.")]))
    assert ">3 minutes to read<" in html_of_article(make_article(blocks=[paragraph("word " * 700)]))


def test_an_update_before_publication_is_none():
    assert "updated" not in html_of_article(
        make_article(published_at=MAY, updated_at=MAY - timedelta(days=1))
    )


def test_no_page_carries_a_style_or_a_script_of_its_own():
    html = html_of_article(make_article(blocks=[paragraph("Text")], lead_picture=make_picture(480)))
    assert " style=" not in html
    assert "<style" not in html
    assert re.findall(r"<script(?! type=\"application/ld\+json\"| src=\"/static/)", html) == []
    assert re.findall(r'(?:src|href)="https?://(?!127\.0\.0\.1)', html) == []


def test_a_hostile_headline_is_text_everywhere():
    make_publication(name=HOSTILE)
    person = make_person(HOSTILE, slug="mallory")
    article = make_article(
        HOSTILE, standfirst=HOSTILE, credit=HOSTILE, section=make_section(HOSTILE, slug="x"), by=[person]
    )
    html = html_of_article(article)
    assert "<script>alert" not in html
    assert "<b>" not in html
    data = data_in(html)
    assert data["headline"] == HOSTILE
    assert data["author"][0]["name"] == HOSTILE
    assert data["publisher"]["name"] == HOSTILE


def test_machines_are_told_what_people_see():
    make_publication()
    article = make_article(
        "Gauge", by=[make_person()], lead_picture=make_picture(960), published_at=MAY, comment_count=3
    )
    data = data_in(html_of_article(article))
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2026-05-12T07:40:00+00:00"
    assert data["mainEntityOfPage"] == f"http://127.0.0.1:8000{article.path}"
    assert data["commentCount"] == 3
    assert data["image"][0].startswith("http://127.0.0.1:8000/media/")
    assert "dateModified" not in data


def test_an_article_without_a_standfirst_is_described_by_its_beginning():
    html = html_of_article(make_article(blocks=[paragraph("It &amp; <b>all</b> of it.")]))
    assert '<meta name="description" content="It &amp; all of it.">' in html


def test_an_address_in_another_script_is_encoded_for_machines():
    article = make_article("Мир", slug="мир")
    assert "%D0%BC%D0%B8%D1%80/" in html_of_article(article)


def test_tags_lead_to_their_pages():
    article = make_article()
    Tag.objects.create(name="Tides", slug="tides")
    article.tags.add("Tides")
    article.save()
    assert '<a rel="tag" href="/tag/tides/">Tides</a>' in html_of_article(article)


def test_no_article_no_page():
    make_article(slug="other", published_at=MAY)
    with pytest.raises(NotThere):
        pages.find_article(2026, 5, 12, "missing")
    with pytest.raises(NotThere):
        pages.find_article("2026", "02", "31", "other")


def test_a_withdrawn_article_is_gone_and_a_draft_was_never_there():
    article = make_article(slug="withdrawn", published_at=MAY)
    Article.objects.filter(pk=article.pk).update(live=False)
    with pytest.raises(Gone):
        pages.find_article(2026, 5, 12, "withdrawn")
    Article(headline="Draft", slug="draft", live=False).save()
    with pytest.raises(NotThere):
        pages.find_article(2026, 5, 12, "draft")


def test_a_draft_can_be_previewed_before_it_has_an_address():
    draft = Article(headline="Not yet", live=False)
    html = html_of(Page("articles/article.html", {**pages.article_context(draft), "preview": True}))
    assert "Not published yet" in html
    assert "This is a preview." in html


def test_the_number_of_queries_does_not_grow_with_what_an_article_holds(django_assert_max_num_queries):
    make_publication()
    section = make_section()  # what else to read is looked for in it
    plain = make_article(
        blocks=[paragraph("One")], by=[make_person("A")], lead_picture=make_picture(480), section=section
    )
    image = {
        "type": "image",
        "value": {"image": make_picture(480).pk, "alt": "", "caption": "", "credit": ""},
    }
    rich = make_article(
        blocks=[paragraph("One"), image] * 20,
        by=[make_person(f"P{n}") for n in range(9)],
        lead_picture=make_picture(480),
        section=section,
    )
    with speaking.publicly():
        with django_assert_max_num_queries(14) as first:
            html_of_article(plain)
        with django_assert_max_num_queries(len(first)):
            html_of_article(rich)
