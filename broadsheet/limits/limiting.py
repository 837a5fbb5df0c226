"""The rate limiter: GCRA (ITU-T I.371, "leaky bucket as a meter") in one SQL statement, however many keys it asks.

One statement, since read-then-write admits more than the limit when two arrive at once.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connections, transaction

from broadsheet.limits.models import Bucket

# Where one bucket is full, nothing is asked to go into any. The same is asked again of each row as it is written: on
# PostgreSQL somebody else may have filled it meanwhile.
_ADMIT = """
WITH asked (key, step, room) AS (VALUES {asked})
INSERT INTO limits_bucket (key, empty_at) SELECT key, %(now)s + step FROM asked
WHERE NOT EXISTS (
    SELECT 1 FROM asked JOIN limits_bucket found ON found.key = asked.key
    WHERE {greatest}(found.empty_at, %(now)s) + step > %(now)s + room
)
ON CONFLICT (key) DO UPDATE
SET empty_at = {greatest}(limits_bucket.empty_at, %(now)s) + (SELECT step FROM asked WHERE asked.key = excluded.key)
WHERE (
    SELECT {greatest}(limits_bucket.empty_at, %(now)s) + step <= %(now)s + room
    FROM asked WHERE asked.key = excluded.key
)
RETURNING key
"""


@dataclass(frozen=True)
class Rate:
    """`number` admissions in `seconds`; a burst of `number` is admitted at once."""

    number: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        number, _, seconds = text.partition("/")
        try:
            rate = cls(int(number), int(seconds))
        except ValueError:
            rate = cls(0, 0)
        if rate.number < 1 or rate.seconds < 1:
            raise ValueError(f"A limit reads number/seconds, such as 12/120, not {text!r}.")
        return rate


def admit(key: str, rate: Rate) -> bool:
    """Whether one more is admitted under `key`, counting it if so."""
    return admit_to_all({key: rate})


def wait(key: str, rate: Rate) -> int:
    """Seconds until one more is admitted under `key`, for `Retry-After`; 0 where it is now, which is counted."""
    return wait_for_all({key: rate})


def admit_to_all(rates: Mapping[str, Rate]) -> bool:
    """Whether one more is admitted under every key, counting it under each; else under none of them."""
    with transaction.atomic(using=settings.LIMITS_DATABASE):  # the turn to write is taken fairly
        admitted = _admitted(rates)
        if admitted < len(rates):
            transaction.set_rollback(True, using=settings.LIMITS_DATABASE)
    return admitted == len(rates)


def wait_for_all(rates: Mapping[str, Rate]) -> int:
    """Seconds until one more is admitted under every key; 0 where it is now, which is counted."""
    return 0 if admit_to_all(rates) else _seconds_until_admitted(rates)


def _admitted(rates: Mapping[str, Rate]) -> int:
    connection = connections[settings.LIMITS_DATABASE]
    values: dict[str, str | float] = {"now": time.time()}
    for number, (key, rate) in enumerate(rates.items()):
        values[f"key{number}"] = key
        values[f"step{number}"] = rate.seconds / rate.number
        # A hair is added, since number * (seconds / number) may round above seconds.
        values[f"room{number}"] = rate.seconds + 1e-6
    with connection.cursor() as cursor:
        cursor.execute(_admit(len(rates), connection.vendor), values)
        return len(cursor.fetchall())


@cache
def _admit(many: int, vendor: str) -> str:
    asked = ", ".join(f"(%(key{number})s, %(step{number})s, %(room{number})s)" for number in range(many))
    return _ADMIT.format(asked=asked, greatest="MAX" if vendor == "sqlite" else "GREATEST")


def _seconds_until_admitted(rates: Mapping[str, Rate]) -> int:
    now = time.time()
    buckets = Bucket.objects.filter(key__in=rates).values_list("key", "empty_at")
    waits = [
        empty_at + rates[key].seconds / rates[key].number - rates[key].seconds - now
        for key, empty_at in buckets
    ]
    return max(1, math.ceil(max(waits, default=0)))  # they may have run empty meanwhile


def forget_empty() -> int:
    """Delete the buckets that have run empty; the clock calls it."""
    return Bucket.objects.filter(empty_at__lt=time.time()).delete()[0]
