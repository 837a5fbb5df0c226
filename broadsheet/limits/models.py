"""How full each bucket is. The rows stand in a database file of their own (SQLite) or an unlogged table."""

from django.db import models


class Bucket(models.Model):
    key = models.CharField(max_length=120, primary_key=True)
    empty_at = models.FloatField()
    """When the bucket will have run empty, in seconds since the epoch (GCRA's "theoretical arrival time")."""

    class Meta:
        indexes = [models.Index(fields=["empty_at"], name="bucket_empty_at")]

    def __str__(self) -> str:
        return self.key
