"""Count everything of a thread anew (comments, voices, order, the article's card), and say what had drifted."""

from broadsheet.discussion import counting, ranking, voicing
from broadsheet.discussion.drift import Drift
from broadsheet.discussion.models import Comment, Thread


def recount(thread: Thread) -> list[Drift]:
    """Voices before what they weigh, and weights before the order that is made of them."""
    comments = Comment.objects.filter(thread=thread).values("pk")
    return [*counting.mend(thread), *voicing.mend(comments), *ranking.mend(thread.pk)]
