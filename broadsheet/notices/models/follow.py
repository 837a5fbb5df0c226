"""That somebody wants to be told of something. What that is, `kind` says, and one foreign key for each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.articles.models import Section, Tag
from broadsheet.discussion.models import Comment, Thread
from broadsheet.masthead.models import Person
from broadsheet.notices.models.follower import Follower

TARGETS = ("thread", "reader", "byline", "section", "tag")
"""The foreign keys of which a kind has its own and no other; `comment` stands beside `thread`."""


def _only(*targets: str) -> Q:
    return Q(**{f"{target}__isnull": target not in targets for target in TARGETS})


class Follow(models.Model):
    class Kind(models.TextChoices):
        REPLIES = "replies", "replies to the comment"
        ANSWERS = "answers", "replies to one's comments in the discussion"
        MENTIONS = "mentions", "being mentioned"
        THREAD = "thread", "the whole discussion"
        READER = "reader", "the comments of a reader"
        BYLINE = "byline", "new articles of somebody's"
        SECTION = "section", "new articles of a section"
        TAG = "tag", "new articles with a tag"

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    """Whose replies, or which one a discussion was asked for with."""
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    byline = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    (Q(kind="replies", comment__isnull=False) & _only("thread"))
                    | (Q(kind="thread") & _only("thread"))
                    | (Q(kind="answers", comment__isnull=True) & _only("thread"))
                    | (Q(kind="mentions", comment__isnull=True) & _only())
                    | (Q(kind="reader", comment__isnull=True) & _only("reader"))
                    | (Q(kind="byline", comment__isnull=True) & _only("byline"))
                    | (Q(kind="section", comment__isnull=True) & _only("section"))
                    | (Q(kind="tag", comment__isnull=True) & _only("tag"))
                ),
                name="follow_target",
            ),
            models.UniqueConstraint(
                fields=["follower", "comment"], condition=Q(kind="replies"), name="follow_replies_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "thread"], condition=Q(kind="thread"), name="follow_thread_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "thread"], condition=Q(kind="answers"), name="follow_answers_once"
            ),
            models.UniqueConstraint(
                fields=["follower"], condition=Q(kind="mentions"), name="follow_mentions_once"
            ),
            models.UniqueConstraint(fields=["follower", "reader"], name="follow_reader_once"),
            models.UniqueConstraint(fields=["follower", "byline"], name="follow_byline_once"),
            models.UniqueConstraint(fields=["follower", "section"], name="follow_section_once"),
            models.UniqueConstraint(fields=["follower", "tag"], name="follow_tag_once"),
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
        return f"{self.follower} follows {self.kind} {self.thing}"

    @property
    def thing(self) -> tuple[str, int | None]:
        """What is followed: equal for equal things. A comment that a discussion was asked for with is none of it."""
        own = "comment" if self.kind == self.Kind.REPLIES else next(iter(self._set()), "")
        return self.kind, getattr(self, f"{own}_id") if own else None

    def _set(self) -> list[str]:
        return [target for target in TARGETS if getattr(self, f"{target}_id") is not None]
