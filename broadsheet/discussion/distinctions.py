"""What sets some comments apart, whoever tells of them: pinned, picked, closed, asked and answered.

Asked for apart: few comments are any of it, and to join each with all these tables takes three times as long as the
comments themselves.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from broadsheet.discussion.models import Closure, Comment, Pick, Pin, Question, Thread


@dataclass(frozen=True)
class Distinctions:
    """By the keys of comments."""

    pinned: Collection[int]
    picked: Collection[int]
    closed: Mapping[int, Closure]
    """By roots: why their conversations take no more replies."""
    questions: Mapping[int, int | None]
    """Roots of a question time, each with the `seq` of its answer if it has one."""


def of(thread: Thread, comments: Collection[Comment]) -> Distinctions:
    """Those of these comments; four queries, however many there are."""
    if not comments:
        return Distinctions((), (), {}, {})
    roots = [comment.pk for comment in comments if not comment.depth]
    closures = Closure.objects.filter(thread=thread, reopened_at=None)
    return Distinctions(
        pinned=set(Pin.objects.filter(thread=thread).values_list("comment", flat=True)),
        picked=set(Pick.objects.filter(thread=thread).values_list("comment", flat=True)),
        closed={closure.root_id: closure for closure in closures if closure.root_id is not None},
        questions=dict(Question.objects.filter(root__in=roots).values_list("root", "answer__seq")),
    )
