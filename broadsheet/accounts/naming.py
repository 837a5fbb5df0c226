"""Give a reader another name. What they wrote before keeps the name it was written under."""

from django.db import transaction

from broadsheet.discussion import naming as reserved
from broadsheet.events.recording import record
from broadsheet.readers.models import Reader


def rename(reader: Reader, name: str) -> None:
    if name == reader.name:
        return
    with transaction.atomic():
        reader.name = name
        reader.save(update_fields=["name"])
        reserved.leave_earlier(reader)
        record("reader.changed", reader=reader.pk)
