"""Homes for tests that run the `broadsheet` command itself: each with its own directory and its own database."""

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests.patience import PATIENCE

PROGRAM = Path(sys.executable).with_name("broadsheet")
OURS = ("BROADSHEET_", "DJANGO_", "DATABASE_URL")
RUN_SECONDS = 300
PORTS = (12_000, 32_000)
"""Above those that Chromium refuses, below those that Linux and macOS give to connections."""


@dataclass(frozen=True)
class Home:
    path: Path
    database_url: str | None

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {"BROADSHEET_HOME": str(self.path)} | (
            {"DATABASE_URL": self.database_url} if self.database_url else {}
        )
        return inherited | own

    def run(
        self, *arguments: str, check: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """`broadsheet ARGUMENTS` in this home, until it ends; both of its outputs are kept."""
        done = subprocess.run(
            [PROGRAM, *arguments],
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
        )
        assert not check or done.returncode == 0, (
            f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
        return done

    def number(self, statement: str) -> int:
        """The one number that a statement of SQL asks this home's database for."""
        if self.database_url:
            with psycopg.connect(self.database_url) as postgres:
                row = postgres.execute(statement.encode()).fetchone()
        else:
            with closing(sqlite3.connect(self.path / "db" / "broadsheet.sqlite3")) as file:
                row = file.execute(statement).fetchone()
        assert row is not None
        return int(row[0])

    def said(self) -> str:
        """The end of what was logged while it was served, and how much its worker has still to do."""
        events = self.number("SELECT count(*) FROM events_event WHERE handed_at IS NULL")
        pages = self.number("SELECT count(*) FROM press_staleprint WHERE NOT at_rest")
        log = (self.path / "serve.log").read_text(errors="replace")
        return f"{events} events to hand over, {pages} pages to print\n{log[-6000:]}"

    @contextmanager
    def served(self, *arguments: str, **environment: str) -> Iterator[str]:
        """`broadsheet serve` on a free port while the block runs; gives the address it prints for reading."""
        port = free_port()
        own = {"BROADSHEET_URL": f"http://127.0.0.1:{port}", "PORT": str(port)}
        command = [str(PROGRAM), "serve", "--port", str(port), *arguments]
        with (self.path / "serve.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                env=self.environment | own | environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield self._reading_address(process)
        finally:
            stop(process)

    def _reading_address(self, process: subprocess.Popen[bytes]) -> str:
        """The address in the line `Reading: URL`; later lines are read and dropped, so that nothing blocks."""
        found: list[str] = []
        told = threading.Event()

        def listen() -> None:
            for line in process.stdout or ():
                if line.startswith(b"Reading: "):
                    found.append(line.decode().split()[1])
                if line.startswith(b"Newsroom: "):
                    told.set()
            told.set()

        threading.Thread(target=listen, daemon=True).start()
        told.wait(PATIENCE)
        assert found, f"broadsheet serve did not start:\n{(self.path / 'serve.log').read_text()[-4000:]}"
        return found[0].rstrip("/")


def new(path: Path, template: str = "template0") -> Home:
    """An empty home; on PostgreSQL with an empty database beside the one of the test run, or a copy of `template`."""
    path.mkdir(parents=True, exist_ok=True)
    return Home(path, _database(template))


def copy(original: Home, path: Path) -> Home:
    """The same home once more, where nothing serves the original: quicker than making one anew."""
    shutil.copytree(original.path, path, dirs_exist_ok=True)
    return Home(path, _database(urlsplit(original.database_url or "").path.removeprefix("/")))


def _database(template: str) -> str | None:
    """A database of its own in the run's PostgreSQL; none is needed on SQLite."""
    url = os.environ.get("DATABASE_URL")
    if url is None:
        return None
    name = f"home_{uuid4().hex[:12]}"
    copy_database(template, name)
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def copy_database(name: str, to: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"'.encode())


def has_database(name: str) -> bool:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return (
            connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
        )


def free_port() -> int:
    """One of the machine's own choice could be given to a connection before whoever asked here has taken it."""
    while True:
        port = random.randrange(*PORTS)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def stop(process: subprocess.Popen[bytes]) -> None:
    """As a supervisor does: SIGTERM first; then no mercy for what is left of it."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """It and all it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
