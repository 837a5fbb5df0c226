"""What the discussion puts into the places that an article's body leaves: the ways to passages, and polls."""

from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from broadsheet.articles import asked
from broadsheet.articles.models import Article
from broadsheet.discussion import passages, polling
from broadsheet.discussion.models import Choice, Passage, Poll, Thread


@dataclass(frozen=True)
class ShownChoice:
    choice: Choice
    share: int
    """Of a hundred voices, how many chose it."""


@dataclass(frozen=True)
class ShownPoll:
    """A poll as a page shows it; `anchor` is its id there, where it has one."""

    poll: Poll
    choices: list[ShownChoice]
    path: str
    """Where it stands by itself."""
    anchor: str = ""


class Inserts(asked.Inserts):
    def __init__(self, article: Article, thread: Thread) -> None:
        self.article = article
        self.thread = thread

    def passage(self, passage: asked.Passage, html: str) -> str:
        kept = self._passages.get(passage.key)
        if kept is None or not kept.stands:
            return html
        context = {"passage": kept, "words": mark_safe(html), "article": self.article}  # noqa: S308 - sanitised
        return render_to_string("discussion/passage_mark.html", context).strip()

    def poll(self, poll: asked.Poll) -> str:
        kept = self._polls.get(poll.key)
        if kept is None:
            return super().poll(poll)
        shown = ShownPoll(kept.poll, kept.choices, kept.path, poll.anchor)
        return render_to_string("discussion/poll.html", {"shown": shown}).strip()

    def above_discussion(self) -> list[ShownPoll]:
        """The polls that stand above the thread."""
        found = [poll for poll in asked.polls_of(self.article.body) if poll.above_discussion]
        kept = [(poll, self._polls[poll.key]) for poll in found if poll.key in self._polls]
        return [
            ShownPoll(each.poll, each.choices, each.path, "" if poll.in_body else poll.anchor)
            for poll, each in kept
        ]

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return passages.of_thread(self.thread)

    @cached_property
    def _polls(self) -> dict[str, ShownPoll]:
        standing = list(Poll.objects.filter(thread_id=self.thread.pk, left_at=None))
        choices = polling.choices_of(standing)
        return {poll.key: shown_poll(poll, choices[poll.pk], self.article) for poll in standing}


def shown_poll(poll: Poll, choices: list[Choice], article: Article) -> ShownPoll:
    shares = [
        ShownChoice(choice, round(100 * choice.voice_count / max(poll.voice_count, 1))) for choice in choices
    ]
    return ShownPoll(poll, shares, f"{article.path}polls/{poll.number}/")
