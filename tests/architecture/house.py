"""The house as its own declarations draw it: layers from pyproject.toml, files from the tree."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "broadsheet"


@cache
def layers() -> list[list[str]]:
    """The layer list import-linter checks, from the top of the house down; siblings share a line."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "house")
    return [[app.strip() for app in line.split("|")] for line in house["layers"]]


def floor(app: str) -> int:
    """How far below the roof an app stands."""
    return next(number for number, line in enumerate(layers()) if app in line)


def may_see(app: str, other: str) -> bool:
    return app == other or floor(app) < floor(other)


def apps() -> list[str]:
    return sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def python_files() -> list[Path]:
    """Our own Python, tests among it; migrations are written by Django."""
    folders = [PACKAGE, ROOT / "tests", ROOT / "benchmarks"]
    files = [file for folder in folders for file in folder.rglob("*.py") if "migrations" not in file.parts]
    return sorted([*files, *ROOT.glob("*.py")])


def product_files() -> list[Path]:
    return [file for file in python_files() if PACKAGE in file.parents and "tests" not in file.parts]


def templates() -> list[Path]:
    return sorted(file for file in PACKAGE.rglob("templates/**/*") if file.is_file())


def pages() -> list[Path]:
    """The prose: what stands in docs/ and beside it at the root."""
    return sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(file: Path) -> str:
    return str(file.relative_to(ROOT))
