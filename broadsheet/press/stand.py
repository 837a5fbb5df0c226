"""Hands prints out in front of the application, inside the same server, and never opens a database.

A request for a print costs one or two `stat` calls. Everything else goes to the application, which may occupy all but
two of the server's threads: prints are handed out even while it is stuck.
"""

import functools
import os
import stat
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from broadsheet.kit.http import accepted_encodings
from broadsheet.press import media_types, store
from broadsheet.press.headers import PRINTED, PUBLIC, public
from broadsheet.press.whole import whole

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

KNOWN_QUERIES = frozenset(
    {"p", "page_id", "attachment_id", "cpage", "replytocom", "feed", "s", "wpdiscuzSubscribeID"}
)
"""Query strings of old addresses; on a public page all others mean nothing."""
DYNAMIC = (
    "/newsroom/",
    "/account/",
    "/receipts/",
    "/follows/",
    "/notices/",
    "/wpdiscuzsubscription/",
    "/search/",
    "/mine.json",
    "/oembed",
    "/comments/counts.json",
)
PRIVATE_MEDIA = ("media/original_images/", "media/comment_pictures/")
"""Pictures as they were uploaded, with what the camera wrote into them, are nobody else's business; those of comments
are shown as prints, while the comment is."""
TOO_LARGE = b"That is too large. Nothing was saved; go back and shorten it.\n"
LARGEST_KEPT = 512 * 1024
MOST_KEPT = 64 * 1024 * 1024
CHUNK = 64 * 1024
LONGEST_KNOWN = 300
"""Characters of a path that is remembered; a visitor can make up longer ones without end."""
LONGEST_QUERY = 2000
TWINS = tuple(store.TWINS.values())


class Copy:
    """One representation of one print: its bytes, and the headers that never change.

    All of it comes from one opened file, since the name may be given to a newer one at any moment.
    """

    __slots__ = ("body", "content", "etag", "headers", "size", "version")

    def __init__(self, file: str, name: str, encoding: str) -> None:
        self.content = open(file, "rb", buffering=0)  # noqa: SIM115 - closed below, or when it is handed out
        status = os.fstat(self.content.fileno())
        self.version = (status.st_ctime_ns, status.st_size)
        self.size = status.st_size
        self.etag = store.etag(status)
        self.body: bytes | None = None
        if status.st_size <= LARGEST_KEPT:
            with self.content:
                self.body = self.content.read()
        media_type = media_types.of(name)
        self.headers = [
            ("Content-Type", media_type),
            ("Content-Length", str(status.st_size)),
            ("ETag", self.etag),
            *({**PRINTED, "Cache-Control": media_types.keeping(name)}).items(),
            *public(media_type, name).items(),
        ]
        if encoding:
            self.headers.append(("Content-Encoding", encoding))


class Stand:
    def __init__(
        self,
        application: Application,
        *,
        busy: Callable[[], bytes],
        largest: Callable[[str], int],
        prints: Path,
        media: Path,
        threads: int,
    ) -> None:
        """`busy` gives the page for whoever is turned away, `largest` how many bytes may be sent to a path."""
        self.application = application
        self.busy = busy
        self.largest = largest
        self.prints = str(prints)
        self.media = str(media)
        self.slots = threading.BoundedSemaphore(max(1, threads - 2))
        self.copies: dict[str, Copy] = {}
        self.kept = 0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(DYNAMIC) or path.endswith("/comments.json"):
            return self._ask_application(environ, start_response)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not _is_old_address(
            environ.get("QUERY_STRING", "")
        ):
            environ["QUERY_STRING"] = ""
            if copy := self._find(path, environ.get("HTTP_ACCEPT_ENCODING", "")):
                return self._hand_out(copy, environ, start_response)
        return self._ask_application(environ, start_response)

    def _find(self, path: str, accept_encoding: str) -> Copy | None:
        name = _name_of(path)
        if name is None or name.startswith(PRIVATE_MEDIA):
            return None
        file = f"{self.media}/{name[6:]}" if name.startswith("media/") else f"{self.prints}/{name}"
        try:
            plain = os.stat(file)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(plain.st_mode):
            return None
        for encoding in accepted_encodings(accept_encoding):
            twin = file + store.TWINS[encoding]
            with suppress(OSError):
                status = os.stat(twin)
                if int(status.st_mtime) == int(plain.st_mtime):
                    return self._copy(twin, status, name, encoding)
        with suppress(OSError):  # it was taken away this very moment
            return self._copy(file, plain, name, "")
        return None

    def _copy(self, file: str, status: os.stat_result, name: str, encoding: str) -> Copy:
        copy = self.copies.get(file)
        if copy is None or copy.version != (status.st_ctime_ns, status.st_size):
            copy = Copy(file, name, encoding)
            if copy.body is not None:
                if self.kept + copy.size > MOST_KEPT:
                    self.copies, self.kept = {}, 0
                self.copies[file] = copy
                self.kept += copy.size
        return copy

    def _hand_out(self, copy: Copy, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if if_none_match and (copy.etag in if_none_match or if_none_match.strip() == "*"):
            unchanged = [
                header for header in copy.headers if header[0] not in ("Content-Length", "Content-Type")
            ]
            start_response("304 Not Modified", unchanged)
            copy.content.close()
            return []
        start_response("200 OK", copy.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            copy.content.close()
            return []
        return [copy.body] if copy.body is not None else _chunks(copy.content)

    def _ask_application(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > self.largest(environ["PATH_INFO"]):
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(TOO_LARGE)))]
            start_response("413 Content Too Large", [*headers, *PUBLIC.items()])
            return [TOO_LARGE]
        if not self.slots.acquire(blocking=False):
            page = self.busy()
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Retry-After", "5"), *PUBLIC.items()]
            start_response("503 Service Unavailable", [*headers, ("Content-Length", str(len(page)))])
            return [page]
        try:
            if length:
                environ["wsgi.input"] = whole(environ["wsgi.input"], length)
            return self.application(environ, start_response)
        finally:
            self.slots.release()


def _name_of(path: str) -> str | None:
    """The file of a path as WSGI gives it; long ones, which somebody made up, are not remembered."""
    return (_known_name if len(path) <= LONGEST_KNOWN else _known_name.__wrapped__)(path)


@functools.lru_cache(maxsize=16384)
def _known_name(path: str) -> str | None:
    """WSGI gives the path's bytes as Latin-1 (PEP 3333). A twin is no page of its own."""
    if path.endswith(TWINS):
        return None
    try:
        return store.name_of(path.encode("latin-1").decode())
    except UnicodeError:
        return None


def _is_old_address(query: str) -> bool:
    return 0 < len(query) <= LONGEST_QUERY and _names_old_address(query)


@functools.lru_cache(maxsize=4096)
def _names_old_address(query: str) -> bool:
    try:
        return any(
            name in KNOWN_QUERIES for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=20)
        )
    except ValueError:
        return False


def _chunks(content: FileIO) -> Iterable[bytes]:
    with content:
        while chunk := content.read(CHUNK):
            yield chunk
