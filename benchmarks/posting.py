"""Post comments through the real path, every commit synced, while readers read.

    .venv/bin/python -m benchmarks.posting [--readers 200]

16 writers on kept-alive connections post for some seconds; then the same again while readers read the article. The
readers are counted too. Everything is on the loopback interface and stops by itself.
"""

import argparse
import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks import publication, results

WRITERS = 16
SECONDS = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=200)
    options = parser.parse_args()
    home = publication.make_home()
    article = publication.make_article("where-everybody-writes")
    port = free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "broadsheet"), "serve", "--port", str(port)],
        env={**os.environ, "BROADSHEET_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        urlopen(f"http://127.0.0.1:{port}{article.path}").close()  # printed before two hundred ask at once
        measure(port, article.path, seconds=3)  # the first requests load what they need
        results.write("posting", {"alone": measure(port, article.path)})
        results.write("posting_while_read", {"writers": measure(port, article.path, readers=options.readers)})
    finally:
        server.terminate()
        server.wait()


def measure(port: int, path: str, readers: int = 0, seconds: float = SECONDS) -> dict[str, float]:
    """Rate and latency of the writers; and of the readers, if any."""
    written: list[float] = []
    read: list[float] = []
    asyncio.run(run(port, path, readers, seconds, written, read))
    figures = {"posts_per_second": round(len(written) / seconds), **latency(written)}
    if read:
        figures |= {"reads_per_second": round(len(read) / seconds)}
        figures |= {f"read_{name}": value for name, value in latency(read).items()}
    return figures


async def run(
    port: int, path: str, readers: int, seconds: float, written: list[float], read: list[float]
) -> None:
    """Everybody in one thread, so that the load costs little beside what it measures."""
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as everybody:
        for number in range(WRITERS):
            everybody.create_task(write(port, path, number, until, written))
        for _ in range(readers):
            everybody.create_task(read_on(port, path, until, read))


def latency(seconds: list[float]) -> dict[str, float]:
    return {
        "median_ms": round(median(seconds) * 1000, 1),
        "p99_ms": round(quantiles(seconds, n=100)[98] * 1000, 1),
        "max_ms": round(max(seconds) * 1000, 1),
    }


async def write(port: int, path: str, writer: int, until: float, taken: list[float]) -> None:
    connection = await asyncio.open_connection("127.0.0.1", port)
    stamp = time.time_ns()
    number = 0
    while time.monotonic() < until:
        number += 1
        said = {
            "name": f"Writer {writer}",
            "text": f"Number {number} of {stamp}: *the tide* was late again today.",
        }
        body = urlencode(said).encode()
        request = (
            f"POST {path}comments/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        ).encode() + body
        started = time.perf_counter()
        status = await exchange(connection, request)
        taken.append(time.perf_counter() - started)
        if status != 303:
            raise SystemExit(f"A comment was answered with {status}.")
    connection[1].close()


async def read_on(port: int, path: str, until: float, taken: list[float]) -> None:
    """A reader who reloads five times a second."""
    connection = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    while time.monotonic() < until:
        started = time.perf_counter()
        status = await exchange(connection, request)
        taken.append(time.perf_counter() - started)
        if status != 200:
            raise SystemExit(f"A reader was answered with {status}.")
        await asyncio.sleep(0.2)
    connection[1].close()


async def exchange(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> int:
    """Send a request and read its answer, chunked or with a length; the status."""
    reader, writer = connection
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    found = re.search(rb"content-length: (\d+)", head)
    if found:
        await reader.readexactly(int(found[1]))
    else:
        await reader.readuntil(b"0\r\n\r\n")
    return int(head.split(None, 2)[1])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    main()
