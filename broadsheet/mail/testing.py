"""A letter that only shows that letters arrive: the newsroom's test button."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from broadsheet.mail import writing
from broadsheet.mail.kinds import Content, Kind, Pace, Waiting


def send_to(address: str) -> None:
    writing.write(TEST, to=address)


def _compose(letters: Sequence[Waiting]) -> Content:
    return Content(
        subject="A letter to try the mail server",
        text=f"Somebody pressed the test button in the newsroom of {settings.URL}. Letters arrive.\n",
    )


TEST = Kind(
    "test",
    compose=_compose,
    asked=True,
    caps=(Pace(10, timedelta(hours=1)),),
    lifetime=timedelta(hours=1),
    title="Test",
)
