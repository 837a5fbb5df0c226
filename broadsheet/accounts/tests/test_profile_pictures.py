"""The picture of a public page: its reader's own, made anew, and gone when they, or the account, go."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from broadsheet.accounts import leaving
from broadsheet.accounts.tests.cast import browser
from broadsheet.accounts.tests.test_profiles import FORM, stale
from broadsheet.discussion.tests.cast import page
from broadsheet.discussion.tests.pictures import file, photograph
from broadsheet.kit.pages import NotThere
from broadsheet.kit.places import place
from broadsheet.press import addresses, bodies
from broadsheet.readers.models import Profile, ProfilePicture

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

OWN = f"{FORM}picture.webp"


def send(reader, content=None, **fields):
    given = {"about": "I like tides.", "shown": "1", **fields}
    return browser(reader).post(FORM, given | ({"picture": file(content)} if content else {}))


def shown(reader):
    """Where everybody finds the picture."""
    html = page(Profile.objects.get(reader=reader).path)
    return found[1] if (found := re.search(r'<img class="portrait" src="([^"]+)"', html)) else None


def bytes_at(path):
    address, given = addresses.find(path)
    return address.make(**given).content


def test_a_picture_is_shown_square_and_without_what_a_camera_adds(alice):
    exif = Image.Exif()
    exif[0x9286] = b"the-source's-name"
    assert send(alice, photograph(900, 500, exif=exif)).status_code == 303
    content = bytes_at(shown(alice))
    made = Image.open(BytesIO(content))
    assert (made.format, made.size) == ("WEBP", (256, 256))
    assert not made.getexif() and b"the-source" not in content
    assert '<svg class="ornament"' not in page(Profile.objects.get(reader=alice).path)


def test_another_picture_has_another_address_and_the_first_is_gone(alice):
    send(alice, photograph())
    first = shown(alice)
    stale()
    send(alice, photograph(50, 40))
    assert shown(alice) not in (None, first) and Image.open(BytesIO(bytes_at(shown(alice)))).size == (40, 40)
    with pytest.raises(NotThere):
        bytes_at(first)
    path = Profile.objects.get(reader=alice).path
    assert {path, f"{path}pictures/"} <= stale()


def test_it_goes_when_its_reader_takes_it_away(alice):
    send(alice, photograph())
    stale()
    assert send(alice, drop="1").status_code == 303
    assert shown(alice) is None and not ProfilePicture.objects.exists()
    assert f"{Profile.objects.get(reader=alice).path}pictures/" in stale()


def test_of_a_page_that_is_off_its_reader_alone_sees_the_picture(alice, carol):
    send(alice, photograph())
    public = shown(alice)
    send(alice, shown="")
    with pytest.raises(NotThere):
        bytes_at(public)
    own = browser(alice).get(OWN)
    assert own["Content-Type"] == "image/webp" and "no-store" in own["Cache-Control"]
    assert OWN in browser(alice).get(FORM).content.decode()
    assert browser(carol).get(OWN).status_code == 404 and Client().get(OWN).status_code == 302


def test_a_form_that_is_refused_keeps_the_picture_and_every_word(alice):
    refused = send(alice, photograph(), about="x" * 2001)
    assert refused.status_code == 422 and "x" * 2001 in refused.content.decode()
    assert OWN in refused.content.decode() and ProfilePicture.objects.count() == 1


@pytest.mark.hostile("reader_profile")
@pytest.mark.parametrize(
    "content", [b"none", b"<svg onload=alert(1)>", photograph()[:300], b"GIF89a" + b"\xff" * 200]
)
def test_what_is_no_picture_is_refused_and_what_was_typed_comes_back(alice, content):
    refused = send(alice, content, about="Of the *tides*.")
    html = refused.content.decode()
    assert refused.status_code == 422 and "cannot be used as a picture" in html
    assert "Of the *tides*." in html and not ProfilePicture.objects.exists()


def test_too_much_is_refused_before_it_is_read(alice, settings):
    settings.OPTIONS = settings.OPTIONS | {"comment_picture_mb": 1, "limit_pictures_network": "1/3600"}
    noise = BytesIO()
    Image.effect_noise((1100, 1100), 90).save(noise, "PNG")
    assert "larger than 1 MB" in send(alice, noise.getvalue()).content.decode()
    assert bodies.largest(FORM) == 2 * 1024 * 1024
    assert send(alice, photograph(40, 40)).status_code == 303
    refused = send(alice, photograph(40, 40), about="Still here.")
    assert refused.status_code == 429 and "Still here." in refused.content.decode()
    assert int(refused["Retry-After"]) > 0


def test_where_enough_pictures_are_read_already_it_comes_back_in_a_minute(alice, settings, monkeypatch):
    monkeypatch.setattr("broadsheet.discussion.attaching.PATIENCE", 0.0)
    taken = settings.HOME / "db" / "pictures"
    with place(taken, 2, 1.0), place(taken, 2, 1.0):
        busy = send(alice, photograph(40, 40))
    assert busy.status_code == 503 and "I like tides." in busy.content.decode()


def test_where_none_are_taken_the_form_asks_for_none(alice, settings):
    settings.OPTIONS = settings.OPTIONS | {"profile_pictures": False}
    assert 'type="file"' not in browser(alice).get(FORM).content.decode()
    send(alice, photograph(40, 40))
    assert not ProfilePicture.objects.exists()


def test_it_is_taken_out_with_everything_else_and_gone_with_the_account(alice):
    send(alice, photograph(40, 40))
    public, client = shown(alice), browser(alice)
    with zipfile.ZipFile(BytesIO(b"".join(client.get("/account/takeout/")))) as archive:
        assert archive.read("picture.webp") == bytes_at(public)
    client.post("/account/leaving/", {"comments": "stay", "sure": "1"})
    with pytest.raises(NotThere):
        bytes_at(public)
    leaving.carry_out()
    assert not ProfilePicture.objects.exists()
