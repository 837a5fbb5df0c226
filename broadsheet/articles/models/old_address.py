"""An address that something used to have: it answers with the way to where it is now, or that it is gone."""

from django.db import models


class OldAddress(models.Model):
    path = models.CharField(max_length=700, unique=True)
    """From the root, such as `/2019/05/some-story/` or `/?p=12`."""
    target = models.CharField(max_length=700, blank=True)
    """A path on this site; empty where what stood here is gone for good (410)."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "old addresses"

    def __str__(self) -> str:
        return f"{self.path} → {self.target or 'gone'}"

    @classmethod
    def remember(cls, was: str, now: str) -> None:
        """Lead from where something was straight to where it is now, also from where it was before that."""
        cls.objects.filter(path=now).delete()
        cls.objects.filter(target=was).update(target=now)
        cls.objects.update_or_create(path=was, defaults={"target": now})
