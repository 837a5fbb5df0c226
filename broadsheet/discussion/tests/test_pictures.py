"""Up to three pictures come with a comment: made anew, described, and seen by whoever may see the comment."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from PIL import Image

from broadsheet.discussion import attaching, deciding, editing, receipts
from broadsheet.discussion.models import AttachedPicture, Comment
from broadsheet.discussion.slots import Slots
from broadsheet.discussion.tests.cast import filled_in, page, post
from broadsheet.discussion.tests.pictures import file, photograph, public, send, sent, shown, status
from broadsheet.kit.places import place
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Files of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def published(settings):
    """A publication that publishes pictures of guests at once."""
    settings.OPTIONS = settings.OPTIONS | {"hold_pictures": "nobody"}


def files(media):
    return sorted(path for path in Path(media).rglob("*") if path.is_file())


def kept_in(html):
    return re.findall(r'name="kept\d" value="([^"]+)"', html)


def test_a_guests_picture_waits_for_a_moderator_and_is_seen_by_nobody_else(article, media, carol):
    comment = sent(article, photograph())
    assert comment.state == Comment.State.HELD
    assert comment.holds.get().reason == "it comes with a picture"
    assert status(public(comment)) == 404
    receipt = Client().get(receipts.path_of(comment)).content.decode()
    [own] = re.findall(r'<a href="([^"]+\.webp)"><img', receipt)
    answer = Client().get(own)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "no-store" in answer["Cache-Control"]
    assert not {path.name for path in files(media)} & set(re.findall(r"[^/]+\.webp", receipt))
    deciding.approve(comment, by=carol)
    drain()
    assert status(public(comment)) == status(public(comment, width=1280)) == 200


def test_a_published_picture_says_its_size_and_what_it_shows(article, published):
    comment = sent(article, photograph(2000, 1500), alt='A "boat" <b>', text="Look.")
    html = page(article.path)
    [img] = re.findall(r"<img[^>]*c/1/pictures/[^>]*>", html)
    assert 'alt="A &quot;boat&quot; &lt;b&gt;"' in img and 'loading="lazy"' in img
    assert 'width="480" height="360"' in img and "1280w" in img
    made = Image.open(BytesIO(Client().get(public(comment, width=1280)).content))
    assert (made.format, made.size) == ("WEBP", (1280, 960))
    [told] = Client().get(f"{article.path}comments.json").json()["comments"]
    assert told["pictures"] == [
        {"url": site.URL + public(comment, width=1280), "alt": 'A "boat" <b>', "width": 1280, "height": 960}
    ]
    for where in ("comments/feed.xml", "transcript.html", "transcript.md", "transcript.json", "c/1/"):
        assert comment.pictures[0]["key"] in Client().get(article.path + where).content.decode(), where
    assert comment.pictures[0]["key"] in Client().get("/comments/").content.decode()


def test_what_a_camera_adds_is_not_kept_and_the_picture_stands_upright(article, media, published):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter
    exif[0x9286] = b"the-source's-name"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)  # GPS latitude
    comment = sent(article, photograph(600, 300, exif=exif))
    assert (comment.pictures[0]["width"], comment.pictures[0]["height"]) == (300, 600)
    for path in files(media):
        made = Image.open(path)
        assert not made.getexif() and not {"exif", "xmp", "icc_profile"} & made.info.keys()
        assert b"the-source" not in path.read_bytes()


def test_an_animation_stands_still(article, media):
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50)
    sent(article, out.getvalue())
    assert [getattr(Image.open(path), "n_frames", 1) for path in files(media)] == [1]


@pytest.mark.parametrize("fate", ["removed", "held", "withdrawn"])
def test_a_picture_goes_from_public_sight_with_its_comment(article, media, published, carol, fate):
    comment = sent(article, photograph())
    drain()
    where = public(comment)
    assert status(where) == 200 and store.stands(where)
    if fate == "withdrawn":
        Client().post(f"{receipts.path_of(comment)}withdrawal/")
    else:
        {"removed": deciding.remove, "held": deciding.hold}[fate](comment, by=carol, reason="not a boat")
    drain()
    assert not store.stands(where) and status(where) in (404, 410)
    attaching.delete_left()
    assert bool(files(media)) == (fate != "withdrawn"), "a moderator may still change their mind"
    if fate == "removed":
        deciding.restore(Comment.objects.get(pk=comment.pk), by=carol)
        drain()
        assert status(where) == 200


def test_a_withdrawn_comment_takes_its_earlier_pictures_along(article, media):
    comment = sent(article, photograph(), photograph(500, 500))
    answer = Client().post(
        f"{receipts.path_of(comment)}revisions/",
        {"text": "Look.", "pictures": "1", "kept1": comment.pictures[0]["key"], "alt1": "A quay"},
    )
    assert answer.status_code == 303
    changed = Comment.objects.get(pk=comment.pk)
    assert [each["alt"] for each in changed.pictures] == ["A quay"]
    assert len(shown(changed.revisions.get())) == 2
    Client().post(f"{receipts.path_of(comment)}withdrawal/")
    attaching.delete_left()
    assert files(media) == [] and not AttachedPicture.objects.exists()
    assert Comment.objects.get(pk=comment.pk).pictures is None


def test_a_refused_form_keeps_the_picture_and_posts_it_without_the_file(article, media):
    refused = send(article, photograph(), name="")
    html = refused.content.decode()
    assert refused.status_code == 422 and filled_in(html, "text") == "Look at this."
    [key] = kept_in(html)
    [small] = re.findall(r'<img src="(/receipts/pictures/[^"]+)"', html)
    assert status(small) == 200 and "no-store" in Client().get(small)["Cache-Control"]
    answer = post(article, "Look at this.", "alice", kept1=key, alt1="The quay at noon")
    comment = Comment.objects.order_by("pk").last()
    assert answer.status_code == 303 and shown(comment)[0]["key"] == key
    assert status(small) == 404, "it is the comment's now"
    again = post(article, "Look at this.", "alice", kept1=key, alt1="The quay at noon")
    assert again["Location"] == answer["Location"], "a double click"
    stolen = post(article, "Mine.", "mallory", kept1=key, alt1="Mine")
    assert stolen.status_code == 422 and Comment.objects.order_by("pk").last() == comment


def test_a_preview_shows_the_picture_and_keeps_it(article):
    html = send(article, photograph(), preview="1").content.decode()
    assert 'class="preview"' in html and len(kept_in(html)) == 1
    assert html.partition('class="preview"')[2].partition("</form>")[0].count("/receipts/pictures/") >= 2
    assert not Comment.objects.filter(thread__article=article).exists()


def test_a_picture_is_asked_what_it_shows(article):
    refused = send(article, photograph(), alt="  ")
    html = refused.content.decode()
    assert refused.status_code == 422 and "Say what the picture shows" in html
    assert len(kept_in(html)) == 1 and 'aria-describedby="picture1-error"' in html


def test_a_picture_can_be_left_out_again(article):
    [key] = kept_in(send(article, photograph(), name="").content.decode())
    assert post(article, "Words.", kept1=key, alt1="A quay", drop1="1").status_code == 303
    assert Comment.objects.order_by("pk").last().pictures is None


def test_four_pictures_are_one_too_many_and_nothing_typed_is_lost(article, media):
    four = {"picture1": [file(photograph()), file(photograph(90, 90))], "alt1": "One", "alt2": "Two"}
    refused = send(article, **four, picture2=file(photograph()), picture3=file(photograph()))
    assert refused.status_code == 422 and "At most 3 pictures" in refused.content.decode()
    assert filled_in(refused.content.decode(), "text") == "Look at this." and files(media) == []


def test_a_picture_beyond_the_limit_is_refused_by_name(article, settings, media):
    settings.OPTIONS = settings.OPTIONS | {"comment_picture_mb": 1}
    noise = BytesIO()
    Image.effect_noise((1300, 1300), 90).save(noise, "PNG")
    refused = send(article, noise.getvalue())
    assert refused.status_code == 422 and "larger than 1 MB" in refused.content.decode()
    assert files(media) == []
    assert send(article, b"\xff\xd8\xff" + b"x" * 5 * 1024 * 1024).status_code == 413


def test_pictures_of_one_network_are_counted_and_the_text_comes_back(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_pictures_network": "2/3600"}
    refused = send(article, *[photograph(40, 40)] * 3)
    html = refused.content.decode()
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert filled_in(html, "text") == "Look at this." and len(kept_in(html)) == 2
    assert post(article, "Words alone.").status_code == 303


def test_a_picture_that_is_kept_goes_only_for_one_that_is_taken_in_its_place(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_pictures_network": "2/3600"}
    [key] = kept_in(send(article, photograph(), name="").content.decode())
    for content, status_then, said in (
        (b"none", 422, "cannot be used"),
        (photograph(), 429, "lot of pictures"),
    ):
        refused = send(article, content, kept1=key)
        html = refused.content.decode()
        assert (refused.status_code, kept_in(html)) == (status_then, [key]) and said in html


def test_who_comments_too_often_keeps_the_pictures_that_came_along(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_comments_network": "1/3600"}
    post(article, "At noon.")
    refused = send(article, photograph())
    assert refused.status_code == 429 and len(kept_in(refused.content.decode())) == 1


@pytest.mark.only_on("sqlite")
def test_where_enough_pictures_are_read_already_nothing_but_the_file_is_lost(article, settings, monkeypatch):
    monkeypatch.setattr(attaching, "PATIENCE", 0)
    folder = Path(settings.HOME) / "db" / "pictures"
    with place(folder, 2, 0), place(folder, 2, 0):
        refused = send(article, photograph())
    assert refused.status_code == 503 and refused["Retry-After"] == "60"
    assert filled_in(refused.content.decode(), "text") == "Look at this."
    assert send(article, photograph()).status_code == 303


def test_what_waits_too_long_for_its_comment_is_deleted(article, media):
    [key] = kept_in(send(article, photograph(), name="").content.decode())
    attaching.delete_left()
    assert files(media)
    AttachedPicture.objects.update(leaves_at=timezone.now() - timedelta(hours=1))
    late = post(article, "Late.", kept1=key, alt1="A quay")
    assert late.status_code == 422 and "no longer kept" in late.content.decode()
    attaching.delete_left()
    assert files(media) == [] and not AttachedPicture.objects.exists()


def test_no_more_wait_than_the_disk_has_room_for(article, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_WAITING", 1)
    send(article, photograph(), name="")
    assert send(article, photograph(50, 50)).status_code == 503


def test_where_no_pictures_are_taken_the_form_asks_for_none(article, settings):
    assert 'type="file"' in page(article.path)
    settings.OPTIONS = settings.OPTIONS | {"comment_pictures": False}
    assert 'type="file"' not in page(article.path) and "multipart" not in page(article.path)
    refused = send(article, photograph())
    assert refused.status_code == 422 and filled_in(refused.content.decode(), "text") == "Look at this."


def test_a_reader_with_an_account_is_trusted_unless_the_option_says_otherwise(article, settings, alice):
    client = Client()
    client.force_login(alice)
    own = {"client": client, "HTTP_SEC_FETCH_SITE": "same-origin"}
    assert sent(article, photograph(), **own).visible
    settings.OPTIONS = settings.OPTIONS | {"hold_pictures": "everybody"}
    assert not sent(article, photograph(), text="Another.", **own).visible


def test_a_new_picture_is_judged_and_an_old_one_is_not(article, carol):
    comment = sent(article, photograph())
    deciding.approve(comment, by=carol)
    where, key = f"{receipts.path_of(comment)}revisions/", comment.pictures[0]["key"]
    kept = {"pictures": "1", "kept1": key, "alt1": "The quay, later"}
    Client().post(where, {"text": "Look at this."} | kept)
    changed = Comment.objects.get(pk=comment.pk)
    assert changed.visible and shown(changed)[0]["alt"] == "The quay, later"
    Client().post(where, {"text": "Words alone change."})
    assert Comment.objects.get(pk=comment.pk).pictures == changed.pictures
    Client().post(where, {"text": "One more.", "picture2": file(photograph(50, 50)), "alt2": "Two"} | kept)
    now = Comment.objects.get(pk=comment.pk)
    assert now.state == Comment.State.HELD and len(shown(now)) == 2
    assert status(public(comment)) == 404


def test_a_changed_comment_shows_its_old_picture_to_moderators_alone(article, published, carol):
    comment = sent(article, photograph())
    drain()
    where = public(comment)
    assert status(where) == 200
    Client().post(f"{receipts.path_of(comment)}revisions/", {"text": "Look.", "pictures": "1"})
    drain()
    assert status(where) == 404
    carol.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(carol)
    key = comment.pictures[0]["key"]
    assert key in client.get("/newsroom/comments/published/").content.decode()
    answer = client.get(f"/newsroom/comments/pictures/{key}-480.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert status(f"/newsroom/comments/pictures/{key}-480.webp") != 200


def test_an_author_takes_the_pictures_out_with_everything_else(article):
    comment = sent(article, photograph())
    told = Client().get(f"{receipts.path_of(comment)}data.json").json()
    [each] = told["pictures"]
    assert each["alt"] == "The quay at noon"
    assert status(each["file"].removeprefix(site.URL)) == 200


def test_another_comments_receipt_shows_no_picture_of_this_one(article):
    comment, other = sent(article, photograph()), sent(article, photograph(60, 60), text="Other.")
    key = comment.pictures[0]["key"]
    assert status(f"{receipts.path_of(other)}pictures/{key}-480.webp") == 404
    assert status(f"{receipts.path_of(comment)}pictures/{key}-480.webp") == 200
    assert status(f"/receipts/pictures/{key}-480.webp") == 404


def test_two_changes_at_once_neither_lose_nor_double_a_picture(article):
    """Both forms were filled in before either arrived, and both send the same new picture, as two tabs would."""
    comment = sent(article, photograph())
    [key] = [each["key"] for each in comment.pictures]
    [new] = set(kept_in(send(article, photograph(50, 50), name="").content.decode()))
    kept = {"pictures": "1", "kept1": key, "alt1": "One", "kept2": new, "alt2": "Two"}
    at = receipts.pictures_of(comment)
    forms = [Slots(kept, own=Comment.objects.get(pk=comment.pk), at=at) for _ in range(2)]
    for text, form in zip(("One tab.", "The other."), forms, strict=True):
        stale = Comment.objects.get(pk=comment.pk) if text == "One tab." else comment
        editing.edit_comment(stale, text=text, address="192.0.2.1", pictures=form.attached)
    now = Comment.objects.get(pk=comment.pk)
    assert now.source == "The other." and [each["key"] for each in shown(now)] == [key, new]
    assert [len(shown(each)) for each in now.revisions.order_by("pk")] == [1, 2]
    assert {each.comment_id for each in AttachedPicture.objects.all()} == {comment.pk}
    AttachedPicture.objects.update(leaves_at=timezone.now() - timedelta(days=1))
    assert attaching.delete_left() == 0
