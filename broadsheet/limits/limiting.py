"""The rate limiter: GCRA (ITU-T I.371, "leaky bucket as a meter") in one SQL statement.

One statement, since read-then-write admits more than the limit when two arrive at once.
"""

import math
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction

from broadsheet.limits.models import Bucket

_ADMIT = """
INSERT INTO limits_bucket (key, empty_at) VALUES (%(key)s, %(now)s + %(step)s)
ON CONFLICT (key) DO UPDATE SET empty_at = {greatest}(limits_bucket.empty_at, %(now)s) + %(step)s
WHERE {greatest}(limits_bucket.empty_at, %(now)s) + %(step)s <= %(now)s + %(window)s
RETURNING empty_at
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
    connection = connections[settings.LIMITS_DATABASE]
    statement = _ADMIT.format(greatest="MAX" if connection.vendor == "sqlite" else "GREATEST")
    # A hair is added to the window, since number * (seconds / number) may round above seconds.
    values: dict[str, str | float] = {
        "key": key,
        "now": time.time(),
        "step": rate.seconds / rate.number,
        "window": rate.seconds + 1e-6,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() is not None


def counting() -> AbstractContextManager[None]:
    """Count under several keys in one transaction, whose turn is taken once and fairly; what is counted stays so."""
    counted: AbstractContextManager[None] = transaction.atomic(using=settings.LIMITS_DATABASE)
    return counted


def wait(key: str, rate: Rate) -> int:
    """Seconds until one more is admitted under `key`, for `Retry-After`; 0 where it is now, which is counted."""
    return 0 if admit(key, rate) else _seconds_until_admitted(key, rate)


def _seconds_until_admitted(key: str, rate: Rate) -> int:
    bucket = Bucket.objects.filter(key=key).first()
    if bucket is None:
        return 1  # it ran empty meanwhile
    return max(1, math.ceil(bucket.empty_at + rate.seconds / rate.number - rate.seconds - time.time()))


def forget_empty() -> int:
    """Delete the buckets that have run empty; the clock calls it."""
    return Bucket.objects.filter(empty_at__lt=time.time()).delete()[0]
