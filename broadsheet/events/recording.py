"""Write a fact down. Call it inside the transaction of the deed."""

import json

from django.db import connection
from django.utils import timezone

_RECORD = """
INSERT INTO events_event (kind, facts, recorded_at, failures, last_error) VALUES (%s, %s, %s, 0, '')
"""


def record(kind: str, **facts: object) -> None:
    """Record that `kind` happened; `facts` are small and plain: ids and numbers, not texts.

    A plain statement, since every deed records and Django's own way takes five times as long.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [kind, json.dumps(facts), now])
