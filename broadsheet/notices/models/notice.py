"""What happened, for one reader: a comment or an article, once, for whichever reason came first."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.notices.models.follow import Follow


class Notice(models.Model):
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Follow.Kind.choices)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=True, article__isnull=False)
                | Q(comment__isnull=False, article__isnull=True),
                name="notice_of_one",
            ),
            models.UniqueConstraint(fields=["reader", "comment"], name="notice_of_comment_once"),
            models.UniqueConstraint(fields=["reader", "article"], name="notice_of_article_once"),
        ]
        indexes = [
            models.Index(fields=["reader", "-id"], name="notice_newest"),
            models.Index(fields=["reader"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["made_at"], name="notice_made"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"notice {self.pk} ({self.kind})"
