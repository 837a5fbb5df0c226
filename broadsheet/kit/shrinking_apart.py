"""Have `shrinking` make a picture's sizes in a process of its own, and say plainly what went wrong there."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from broadsheet.kit.shrinking import USUAL, Limits

PATIENCE = 120
"""Seconds after which the child is ended, whatever it is doing."""


class BadPicture(Exception):
    """It cannot be read, or reading it would take too much."""


def shrink_apart(
    picture: bytes,
    folder: Path,
    widths: tuple[int, ...],
    limits: Limits = USUAL,
    patience: float = PATIENCE,
) -> list[int]:
    """Have a limited child process write `WIDTH.webp` into `folder`; the widths it made."""
    told = [str(folder), json.dumps(asdict(limits)), *map(str, widths)]
    command = [sys.executable, "-m", "broadsheet.kit.shrinking", *told]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=picture, capture_output=True, timeout=patience, check=True, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise BadPicture(f"it took more than {patience:g} seconds") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise BadPicture(said[-1] if said else f"its reader was ended ({error.returncode})") from error
    made: list[int] = json.loads(done.stdout)
    return made
