"""An application in Django's place, behind the real door and the real stand: it tells what reached it, or waits."""

import fcntl
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from broadsheet.press.stand import Stand, StartResponse
from broadsheet.wiring.wsgi import Entrance, turned_away

TOLD = settings.HOME / "told.jsonl"
GATE = settings.HOME / "gate"
"""Whoever holds its lock keeps those waiting who ask for `/newsroom/wait/`."""


def tell(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    if environ["PATH_INFO"].startswith("/newsroom/wait/"):
        with GATE.open("rb") as gate:
            fcntl.flock(gate, fcntl.LOCK_SH)
    told = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"],
        "query": environ.get("QUERY_STRING", ""),
        "from": environ["REMOTE_ADDR"],
        "scheme": environ["wsgi.url_scheme"],
        "bytes": len(environ["wsgi.input"].read()),
        "headers": {name: value for name, value in environ.items() if name.startswith("HTTP_")},
    }
    line = json.dumps(told).encode()
    with TOLD.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(line + b"\n")
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(line)))])
    return [line]


application = Entrance(
    Stand(
        tell,
        busy=turned_away,
        largest=lambda path: 1024**3,
        prints=settings.PRINTS,
        media=settings.MEDIA_ROOT,
        threads=int(str(settings.OPTIONS["threads"])),
    ),
    behind_front=bool(settings.OPTIONS["socket"]),
)
