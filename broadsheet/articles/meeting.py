"""Who else has open what somebody opens: told with the page, not when the engine's script first calls in."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.text import get_text_list
from wagtail.admin.models import EditingSession

from broadsheet.readers.models import Reader

SILENT = timedelta(minutes=2)
"""An open editor calls in every few seconds, in a hidden tab once a minute; whoever is silent for so long has gone."""


def others(thing: Model, reader: Reader) -> list[Reader]:
    """The colleagues who have it open in the editor now, by name."""
    sessions = EditingSession.objects.filter(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        last_seen_at__gte=timezone.now() - SILENT,
    )
    met = Reader.objects.filter(pk__in=sessions.values("user")).exclude(pk=reader.pk)
    return list(met.order_by("name", "pk"))


def sentence(met: list[Reader]) -> str:
    """What whoever comes second is told; empty where nobody else is there."""
    if not met:
        return ""
    names = get_text_list([str(each) for each in met], "and")
    have = "has" if len(met) == 1 else "have"
    return (
        f"{names} {have} this open too. Whoever would save over a colleague’s newer version is asked first, "
        "and every version stays in the history. While there is a newer one, nothing is saved by itself."
    )
