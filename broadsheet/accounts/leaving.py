"""Delete an account. It is closed at once; the clock takes its comments, its voices and at last the account itself.

What a reader wrote is withdrawn, or stays as a former reader's, as they chose.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from broadsheet.discussion import parting, withdrawing
from broadsheet.discussion.models import Comment, PollVoice, Voice
from broadsheet.events.recording import record
from broadsheet.masthead import speaking
from broadsheet.readers import sessions
from broadsheet.readers.models import Departure, Reader

BATCH = 100
"""Comments that one round of the clock deals with, so that nobody waits long for it."""


def leave(reader: Reader, *, withdraws: bool) -> None:
    """Close the account now. Staff are let go by their publisher: what they decided must keep its name."""
    if reader.is_staff or reader.is_superuser:
        raise PermissionDenied("Accounts of the staff are closed in the newsroom.")
    with transaction.atomic():
        Departure.objects.get_or_create(reader=reader, defaults={"withdraws": withdraws})
        reader.is_active = False
        reader.save(update_fields=["is_active"])
        sessions.end_all(reader)
        record("profile.turned", reader=reader.pk)


def carry_out() -> int:
    """One round for each who goes; how many are gone. The clock calls it, and begins where it stopped."""
    gone = 0
    for departure in Departure.objects.select_related("reader").order_by("pk")[:BATCH]:
        reader = departure.reader
        if not (_let_comments_go(departure) or _let_likes_go(reader) or _let_choices_go(reader)):
            departure.reader.delete()
            gone += 1
    return gone


def _let_comments_go(departure: Departure) -> int:
    comments = list(Comment.objects.filter(reader=departure.reader).order_by("pk")[:BATCH])
    with speaking.publicly():
        former = gettext("former reader")
    for comment in comments:
        if departure.withdraws and withdrawing.is_withdrawable(comment):
            withdrawing.withdraw(comment)
        else:
            parting.part(comment, name=former)
    return len(comments)


def _let_likes_go(reader: Reader) -> int:
    """With the fact, so that the worker counts anew."""
    with transaction.atomic():
        voices = list(Voice.objects.filter(reader=reader).select_related("comment").order_by("pk")[:BATCH])
        Voice.objects.filter(pk__in=[voice.pk for voice in voices]).delete()
        for voice in voices:
            record("comment.voiced", thread=voice.comment.thread_id, comment=voice.comment_id)
    return len(voices)


def _let_choices_go(reader: Reader) -> int:
    """The same of what they chose in polls."""
    with transaction.atomic():
        voices = list(PollVoice.objects.filter(reader=reader).select_related("poll").order_by("pk")[:BATCH])
        PollVoice.objects.filter(pk__in=[voice.pk for voice in voices]).delete()
        for voice in voices:
            record("poll.voiced", thread=voice.poll.thread_id, poll=voice.poll_id)
    return len(voices)
