"""An author asks, once for each hold or removal, that it be looked at again; and what a moderator answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.hold import Hold
from broadsheet.discussion.models.removal import Removal


class Appeal(models.Model):
    class Answer(models.TextChoices):
        RESTORED = "restored"
        UPHELD = "upheld"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="appeals")
    hold = models.OneToOneField(Hold, on_delete=models.CASCADE, null=True, related_name="appeal")
    removal = models.OneToOneField(Removal, on_delete=models.CASCADE, null=True, related_name="appeal")
    words = models.TextField()
    """The author's, for the moderators: plain text, never shown in public."""
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, blank=True, choices=Answer.choices)
    note = models.CharField(max_length=200, blank=True)
    """A moderator's, for the author."""
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hold__isnull=True) ^ Q(removal__isnull=True), name="appeal_against_one_thing"
            ),
        ]
        indexes = [
            models.Index(fields=["comment"], condition=Q(answered_at__isnull=True), name="appeal_open"),
        ]

    def __str__(self) -> str:
        return f"appeal about {self.comment_id}"
