"""Which questions are answered: told by an expert's or the staff's reply, and written down by the worker."""

from collections.abc import Iterable, Sequence
from itertools import chain

from django.db import transaction
from django.db.models import Q, QuerySet

from broadsheet.discussion import reading, showing
from broadsheet.discussion.drift import Drift, between
from broadsheet.discussion.models import Comment, Question, QuestionTime, Thread
from broadsheet.discussion.models.comment import SEQ_BYTES
from broadsheet.discussion.tree import Node
from broadsheet.events.models import Event

KINDS = frozenset({"comment.published", "comment.hidden"})
CHUNK = 500
OF_THE_PAPER = ("author", "staff")
"""The marks of those who answer without being named."""


def note(events: Sequence[Event]) -> None:
    """Look again at the questions in whose conversations something came or went (an event consumer)."""
    threads = {event.facts["thread"] for event in events}
    times = {each.thread_id: each for each in _standing().filter(thread__in=threads)}
    if not times:
        return
    pks = {event.facts["comment"] for event in events if event.facts["thread"] in times}
    roots: dict[int, set[int]] = {}
    for comment in Comment.objects.filter(pk__in=pks).only("thread_id", "path"):
        roots.setdefault(comment.thread_id, set()).add(comment.path_seqs[0])
    for thread, seqs in roots.items():
        _look_at(times[thread], seqs)
        _count(times[thread])


def note_asked(events: Sequence[Event]) -> None:
    """Look at every root of the threads whose question time or experts changed (an event consumer)."""
    for question_time in _standing().filter(thread__in={event.facts["thread"] for event in events}):
        recount(question_time)


def recount(question_time: QuestionTime) -> list[Drift]:
    """Write down anew which questions are answered; what had drifted."""
    roots = Comment.objects.filter(thread=question_time.thread_id, depth=0, sib__isnull=False).order_by("sib")
    seqs = list(roots.values_list("seq", flat=True))
    looked = [_look_at(question_time, seqs[at : at + CHUNK]) for at in range(0, len(seqs), CHUNK)]
    return [*chain.from_iterable(looked), *_count(question_time)]


def mend(thread: Thread) -> list[Drift]:
    """The same for a thread, if it has question time."""
    with transaction.atomic():
        return [drift for each in _standing().filter(thread=thread) for drift in recount(each)]


def waiting(thread: Thread, after: int) -> tuple[list[Node], int | None]:
    """Twenty questions that nobody answered, after the root with that `sib`; and the `sib` to go on from."""
    return _questions(Question.objects.filter(thread_id=thread.pk, answer__isnull=True), after)


def answered(thread: Thread, after: int) -> tuple[list[Node], int | None]:
    """Twenty questions with an answer, and the `sib` to go on from, as above."""
    return _questions(Question.objects.filter(thread_id=thread.pk, answer__isnull=False), after)


def _questions(questions: QuerySet[Question], after: int) -> tuple[list[Node], int | None]:
    found = list(questions.filter(sib__gt=after).order_by("sib")[: reading.ROOTS_PER_PAGE + 1])
    more, found = len(found) > reading.ROOTS_PER_PAGE, found[: reading.ROOTS_PER_PAGE]
    roots = reading.shown_of(Comment.objects.filter(pk__in=[each.root_id for each in found]))
    nodes = reading.with_first_replies(list(roots.order_by("sib")))
    return nodes, found[-1].sib if more else None


def accounts_of(question_time: QuestionTime) -> frozenset[int]:
    """The accounts of its experts."""
    return frozenset(pk for expert in question_time.experts.all() if (pk := expert.account))


def questions_among(comments: Iterable[Comment]) -> dict[int, int | None]:
    """Those that ask in a question time: by the key of each the `seq` of its answer, if it has one."""
    roots = [comment.pk for comment in comments if not comment.depth]
    return dict(Question.objects.filter(root__in=roots).values_list("root", "answer__seq"))


def _standing() -> QuerySet[QuestionTime]:
    return QuestionTime.objects.filter(ended_at=None).prefetch_related("experts__person")


