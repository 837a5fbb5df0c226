"""What the newsroom asks in a thread: a prompt above the form, or question time with experts who answer."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.discussion import passages, polling
from broadsheet.discussion.models import Expert, Prompt, QuestionTime, Thread
from broadsheet.events.models import Event
from broadsheet.events.recording import record
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader

KINDS = frozenset({"article.published", "article.unpublished"})
PERMISSION = "discussion.add_prompt"
MOST_EXPERTS = 20


class NotPossible(Exception):
    """The deed asks for what is not so (any more); the sentence says what."""


def keep(events: Sequence[Event]) -> None:
    """Keep what articles ask in their bodies as they say it now (an event consumer)."""
    for article in Article.objects.filter(pk__in={event.facts["article"] for event in events}):
        passages.keep(article)
        polling.keep(article)


def prompt_of(thread: Thread) -> Prompt | None:
    """What the newsroom asks there now."""
    return Prompt.objects.filter(thread_id=thread.pk, ended_at=None).first() if thread.pk else None


def question_time_of(thread: Thread) -> QuestionTime | None:
    """Its question time, with the experts, if there is one."""
    if not thread.pk:
        return None
    standing = QuestionTime.objects.filter(thread_id=thread.pk, ended_at=None)
    return standing.prefetch_related("experts__person", "experts__reader").first()


def asked_of(thread: Thread) -> tuple[Prompt | None, QuestionTime | None]:
    """Both, in one query where there is neither, as in most threads."""
    if not thread.pk:
        return None, None
    prompts, times = (
        model._default_manager.filter(thread=OuterRef("pk"), ended_at=None).values("pk")[:1]
        for model in (Prompt, QuestionTime)
    )
    standing = Thread.objects.filter(pk=thread.pk).values_list(Subquery(prompts), Subquery(times))
    prompt, question_time = standing.get()
    return (prompt_of(thread) if prompt else None, question_time_of(thread) if question_time else None)


def ask(thread: Thread, text: str, *, by: Reader) -> Prompt | None:
    """Ask readers this instead of what was asked before; nothing, where the text is empty."""
    with transaction.atomic():
        Thread.locked(thread.pk)
        before = prompt_of(thread)
        if (before.text if before else "") == text:
            return before
        Prompt.objects.filter(thread=thread, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
        asked = Prompt.objects.create(thread=thread, text=text, asked_by=by) if text else None
        record("thread.asked", thread=thread.pk, article=thread.article_id)
    return asked


def open_question_time(thread: Thread, *, by: Reader) -> QuestionTime:
    """From now on roots are questions, those that stand there already too."""
    with transaction.atomic():
        Thread.locked(thread.pk)
        if standing := question_time_of(thread):
            return standing
        opened = QuestionTime.objects.create(thread=thread, opened_by=by)
        record("thread.asked", thread=thread.pk, article=thread.article_id)
    return opened


def end_question_time(question_time: QuestionTime, *, by: Reader) -> None:
    """Roots are comments like others again; who answered what is kept."""
    standing = QuestionTime.objects.filter(pk=question_time.pk, ended_at=None)
    with transaction.atomic():
        if standing.update(ended_at=timezone.now(), ended_by=by):
            _record(question_time)


def name_expert(
    question_time: QuestionTime, *, by: Reader, person: Person | None = None, reader: Reader | None = None
) -> Expert:
    """Name who answers: somebody of the masthead, or a reader."""
    with transaction.atomic():
        if question_time.experts.count() >= MOST_EXPERTS:
            raise NotPossible(f"At most {MOST_EXPERTS} experts can be named.")
        who = {"person": person} if person else {"reader": reader}
        expert, is_new = Expert.objects.get_or_create(
            question_time=question_time, **who, defaults={"named_by": by}
        )
        if is_new:
            _record(question_time)
    return expert


def drop_expert(expert: Expert) -> None:
    """Somebody answers here no more; what they wrote stays, as everybody's."""
    with transaction.atomic():
        if Expert.objects.filter(pk=expert.pk).delete()[0]:
            _record(expert.question_time)


def _record(question_time: QuestionTime) -> None:
    article = question_time.thread.article_id
    record("thread.asked", thread=question_time.thread_id, article=article)
