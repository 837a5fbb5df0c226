"""Answers per second of one address: by wrk where it is installed, else by threads of our own, slower ones."""

import re
import shutil
import subprocess
import threading
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

CONNECTIONS = 32
SECONDS = 2


def rate(url: str, encoding: str) -> float:
    """Whole answers per second over 32 connections; an answer that is no 200 ends the measurement."""
    return _wrk(url, encoding) if shutil.which("wrk") else _threads(url, encoding)


def _wrk(url: str, encoding: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Accept-Encoding: {encoding}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS + 30).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found and "Non-2xx" not in said and "Socket errors" not in said, said
    return float(found[1])


def _threads(url: str, encoding: str) -> float:
    parts = urlsplit(url)
    until = time.monotonic() + SECONDS
    counts = [0] * CONNECTIONS

    def ask(number: int) -> None:
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        while time.monotonic() < until:
            connection.request("GET", parts.path, headers={"Accept-Encoding": encoding})
            response = connection.getresponse()
            response.read()
            assert response.status == 200
            counts[number] += 1
        connection.close()

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return sum(counts) / SECONDS
