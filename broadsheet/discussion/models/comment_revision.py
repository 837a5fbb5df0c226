"""What a comment said before its author changed it. Rows are only added; they go when the comment is withdrawn."""

from django.db import models

from broadsheet.discussion.models.comment import Comment


class CommentRevision(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    source = models.TextField()
    html = models.TextField()
    pictures = models.JSONField(null=True)
    """As the comment had them."""
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"what comment {self.comment_id} said until {self.replaced_at}"
