"""One comment. The tree is kept as adjacency (`parent`) for truth and as a path of numbers for reading."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.models.guest import Guest
from broadsheet.discussion.models.passage import Passage
from broadsheet.discussion.models.thread import Thread

DEPTH_CAP = 32
"""Depths 0 to 31 are stored; beyond, the true parent is kept and the depth stays 31."""

SEQ_BYTES = 4

IMPORTED_RENDERING = 0
"""The `render_version` of HTML that was made from foreign HTML and not from Markdown."""

_TAKE_SIB = "UPDATE discussion_comment SET last_sib = last_sib + 1 WHERE id = %s RETURNING last_sib"


class Comment(models.Model):
    class State(models.IntegerChoices):
        HELD = 0, "waiting for a moderator"
        PUBLISHED = 1, "published"
        REMOVED = 2, "removed"
        PRIVATE = 3, "private"
        """Imported notes and private comments. They are never shown, and nothing can publish them."""
        WITHDRAWN = 4, "withdrawn by its author"
        """What it said is deleted, and nothing can publish it again."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments", db_index=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies", db_index=False
    )
    seq = models.PositiveIntegerField()
    """Its public number in the thread, for ever."""
    sib = models.PositiveIntegerField(null=True)
    """1, 2, 3, … among its siblings in the order they became visible; null while it never was."""
    depth = models.PositiveSmallIntegerField()
    path = models.BinaryField(max_length=SEQ_BYTES * DEPTH_CAP)
    """The `seq` of every ancestor and its own, four bytes each, big-endian: bytes compare alike on every database."""
    state = models.PositiveSmallIntegerField(choices=State.choices)
    rev = models.PositiveIntegerField(null=True)
    """The thread's `rev` at its last visible change; null while it never was visible."""

    author_name = models.CharField(max_length=80)
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="comments")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="comments"
    )
    mark = models.CharField(
        max_length=6,
        blank=True,
        choices=[
            ("author", _("Author")),
            ("staff", _("Staff")),
            ("other", _("Perhaps not the earlier person of this name")),
        ],
    )
    """What the author was to the article when writing, or that the name is somebody else's (see `naming.py`)."""
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    source = models.TextField()
    """What the author wrote: Markdown, or the original HTML of an imported comment."""
    html = models.TextField()
    """`source`, rendered and sanitised once, on write."""
    render_version = models.PositiveSmallIntegerField()
    pictures = models.JSONField(null=True)
    """What it shows beneath its words, `[{"key", "alt", "width", "height"}]`; null where there is none."""

    last_sib = models.PositiveIntegerField(default=0)
    """The highest `sib` among its replies."""
    reply_count = models.PositiveIntegerField(default=0)
    descendant_count = models.PositiveIntegerField(default=0)
    """Visible replies, and visible comments anywhere beneath; the worker counts them."""
    likes = models.PositiveIntegerField(default=0)
    dislikes = models.PositiveIntegerField(default=0)
    """Voices, and those it came with; the worker counts them."""
    imported_likes = models.PositiveIntegerField(default=0)
    imported_dislikes = models.PositiveIntegerField(default=0)
    best = models.PositiveIntegerField(default=0, db_default=0)
    """What its votes weigh, in millionths (see `ranking.py`); the worker weighs them."""

    network = models.CharField(max_length=32, blank=True)
    """A keyed digest of the network it came from: equal for equal networks, and not an address."""
    fingerprint = models.CharField(max_length=32, null=True)  # noqa: DJ001 - see the index
    """A keyed digest of network, reader, name, address, parent and text, to know a repeated POST."""
    anchor = models.CharField(max_length=40, null=True)  # noqa: DJ001 - see the constraint
    """The anchor it had on the site it was imported from, such as `comment-123`."""
    passage = models.ForeignKey(
        Passage, on_delete=models.SET_NULL, null=True, related_name="comments", db_index=False
    )
    """The passage of the article that it is about; its replies are too."""
    extra = models.JSONField(null=True)
    """What an import knew and has no place here, kept as it was."""

    class Meta:
        # Partial indexes ask for "is not null", since that is what SQLite knows to follow from an equality.
        constraints = [
            models.UniqueConstraint(fields=["thread", "seq"], name="comment_seq"),
            models.UniqueConstraint(fields=["thread", "path"], name="comment_path"),
            models.UniqueConstraint(
                fields=["thread", "anchor"], condition=Q(anchor__isnull=False), name="comment_anchor"
            ),
            models.CheckConstraint(condition=Q(depth__lt=DEPTH_CAP), name="comment_depth"),
        ]
        indexes = [
            models.Index(fields=["parent", "sib"], name="comment_sib"),
            models.Index(fields=["thread", "sib"], condition=Q(depth=0), name="comment_root"),
            models.Index(fields=["thread", "rev"], condition=Q(rev__isnull=False), name="comment_rev"),
            models.Index(
                fields=["fingerprint"], condition=Q(fingerprint__isnull=False), name="comment_fingerprint"
            ),
            models.Index(
                fields=["passage", "depth", "sib"],
                condition=Q(passage__isnull=False),
                name="comment_passage",
            ),
            models.Index(fields=["-posted_at"], condition=Q(state=1), name="comment_newest"),
            models.Index(fields=["posted_at"], condition=Q(state=0), name="comment_held"),
            models.Index(
                fields=["reader", "-id"], condition=Q(state=1, reader__isnull=False), name="comment_of_reader"
            ),
        ]

    profile_path = ""
    """Where its author's public page stands, once `profiles.py` has asked."""

    def __str__(self) -> str:
        return f"{self.author_name}: {self.source[:60]}"

    def take_sib(self) -> int:
        """The place of its next visible reply; call it inside the transaction that shows the reply."""
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_SIB, [self.pk])
            return int(cursor.fetchone()[0])

    def insert(self) -> None:
        """Save what is new with a plain statement: every post does, and Django's own way takes five times as long."""
        statement, fields = _insert()
        values = [
            value if value is None or is_plain else field.get_db_prep_save(value, connection)
            for field, is_plain in fields
            for value in [getattr(self, field.attname)]
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            self.pk = int(cursor.fetchone()[0])
        self._state.adding, self._state.db = False, connection.alias

    def place_below(self, parent: "Comment | None") -> None:
        """Set parent, depth and path; `seq` must be known."""
        self.parent = parent
        self.depth = 0 if parent is None else min(parent.depth + 1, DEPTH_CAP - 1)
        above = b"" if parent is None else bytes(parent.path)[: (DEPTH_CAP - 1) * SEQ_BYTES]
        self.path = above + self.seq.to_bytes(SEQ_BYTES, "big")

    @property
    def path_seqs(self) -> list[int]:
        """The numbers in its path: of its ancestors from the root, and its own."""
        path = bytes(self.path)
        return [int.from_bytes(path[i : i + SEQ_BYTES], "big") for i in range(0, len(path), SEQ_BYTES)]

    @property
    def picture_keys(self) -> set[str]:
        """Of the pictures that it shows."""
        return {each["key"] for each in self.pictures or ()}

    @property
    def visible(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def score_shown(self) -> bool:
        """Whether pages say how many like it: first it is read, then judged."""
        return self.posted_at <= timezone.now() - score_hidden_for()


def score_hidden_for() -> timedelta:
    return timedelta(hours=settings.OPTIONS["scores_after_hours"])


@cache
def _insert() -> tuple[str, list[tuple["models.Field[Any, Any]", bool]]]:
    """The statement, and its fields with whether the database takes their values as they are."""
    fields = Comment._meta.concrete_fields[1:]  # the first is the key
    columns, given = ", ".join(str(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO discussion_comment ({columns}) VALUES ({given}) RETURNING id"  # noqa: S608
    plain = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
    return statement, [(field, isinstance(field, plain) and not field.choices) for field in fields]
