"""A voice for or against a comment: one for each reader, and one for each network of guests."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from broadsheet.discussion.models.comment import Comment


class Voice(models.Model):
    class Value(models.IntegerChoices):
        LIKE = 1, "likes it"
        DISLIKE = -1, "dislikes it"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="voices", db_index=False)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="voices"
    )
    network = models.CharField(max_length=32, blank=True)
    """The keyed digest of a guest's network, as a comment has it; empty where a reader spoke."""
    value = models.SmallIntegerField(choices=Value.choices)
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reader"], condition=Q(reader__isnull=False), name="one_voice_a_reader"
            ),
            models.UniqueConstraint(
                fields=["comment", "network"], condition=Q(reader__isnull=True), name="one_voice_a_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_value_display()}: comment {self.comment_id}"
