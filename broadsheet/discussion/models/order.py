"""The roots of a thread, best first, as they were at one moment. It never changes, so neither do its pages move."""

from django.db import models

from broadsheet.discussion.models.comment import SEQ_BYTES
from broadsheet.discussion.models.thread import Thread


class Order(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="orders", db_index=False)
    version = models.PositiveIntegerField()
    numbers = models.BinaryField()
    """The `seq` of every root, four bytes each, big-endian: 128 KB for 32,000 roots."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "version"], name="order_version")]

    def __str__(self) -> str:
        return f"order {self.version} of {self.thread}"

    @property
    def seqs(self) -> list[int]:
        numbers = bytes(self.numbers)
        return [int.from_bytes(numbers[i : i + SEQ_BYTES], "big") for i in range(0, len(numbers), SEQ_BYTES)]

    @staticmethod
    def packed(seqs: list[int]) -> bytes:
        return b"".join(seq.to_bytes(SEQ_BYTES, "big") for seq in seqs)


class StaleOrder(models.Model):
    """The mark that a thread's order has to be made anew: votes, new roots or pins may have changed it."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="+")
    due_at = models.FloatField(db_index=True)
    """Seconds since the epoch."""
    marked = models.BigIntegerField()
    """When it was marked last, in nanoseconds: tells a mark that was made while the order was."""

    def __str__(self) -> str:
        return f"stale order of thread {self.thread_id}"
