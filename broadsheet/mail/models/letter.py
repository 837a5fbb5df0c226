"""One letter to one address, and what became of it. It is written in the transaction that caused it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Letter(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "waits"
        SENDING = "sending", "is being sent"
        SENT = "sent", "sent"
        RETURNED = "returned", "came back"
        """It was taken, and could not be delivered."""
        FAILED = "failed", "failed"
        UNKNOWN = "unknown", "fate unknown"
        """It was handed over, and no answer came. It may have arrived, so it is not sent again."""
        DROPPED = "dropped", "not needed"
        """When its turn came there was nothing to say any more, or nobody who wants to hear it."""

    kind = models.CharField(max_length=40)
    """The name of its `Kind`, which says what it is made of and how often such a letter may go."""
    address_sealed = models.BinaryField(null=True)
    """Whom it is for; taken away before the rest of the row."""
    address_digest = models.CharField(max_length=32)
    domain_digest = models.CharField(max_length=32)
    facts = models.JSONField(default=dict)
    """What it is made of when its turn comes: ids and numbers, no words."""
    secret_sealed = models.BinaryField(null=True)
    """What of it nobody may read in the table; taken away as soon as its fate is known."""
    language = models.CharField(max_length=35, blank=True)
    bundle = models.CharField(max_length=80, blank=True)
    """What waits for the same address in the same bundle goes as one mail; empty goes alone."""
    urgent = models.BooleanField(default=False)
    """Somebody waits for it now; nothing that is not urgent goes first."""

    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=300, blank=True)
    """Why it is not sent (yet), in words for the publisher."""
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    """Which try of which worker it belongs to; the letters of one mail share it."""
    leased_until = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    """When this try began to hand it over: from here on nobody but the mail server knows whether it took it."""
    through = models.CharField(max_length=255, blank=True, default="", db_default="")
    """The transport that it was last handed to."""
    taken_as = models.CharField(max_length=255, blank=True, default="", db_default="")
    """The name that a provider gave it."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["urgent", "due_at"], condition=Q(state="queued"), name="letter_due"),
            models.Index(fields=["leased_until"], condition=Q(state="sending"), name="letter_leased"),
            models.Index(fields=["address_digest", "kind", "bundle"], name="letter_address"),
            models.Index(fields=["domain_digest", "handed_at"], name="letter_domain"),
            models.Index(fields=["handed_at"], name="letter_handed"),
            models.Index(fields=["kind", "handed_at"], name="letter_kind"),
            models.Index(fields=["ended_at"], name="letter_ended"),
            models.Index(fields=["taken_as"], condition=Q(taken_as__gt=""), name="letter_taken_as"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"letter {self.pk} ({self.kind}, {self.state})"
