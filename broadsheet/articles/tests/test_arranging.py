"""Editors arrange the front page; who never does has the one it comes with."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from broadsheet.articles import arranging, pages
from broadsheet.articles.models import Arrangement, Section
from broadsheet.articles.tests.making import HOSTILE, html_of, make_article, make_publication, make_section
from broadsheet.articles.tests.newsroom_forms import staff
from broadsheet.events.models import Event
from broadsheet.masthead import founding, speaking
from broadsheet.press import refresh

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]
EDIT = "wagtailsnippets_articles_arrangement:edit"
PREVIEW = "wagtailsnippets_articles_arrangement:preview_on_edit"
BOX = {"heading": "Stand by us", "text": rich_text("<p>We live on <b>what you give</b>.</p>")}
NO_LINK = {"link_name": "", "link": ""}


@pytest.fixture
def editor():
    make_publication()
    founding.found_groups()
    return staff("Editors")


def send(client, *parts, to=EDIT):
    data = nested_form_data({"parts": streamfield(list(parts))})
    for n, (kind, _) in enumerate(parts):
        if kind == "strip":  # a name for each ticked box, not a number
            ticked = [data.pop(key) for key in list(data) if key.startswith(f"parts-{n}-value-sections-")]
            data[f"parts-{n}-value-sections"] = ticked
    return client.post(reverse(to, args=[1]), data)


def lead(article="", until=""):
    return "lead", {"article": str(getattr(article, "pk", "")), "until": until}


def river(number=9):
    return "river", {"number": str(number)}


def strip(*sections, number=4):
    return "strip", {"sections": [str(section.pk) for section in sections], "number": str(number)}


def front():
    return html_of(pages.front_page())


def parts_of(html):
    return re.findall(r'<(?:section|div|aside) class="(lead|river|bands|box)"', html)


def headlines(html, part):
    start = html.index(f'class="{part}"')
    inside = html[start : html.find("</section>", start)]
    return re.findall(r"<h\d><a [^>]*>([^<]+)</a>", inside)


def test_a_paper_that_nobody_arranged_has_a_lead_what_is_new_and_its_sections():
    harbour = make_section()
    for n in range(14):
        make_article(f"Story {n:02}", section=harbour)
    html = front()
    assert parts_of(html) == ["lead", "river", "bands"]
    assert headlines(html, "lead") == ["Story 00"]
    assert headlines(html, "river") == [f"Story {n:02}" for n in range(1, 10)]
    assert headlines(html, "band") == [f"Story {n:02}" for n in range(10, 14)]


def test_parts_stand_in_the_order_that_an_editor_gave_them(editor):
    for n in range(5):
        make_article(f"Story {n}")
    answer = send(editor, river(2), ("box", BOX | NO_LINK), lead())
    assert answer.status_code == 302, answer.context["form"].errors
    html = front()
    assert parts_of(html) == ["river", "box", "lead"]
    assert headlines(html, "river") == ["Story 1", "Story 2"]
    assert "We live on <strong>what you give</strong>" in html.replace("<b>", "<strong>").replace(
        "</b>", "</strong>"
    )
    assert editor.get(reverse(EDIT, args=[1])).status_code == 200


def test_a_chosen_article_leads_until_it_is_taken_away_or_withdrawn(editor):
    old = [make_article(f"Story {n:02}") for n in range(14)][-1]
    send(editor, lead(old), river())
    html = front()
    assert headlines(html, "lead") == ["Story 13"]
    assert headlines(html, "river") == [f"Story {n:02}" for n in range(9)]
    old.live = False
    old.save()
    assert headlines(front(), "lead") == ["Story 00"]


def test_a_lead_goes_when_its_moment_comes_and_the_front_page_is_printed_again(editor):
    old = [make_article(f"Story {n}") for n in range(5)][-1]
    soon = timezone.localtime(timezone.now() + timedelta(hours=1))
    send(editor, lead(old, f"{soon:%Y-%m-%d %H:%M}"), river())
    assert headlines(front(), "lead") == ["Story 4"]
    assert arranging.let_lead_go() == 0
    arrangement = Arrangement.objects.get()
    parts = arrangement.parts.get_prep_value()
    parts[0]["value"]["until"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    arrangement.parts = parts
    arrangement.save()
    assert headlines(front(), "lead") == ["Story 0"], "even before the clock has ticked"
    Event.objects.all().delete()
    assert arranging.let_lead_go() == 1
    assert arranging.let_lead_go() == 0
    assert refresh.read(list(Event.objects.all())).printed == {"/"}
    assert Arrangement.objects.get().parts.get_prep_value()[0]["value"]["article"] is None


def test_sections_that_an_editor_ticks_stand_in_a_strip_each_once(editor):
    sections = [make_section(name) for name in ("Harbour", "Shore", "Town")]
    for section in sections:
        for n in range(5):
            make_article(f"{section.name} {n}", section=section)
    harbour, shore, _town = sections
    answer = send(editor, strip(shore, number=2), strip(harbour, shore, number=3))
    assert answer.status_code == 302
    html = front()
    headings = [re.findall(rf'<h2 id="section-{s.pk}">', html) for s in sections]
    assert [len(found) for found in headings] == [1, 1, 0]
    assert "Shore 1" in html
    assert "Shore 2" not in html
    assert "Harbour 2" in html


def test_saving_is_a_fact_that_prints_the_front_page_again_and_nothing_else(editor):
    send(editor, river(3))
    event = Event.objects.get(kind="arrangement.changed")
    assert refresh.read([event]).printed == {"/"}


def test_an_arrangement_is_seen_before_it_is_saved_and_not_printed(editor):
    for n in range(3):
        make_article(f"Story {n}")
    made = send(editor, ("box", BOX | NO_LINK), river(1), to=PREVIEW)
    assert made.json()["is_valid"]
    answer = editor.get(reverse(PREVIEW, args=[1]))
    html = answer.content.decode()
    assert parts_of(html) == ["box", "river"]
    assert "Nobody else sees it" in html
    assert parts_of(front()) == ["lead", "river"]


@pytest.mark.parametrize("group", ["Authors", "Contributors", "Moderators"])
def test_nobody_below_an_editor_arranges_the_front_page(editor, group):
    other = staff(group)
    assert send(other, river(1)).status_code in {302, 403}
    assert not Arrangement.objects.exists()
    assert reverse(EDIT, args=[1]) not in other.get("/newsroom/").content.decode()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example/", "about/"])
def test_a_box_whose_link_leads_nowhere_is_refused_with_a_sentence(editor, link):
    answer = send(editor, ("box", BOX | {"link_name": "Give", "link": link}))
    assert answer.status_code == 200
    assert "leads nowhere" in answer.content.decode()


def test_a_link_without_words_is_refused(editor):
    answer = send(editor, ("box", BOX | {"link_name": "", "link": "/about/"}))
    assert "Fill in both, or neither" in answer.content.decode()


def test_more_sections_than_a_strip_holds_are_refused(editor):
    many = [make_section(f"Section {n}", slug=f"s{n}") for n in range(13)]
    assert "Tick at most 12 sections" in send(editor, strip(*many)).content.decode()
    assert send(editor, strip(*many[:12])).status_code == 302


def test_hostile_words_in_a_box_stay_words(editor):
    make_article("Story")
    send(editor, ("box", {"heading": HOSTILE[:100], "text": rich_text("<p>Fine</p>"), **NO_LINK}))
    arrangement = Arrangement.objects.get()
    parts = arrangement.parts.get_prep_value()
    parts[0]["value"]["text"] = f'<p>Fine <img src="x" onerror="alert(1)"></p>{HOSTILE}'
    arrangement.parts = parts
    arrangement.save()
    html = front()
    assert parts_of(html) == ["box"]
    assert "<script>alert(1)" not in html
    assert "onerror" not in html


def test_the_front_page_asks_a_bounded_number_of_questions_however_it_is_arranged(editor):
    sections = [make_section(f"Section {n}", slug=f"s{n}") for n in range(12)]
    articles = [make_article(f"Story {n}", section=sections[n % 12]) for n in range(60)]
    answer = send(
        editor,
        *[strip(*sections[n::4], number=6) for n in range(4)],
        lead(articles[-1]),
        river(30),
        *[("box", BOX | NO_LINK)] * 3,
    )
    assert answer.status_code == 302
    with speaking.publicly(), CaptureQueriesContext(connection) as queries:
        front()
    assert len(queries) <= 26
    assert Section.objects.count() == 12


def test_writers_choose_among_what_readers_see_and_no_drafts(editor):
    shown = make_article("Public story")
    draft = make_article("Secret story", live=False)
    chooser = "wagtailsnippetchoosers_articles_article"
    html = editor.get(reverse(f"{chooser}:choose")).content.decode()
    assert "Public story" in html
    assert "Secret story" not in html
    assert editor.get(reverse(f"{chooser}:chosen", args=[shown.pk])).status_code == 200
    assert editor.get(reverse(f"{chooser}:chosen", args=[draft.pk])).status_code == 404
