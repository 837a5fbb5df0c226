"""Pictures are prepared outside of requests, in a process that may fail alone."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from broadsheet.articles import renditions
from broadsheet.articles.models import Picture
from broadsheet.events.models import Event
from broadsheet.kit import shrinking

pytestmark = pytest.mark.django_db


def photograph(width: int, height: int, kind: str = "JPEG", **how) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(how.pop("mode", "RGB")).save(out, kind, **how)
    return out.getvalue()


def picture(content: bytes, name: str = "quay.jpg") -> Picture:
    """A row as an import or an upload leaves it."""
    made: Picture = Picture.objects.create(title="The quay", file=ContentFile(content, name=name))
    return made


def seen(made: Picture) -> Picture:
    """The row as it is now; `refresh_from_db` would read the file."""
    now: Picture = Picture.objects.get(pk=made.pk)
    return now


def sizes(made: Picture) -> list[tuple[str, int, int]]:
    return [(r.filter_spec, r.width, r.height) for r in made.renditions.order_by("width")]


def test_a_picture_gets_three_widths_once():
    made = picture(photograph(2000, 1000))
    assert renditions.prepare_waiting() == 1
    made.refresh_from_db()
    assert made.prepared_at
    assert sizes(made) == [
        ("width-480|format-webp", 480, 240),
        ("width-960|format-webp", 960, 480),
        ("width-1600|format-webp", 1600, 800),
    ]
    assert [event.facts for event in Event.objects.filter(kind="picture.prepared")] == [{"picture": made.pk}]
    assert renditions.prepare_waiting() == 0


@pytest.mark.parametrize(("width", "expected"), [(300, [300]), (480, [480]), (700, [480, 700])])
def test_a_picture_is_never_made_wider_than_it_is(width, expected):
    made = picture(photograph(width, 100))
    renditions.prepare_waiting()
    assert [rendition.width for rendition in made.renditions.order_by("width")] == expected


def test_a_turned_photograph_stands_upright_and_tells_nothing_of_its_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Harbour Camera"
    made = picture(photograph(800, 400, exif=exif))
    renditions.prepare_waiting()
    rendition = made.renditions.first()
    assert rendition.height > rendition.width
    assert b"Harbour Camera" not in rendition.file.read()


def test_a_see_through_picture_stays_see_through():
    out = BytesIO()
    Image.new("RGBA", (600, 100), (10, 20, 30, 40)).save(out, "PNG")
    made = picture(out.getvalue(), name="sign.png")
    renditions.prepare_waiting()
    assert Image.open(made.renditions.first().file).mode == "RGBA"


def test_an_animation_keeps_moving():
    frames = [Image.new("RGB", (500, 50), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50)
    made = picture(out.getvalue(), name="tide.gif")
    renditions.prepare_waiting()
    narrow = Image.open(made.renditions.order_by("width").first().file)
    assert getattr(narrow, "n_frames", 1) > 1


def test_a_bad_picture_says_why_and_is_not_tried_again(caplog):
    bad, good = picture(photograph(700, 100)), picture(photograph(600, 100))
    Path(bad.file.path).write_bytes(b"GIF89a this is no picture")
    assert renditions.prepare_waiting() == 2
    bad = seen(bad)
    assert bad.problem
    assert bad.prepared_at
    assert not bad.renditions.exists()
    assert "cannot be shown" in caplog.text
    assert good.renditions.exists()
    assert renditions.prepare_waiting() == 0


def test_a_picture_whose_file_is_missing_says_so():
    made = picture(photograph(600, 100))
    made.file.storage.delete(made.file.name)
    renditions.prepare_waiting()
    assert "cannot be read" in seen(made).problem


def test_a_picture_of_too_many_pixels_is_refused():
    made = picture(photograph(9000, 5000, "PNG", mode="L"), name="wall.png")
    renditions.prepare_waiting()
    assert "9000 × 5000" in seen(made).problem


def test_another_file_is_prepared_anew():
    made = picture(photograph(600, 100))
    renditions.prepare_waiting()
    made = seen(made)
    made.file = ContentFile(photograph(1000, 900), name="other.jpg")
    made._set_image_file_metadata()
    made.save()
    assert renditions.prepare_waiting() == 1
    assert sizes(made)[-1] == ("width-1600|format-webp", 1000, 900)


def test_the_process_that_reads_pictures_has_limits():
    greedy = "from broadsheet.kit import shrinking; shrinking.limit_process(); bytearray(4 * 1024 ** 3)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True)
    assert "MemoryError" in done.stderr


def test_widths_worth_having():
    assert shrinking.wanted_widths(5000, [480, 960, 1600]) == [480, 960, 1600]
    assert shrinking.wanted_widths(480, [480, 960, 1600]) == [480]
    assert shrinking.wanted_widths(10, [480, 960, 1600]) == [480]
