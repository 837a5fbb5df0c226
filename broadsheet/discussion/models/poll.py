"""A poll in an article: what is asked, what can be chosen, and who has chosen what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion.models.thread import Thread


class Poll(models.Model):
    class Shown(models.TextChoices):
        ALWAYS = "always"
        CLOSED = "closed"

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="polls", db_index=False)
    number = models.PositiveIntegerField()
    """Its public name in the thread, for ever."""
    key = models.CharField(max_length=60)
    """The number that its block has in the article's body."""
    question = models.CharField(max_length=300)
    several = models.BooleanField(default=False)
    """Whether one voice may choose more than one."""
    shown = models.CharField(max_length=6, choices=Shown.choices, default=Shown.ALWAYS)
    """When readers see the results."""
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    """When the clock closed it, so that its pages are printed once more."""
    voice_count = models.PositiveIntegerField(default=0, db_default=0)
    """Voices; the worker counts them."""
    made_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    """When it was taken out of the article; null while it stands there."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="poll_number"),
            models.UniqueConstraint(fields=["thread", "key"], name="poll_key"),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=Q(closes_at__isnull=False, closed_at__isnull=True),
                name="poll_closing",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        """Whether it takes voices: the moment decides, whether the clock has come round or not."""
        return self.left_at is None and (self.closes_at is None or self.closes_at > timezone.now())

    @property
    def results_shown(self) -> bool:
        return self.shown == self.Shown.ALWAYS or not self.is_open


class Choice(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices", db_index=False)
    number = models.PositiveSmallIntegerField()
    """Its public name in the poll, for ever."""
    key = models.CharField(max_length=60)
    text = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()
    voice_count = models.PositiveIntegerField(default=0, db_default=0)
    left_at = models.DateTimeField(null=True)
    """When it was taken out of the poll; null while it can be chosen."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="choice_number"),
            models.UniqueConstraint(fields=["poll", "key"], name="choice_key"),
        ]

    def __str__(self) -> str:
        return self.text


class PollVoice(models.Model):
    """One for each reader, and one for each network of guests, as `Voice` is for comments."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voices", db_index=False)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="poll_voices"
    )
    network = models.CharField(max_length=32, blank=True)
    """The keyed digest of a guest's network; empty where a reader spoke."""
    choices = models.ManyToManyField(Choice, related_name="voices")
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "reader"], condition=Q(reader__isnull=False), name="one_poll_voice_a_reader"
            ),
            models.UniqueConstraint(
                fields=["poll", "network"], condition=Q(reader__isnull=True), name="one_poll_voice_a_network"
            ),
        ]

    def __str__(self) -> str:
        return f"a voice in poll {self.poll_id}"
