"""Where figures go: a line each for the eye, and JSON for whoever compares runs."""

import json
import platform
import random
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

RESULTS = Path(__file__).parent / "results"


def write(scenario: str, figures: dict[str, Any]) -> None:
    """Print the figures of a scenario and keep them as `results/SCENARIO.json`."""
    for name, value in figures.items():
        print(f"{scenario} · {name}: {value}")
    RESULTS.mkdir(exist_ok=True)
    kept = {"python": platform.python_version(), "machine": platform.machine(), "figures": figures}
    (RESULTS / f"{scenario}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def spread(times: Sequence[float], name: str) -> dict[str, float]:
    """The median and the 99th percentile of milliseconds that were measured; of fewer than 100, near the slowest."""
    slow = quantiles(times, n=100, method="inclusive")[98]
    return {f"{name}p50_ms": round(median(times), 1), f"{name}p99_ms": round(slow, 1)}


def yardstick() -> dict[str, float]:
    """Milliseconds for a piece of work that is always the same: just now, and at best, when nobody else worked.

    Whoever compares the figures of two machines divides them by it, and sees how busy each was.
    """
    chance = random.Random(1)
    numbers = [chance.random() for _ in range(100_000)]
    times = []
    for _ in range(60):
        started = perf_counter()
        sorted(numbers)
        times.append((perf_counter() - started) * 1000)
    return {"p50_ms": round(median(times), 1), "best_ms": round(min(times), 1)}
