"""Reads what PHP's serialize() wrote, as far as data goes: null, booleans, numbers, strings, arrays.

Objects and references are refused: nothing in an export needs them, and they are how attacks travel.
"""

import re

_LONGEST = 1_000_000  # bytes
_DEEPEST = 32
_INTEGER = re.compile(rb"[+-]?\d{1,20}")
_FLOAT = re.compile(rb"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,4})?|-?INF|NAN")
_LENGTH = re.compile(rb"\d{1,7}")


def unserialize(text: str | bytes) -> object:
    """The value; arrays are dicts in their order. ValueError says where reading failed."""
    data = text.encode() if isinstance(text, str) else text
    if len(data) > _LONGEST:
        raise ValueError(f"serialised data is longer than {_LONGEST} bytes")
    reader = _Reader(data)
    value = reader.value(0)
    if data[reader.at :].strip():
        raise reader.trouble("something follows the value")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def value(self, depth: int) -> object:
        kind = self.data[self.at : self.at + 2]
        self.at += 2
        match kind:
            case b"N;":
                return None
            case b"b:":
                return self.boolean()
            case b"i:":
                return int(self.number(_INTEGER))
            case b"d:":
                return float(self.number(_FLOAT))
            case b"s:":
                return self.string()
            case b"a:":
                return self.array(depth + 1)
        raise self.trouble("no null, boolean, number, string or array here")

    def boolean(self) -> bool:
        digit = self.number(_INTEGER)
        if digit not in (b"0", b"1"):
            raise self.trouble("a boolean is neither 0 nor 1")
        return digit == b"1"

    def number(self, pattern: re.Pattern[bytes]) -> bytes:
        return self.matching(pattern, b";")

    def string(self) -> str:
        length = int(self.matching(_LENGTH, b':"'))
        raw = self.data[self.at : self.at + length]
        self.at += length
        self.expect(b'";')
        return raw.decode(errors="replace")

    def array(self, depth: int) -> dict[int | str, object]:
        if depth > _DEEPEST:
            raise self.trouble(f"arrays are nested more than {_DEEPEST} deep")
        count = int(self.matching(_LENGTH, b":{"))
        items: dict[int | str, object] = {}
        for _ in range(count):
            key = self.value(depth)
            if isinstance(key, bool) or not isinstance(key, int | str):
                raise self.trouble("a key is neither integer nor string")
            items[key] = self.value(depth)
        self.expect(b"}")
        return items

    def matching(self, pattern: re.Pattern[bytes], end: bytes) -> bytes:
        match = pattern.match(self.data, self.at)
        if match is None:
            raise self.trouble("a number is missing")
        self.at = match.end()
        self.expect(end)
        return match[0]

    def expect(self, token: bytes) -> None:
        if not self.data.startswith(token, self.at):
            raise self.trouble(f"{token.decode()!r} is missing")
        self.at += len(token)

    def trouble(self, what: str) -> ValueError:
        return ValueError(f"not serialised PHP data: {what} (byte {self.at})")
