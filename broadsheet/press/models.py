"""What the press has to do, as rows: work that survives a crash."""

from django.db import models


class Edition(models.Model):
    """What prints are made of beside the database (`edition.py`), since when. The newest row is the one that holds."""

    made_of = models.CharField(max_length=64)
    begun_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"edition {self.made_of[:8]} of {self.begun_at}"


class StalePrint(models.Model):
    """A public address that must be printed again, not before `due_at`. Moments are seconds since the epoch."""

    path = models.CharField(max_length=700, primary_key=True)
    due_at = models.FloatField()
    printed_at = models.FloatField(default=0)
    marked = models.BigIntegerField(default=0)
    """Changes with every mark, so that a mark made while the page is being printed is not lost; negative if patient."""
    at_rest = models.BooleanField(default=False)
    """Nothing has changed for a while: only compress what is there as well as possible."""

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="stale_print_due")]

    def __str__(self) -> str:
        return self.path


class Announcement(models.Model):
    """Somebody elsewhere is to be told that a page is new, not before `due_at` (seconds since the epoch)."""

    listener = models.CharField(max_length=10, choices=[("websub", "WebSub hub"), ("indexnow", "IndexNow")])
    path = models.CharField(max_length=700)
    due_at = models.FloatField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "path"], name="one_announcement")]
        indexes = [models.Index(fields=["listener", "due_at"], name="announcement_due")]

    def __str__(self) -> str:
        return f"{self.path} to {self.listener}"
