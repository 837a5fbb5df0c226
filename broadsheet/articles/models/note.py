"""A note beside an article, from one of the staff to the others. It never leaves the newsroom."""

from django.conf import settings
from django.db import models

from broadsheet.articles.models.article import Article


class Note(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    """The note that opened the talk; null for that one itself."""
    quoted = models.CharField(max_length=300, blank=True)
    """The words of the article that it is about."""
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"note beside {self.article}"
