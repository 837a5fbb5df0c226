"""Pictures that come through the newsroom's door."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from broadsheet.articles import renditions
from broadsheet.articles.models import Picture
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]


@pytest.fixture
def newsroom(client):
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def upload(newsroom, name: str, content: bytes, where: str = "/newsroom/images/add/"):
    root = Collection.get_first_root_node().pk
    fields = {
        "title": "The quay",
        "description": "",
        "tags": "",
        "collection": root,
        "caption": "",
        "credit": "Ines",
    }
    return newsroom.post(where, {**fields, "file": SimpleUploadedFile(name, content)})


def test_a_picture_is_uploaded_with_its_credit_and_waits_for_the_worker(newsroom):
    assert upload(newsroom, "quay.png", png(600, 40)).status_code == 302
    picture = Picture.objects.get()
    assert picture.credit == "Ines"
    assert picture.prepared_at is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quay.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("quay.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("quay.html", b"<script>alert(1)</script>"),
        ("quay.png", b"no picture at all"),
        ("quay.jpg", png(60, 40)),
        ("wall.png", png(9000, 5000)),
    ],
)
def test_what_is_no_fitting_picture_is_refused(newsroom, name, content):
    answer = upload(newsroom, name, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Picture.objects.exists()


def test_a_replaced_file_waits_for_the_worker_again(newsroom):
    upload(newsroom, "quay.png", png(600, 40))
    renditions.prepare_waiting()
    picture = Picture.objects.get()
    assert picture.prepared_at
    assert upload(newsroom, "pier.png", png(700, 50), f"/newsroom/images/{picture.pk}/").status_code == 302
    assert Picture.objects.get().prepared_at is None
