"""Question time: roots of a thread are questions, and named experts answer them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.thread import Thread
from broadsheet.masthead.models import Person


class QuestionTime(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="question_times")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    waiting_count = models.PositiveIntegerField(default=0, db_default=0)
    answered_count = models.PositiveIntegerField(default=0, db_default=0)
    """Visible questions without and with an answer; the worker counts them."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(ended_at__isnull=True), name="one_standing_question_time"
            ),
        ]

    def __str__(self) -> str:
        return f"question time of {self.thread}"


class Expert(models.Model):
    """Who answers: somebody of the masthead, or a reader with an account."""

    question_time = models.ForeignKey(QuestionTime, on_delete=models.CASCADE, related_name="experts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(reader__isnull=True), name="expert_is_one"
            ),
            models.UniqueConstraint(
                fields=["question_time", "person"],
                condition=Q(person__isnull=False),
                name="expert_person_once",
            ),
            models.UniqueConstraint(
                fields=["question_time", "reader"],
                condition=Q(reader__isnull=False),
                name="expert_reader_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.person.name if self.person else self.reader.name if self.reader else "")

    @property
    def account(self) -> int | None:
        """The account whose replies are answers, if there is one."""
        return self.person.reader_id if self.person else self.reader_id


class Question(models.Model):
    """A root in question time, and the first answer to it; the worker writes it."""

    root = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="question")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    sib = models.PositiveIntegerField()
    """The root's: questions are read in that order."""
    answer = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["thread", "sib"], condition=Q(answer__isnull=True), name="question_waiting"),
            models.Index(
                fields=["thread", "sib"], condition=Q(answer__isnull=False), name="question_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.root_id}"
