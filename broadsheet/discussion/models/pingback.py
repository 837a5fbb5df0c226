"""Another site said that it links to the article. Imported ones are kept apart from the discussion."""

from django.db import models

from broadsheet.discussion.models.thread import Thread


class Pingback(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="pingbacks")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    received_at = models.DateTimeField()
    anchor = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "anchor"], name="pingback_anchor")]

    def __str__(self) -> str:
        return self.title
