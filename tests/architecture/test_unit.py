"""The systemd unit that a publisher is told to install is one, and agrees with the server that it runs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from broadsheet.wiring import serving
from tests.architecture import house

UNIT = house.ROOT / "deploy" / "broadsheet.service"


def setting(name):
    [value] = re.findall(rf"^{name}=(.*)$", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return value


def test_systemd_finds_nothing_to_say_about_the_unit(tmp_path):
    """Where systemd is at hand: it calls a setting that it does not know a warning, and ignores it."""
    program = shutil.which("systemd-analyze")
    if program is None:
        return
    installed = UNIT.read_text(encoding="utf-8")
    command = setting("ExecStart").split()[0]
    shown = installed.replace(command, str(Path(sys.executable).with_name("broadsheet")))
    unit = tmp_path / UNIT.name
    unit.write_text(shown, encoding="utf-8")
    said = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


def test_the_unit_lets_as_many_tabs_in_as_the_server_does():
    assert int(setting("LimitNOFILE")) >= serving.MOST_CONNECTIONS + serving.OTHER_FILES


def test_the_unit_waits_longer_than_the_server_takes_to_stop_and_leaves_the_worker_to_it():
    assert int(setting("TimeoutStopSec")) > serving.STOP_PATIENCE + serving.WORKER_PATIENCE
    assert setting("KillMode") == "mixed"


def test_the_unit_writes_to_the_home_alone():
    assert setting("ReadWritePaths") == setting("Environment").removeprefix("BROADSHEET_HOME=")
    assert setting("ProtectSystem") == "strict"
