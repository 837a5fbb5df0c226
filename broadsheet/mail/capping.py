"""How often mail may go: to one address, to one domain, in all.

Counted in the outbox itself, by what was handed to a mail server: no restart and no flood makes it forget. What is
over a cap is put off, not lost, and goes with whatever has been bundled with it meanwhile.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from broadsheet.mail.kinds import Kind, Pace
from broadsheet.mail.models import Letter


def free_again_at(letter: Letter, kind: Kind) -> datetime | None:
    """When this address may get the next mail of this kind; None where it may now."""
    to_same = Letter.objects.filter(address_digest=letter.address_digest, kind=kind.name)
    if kind.cap_by_bundle:
        to_same = to_same.filter(bundle=letter.bundle)
    free = [at for pace in kind.caps if (at := _free_at(to_same, pace))]
    return max(free, default=None)


def kind_free_at(kind: Kind) -> datetime | None:
    """When the next mail of this kind may go to anybody; None where it may now."""
    if not kind.brake:
        return None
    return _free_at(Letter.objects.filter(kind=kind.name), Pace.parse(settings.OPTIONS[kind.brake]))


def domain_free_at(letter: Letter) -> datetime | None:
    """When the letter's domain may get the next mail; None where it may now."""
    pace = Pace.parse(settings.OPTIONS["limit_mail_domain"])
    return _free_at(Letter.objects.filter(domain_digest=letter.domain_digest), pace)


def room_in_all() -> int:
    """How many mails that nobody waits for may still go in this stretch of time: the brake."""
    pace = Pace.parse(settings.OPTIONS["limit_mail"])
    handed = Letter.objects.filter(handed_at__gt=timezone.now() - pace.per, urgent=False)
    return max(0, pace.number - handed.values("lease").distinct().count())


def _free_at(letters: "QuerySet[Letter]", pace: Pace) -> datetime | None:
    """The letters of one mail share their lease and their moment."""
    recent = (
        letters.filter(handed_at__gt=timezone.now() - pace.per).values_list("lease", "handed_at").distinct()
    )
    moments = [at for _, at in recent.order_by("-handed_at")[: pace.number] if at is not None]
    return moments[-1] + pace.per if len(moments) == pace.number else None
