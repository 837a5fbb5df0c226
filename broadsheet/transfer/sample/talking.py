"""Write a sample thread, comment by comment, by the same rules as a posted one but in its own time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.discussion import counting, ranking, reading
from broadsheet.discussion.models import Comment, Hold, Passage, Pick, Pin, Removal, Thread
from broadsheet.discussion.showing import show
from broadsheet.kit import markdown
from broadsheet.transfer.sample.threads import SampleComment


def fill_thread(article: Article, samples: Sequence[SampleComment], published_at: datetime) -> None:
    """All comments of one article; none is later than now."""
    if not samples:
        return
    thread = reading.started_thread_of(article)
    span = max(1.0, (timezone.now() - published_at).total_seconds() / 60)
    # A story of today has had less time than its talk takes: then the talk goes faster.
    pace = min(1.0, 0.98 * span / max(sample.edited or sample.minutes for sample in samples))
    written: dict[int, Comment] = {}
    for sample in samples:
        parent = written[sample.parent] if sample.parent else None
        written[sample.number] = _write(thread, parent, sample, published_at, pace)
    counting.recount(thread)
    ranking.mark([thread.pk])


def _write(
    thread: Thread, parent: Comment | None, sample: SampleComment, published_at: datetime, pace: float
) -> Comment:
    comment = Comment(thread=thread, seq=thread.take_seq(), state=Comment.State.PUBLISHED)
    comment.place_below(parent)
    if parent is not None:
        comment.passage_id = parent.passage_id
    elif sample.passage:
        comment.passage = Passage.objects.get(thread=thread, number=sample.passage)
    comment.author_name = sample.author
    comment.mark = "author" if sample.byline else ""
    comment.posted_at = published_at + timedelta(minutes=sample.minutes * pace)
    if sample.edited:
        comment.edited_at = published_at + timedelta(minutes=sample.edited * pace)
    comment.source, comment.html = sample.text, markdown.render(sample.text)
    comment.render_version = markdown.RENDER_VERSION
    if sample.held:
        comment.state = Comment.State.HELD
    else:
        comment.rev, comment.sib = show(comment)
    comment.save(force_insert=True)
    _note(comment, sample)
    return comment


def _note(comment: Comment, sample: SampleComment) -> None:
    """The records beside the comment."""
    if sample.held:
        Hold.objects.create(comment=comment, reason="it contains a link")
    if sample.pinned:
        Pin.objects.create(comment=comment, thread=comment.thread)
    if sample.picked:
        Pick.objects.create(comment=comment, thread=comment.thread)
    if sample.removed is not None:
        Removal.objects.create(comment=comment, reason=sample.removed)
        Comment.objects.filter(pk=comment.pk).update(
            state=Comment.State.REMOVED, rev=comment.thread.change(count=-1)
        )
