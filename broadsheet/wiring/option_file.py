"""Write the first `broadsheet.toml`: every option with its sentence and its default, ready to be changed."""

import json
from pathlib import Path

from broadsheet.kit import files
from broadsheet.wiring.options import OPTIONS, Option

_HEAD = """\
# The settings of this publication. Take away a "#" to change one, then start Broadsheet anew.
# Each is also an environment variable: url is BROADSHEET_URL. The environment wins.
"""


def write(path: Path, url: str) -> None:
    """Write the file with `url` set and everything else commented out. A file that is there stays."""
    if path.exists():
        return
    parts = [_HEAD, *(_part(option, url) for option in OPTIONS)]
    files.replace(path, "\n".join(parts).encode())


def _part(option: Option, url: str) -> str:
    if option.name == "url":
        return f"# {option.sentence}\nurl = {json.dumps(url)}\n"
    # JSON's strings, numbers, booleans and lists are TOML's too.
    return f"# {option.sentence}\n# {option.name} = {json.dumps(option.default)}\n"
