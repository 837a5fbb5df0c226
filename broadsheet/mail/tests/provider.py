"""A provider in the test's own process: what Postmark's API is to whoever sends through it, over real HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Thread
from typing import Any

TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a"}


class Provider:
    """What came; `status` and `answer` are told to whoever sends, nothing at all where `breaks` is set."""

    def __init__(self, port: int) -> None:
        self.url = f"postmark:?server_token=TOKEN&api_url=http://127.0.0.1:{port}/"
        self.came: list[dict[str, Any]] = []
        self.status = 200
        self.answer: dict[str, Any] = TAKEN
        self.breaks = False


@contextmanager
def provider(certificate: Path | None = None) -> Iterator[Provider]:
    """`certificate`: of a key and itself, in one file; nobody vouches for it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said.came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if said.breaks:
                self.close_connection = True
                return
            to = {"To": said.came[-1]["To"]} if said.status == 200 else {}
            content = json.dumps(said.answer | to).encode()
            self.send_response(said.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    said = Provider(server.server_port)
    if certificate is not None:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        said.url = said.url.replace("http://", "https://")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
