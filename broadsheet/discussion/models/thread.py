"""The discussion of one article: its counters. A counter moves in the transaction of the deed that moves it."""

from typing import Any

from django.db import connection, models

from broadsheet.articles.models import Article

_TAKE_SEQ = "UPDATE discussion_thread SET last_seq = last_seq + 1 WHERE id = %s RETURNING last_seq"
_TAKE_SHOWN = """
UPDATE discussion_thread
SET last_seq = last_seq + 1, last_rev = last_rev + 1, comment_count = comment_count + 1, root_count = root_count + %s
WHERE id = %s RETURNING last_seq, last_rev, root_count
"""
_SHOW_ONE = """
UPDATE discussion_thread
SET last_rev = last_rev + 1, comment_count = comment_count + 1, root_count = root_count + %s WHERE id = %s
RETURNING last_rev, root_count
"""
_CHANGE = """
UPDATE discussion_thread SET last_rev = last_rev + 1, comment_count = comment_count + %s WHERE id = %s
RETURNING last_rev
"""


class Thread(models.Model):
    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="thread")
    last_seq = models.PositiveIntegerField(default=0)
    """The newest comment's number. The row stays locked until commit, so numbers are handed out in commit order."""
    last_rev = models.PositiveIntegerField(default=0)
    """Counts every visible change (new, edited, approved, removed)."""
    root_count = models.PositiveIntegerField(default=0)
    """Roots that were ever visible; the last one's `sib`."""
    comment_count = models.PositiveIntegerField(default=0)
    """Comments visible now."""
    order_version = models.PositiveIntegerField(default=0, db_default=0)
    """The newest of its orders “best”; 0 while it has none."""

    rules: Any = None
    """The publisher's rules that hold in it (`ruling.InForce`), where whoever loaded it asked for them as well."""
    distinguished: Any = None
    """Which of its comments are pinned, picked or closed (`reading.Distinguished`), once somebody has asked."""

    def __str__(self) -> str:
        return f"discussion of {self.article}"

    @classmethod
    def locked(cls, pk: int) -> "Thread":
        """The thread, which nobody else writes in until commit; whoever locks comments too locks their thread first.

        It keeps its key: otherwise whoever counts, or notes down, something of it would wait for whoever posts, who
        waits for the comments that are counted.
        """
        return cls.objects.select_for_update(no_key=True).get(pk=pk)

    def take_seq(self) -> int:
        """The next comment's number; call it inside the transaction that writes the comment."""
        return int(_row(_TAKE_SEQ, [self.pk])[0])

    def take_shown(self, *, root: bool) -> tuple[int, int, int]:
        """The number of a comment that is visible from the first: its `seq`, its `rev`, and a root's `sib`."""
        seq, rev, sib = _row(_TAKE_SHOWN, [int(root), self.pk])
        return int(seq), int(rev), int(sib)

    def show_root(self) -> tuple[int, int]:
        """Count one more visible root: its `rev` and its `sib`."""
        rev, sib = _row(_SHOW_ONE, [1, self.pk])
        return int(rev), int(sib)

    def show_reply(self) -> int:
        """Count one more visible reply: its `rev`."""
        return int(_row(_SHOW_ONE, [0, self.pk])[0])

    def change(self, count: int = 0) -> int:
        """The `rev` of a visible change that makes `count` more comments visible (or fewer, if negative)."""
        return int(_row(_CHANGE, [count, self.pk])[0])


def _row(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
