"""Both locks: everything pinned by hash, alike where they overlap, and no word of where packages are fetched."""

import re
import tomllib

import pytest

from tests.architecture import house

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock):
    text = (house.ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash(lock):
    text = (house.ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    assert [line for line in text.splitlines() if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host(lock):
    assert "://" not in (house.ROOT / lock).read_text(encoding="utf-8")


def test_working_on_broadsheet_uses_the_versions_that_run_it():
    run, dev = map(pins, LOCKS)
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_declared_is_in_a_lock():
    pyproject = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = pyproject["dependency-groups"]
    declared = {
        "requirements.lock": [*pyproject["project"]["dependencies"], *groups["setup"]],
        "requirements-dev.lock": groups["dev"],
    }
    for lock, wanted in declared.items():
        names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in wanted}
        assert names - set(pins(lock)) == set(), f"run script/lock: {lock} is behind pyproject.toml"
