"""Pictures come over from a copy of the uploads or are fetched; nothing else does, and nothing hostile harms."""

import json

import pytest
from wagtail.models import ReferenceIndex

from broadsheet.articles.models import Article, Picture
from broadsheet.articles.renditions import prepare_waiting
from broadsheet.kit import shrinking
from broadsheet.kit.fetching import NotFetched
from broadsheet.readers.models import Reader
from broadsheet.transfer.models import ImportedPicture
from broadsheet.transfer.tests import wxr_writer as wxr
from broadsheet.transfer.tests.importing_cast import comment, page, picture, run
from tests import patience

pytestmark = pytest.mark.django_db

GULL = "https://lamp.example/wp-content/uploads/2019/03/quay-50.jpg"


@pytest.fixture
def uploads(tmp_path):
    """A copy of the old site's uploads with one picture in it."""
    picture(tmp_path / "uploads" / "2019/03/quay-50.jpg")
    return tmp_path / "uploads"


def illustrated(**more):
    body = f'<p>See:</p><img class="wp-image-50" src="{GULL.replace(".jpg", "-300x200.jpg")}" alt="A gull">'
    gull = wxr.attachment(50, alt="A gull on a post", caption="The gull of the quay", parent=1)
    return run(wxr.post(1, content=body, meta=[("_thumbnail_id", "50")]), gull, **more)


def widest():
    """The rendition of the one picture that shows most of it."""
    return Picture.objects.get().renditions.order_by("width").last()


def blocks():
    return [(raw["type"], raw["value"]) for raw in Article.objects.get().body.raw_data]


@pytest.mark.parametrize("below", ["", "..", "../.."])
def test_a_picture_is_taken_once_whichever_folder_is_named(tmp_path, below):
    folder = tmp_path / "wp-content" / "uploads"
    picture(folder / "2019/03/quay-50.jpg")
    report = illustrated(media=folder / below)
    found = Picture.objects.get()
    assert report.images == 1
    assert (found.width, found.height, found.caption, found.prepared_at) == (
        40,
        30,
        "The gull of the quay",
        None,
    )
    assert found.file.read() == (folder / "2019/03/quay-50.jpg").read_bytes()
    assert Article.objects.get().lead_picture == found
    assert [value["image"] for kind, value in blocks() if kind == "image"] == [found.pk]
    assert report.missing_pictures == []


def test_the_worker_prepares_what_was_imported_and_knows_which_article_shows_it(uploads):
    illustrated(media=uploads)
    assert prepare_waiting() == 1
    assert Picture.objects.get().problem == ""
    assert ReferenceIndex.get_references_to(Picture.objects.get()).exists()
    assert 'alt="A gull"' in page("/2019/03/04/post-1/")


def test_an_imported_article_with_pictures_opens_in_the_newsroom(uploads, client):
    run(
        wxr.post(
            1, content=f'<img src="{GULL}">\n\n[gallery ids="50"]\n\n[embed]https://films.example/1[/embed]'
        ),
        wxr.attachment(50),
        media=uploads,
    )
    assert [kind for kind, _ in blocks()] == ["image", "gallery", "embed"]
    staff = Reader.objects.create_superuser(
        email="ed@lamp.example", password="a long enough phrase", name="Ed"
    )
    client.force_login(staff)
    answer = client.get(f"/newsroom/snippets/articles/article/edit/{Article.objects.get().pk}/")
    assert answer.status_code == 200
    assert "films.example" in answer.content.decode()


def test_a_second_run_takes_no_picture_twice(uploads):
    illustrated(media=uploads)
    report = illustrated(media=uploads)
    assert (report.images, report.new["images"], Picture.objects.count()) == (1, 0, 1)
    assert illustrated().images == 1


def test_a_picture_that_nobody_has_becomes_a_link_and_nothing_loads_from_the_old_site():
    report = illustrated()
    shown = page("/2019/03/04/post-1/")
    assert f'href="{GULL}"' in shown
    assert "<img" not in shown
    assert report.missing_pictures == [GULL]


def test_a_gallery_shows_what_there_is_and_links_to_the_rest(uploads):
    run(
        wxr.post(1, content='[gallery ids="50,51"]'),
        wxr.attachment(50),
        wxr.attachment(51),
        media=uploads,
    )
    (gallery, shown), (rest, links) = blocks()
    assert (gallery, len(shown["images"]), rest) == ("gallery", 1, "paragraph")
    assert "quay-51.jpg" in links


