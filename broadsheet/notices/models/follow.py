"""That somebody wants to be told: of replies to one comment, or of everything in its thread."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion.models import Comment, Thread
from broadsheet.notices.models.follower import Follower


class Follow(models.Model):
    class Extent(models.TextChoices):
        REPLIES = "replies", "replies to the comment"
        THREAD = "thread", "the whole discussion"

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    """The comment it was asked for with."""
    extent = models.CharField(max_length=8, choices=Extent.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "comment", "extent"], name="follow_once"),
        ]
        indexes = [
            models.Index(
                fields=["thread", "follower"],
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=False),
                name="follow_standing",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.follower} follows {self.extent} of {self.comment_id}"
