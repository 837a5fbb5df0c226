"""The stand against nginx serving the same bytes, and nginx over prints against nginx over a plain file.

`python -m benchmarks.stand_against_nginx`: one process each, 32 connections, loopback only, rounds in turn, medians.
"""

import shutil
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import load, publication, results

ROUNDS = 5
SITE = """
server {{
    listen 127.0.0.1:{port};
    root {root};
    access_log off;
    types {{ text/html html; }}
}}
"""


def main() -> None:
    """Print one article, open every front of it, and measure them by turns."""
    home = publication.make_home()
    from broadsheet.press import printing, store
    from broadsheet.press.store import Effort

    path = publication.make_article("a-day-at-the-harbour", paragraphs=40).path
    printing.print_page(path, Effort.AT_REST)
    file = store.root() / str(store.name_of(path))
    for encoding, ending in (("br", ".br"), ("identity", "")):
        twin = file.with_name(file.name + ending)
        results.write(f"stand_against_nginx_{encoding}", measure(home, path, twin, encoding))


def measure(home: Path, path: str, twin: Path, encoding: str) -> dict[str, float]:
    """The median rates of all fronts for one representation, and their ratios."""
    from tests import homes
    from tests.fronts import fronts
    from tests.homes import Home

    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="plain-") as plain:
        shutil.copy(twin, Path(plain) / "page.html")
        Path(plain).chmod(0o755)
        port = homes.free_port()
        stack.enter_context(fronts.nginx_of(SITE.format(port=port, root=plain), port))
        paper = Home(home, None)
        nobody = Path(plain) / "nobody.sock"
        nginx, caddy = (
            stack.enter_context(fronts.FRONTS[name](paper, nobody)) for name in ("nginx", "caddy")
        )
        stand = stack.enter_context(paper.served())
        addresses = {
            "nginx over a plain file": f"http://127.0.0.1:{port}/page.html",
            "nginx over prints": f"http://127.0.0.1:{nginx.port}{path}",
            "Caddy over prints": f"http://127.0.0.1:{caddy.port}{path}",
            "the stand": f"{stand}{path}",
        }
        taken: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(ROUNDS):
            for name, address in addresses.items():
                taken[name].append(load.rate(address, encoding))
    rates = {name: statistics.median(each) for name, each in taken.items()}
    best = rates["nginx over a plain file"]
    ratios = {f"{name}, of nginx over a plain file": round(rate / best, 3) for name, rate in rates.items()}
    return {"bytes": twin.stat().st_size} | {f"{k}, answers/s": round(v) for k, v in rates.items()} | ratios


if __name__ == "__main__":
    main()
