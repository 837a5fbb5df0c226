"""What the sample's readers are asked, as if the newsroom had done it: prompt, question time, passages and voices."""

from datetime import datetime

from broadsheet.articles.models import Article
from broadsheet.discussion import answering, passages, polling, reading
from broadsheet.discussion.models import Choice, Expert, Passage, PollVoice, Prompt, QuestionTime
from broadsheet.masthead.models import Person
from broadsheet.transfer.sample.reading import SampleArticle


def fill_asked(article: Article, sample: SampleArticle, published_at: datetime) -> None:
    """What stands before the thread is written: its comments name passages."""
    passages.keep(article)
    polling.keep(article)
    _fill_voices(article, sample.voices)
    if sample.prompt:
        thread = reading.started_thread_of(article)
        Prompt.objects.create(thread=thread, text=sample.prompt, asked_at=published_at)
    if sample.experts:
        thread = reading.started_thread_of(article)
        opened = QuestionTime.objects.create(thread=thread, opened_at=published_at)
        for slug in sample.experts:
            Expert.objects.create(question_time=opened, person=Person.objects.get(slug=slug))


def count_asked(article: Article) -> None:
    """What follows from the comments."""
    thread = reading.thread_of(article)
    if thread.pk:
        answering.mend(thread)
        passages.recount(Passage.objects.filter(thread=thread).values_list("pk", flat=True))


def _fill_voices(article: Article, voices: tuple[int, ...]) -> None:
    """Each from a network that there is not."""
    choices = Choice.objects.filter(poll__thread__article=article).order_by("number")
    for choice, count in zip(choices, voices, strict=False):
        given = PollVoice.objects.bulk_create(
            PollVoice(poll_id=choice.poll_id, network=f"sample {choice.number}.{n}") for n in range(count)
        )
        chosen = PollVoice.choices.through
        chosen.objects.bulk_create(chosen(pollvoice_id=each.pk, choice_id=choice.pk) for each in given)
    polling.recount({choice.poll_id for choice in choices})
