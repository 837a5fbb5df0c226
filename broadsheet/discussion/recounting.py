"""Count everything of a thread anew, and say what had drifted: comments, voices, the order, the article's card, what
was asked, said of passages, and voted."""

from broadsheet.discussion import answering, counting, passages, polling, ranking, voicing
from broadsheet.discussion.drift import Drift
from broadsheet.discussion.models import Comment, Thread


def recount(thread: Thread) -> list[Drift]:
    """Voices before what they weigh, and weights before the order that is made of them."""
    comments = Comment.objects.filter(thread=thread).values("pk")
    return [
        *counting.mend(thread),
        *voicing.mend(comments),
        *ranking.mend(thread.pk),
        *answering.mend(thread),
        *passages.recount(thread.passages.values_list("pk", flat=True)),
        *polling.recount(thread.polls.values_list("pk", flat=True)),
    ]
