"""Everything that is kept of an account, as one archive: JSON that a person can read, in a few files."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.utils.module_loading import import_string

from broadsheet.accounts import picturing
from broadsheet.discussion import receipts
from broadsheet.discussion import taking_out as of_comments
from broadsheet.discussion.models import Comment, PollVoice, Voice
from broadsheet.readers import factors, sessions
from broadsheet.readers.models import Profile, ProfilePicture, Reader

IN_MEMORY = 4 * 1024 * 1024
CHUNK = 200


def archive(reader: Reader) -> IO[bytes]:
    """A ZIP file, written piece by piece: many comments take no more memory than few."""
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("account.json", _json(_account(reader)))
        if picture := ProfilePicture.objects.filter(profile__reader=reader).first():
            archived.writestr("picture.webp", bytes(picture.content))
        _write_list(archived, "comments.json", _comments(reader))
        _write_list(archived, "likes.json", _likes(reader))
        _write_list(archived, "polls.json", _poll_voices(reader))
        for kept_beside in map(import_string, settings.KEPT_WITH_ACCOUNTS):
            for name, items in kept_beside(reader).items():
                _write_list(archived, f"{name}.json", items)
    file.seek(0)
    return file


def _account(reader: Reader) -> dict[str, Any]:
    has = factors.of(reader)
    profile = Profile.objects.filter(reader=reader).first()
    return {
        "name": reader.name,
        "email": reader.email,
        "email_proved_at": _moment(reader.address_proved_at),
        "joined_at": _moment(reader.date_joined),
        "last_signed_in_at": _moment(reader.last_login),
        "signed_out_everywhere_at": _moment(reader.signed_out_at),
        "has_password": reader.has_usable_password(),
        "passkeys": [
            {"name": str(passkey), "added_at": _moment(passkey.created_at)} for passkey in has.passkeys
        ],
        "authenticator_app_added_at": _moment(has.app.created_at if has.app else None),
        "recovery_codes_left": has.codes_left,
        "sessions": [
            {
                "device": sessions.device_of(session),
                "browser": session.user_agent,
                "network": sessions.network_of(session),
                "began_at": _moment(session.created_at),
                "seen_at": _moment(session.last_seen_at),
            }
            for session in sessions.of(reader)
        ],
        "public_page": profile
        and {
            "address": settings.URL + profile.path,
            "shown_at": _moment(profile.shown_at),
            "about": profile.about,
            "found_by_machines": profile.found_by_machines,
            "picture": "picture.webp" if picturing.picture_of(profile) else None,
        },
    }


def _comments(reader: Reader) -> Iterator[dict[str, Any]]:
    theirs = Comment.objects.filter(reader=reader).select_related("thread__article", "parent", "guest")
    for comment in theirs.order_by("pk").iterator(chunk_size=CHUNK):
        receipt = settings.URL + receipts.path_of(comment)
        yield of_comments.everything_about(comment) | {"receipt": receipt}


def _likes(reader: Reader) -> Iterator[dict[str, Any]]:
    theirs = Voice.objects.filter(reader=reader).select_related("comment__thread__article")
    for voice in theirs.order_by("pk").iterator(chunk_size=CHUNK):
        path = f"{voice.comment.thread.article.path}c/{voice.comment.seq}/"
        yield {
            "comment": settings.URL + path,
            "says": voice.get_value_display(),
            "given_at": _moment(voice.given_at),
        }


def _poll_voices(reader: Reader) -> Iterator[dict[str, Any]]:
    theirs = PollVoice.objects.filter(reader=reader).select_related("poll__thread__article")
    for voice in theirs.prefetch_related("choices").order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "article": settings.URL + voice.poll.thread.article.path,
            "question": voice.poll.question,
            "chosen": [choice.text for choice in voice.choices.all()],
            "given_at": _moment(voice.given_at),
        }


def _write_list(archived: zipfile.ZipFile, name: str, items: Iterator[dict[str, Any]]) -> None:
    with archived.open(name, "w") as raw, TextIOWrapper(raw, "utf-8") as file:
        file.write("[")
        for number, item in enumerate(items):
            file.write((",\n" if number else "\n") + _json(item))
        file.write("\n]\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
