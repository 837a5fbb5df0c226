"""Which authors of comments have a public page: one query for all that a page shows, and none where all are guests."""

from collections.abc import Iterable

from broadsheet.discussion.models import Comment
from broadsheet.readers.models import Profile


def name(comments: Iterable[Comment]) -> None:
    """Let each comment of a reader with a profile know its address."""
    of_readers = [comment for comment in comments if comment.reader_id is not None]
    if not of_readers:
        return
    shown = Profile.objects.filter(
        reader__in={comment.reader_id for comment in of_readers},
        shown_at__isnull=False,
        reader__is_active=True,
    )
    keys = dict(shown.values_list("reader", "key"))
    for comment in of_readers:
        if key := keys.get(comment.reader_id or 0):
            comment.profile_path = f"/readers/{key}/"
