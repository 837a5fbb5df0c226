"""A request's body is whole, or it is an error.

Where a client breaks off in the middle, the server ends the body as if it had been all: half a comment would be posted.
"""

import io
from typing import Any


class Whole(io.RawIOBase):
    """Reads `length` bytes and complains when there are fewer."""

    def __init__(self, stream: Any, length: int) -> None:
        self.stream = stream
        self.left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content: bytes = self.stream.read(min(len(buffer), self.left))
        if self.left and not content:
            raise ConnectionAbortedError("The client broke off before its request was whole.")
        buffer[: len(content)] = content
        self.left -= len(content)
        return len(content)


def whole(stream: Any, length: str) -> io.BufferedReader:
    """The body of a WSGI request that announced its length."""
    return io.BufferedReader(Whole(stream, int(length) if length.isdecimal() else 0))
