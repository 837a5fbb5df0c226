"""What stood on the front page is kept, and can be put back; a chosen lead goes when its moment comes."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log

from broadsheet.articles.models import Arrangement, KeptArrangement
from broadsheet.events.recording import record
from broadsheet.masthead import speaking

MOST_KEPT = 100


class NotPossible(ValueError):
    """Its text says why."""


def keep(arrangement: Arrangement, *, by: Any = None, why: str = "") -> KeptArrangement:
    """Write down what stands on the front page, unless the newest that is kept says just that; returns the newest."""
    last = newest()
    parts = json.loads(json.dumps(arrangement.parts.get_prep_value(), cls=DjangoJSONEncoder))
    if last and _bare(last.parts) == _bare(parts):
        return last
    kept = KeptArrangement.objects.create(parts=parts, kept_by=by, why=why)
    surplus = KeptArrangement.objects.order_by("-pk").values_list("pk", flat=True)[MOST_KEPT : MOST_KEPT + 1]
    KeptArrangement.objects.filter(pk__lte=next(iter(surplus), 0)).delete()
    return kept


def keep_what_stands() -> KeptArrangement:
    """For whoever is about to change it, in their transaction: the front page as it is, kept if it never was."""
    return keep(Arrangement.objects.select_for_update().get(pk=1), why="Stood before")


def newest() -> KeptArrangement | None:
    """What stands on the front page, once anything was kept of it."""
    return KeptArrangement.objects.order_by("-pk").first()


def put_back(kept: KeptArrangement, *, by: Any, instead_of: int | None = None) -> KeptArrangement:
    """Let an earlier arrangement stand again; returns the one that it takes the place of.

    `instead_of` is what whoever asks believes to stand: a colleague's newer one is not taken away unseen.
    """
    if not by.has_perm("articles.change_arrangement"):
        raise PermissionDenied("Only an editor arranges the front page.")
    said = f"Put back as of {speaking.moment(timezone.localtime(kept.kept_at))}"
    with transaction.atomic():
        replaced = keep_what_stands()
        if instead_of not in (None, replaced.pk):
            raise NotPossible(
                "Somebody has arranged the front page since then. Look at what stands now first."
            )
        arrangement = Arrangement(pk=1, parts=kept.parts)
        arrangement.save()
        if keep(arrangement, by=by, why=said) != replaced:
            log(arrangement, "broadsheet.put_back", user=by, data={"said": said})
            record("arrangement.changed", id=arrangement.pk)
    return replaced


def moment_of(until: str | datetime | None) -> datetime | None:
    """A block's moment; it is text as it is stored, and none where it is empty."""
    return parse_datetime(until) if isinstance(until, str) else until


def over(lead: dict[str, Any]) -> bool:
    """Whether a chosen lead's time has passed."""
    until = moment_of(lead.get("until"))
    return until is not None and until <= timezone.now()


def let_lead_go() -> int:
    """Take a chosen lead away whose moment has come; how many that were."""
    with transaction.atomic():
        arrangement = Arrangement.objects.select_for_update().first()
        parts = arrangement.parts.get_prep_value() if arrangement else []
        gone = [part["value"] for part in parts if part["type"] == "lead" and over(part["value"])]
        if not arrangement or not gone:
            return 0
        keep(arrangement, why="Stood before")
        for lead in gone:
            lead.update(article=None, until=None)
        arrangement.parts = parts
        arrangement.save()
        keep(arrangement, why="The lead’s time was over")
        record("arrangement.changed", id=arrangement.pk)
    return len(gone)


def _bare(parts: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Without the numbers that the editor's form gives to parts, anew now and then."""
    return [(part["type"], part["value"]) for part in parts]
