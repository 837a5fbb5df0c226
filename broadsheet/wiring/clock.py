"""The product's own clock: nothing outside has to be set up, and whatever was missed is done at the next tick."""

import logging

from django.utils import timezone

from broadsheet.events import beating
from broadsheet.wiring.schedule import SCHEDULE, Job

logger = logging.getLogger(__name__)

TICK = 15
"""Seconds between two ticks, at most."""


def tick() -> None:
    """Do what is due, and show that the clock goes."""
    for job in SCHEDULE:
        if _due(job):
            _do(job)
    beating.beat("clock")


def _due(job: Job) -> bool:
    last = beating.last_beat(job.name) if job.every else None
    return last is None or last + job.every <= timezone.now()


def _do(job: Job) -> None:
    try:
        job.do()
    except Exception:
        logger.exception("The clock could not %s; it will try again at the next tick.", job.name)
    else:
        if job.every:
            beating.beat(job.name)
