"""Where figures go: a line each for the eye, and JSON for whoever compares runs."""

import json
import platform
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def write(scenario: str, figures: dict[str, Any]) -> None:
    """Print the figures of a scenario and keep them as `results/SCENARIO.json`."""
    for name, value in figures.items():
        print(f"{scenario} · {name}: {value}")
    RESULTS.mkdir(exist_ok=True)
    kept = {"python": platform.python_version(), "machine": platform.machine(), "figures": figures}
    (RESULTS / f"{scenario}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
