"""The public page of a reader: off until it is turned on, and printed anew when what it shows changes."""

import re

import pytest
from django.test import Client

from broadsheet.accounts import pages as account_pages
from broadsheet.accounts.tests.cast import browser
from broadsheet.discussion import deciding, withdrawing
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import page, write
from broadsheet.events.models import Event
from broadsheet.kit.ornaments import ornament
from broadsheet.kit.pages import NotThere
from broadsheet.kit.tests import corpora
from broadsheet.kit.tests.oracle import COMMENT, problems_in
from broadsheet.press import refresh
from broadsheet.readers.forms import StaffEditForm
from broadsheet.readers.models import Profile

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

FORM = "/account/profile/"


def turn_on(reader, **fields):
    answer = browser(reader).post(FORM, {"about": "I *like* tides.", "shown": "1", **fields})
    assert answer.status_code == 303, answer.content.decode()
    return Profile.objects.get(reader=reader).path


def stale():
    """What the events since the last time make stale."""
    events = list(Event.objects.order_by("pk").filter(kind__in=refresh.REFRESH))
    Event.objects.all().delete()
    found = refresh.read(events)
    return found.printed | found.unread | found.cards


def test_a_reader_has_no_public_page_until_they_turn_one_on(alice, article, thread):
    write(thread, "A word on tides.", reader=alice, name="Alice")
    assert "/readers/" not in page(article.path)
    browser(alice).post(FORM, {"about": "I like tides."})
    off = Profile.objects.get(reader=alice).path
    with pytest.raises(NotThere):
        page(off)
    assert Client().get(off).status_code == 404


def test_it_shows_what_the_reader_says_wrote_and_received(alice, carol, article, thread):
    first = write(thread, "A word on tides.", reader=alice, name="Alice", likes=3)
    write(thread, "Held back.", reader=alice, state=Comment.State.HELD)
    deciding.remove(write(thread, "Taken away.", reader=alice), by=carol)
    write(thread, "Of somebody else.", reader=carol)
    path = turn_on(alice)
    html = page(path)
    assert "<em>like</em> tides" in html and "A word on tides." in html and "3 likes received" in html
    for other in ("Held back.", "Taken away.", "Of somebody else.", alice.email):
        assert other not in html
    assert f'href="{article.path}c/{first.seq}/"' in html
    assert f'<a href="{path}">Alice</a>' in page(article.path)
    assert f'<a href="{path}">Alice</a>' in page(f"{article.path}c/{first.seq}/")
    assert f'<a href="{path}">Alice</a>' in page("/comments/")
    assert "A word on tides." in page(f"{path}feed.xml") and "Held back." not in page(f"{path}feed.xml")


def test_its_address_tells_nothing_of_the_account_and_stays(alice):
    path = turn_on(alice)
    assert re.fullmatch(r"/readers/[a-z0-9]{10}/", path)
    browser(alice).post(FORM, {"about": ""})
    assert turn_on(alice) == path


def test_search_engines_may_find_it_only_if_the_reader_says_so(alice):
    path = turn_on(alice)
    assert '<meta name="robots" content="noindex">' in page(path)
    turn_on(alice, found="1")
    assert "noindex" not in page(path)


def test_turned_on_or_off_it_and_all_that_names_its_reader_is_printed_anew(alice, article, thread):
    comment = write(thread, reader=alice)
    path = turn_on(alice)
    wanted = {path, f"{path}feed.xml", article.path, f"{article.path}c/", "/comments/"}
    wanted |= {"/comments/picks/", "/comments/picks/page/"}
    wanted |= {f"{article.path}{noun}/" for noun in ("passages", "questions")}
    assert wanted <= stale()
    turn_on(alice, about="Anew.")
    assert article.path not in (changed := stale()) and path in changed
    browser(alice).post("/account/name/", {"name": "Alice Tern"})
    assert path in stale()
    browser(alice).post(FORM, {"about": ""})
    assert wanted <= stale()
    assert comment.author_name


def test_what_its_reader_writes_or_loses_is_printed_anew_on_it(alice, carol, article, thread):
    path = turn_on(alice)
    stale()
    browser(alice).post(f"{article.path}comments/", {"text": "Fresh."})
    assert {path, f"{path}before/", f"{path}feed.xml"} <= stale()
    deciding.remove(Comment.objects.get(reader=alice), by=carol)
    assert path in stale()
    withdrawing.withdraw(write(thread, "Taken back.", reader=alice))
    assert path in stale() and "Taken back." not in page(path)
    browser().post(f"{article.path}comments/", {"text": "A guest’s.", "name": "bob"})
    assert path not in stale()


def test_many_comments_come_in_pages_by_key(alice, thread, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(account_pages, "PAGE", 2)
    for n in range(5):
        write(thread, f"Word {n}.", reader=alice)
    path = start = turn_on(alice)
    seen = []
    while path:
        with django_assert_max_num_queries(25):
            html = page(path)
        seen += [n for n in range(5) if f"Word {n}." in html]
        after = re.search(r'rel="next" href="([^"]+)"', html)
        path = after[1] if after else ""
    assert sorted(seen) == [0, 1, 2, 3, 4]
    with pytest.raises(NotThere):
        page(f"{start}before/1/")


def test_a_page_of_guests_asks_nobody_about_profiles_and_one_of_readers_once(
    alice, carol, article, thread, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(article.path)
        return sum("readers_profile" in query["sql"] for query in captured)

    write(thread, "A guest’s.")
    assert asked() == 0
    for reader in (alice, carol, alice, carol):
        write(thread, reader=reader)
    assert asked() == 1


def test_too_much_about_oneself_comes_back_as_it_was_typed(alice):
    answer = browser(alice).post(FORM, {"about": "x" * 2001, "shown": "1"})
    assert answer.status_code == 422 and "x" * 2001 in answer.content.decode()
    assert not Profile.objects.exists()


@pytest.mark.hostile("reader_profile")
def test_every_payload_is_harmless_on_a_public_page(alice, shared_dir):
    client, path = browser(alice), turn_on(alice)
    for payload in corpora.hostile(shared_dir)[::40]:
        given = payload.encode("utf-8", "replace").decode()[:2000]
        assert client.post(FORM, {"about": given, "shown": "1"}).status_code in {303, 422}
        assert problems_in(Profile.objects.get(reader=alice).about_html, COMMENT) == []
        shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get(FORM).content.decode(), re.S)
        assert shown and "<" not in shown[1]
    assert page(path)


def test_an_ornament_is_the_same_for_a_name_and_another_for_another():
    assert ornament("one") == ornament("one") != ornament("two")
    assert len({ornament(str(n)) for n in range(200)}) == 200
    assert re.fullmatch(r'(<path d="[MhvlaLz\d .-]*"( transform="[\w(). -]+")?/>)+', ornament("one"))


def test_an_account_that_is_closed_in_the_newsroom_has_no_page_any_more(alice, article):
    path = turn_on(alice)
    stale()
    form = StaffEditForm({"name": alice.name, "email": alice.email}, instance=alice)
    assert form.is_valid(), form.errors
    form.save()
    assert path in stale()
    with pytest.raises(NotThere):
        page(path)
