"""The process tree of a publication: the web server here, its own children for requests, and one for the worker."""

import resource
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
from django.conf import settings
from granian.constants import Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

HEADER_PATIENCE = 30_000
"""Milliseconds a client has to send its headers. Between two requests of a connection it counts too: an open tab asks
for its live print at most 20 seconds after the last time, and shall find its connection still there."""
LARGEST_HEAD = 64 * 1024
"""Bytes of headers; granian's own default is 400 KB."""
MOST_CONNECTIONS = 20_000
"""Of each process, as far as the machine lets it open files."""
OTHER_FILES = 200
STOP_PATIENCE = 10
"""Seconds to answer what was asked before the server stopped; then processes that hang are killed."""
WORKER_PATIENCE = 10
"""Seconds for what the worker is at, after that."""
WORKER = [
    sys.executable,
    "-c",
    "import django; django.setup(); from broadsheet.wiring.worker import main; main()",
]


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. On the socket of the options where one is set, else on host and port."""
    path = settings.OPTIONS["socket"]
    server = Server(
        "broadsheet.wiring.wsgi:application",
        address=host,
        port=port,
        uds=Path(path) if path else None,
        uds_permissions=0o660 if path else None,
        interface=Interfaces.WSGI,
        workers=settings.OPTIONS["processes"],
        blocking_threads=settings.OPTIONS["threads"],
        runtime_mode=RuntimeModes.mt,
        backpressure=_room_for_connections(),
        workers_kill_timeout=STOP_PATIENCE,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_PATIENCE, max_buffer_size=LARGEST_HEAD),
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )
    helper = Helper()
    helper.start()
    if not path:
        threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    try:
        server.serve()
    finally:
        helper.stop()


def _room_for_connections() -> int:
    """So many are answered at a time by each process, idle ones too (granian's “backpressure”); others wait outside.

    Its own default is 512: as many open tabs, or one attacker who says nothing, would shut everybody else out.
    """
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    files = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(files - OTHER_FILES, OTHER_FILES)


class Helper(threading.Thread):
    """Keeps the worker's process alive: one that dies is started anew."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        self.process = self._launched()

    def run(self) -> None:
        while not self.stopping.wait(0.5):
            if self.process.poll() is not None and not self.stopping.is_set():
                click.echo(
                    f"The worker stopped (exit {self.process.returncode}); starting it again.", err=True
                )
                self.process = self._launched()

    def stop(self) -> None:
        self.stopping.set()
        self.process.terminate()
        try:
            self.process.wait(timeout=WORKER_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _launched(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(WORKER)  # noqa: S603 - our own interpreter and module


def _announce(host: str, port: int) -> None:
    """Say where to look as soon as somebody answers there."""
    target = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    for _ in range(300):
        try:
            socket.create_connection((target, port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    click.echo(f"Reading: http://{target}:{port}/\nNewsroom: http://{target}:{port}/newsroom/")
