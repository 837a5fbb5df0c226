"""The three fronts of one publication: the stand alone, nginx and Caddy, each as it is run in production."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

from tests import homes
from tests.homes import Home
from tests.patience import PATIENCE, eventually

DEPLOY = Path(__file__).parents[2] / "deploy"
NAMES = ("stand", "nginx", "caddy")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
GRANIAN = Path(sys.executable).with_name("granian")
SILENCE = 0.4
"""Seconds in which nothing more is said."""

NGINX_MAIN = """
{modules}
{user}
daemon off;
worker_processes 1;
pid {place}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    sendfile on;
    tcp_nopush on;
    include {place}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Front:
    name: str
    port: int
    encodings: tuple[str, ...] = ("br", "gzip")
    measures_twins: bool = True
    """Caddy 2.6 sends twins in chunks, without their length."""

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str | int | None
    ) -> Answer:
        """One request on a connection of its own; `Accept_Language="en"` is a header."""
        given = {name.replace("_", "-"): str(value) for name, value in headers.items() if value is not None}
        connection = self.connection()
        try:
            connection.request(method, path, body=body, headers={"Accept-Encoding": "identity"} | given)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def say(self, raw: bytes, until: Callable[[bytes], bool] = bool) -> bytes:
        """Bytes as they are; all that comes back until the other side closes, or has said enough and falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            with suppress(ConnectionError):  # whoever has heard enough may hang up
                connection.sendall(raw)
            connection.settimeout(SILENCE)
            heard, deadline = b"", time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                try:
                    more = connection.recv(65536)
                except TimeoutError:
                    if until(heard):
                        break
                    continue
                except ConnectionResetError:
                    break
                if not more:
                    break
                heard += more
            return heard


@contextmanager
def short_directory() -> Iterator[Path]:
    """A directory whose name is short enough for a socket in it."""
    place = Path(tempfile.mkdtemp(prefix="front-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def application(
    home: Home, name: str, *, at: Path | int, threads: int = 8
) -> Iterator[subprocess.Popen[bytes]]:
    """A WSGI application in a server of its own, on a socket or a port."""
    where = ["--uds", str(at)] if isinstance(at, Path) else ["--port", str(at)]
    own = {"BROADSHEET_THREADS": str(threads)} | (
        {"BROADSHEET_SOCKET": str(at)} if isinstance(at, Path) else {}
    )
    command = [
        str(GRANIAN),
        "--interface",
        "wsgi",
        "--blocking-threads",
        str(threads),
        "--no-ws",
        *where,
        name,
    ]
    with running(command, home.environment | own, at, home.path / "application.log") as process:
        yield process


def as_it_stands(configuration: str) -> str:
    return configuration


@contextmanager
def nginx(home: Home, web_socket: Path, change: Callable[[str], str] = as_it_stands) -> Iterator[Front]:
    port = homes.free_port()
    site = change((DEPLOY / "nginx.conf").read_text())
    for placeholder, value in {
        "/srv/paper": str(home.path),
        "/run/broadsheet/web.sock": str(web_socket),
        "listen 80;": f"listen 127.0.0.1:{port};",
        "listen [::]:80;": "",
    }.items():
        site = site.replace(placeholder, value)
    if not BROTLI.exists():
        site = site.replace("brotli_static on;", "").replace("brotli_static off;", "")
    with nginx_of(site, port):
        yield Front("nginx", port, ("br", "gzip") if BROTLI.exists() else ("gzip",))


@contextmanager
def nginx_of(site: str, port: int) -> Iterator[None]:
    """One worker of nginx with this site."""
    with short_directory() as place:
        (place / "site.conf").write_text(site)
        modules = f"load_module {BROTLI};" if BROTLI.exists() else ""
        user = "user root;" if os.geteuid() == 0 else ""
        (place / "nginx.conf").write_text(NGINX_MAIN.format(place=place, modules=modules, user=user))
        log = place / "error.log"
        command = [found("nginx"), "-p", str(place), "-e", str(log), "-c", str(place / "nginx.conf")]
        with running(command, dict(os.environ), port, log):
            yield


@contextmanager
def caddy(home: Home, web_socket: Path, change: Callable[[str], str] = as_it_stands) -> Iterator[Front]:
    with short_directory() as place:
        port, file = homes.free_port(), place / "Caddyfile"
        file.write_text(change((DEPLOY / "Caddyfile").read_text()))
        environment = os.environ | {
            "BROADSHEET_SITE": f"http://127.0.0.1:{port}",
            "BROADSHEET_HOME": str(home.path),
            "BROADSHEET_SOCKET": str(web_socket),
            "CADDY_ADMIN": "off",
            "HOME": str(place),
            "XDG_DATA_HOME": str(place),
            "XDG_CONFIG_HOME": str(place),
        }
        command = [found("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)]
        with running(command, environment, port, place / "caddy.log"):
            yield Front("caddy", port, measures_twins=False)


FRONTS: dict[str, Callable[..., AbstractContextManager[Front]]] = {"nginx": nginx, "caddy": caddy}


@contextmanager
def running(
    command: list[str], environment: dict[str, str], at: Path | int, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process until the block ends, from when it answers at a port or a socket."""
    with log.open("ab") as written:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    try:
        eventually(lambda: answers(at) or process.poll() is not None)
        assert answers(at), f"{command[0]} did not start:\n{log.read_text()[-4000:]}"
        yield process
    finally:
        homes.kill(process)
        if isinstance(at, Path):
            at.unlink(missing_ok=True)


def answers(at: Path | int) -> bool:
    family = socket.AF_UNIX if isinstance(at, Path) else socket.AF_INET
    with socket.socket(family) as knock:
        return knock.connect_ex(str(at) if isinstance(at, Path) else ("127.0.0.1", at)) == 0


def found(program: str) -> str:
    path = shutil.which(program, path=os.environ["PATH"] + ":/usr/local/sbin:/usr/sbin:/sbin")
    assert path, f"{program} was not found. script/test installs it."
    return path
