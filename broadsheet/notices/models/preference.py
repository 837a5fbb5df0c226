"""Where a follower wants to hear of one kind of thing. Where there is none, their `mode` says how often by mail."""

from django.db import models

from broadsheet.notices.models.follow import Follow
from broadsheet.notices.models.follower import Follower, Mode


class Preference(models.Model):
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=8, choices=Follow.Kind.choices)
    site = models.BooleanField(default=True)
    """Whether it stands among a reader's notices."""
    mail = models.CharField(max_length=8, choices=Mode.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "kind"], name="preference_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.follower}: {self.kind} {self.mail}"