def test_a_picture_in_a_table_is_ours_or_a_link(uploads):
    elsewhere = "https://elsewhere.example/x.jpg"
    table = f'<table><tr><td><img src="{GULL}" alt="Gull"></td><td><img src="{elsewhere}" alt="Else"></td></tr></table>'
    run(wxr.post(1, content=table), wxr.attachment(50), media=uploads)
    ((kind, html),) = blocks()
    assert kind == "html"
    prepare_waiting()
    assert f'src="{widest().file.url}"' in html
    assert f'<a href="{elsewhere}">Else</a>' in html
    assert html.count("<img") == 1


def test_what_came_with_a_comment_links_to_our_copy(uploads, settings):
    run(
        wxr.post(1, comments=[wxr.comment(7, meta=[wxr.uploads(50)])]),
        wxr.attachment(50, comment=7),
        media=uploads,
    )
    prepare_waiting()
    assert f'href="{settings.URL}{widest().file.url}"' in comment(7).html


@pytest.mark.parametrize(
    "file", ["../secret.jpg", "2019/../../secret.jpg", "/etc/passwd", "%2e%2e/secret.jpg", "link.jpg"]
)
def test_no_file_outside_of_the_folder_is_read(uploads, file):
    picture(uploads.parent / "secret.jpg")
    (uploads / "link.jpg").symlink_to(uploads.parent / "secret.jpg")
    report = run(wxr.post(1), wxr.attachment(50, file=file), media=uploads)
    assert report.images == 0
    assert not Picture.objects.exists()


def test_drawings_and_documents_are_refused_by_what_they_are(uploads):
    (uploads / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    (uploads / "b.jpg").write_text("<html><script>alert(1)</script>")
    picture(uploads / "c.jpg", kind="BMP")
    report = run(
        *(wxr.attachment(n, file=name) for n, name in enumerate(("a.svg", "b.jpg", "c.jpg"), 1)),
        media=uploads,
    )
    assert report.images == 0
    assert len(report.problems) == 3
    assert all("no GIF, JPEG, PNG or WebP" in problem for problem in report.problems)


def test_a_picture_is_kept_under_the_name_of_what_it_is(uploads):
    picture(uploads / "evil.html", kind="PNG")
    run(wxr.attachment(1, file="evil.html"), media=uploads)
    assert Picture.objects.get().file.name.endswith(".png")


def test_hostile_pictures_neither_crash_nor_hang_the_import(shared_dir):
    folder = shared_dir / "corpora" / "bad-images"
    files = sorted(folder.iterdir())
    with patience.ends():
        report = run(*(wxr.attachment(n, file=file.name) for n, file in enumerate(files, 1)), media=folder)
    assert report.images + len(report.problems) == len(files)
    assert all(each.width * each.height <= shrinking.MOST_PIXELS for each in Picture.objects.all())
    json.dumps(report.as_dict())


def test_a_fetched_picture_is_taken_like_one_that_was_copied(uploads):
    asked = []

    def fetch(url):
        asked.append(url)
        return (uploads / "2019/03/quay-50.jpg").read_bytes()

    assert illustrated(fetch=fetch).images == 1
    assert asked == [GULL]
    illustrated(fetch=fetch)
    assert asked == [GULL]


def test_only_the_old_site_itself_is_asked_for_pictures():
    asked: list[str] = []
    run(wxr.post(1, content='<img src="https://elsewhere.example/x.jpg">'), fetch=asked.append)
    assert asked == []


def test_a_picture_that_cannot_be_fetched_is_a_problem_and_a_link():
    def fetch(url):
        raise NotFetched("its host is not a public one")

    report = illustrated(fetch=fetch)
    assert report.problems == [
        f"The picture {GULL} was not taken: its host is not a public one. It stays a link."
    ]
    assert Article.objects.exists()


def test_a_dry_run_copies_and_fetches_nothing(uploads, settings):
    assert illustrated(media=uploads, dry_run=True).images == 1
    assert illustrated(fetch=pytest.fail, dry_run=True).images == 1
    assert not ImportedPicture.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.jpg"))


def test_a_file_that_a_killed_run_left_is_used_again(uploads, settings):
    illustrated(media=uploads)
    stored = list(settings.MEDIA_ROOT.rglob("*.jpg"))
    Article.objects.update(lead_picture=None)
    Picture.objects.all().delete()
    for file in stored:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"half a pict")
    illustrated(media=uploads)
    assert list(settings.MEDIA_ROOT.rglob("*.jpg")) == stored
    assert stored[0].read_bytes() == (uploads / "2019/03/quay-50.jpg").read_bytes()
