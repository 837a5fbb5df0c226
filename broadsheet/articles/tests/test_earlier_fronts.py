"""What stood on the front page is kept, with who and when; editors look at it and put it back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from broadsheet.articles import arranging
from broadsheet.articles.models import Arrangement, KeptArrangement
from broadsheet.articles.tests.making import make_article, make_publication, make_section
from broadsheet.articles.tests.newsroom_forms import staff
from broadsheet.articles.tests.test_arranging import front, headlines, lead, parts_of, river, send, strip
from broadsheet.events.models import Event
from broadsheet.masthead import founding
from broadsheet.press import refresh

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.only_on("sqlite"),
    pytest.mark.usefixtures("static_files"),
]


@pytest.fixture
def carol():
    make_publication()
    founding.found_groups()
    make_article("Story")
    make_article("Another story")
    return staff("Editors", "Carol")


def listed(client):
    return client.get(reverse("newsroom_fronts")).content.decode()


def rows(client):
    return re.findall(r"<tr>(.*?)</tr>", listed(client).partition("<tbody>")[2], re.S)


def undo(client, html):
    """Press Undo in a message; gives the screen that follows."""
    action = re.findall(r'<form class="undo" method="post" action="([^"]+)"', html)[0]
    sent = {"instead_of": re.findall(r'name="instead_of" value="(\d+)"', html)[0]}
    return client.post(action, sent, follow=True).content.decode()


def test_every_arrangement_that_was_saved_is_listed_with_who_when_and_what(carol):
    assert "was never changed" in listed(carol)
    send(carol, lead(make_article("The tug")), river(3), strip(make_section("Harbour")))
    send(carol, river(5))
    now, before, first = rows(carol)
    assert "What is new: 5" in now
    assert "It stands now" in now
    assert str(KeptArrangement.objects.latest("kept_at").kept_at.year) in now
    for words in ("Carol", "Lead story: The tug", "What is new: 3", "Sections: Harbour", "Put it back"):
        assert words in before
    assert "Stood before" in first
    assert "Carol" not in first


def test_saving_what_stands_already_keeps_nothing_and_offers_nothing(carol):
    send(carol, river(3))
    answer = send(carol, river(3))
    html = carol.get(answer.url).content.decode()
    assert "Readers see the front page so" in html
    assert len(rows(carol)) == 2


def test_what_was_saved_is_undone_with_the_button_in_the_message_and_done_again(carol):
    assert parts_of(front()) == ["lead", "river"]
    html = carol.get(send(carol, river(3)).url).content.decode()
    assert parts_of(front()) == ["river"]
    undone = undo(carol, html)
    assert "Readers see that front page again." in undone
    assert parts_of(front()) == ["lead", "river"]
    undo(carol, undone)
    assert parts_of(front()) == ["river"]


def test_undo_does_not_take_away_what_a_colleague_arranged_meanwhile(carol):
    html = carol.get(send(carol, river(3)).url).content.decode()
    send(staff("Editors", "Ingrid"), river(7))
    assert "Somebody has arranged the front page since then." in undo(carol, html)
    assert "What is new: 7" in rows(carol)[0]


def test_an_earlier_one_is_looked_at_without_being_put_back(carol):
    send(carol, ("box", {"heading": "Stand by us", "text": "null", "link_name": "", "link": ""}))
    send(carol, river(3))
    box = KeptArrangement.objects.order_by("pk")[1]
    answer = carol.get(reverse("newsroom_front", args=[box.pk]))
    html = answer.content.decode()
    assert "Stand by us" in html
    assert "Nobody else sees it" in html
    assert parts_of(front()) == ["river"]


def test_putting_one_back_is_a_fact_that_prints_the_front_page_and_stands_in_the_history(carol):
    send(carol, river(3))
    Event.objects.all().delete()
    came = KeptArrangement.objects.earliest("pk")
    carol.post(reverse("newsroom_front_return", args=[came.pk]))
    assert refresh.read(list(Event.objects.all())).printed == {"/"}
    assert "Put back as of" in ModelLogEntry.objects.latest("pk").data["said"]
    history = carol.get(reverse("wagtailsnippets_articles_arrangement:history", args=[1])).content.decode()
    assert "Put back as of" in history
    assert "Put back as of" in rows(carol)[0]
    carol.post(reverse("newsroom_front_return", args=[came.pk]))
    assert len(rows(carol)) == 3, "what stands already is not put back once more"


def test_one_whose_article_and_section_are_gone_is_put_back_all_the_same(carol):
    chosen, harbour = make_article("The tug"), make_section("Harbour")
    send(carol, lead(chosen), strip(harbour))
    send(carol, river(3))
    chosen.delete()
    harbour.delete()
    gone = KeptArrangement.objects.order_by("pk")[1]
    assert "one that was deleted" in listed(carol)
    assert carol.get(reverse("newsroom_front", args=[gone.pk])).status_code == 200
    carol.post(reverse("newsroom_front_return", args=[gone.pk]))
    assert headlines(front(), "lead") == ["Story"]
    assert carol.get(reverse("wagtailsnippets_articles_arrangement:edit", args=[1])).status_code == 200


def test_a_lead_that_the_clock_took_away_stands_in_the_list(carol):
    soon = timezone.localtime() + timedelta(days=2)
    send(carol, lead(make_article("The tug"), soon.strftime("%Y-%m-%d %H:%M")))
    arrangement = Arrangement.objects.get()
    parts = arrangement.parts.get_prep_value()
    parts[0]["value"]["until"] = timezone.now().isoformat()
    arrangement.parts = parts
    arrangement.save()
    arranging.let_lead_go()
    now, before, *_ = rows(carol)
    assert "The lead’s time was over" in now
    assert "Lead story: the newest" in now
    assert "Lead story: The tug" in before


def test_the_last_hundred_are_kept(carol):
    carol.get(reverse("wagtailsnippets_articles_arrangement:edit", args=[1]))
    arrangement = Arrangement.objects.get()
    for number in range(103):
        arrangement.parts = [{"type": "river", "value": {"number": number}}]
        arranging.keep(arrangement)
    numbers = [kept.parts[0]["value"]["number"] for kept in KeptArrangement.objects.order_by("pk")]
    assert numbers == list(range(3, 103))


def test_nobody_below_an_editor_puts_one_back(carol):
    send(carol, river(3))
    came = KeptArrangement.objects.earliest("pk")
    author = staff("Authors")
    for name, args in (("newsroom_fronts", []), ("newsroom_front", [came.pk])):
        assert author.get(reverse(name, args=args)).status_code in {302, 403}
    author.post(reverse("newsroom_front_return", args=[came.pk]))
    assert parts_of(front()) == ["river"]
