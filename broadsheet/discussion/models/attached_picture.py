"""The files of a picture that somebody sent with a comment. What a comment shows of them, `Comment.pictures` says.

A row without a comment waits for one in a form that was not taken yet; or its comment was withdrawn. Its files are
deleted when its time is over, and the row after them.
"""

from django.db import models
from django.db.models import Q

from broadsheet.discussion.models.comment import Comment

SMALL, LARGE = 480, 1280
"""Pixels: the widths there are. A picture that is not wider than the first has no second."""


class AttachedPicture(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="files")
    key = models.CharField(max_length=22, unique=True)
    """Its name in addresses."""
    stem = models.CharField(max_length=32)
    """The beginning of its files' names, which stands in no address: whoever knew the key does not know the file."""
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    """Of the larger file."""
    digest = models.CharField(max_length=32)
    """Of what was sent: the same picture sent twice is the same comment sent twice."""
    leaves_at = models.DateTimeField()
    """When its files are deleted, unless a comment has them."""

    class Meta:
        indexes = [
            models.Index(
                fields=["leaves_at"], condition=Q(comment__isnull=True), name="attached_picture_leaves"
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.key} of {self.comment_id}"

    @property
    def widths(self) -> tuple[int, ...]:
        return (SMALL, LARGE) if self.width > SMALL else (SMALL,)

    def file(self, width: int) -> str:
        """The name of one of its files, in the storage."""
        return f"comment_pictures/{self.stem}-{width}.webp"
