"""Follow a discussion from its article, a byline, a section, a tag, a reader, and being mentioned."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from broadsheet.articles.models import Article, Section, Tag
from broadsheet.discussion import receipts
from broadsheet.discussion.tests.cast import page, posted
from broadsheet.events.handing import hand_events
from broadsheet.kit.tests import corpora
from broadsheet.mail.models import Letter
from broadsheet.masthead.models import Person
from broadsheet.notices import telling
from broadsheet.notices.models import Follow, Follower
from broadsheet.notices.tests.cast import ALICE, later, page_in, work
from broadsheet.readers.models import Profile
from broadsheet.wiring.consumers import CONSUMERS

pytestmark = pytest.mark.django_db(databases="__all__")


def door_on(path):
    """Where the page at a path leads whoever wants to follow what it shows."""
    [door] = set(re.findall(r'href="(/follows/new/[^"]+)"', page(path)))
    return door


def follow(path, email=ALICE):
    """Ask at the door of a page, and say yes on the page in the letter."""
    answer = Client().post(door_on(path), {"email": email})
    assert answer.status_code == 303
    [letter] = work()
    assert Client().post(f"{page_in(letter)}confirmation/").status_code == 303
    return letter


def publish(headline="The dredger is back", **fields):
    draft = Article.objects.create(headline=headline, live=False, **fields)
    draft.save_revision().publish()
    return Article.objects.get(pk=draft.pk)


def signed_in(reader):
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    client.force_login(reader)
    return client


def test_a_discussion_is_followed_from_its_article_without_a_comment(article):
    letter = follow(article.path)
    assert "Everything in the discussion of The tide is late" in letter.body
    posted(article, "News", name="bob", address="192.0.2.9")
    assert [each.to for each in work()] == [[ALICE]]


@pytest.mark.parametrize("kind", ["section", "byline", "tag"])
def test_a_new_article_is_told_to_whoever_follows_its_section_byline_or_tag(article, kind):
    person = Person.objects.create(name="Ines Aldana", slug="ines")
    article.bylines.create(person=person)
    article.tags.add("dredging")
    article.save()
    tag = Tag.objects.get(slug="dredging")
    followed = {"section": article.section, "byline": person, "tag": tag}[kind]
    follow(followed.path)
    publish("Elsewhere", section=None)
    assert work() == []
    beneath = Section.objects.create(name="Quays", slug="quays", parent=article.section)
    new = Article(headline="The dredger is back", standfirst="It came at noon.", section=beneath, live=False)
    new.save()
    new.bylines.create(person=person)
    new.tags.add(tag)
    new.save()
    new.save_revision().publish()
    [letter] = work()
    assert letter.subject == "The dredger is back"
    assert "It came at noon." in letter.body
    assert Article.objects.get(pk=new.pk).path in letter.body


def test_an_edit_a_second_publication_an_old_date_and_a_translation_are_no_news(article):
    follow(article.section.path)
    article.save_revision().publish()
    new = publish(section=article.section)
    assert len(work()) == 1
    new.unpublish()
    new.save_revision().publish()
    long_ago = timezone.now() - timedelta(days=30)
    publish("From the archive", section=article.section, published_at=long_ago)
    publish("Der Bagger", section=article.section, translation_of=new)
    later(hours=2)
    assert work() == []


def test_an_article_that_is_recalled_before_the_letter_leaves_is_not_mailed(article):
    follow(article.section.path)
    new = publish(section=article.section)
    work_until_letters()
    new.unpublish()
    assert work() == []
    assert Letter.objects.get(kind="articles").state == "dropped"


def work_until_letters():
    hand_events([consumer for consumer in CONSUMERS if consumer.consume == telling.note_articles])
    while telling.tell_due():
        pass


def test_what_is_followed_for_several_reasons_is_one_letter_and_ten_articles_are_one(article):
    person = Person.objects.create(name="Ines Aldana", slug="ines")
    article.bylines.create(person=person)
    article.save()
    follow(article.section.path)
    later(days=2)
    follow(person.path)
    for number in range(10):
        new = Article(headline=f"No. {number}", section=article.section, live=False)
        new.save()
        new.bylines.create(person=person)
        new.save()
        new.save_revision().publish()
    [letter] = work()
    assert letter.subject == "10 new articles in The Gannet"
    assert Letter.objects.filter(kind="articles").count() == 10


def test_a_reader_with_a_public_page_is_followed_until_it_is_turned_off(article, carol):
    profile = Profile.objects.create(reader=carol, shown_at=timezone.now())
    follow(profile.path)
    posted(article, "I was there.", client=signed_in(carol), HTTP_SEC_FETCH_SITE="same-origin")
    [letter] = work()
    assert "I was there." in letter.body
    Profile.objects.update(shown_at=None)
    posted(article, "And again.", client=signed_in(carol), HTTP_SEC_FETCH_SITE="same-origin")
    later(hours=2)
    assert work() == []
    assert Client().get(f"/follows/new{profile.path}").status_code == 404


def test_a_reader_follows_by_one_button_and_needs_no_letter_to_say_yes(article, carol):
    door = door_on(article.section.path)
    client = signed_in(carol)
    shown = client.get(door).content.decode()
    assert 'type="email"' not in shown
    assert "carol@example.org" in shown
    assert not Follow.objects.exists(), "looking changes nothing"
    answer = client.post(door)
    assert "You are told of it from now on." in client.get(answer["Location"]).content.decode()
    assert work() == []
    assert Follow.objects.get().confirmed_at is not None
    publish(section=article.section)
    assert [letter.to for letter in work()] == [["carol@example.org"]]


def test_from_another_site_nobody_follows_and_without_word_of_where_it_is_a_guest(article, carol):
    door = door_on(article.section.path)
    client = Client()
    client.force_login(carol)
    assert client.post(door, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post(door).status_code == 422, "a guest has to give an address"
    assert not Follow.objects.exists()


def test_whoever_is_mentioned_hears_of_it_where_they_asked_to(article):
    mine = posted(article, "It is me.", name="Alma", email=ALICE)
    answer = Client().post(f"{receipts.path_of(mine)}follows/", {"extent": "mentions"})
    assert answer.status_code == 303
    [letter] = work()
    Client().post(f"{page_in(letter)}confirmation/")
    posted(article, "Nothing of her.", name="bob", address="192.0.2.9")
    posted(article, "As @Alma says.", name="bob", address="192.0.2.9")
    [letter] = work()
    assert "As @Alma says." in letter.body
    assert "Nothing of her" not in letter.body


def test_one_confirmation_a_day_covers_all_that_waits(article):
    for path in (article.path, article.section.path):
        Client().post(door_on(path), {"email": ALICE})
    [letter] = work()
    Client().post(f"{page_in(letter)}confirmation/")
    assert Follow.objects.exclude(confirmed_at=None).count() == 2


def test_known_and_unknown_addresses_and_machines_are_answered_alike(article):
    follow(article.section.path)
    door = door_on(article.section.path)
    sent = len(mail.outbox)
    answers = set()
    for fields in ({"email": ALICE}, {"email": "nobody@example.org", "website": "spam"}):
        answer = Client().post(door, fields)
        answers.add((answer.status_code, str(sorted(answer.headers.items())), answer.content))
    assert len(answers) == 1
    work()
    assert len(mail.outbox) == sent
    assert Follower.objects.count() == 1


def test_a_network_that_asks_too_often_is_stopped_and_keeps_what_it_typed(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_comments_network": "3/3600"}
    door = f"/follows/new{article.path}"
    answers = [Client().post(door, {"email": f"{n}@example.org"}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429, 429]
    assert 'value="4@example.org"' in answers[-1].content.decode()


def test_a_hundred_asks_with_one_address_are_one_letter(article):
    thing = {"kind": "section", "section": article.section}
    for _ in range(100):
        telling.ask_for(thing, address=ALICE, reader=None)
    assert len(work()) == 1


def test_without_a_mail_server_and_where_nothing_stands_there_is_no_door(article, settings):
    assert Client().get("/follows/new/section/nowhere/").status_code == 404
    assert Client().get("/follows/new/nothing/at/all/").status_code == 404
    settings.OPTIONS = settings.OPTIONS | {"mail_url": ""}
    assert "/follows/new/" not in page(article.path)
    assert Client().get(f"/follows/new{article.path}").status_code == 404


def test_a_kind_has_its_own_target_and_no_other(article):
    follower = Follower.objects.create(address_digest="x", address_sealed=b"")
    for wrong in (
        {"kind": "section"},
        {"kind": "tag", "section": article.section},
        {"kind": "mentions", "section": article.section},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(follower=follower, **wrong)


@pytest.mark.hostile("follow")
def test_hostile_strings_as_an_address_or_a_place_do_no_harm(article, shared_dir):
    for payload in list(corpora.hostile(shared_dir))[::200]:
        typed = payload.encode("utf-8", "replace").decode()
        answer = Client().post(f"/follows/new{article.path}", {"email": typed})
        assert answer.status_code in {303, 422, 429}
        if answer.status_code == 422:
            inside = answer.content.decode().split('name="email"')[1].split("</p>")[0]
            assert "onerror=" not in re.sub(r'value="[^"]*"', "", inside)
