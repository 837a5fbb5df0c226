"""Write the new comments of posts: threads first, then rows by the thousand, then the records that belong to some."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import F

from broadsheet.discussion import counting, ranking
from broadsheet.discussion.models import Closure, Comment, Hold, Pin, Pingback, Removal, Thread
from broadsheet.discussion.models.comment import IMPORTED_RENDERING
from broadsheet.kit.addresses import web_address
from broadsheet.kit.text import clean_line
from broadsheet.transfer.wordpress import comment_rows, content
from broadsheet.transfer.wordpress.guests_finding import Guests
from broadsheet.transfer.wordpress.intake import Intake, here
from broadsheet.transfer.wordpress.passages_finding import Passages
from broadsheet.transfer.wordpress.pictures import Pictures
from broadsheet.transfer.wordpress.placing import Place
from broadsheet.transfer.wordpress.records import Comment as Record
from broadsheet.transfer.wordpress.talks import State, Talk, state_of

AT_ONCE = 1000
WAITED = "it waited on the old site"
REMOVED = "removed on the old site"
_MOST_VOTES = 2**31 - 1

Pair = tuple[Place, Record]


class CommentsWriting:
    def __init__(self, intake: Intake, pictures: Pictures) -> None:
        self._intake = intake
        self._pictures = pictures
        self._guests = Guests()
        self._passages = Passages(intake.report)

    def write(self, talks: Sequence[Talk]) -> None:
        """Write what is new in these discussions; call it inside of `intake.together`."""
        talks = [talk for talk in talks if talk.has_news]
        if not talks:
            return
        self._write_threads(talks)
        self._passages.learn(talks)
        self._number(talks)
        for talk in talks:
            self._write_comments(talk)
            self._write_linkbacks(talk)
        self._passages.count()
        counting.note_on_articles(talk.thread.pk for talk in talks)
        ranking.mark(talk.thread.pk for talk in talks)
        self._intake.note_change()

    def _write_threads(self, talks: Sequence[Talk]) -> None:
        for talk in talks:
            if talk.fresh:
                for name, value in vars(talk.counters).items():
                    setattr(talk.thread, name, value)
        Thread.objects.bulk_create(talk.thread for talk in talks if talk.is_new)
        for talk in talks:
            if talk.known:
                talk.thread.save()
                _update_known(talk)

    def _number(self, talks: Sequence[Talk]) -> None:
        fresh = [place for talk in talks for place in talk.fresh.values()]
        for place, pk in zip(fresh, comment_rows.reserve(len(fresh)), strict=True):
            place.pk = pk
        self._intake.report.new["comments"] += len(fresh)

    def _write_comments(self, talk: Talk) -> None:
        pairs = ((place, record) for record in talk.records if (place := talk.mine(record)))
        for chunk in _chunks(pairs):
            self._guests.learn(record.email for _, record in chunk)
            comment_rows.insert(self._row(talk, place, record) for place, record in chunk)
            _write_states(talk.thread.pk, chunk)

    def _row(self, talk: Talk, place: Place, record: Record) -> tuple[Any, ...]:
        """In the order of `comment_rows.COLUMNS`."""
        likes, dislikes = _votes(record)
        return (
            place.pk,
            talk.thread.pk,
            place.parent and place.parent.pk,
            place.seq,
            place.sib,
            place.depth,
            place.path,
            int(state_of(record) or 0),
            place.rev,
            clean_line(record.author)[:80] or "Anonymous",
            self._guests.pk(record.email),
            None,
            self._mark(talk, record),
            comment_rows.moment(record.moment),
            comment_rows.moment(here(record.edited_at)),
            record.content,
            content.comment_html(record.content, self._uploads(record)),
            IMPORTED_RENDERING,
            None,
            place.last_sib,
            place.reply_count,
            place.descendant_count,
            likes,
            dislikes,
            likes,
            dislikes,
            0,
            "",
            None,
            record.anchor,
            self._passages.of(talk, place),
            comment_rows.json(_extra(record)),
        )

    def _mark(self, talk: Talk, record: Record) -> str:
        login = self._intake.survey.login_of(record.user_id)
        return "author" if login and login == talk.post.creator else ""

    def _uploads(self, record: Record) -> list[str]:
        """Addresses of what hangs on a comment: here where it is a picture that was imported, else on the old site."""
        if "wmu_attachments" not in record.meta:
            return []
        ids = [number for kind in record.uploads for number in kind]
        files = [file for number in ids if (file := self._intake.survey.library.get(number))]
        if len(files) < len(ids):
            self._intake.report.problems.append(
                f"Comment {record.id} came with {len(ids) - len(files)} files that are not in the export."
            )
        return [self._address(file.url) for file in files]

    def _address(self, url: str) -> str:
        found = self._pictures.find(url)
        return f"{settings.URL}{found[1]}" if found else url

    def _write_linkbacks(self, talk: Talk) -> None:
        if not talk.fresh_linkbacks:
            return
        Pingback.objects.bulk_create(
            Pingback(
                thread=talk.thread,
                title=clean_line(record.author)[:300] or "Untitled",
                url=(web_address(record.url) or "")[:1000],
                received_at=record.moment,
                anchor=record.anchor,
            )
            for record in talk.records
            if state_of(record) is None and record.anchor not in talk.linkbacks
        )


def _chunks(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    source = iter(pairs)
    while chunk := list(islice(source, AT_ONCE)):
        yield chunk


def _update_known(talk: Talk) -> None:
    """Counts move by steps, since the worker moves them too; a place among siblings is given once."""
    before = {
        comment.pk: comment
        for comment in talk.thread.comments.only("sib", "last_sib", "reply_count", "descendant_count")
    }
    for place in talk.known:
        was = before[place.pk]
        replies = place.reply_count - was.reply_count
        beneath = place.descendant_count - was.descendant_count
        if replies or beneath or (place.sib, place.last_sib) != (was.sib, was.last_sib):
            Comment.objects.filter(pk=place.pk).update(
                sib=place.sib,
                last_sib=place.last_sib,
                reply_count=F("reply_count") + replies,
                descendant_count=F("descendant_count") + beneath,
            )


def _write_states(thread: int, pairs: Sequence[Pair]) -> None:
    """The records that say why a comment is not seen, stands first, or takes no more replies."""
    states = [(place, record, state_of(record)) for place, record in pairs]
    Hold.objects.bulk_create(
        Hold(comment_id=p.pk, reason=WAITED) for p, _, state in states if state == State.HELD
    )
    Removal.objects.bulk_create(
        Removal(comment_id=p.pk, reason=REMOVED) for p, _, state in states if state == State.REMOVED
    )
    roots = [(place, record) for place, record, _ in states if place.parent is None]
    Pin.objects.bulk_create(
        Pin(comment_id=place.pk, thread_id=thread) for place, record in roots if record.pinned
    )
    Closure.objects.bulk_create(
        Closure(root_id=place.pk, thread_id=thread) for place, record in roots if record.closed
    )


def _votes(record: Record) -> tuple[int, int]:
    """Where only the difference was counted, it stands as likes or as dislikes."""
    votes = record.votes
    if votes is None:
        return 0, 0
    likes, dislikes = votes.likes, votes.dislikes
    if not likes and not dislikes:
        likes, dislikes = max(votes.net, 0), max(-votes.net, 0)
    return min(max(likes, 0), _MOST_VOTES), min(max(dislikes, 0), _MOST_VOTES)


def _extra(record: Record) -> dict[str, object]:
    """What the old site knew and has no column here."""
    extra = record.extra
    if record.url:
        extra["website"] = record.url
    if record.feedback_form_id:
        extra["feedback_form"] = record.feedback_form_id
    if record.edited_by and "@" not in record.edited_by:
        extra["edited_by"] = record.edited_by
    if record.type not in ("", "comment"):
        extra["type"] = record.type
    return extra
