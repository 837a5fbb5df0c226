"""Readers by the thousand, in one process: each a kept-alive connection on the loopback interface, and no more.

Plain asyncio protocols: a client of the usual kind costs as much as the server that it measures.
"""

import asyncio
import random
import resource
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles

SPARE = 200
"""Files that are open for anything else."""
PORTS_EACH = 20_000
"""Connections from one address; the loopback network has millions of addresses."""


@dataclass
class Heard:
    """What the readers of one kind got."""

    seconds: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)

    def fail(self, why: str) -> None:
        self.errors[why] = self.errors.get(why, 0) + 1

    def figures(self) -> dict[str, object]:
        told: dict[str, object] = {"answers": len(self.seconds), "errors": self.errors}
        if len(self.seconds) > 1:
            slow = quantiles(self.seconds, n=1000, method="inclusive")
            marks = {"p50_ms": slow[499], "p99_ms": slow[989], "max_ms": max(self.seconds)}
            told |= {name: round(value * 1000, 1) for name, value in marks.items()}
        return told


class Asker(asyncio.Protocol):
    """One connection: a request at a time, and how long its answer took."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.got = b""
        self.etag = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(exc or ConnectionResetError("closed"))

    def data_received(self, data: bytes) -> None:
        self.got += data
        if self.waiting and not self.waiting.done() and (whole := _whole(self.got)):
            self.got = b""
            self.waiting.set_result(whole)

    async def ask(self, request: bytes, patience: float = 30.0) -> tuple[int, bytes] | None:
        """(status, answer), its time noted; None where none came, which is noted as an error."""
        if self.transport is None:
            self.heard.fail("closed")
            return None
        self.waiting = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        self.transport.write(request)
        try:
            answer = await asyncio.wait_for(self.waiting, patience)
        except (TimeoutError, OSError) as error:
            self.heard.fail(type(error).__name__)
            return None
        self.heard.seconds.append(time.perf_counter() - started)
        if answer[0] not in (200, 303, 304):
            self.heard.fail(str(answer[0]))
        return answer

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()


def _whole(got: bytes) -> tuple[int, bytes] | None:
    """The status and the answer, once all of it is there."""
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = got[:end].lower()
    status = int(got[9:12])
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        length = int(head[at + 17 : (head.find(b"\r", at + 17) + 1 or len(head) + 1) - 1])
        return (status, got) if len(got) >= end + 4 + length else None
    if status == 304:
        return status, got
    return (status, got) if got.endswith(b"0\r\n\r\n") else None


async def connected(port: int, number: int, heard: Heard) -> Asker:
    """The connection of reader `number`, from an address that still has ports."""
    local = (f"127.0.{1 + number // PORTS_EACH}.1", 0)
    loop = asyncio.get_running_loop()
    _, asker = await loop.create_connection(lambda: Asker(heard), "127.0.0.1", port, local_addr=local)
    return asker


async def gathered(port: int, many: int, heard: Heard, at_once: int = 100) -> list[Asker]:
    """So many connections, some at a time, so that nobody waits at the door for ever."""
    found: list[Asker] = []
    for first in range(0, many, at_once):
        some = range(first, min(first + at_once, many))
        found += await asyncio.gather(*(connected(port, number, heard) for number in some))
    return found


def request(path: str, etag: str = "") -> bytes:
    known = f"If-None-Match: {etag}\r\n" if etag else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{known}\r\n".encode()


async def poll(
    asker: Asker,
    path: str,
    until: float,
    pause: Callable[[], float],
    seen: Callable[[bytes], None] | None = None,
) -> None:
    """Ask again and again, as an open tab does: with the ETag it knows, after a pause that is never the same."""
    await asyncio.sleep(random.random() * pause())
    while time.monotonic() < until:
        answer = await asker.ask(request(path, asker.etag))
        if answer is None:
            return
        at = answer[1].lower().find(b"\r\netag: ")
        if at >= 0:
            asker.etag = answer[1][at + 8 : answer[1].index(b"\r", at + 8)].decode()
        if seen and answer[0] == 200:
            seen(answer[1])
        await asyncio.sleep(max(0.0, min(pause(), until - time.monotonic())))


def allow_files(many: int) -> None:
    """Raise the limit of open files of this process, and of those it starts."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = many + SPARE
    if most != resource.RLIM_INFINITY and most < wanted:
        raise SystemExit(f"This machine lets a process open {most} files; {wanted} are needed (ulimit -n).")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def reachable(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0
