"""A passage of an article about which the newsroom asks: what it said, and what is asked of it."""

from django.db import models
from django.utils import timezone

from broadsheet.discussion.models.thread import Thread

LONGEST_KEY = 60


class Passage(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="passages", db_index=False)
    number = models.PositiveIntegerField()
    """Its public name in the thread, for ever."""
    key = models.CharField(max_length=LONGEST_KEY)
    """What the mark in the article's text is called."""
    question = models.CharField(max_length=300, blank=True)
    words = models.TextField()
    """What it said when it was last published, as plain text: comments keep it when the article changes."""
    comment_count = models.PositiveIntegerField(default=0, db_default=0)
    """Visible comments about it; the worker counts them."""
    made_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    """When it was edited away; null while it stands in the article."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="passage_number"),
            models.UniqueConstraint(fields=["thread", "key"], name="passage_key"),
        ]

    def __str__(self) -> str:
        return f"passage {self.number}: {self.words[:60]}"

    @property
    def stands(self) -> bool:
        return self.left_at is None
