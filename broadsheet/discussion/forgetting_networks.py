"""What the discussion forgets, and when: from which network a comment came. The clock calls it."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

BATCH = 2000
_FORGET = """
UPDATE discussion_comment SET network = '', fingerprint = NULL WHERE id IN (
    SELECT id FROM discussion_comment WHERE fingerprint IS NOT NULL AND posted_at < %s LIMIT %s
)
"""


def networks_kept() -> timedelta:
    """Long enough to see that many comments come from one place, and to answer for what was decided about them."""
    return timedelta(days=int(settings.OPTIONS["networks_days"]))


def forget_networks() -> int:
    """Forget the networks of old comments, a batch at a time, so that nobody waits for it."""
    since = connection.ops.adapt_datetimefield_value(timezone.now() - networks_kept())
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [since, BATCH])
        return int(cursor.rowcount)
