"""What every part of one import works with: the survey, the source, the report, and how rows are written together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from broadsheet.events.recording import record
from broadsheet.transfer.models import Source
from broadsheet.transfer.wordpress.report import Report
from broadsheet.transfer.wordpress.survey import Survey


@dataclass
class Intake:
    survey: Survey
    source: Source
    report: Report
    dry_run: bool = False
    _noted: bool = field(default=False, init=False)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Rows that are there all or not at all; in a dry run, not at all."""
        with transaction.atomic():
            yield
            if self.dry_run:
                transaction.set_rollback(True)

    def note_change(self) -> None:
        """Call it inside the transaction that adds something: the import is not complete until it ends."""
        if not self._noted and self.source.completed_at is not None and not self.dry_run:
            Source.objects.filter(pk=self.source.pk).update(completed_at=None)
        self._noted = True

    def complete(self) -> None:
        """The public pages hear of it once: an event for each of thousands of articles would print lists as often."""
        if self.dry_run or not (self._noted or self.source.completed_at is None):
            return
        with transaction.atomic():
            Source.objects.filter(pk=self.source.pk).update(completed_at=timezone.now())
            record("publication.changed")


def source_of(survey: Survey, *, dry_run: bool) -> Source:
    """The site that was exported, known by its address whether it was http or https."""
    address = (survey.site.base_blog_url or survey.site.link or "unknown").strip()
    host, slash, path = address.rpartition("://")[2].rstrip("/").partition("/")
    url = f"https://{host.lower()}{slash}{path}"[:300]
    if dry_run:
        return Source.objects.filter(url=url).first() or Source(pk=0, url=url)
    return Source.objects.get_or_create(url=url)[0]


def here(moment: datetime | None) -> datetime | None:
    """A moment of the site's own clock, which is taken for the publication's."""
    return None if moment is None else timezone.make_aware(moment)