def _look_at(question_time: QuestionTime, seqs: Iterable[int]) -> list[Drift]:
    """Write down what has become of these roots; which had become another."""
    experts = accounts_of(question_time)
    roots = Comment.objects.filter(thread=question_time.thread_id, seq__in=set(seqs), depth=0)
    known = {each.root_id: each for each in Question.objects.filter(root__in=roots).select_related("answer")}
    found = list(roots.only("thread_id", "seq", "sib", "state", "path", "reader_id", "mark", "rev"))
    asked = [root for root in found if root.visible and not _answers(root, experts)]
    answers = _first_answers(question_time.thread_id, asked, experts)
    changed = []
    for root in found:
        question, answer = known.get(root.pk), answers.get(root.seq)
        if root not in asked:
            if question is not None:
                question.delete()
                changed.append(Drift("question", _word_for(question.answer_id), None, root.seq))
        elif question is None or question.answer_id != answer:
            Question.objects.update_or_create(
                root=root,
                defaults={"thread_id": root.thread_id, "sib": root.sib or 0, "answer_id": answer},
            )
            was = _word_for(question.answer_id) if question else None
            changed.append(Drift("question", was, _word_for(answer), root.seq))
            if answer or question:  # one that was asked just now waits, and looks so already
                _tell(root)
    return changed


def _word_for(answer: int | None) -> str:
    return "waiting" if answer is None else "answered"


def _tell(root: Comment) -> None:
    """Whoever reads on hears that the question is answered, or waits again: it is a visible change of the root."""
    root.thread = Thread(pk=root.thread_id)
    showing.change(root)


def _answers(comment: Comment, experts: frozenset[int]) -> bool:
    return comment.mark in OF_THE_PAPER or comment.reader_id in experts


def _first_answers(thread: int, roots: Sequence[Comment], experts: frozenset[int]) -> dict[int, int]:
    """The first visible reply of an expert or of the staff beneath each root, by the root's number."""
    by_experts = Q(mark__in=OF_THE_PAPER) | Q(reader__in=experts)
    answers: dict[int, int] = {}
    for start in range(0, len(roots), reading.RANGES_AT_ONCE):
        ranges = [_beneath(root.seq) for root in roots[start : start + reading.RANGES_AT_ONCE]]
        replies = Comment.objects.filter(
            Q(*ranges, _connector=Q.OR), by_experts, thread=thread, state=Comment.State.PUBLISHED
        )
        for reply in replies.only("seq", "path").order_by("seq"):
            answers.setdefault(reply.path_seqs[0], reply.pk)
    return answers


def _beneath(seq: int) -> Q:
    first, beyond = (number.to_bytes(SEQ_BYTES, "big") for number in (seq, seq + 1))
    return Q(path__gt=first, path__lt=beyond)


def _count(question_time: QuestionTime) -> list[Drift]:
    """Count its questions; which counts were wrong."""
    questions = Question.objects.filter(thread=question_time.thread_id)
    right = {
        "waiting_count": questions.filter(answer__isnull=True).count(),
        "answered_count": questions.filter(answer__isnull=False).count(),
    }
    drift = between({name: getattr(question_time, name) for name in right}, right)
    if drift:
        QuestionTime.objects.filter(pk=question_time.pk).update(**right)
    return drift


def waiting_for(account: int | None) -> list[tuple[QuestionTime, list[Question]]]:
    """What waits in every standing question time, or in those where this account is an expert; a few of each."""
    found = []
    standing = (
        _standing().filter(thread__article__live=True, waiting_count__gt=0).select_related("thread__article")
    )
    for question_time in standing.order_by("-opened_at")[:20]:
        if account is None or account in accounts_of(question_time):
            questions = Question.objects.filter(thread=question_time.thread_id, answer__isnull=True)
            found.append((question_time, list(questions.select_related("root").order_by("sib")[:20])))
    return found


def answers_somewhere(account: int) -> bool:
    """Whether somebody is an expert anywhere at present."""
    return any(account in accounts_of(each) for each in _standing())
