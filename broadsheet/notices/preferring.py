"""Where followers want to hear of what: for each kind of thing among their notices, and how often by mail."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from broadsheet.notices.models import Follow, Follower, Mode, Preference

Kind = Follow.Kind
ROWS = (Kind.REPLIES, Kind.MENTIONS, Kind.THREAD, Kind.READER, Kind.BYLINE, Kind.SECTION, Kind.TAG)
"""What is chosen for by itself, the nearest to oneself first. Replies are one, whichever way they were asked for."""
_SOONEST = list(Mode)


@dataclass(frozen=True)
class Choice:
    site: bool
    mail: Mode


class Choices:
    """What one follower chose; what they never chose, their mode says."""

    def __init__(self, follower: Follower | None, preferences: Iterable[Preference] = ()) -> None:
        self._mode = Mode(follower.mode) if follower is not None else Mode.OFF
        self._of = {each.kind: Choice(each.site, Mode(each.mail)) for each in preferences}

    def of(self, kind: str) -> Choice:
        return self._of.get(row_of(kind), Choice(True, self._mode))

    def mail(self, kinds: Iterable[str]) -> Mode:
        """The soonest of those that apply."""
        return min((self.of(kind).mail for kind in kinds), key=_SOONEST.index)

    def site(self, kinds: Iterable[str]) -> bool:
        return any(self.of(kind).site for kind in kinds)


def row_of(kind: str) -> str:
    return Kind.REPLIES if kind == Kind.ANSWERS else kind


def of(follower: Follower) -> Choices:
    return Choices(follower, Preference.objects.filter(follower=follower.pk))


def of_many(followers: Collection[Follower]) -> dict[int, Choices]:
    """By the number of each follower, in one query."""
    theirs: dict[int, list[Preference]] = defaultdict(list)
    for each in Preference.objects.filter(follower__in=[follower.pk for follower in followers]):
        theirs[each.follower_id].append(each)
    return {follower.pk: Choices(follower, theirs[follower.pk]) for follower in followers}


def shown(follower: Follower) -> dict[str, Choice]:
    """For each row as it is. Of mentions nobody hears by mail who never asked to."""
    choices = of(follower)
    told = Follow.objects.filter(follower=follower.pk, kind=Kind.MENTIONS, ended_at=None)
    rows: dict[str, Choice] = {kind: choices.of(kind) for kind in ROWS}
    if not told.exclude(confirmed_at=None).exists():
        rows[Kind.MENTIONS] = Choice(rows[Kind.MENTIONS].site, Mode.OFF)
    return rows


def choose(follower: Follower, choices: Mapping[str, Choice]) -> None:
    """For each row where it is heard of; and keep the quiet hours, zone and language that the follower has now."""
    with transaction.atomic():
        follower.save(update_fields=["quiet_from", "quiet_until", "zone", "language"])
        rows = [
            Preference(follower=follower, kind=kind, site=choice.site, mail=choice.mail)
            for kind, choice in choices.items()
        ]
        Preference.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["follower", "kind"],
            update_fields=["site", "mail"],
        )
        if choices[Kind.MENTIONS].mail != Mode.OFF:
            _follow_mentions(follower)


def _follow_mentions(follower: Follower) -> None:
    """Whoever chose how often has asked; the page is theirs, so that nothing is to be confirmed."""
    now = timezone.now()
    Follow.objects.update_or_create(
        follower=follower, kind=Kind.MENTIONS, defaults={"ended_at": None, "confirmed_at": now}
    )


def choose_for_all(follower: Follower, mode: str) -> None:
    """How often by mail, whatever it is."""
    with transaction.atomic():
        Follower.objects.filter(pk=follower.pk).update(mode=mode)
        Preference.objects.filter(follower=follower).update(mail=mode)
