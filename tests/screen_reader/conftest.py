"""A screen of its own for every story: an X server, a bus, and the system's Python that can read the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop.clock import TEST_MARK
from crm_desktop.services.office import open_office
from tests.makers import NOW

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
Story = Callable[..., str]


@pytest.fixture
def on_a_screen(system_tool: Callable[[str], str], root: Path) -> Story:
    """Runs a story of this folder with its arguments; gives what it said."""
    bus, screen = system_tool("dbus-run-session"), system_tool("xvfb-run")
    if subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode:
        pytest.skip("pyatspi is missing here, in the system's Python")

    def run(story: str, *arguments: object) -> str:
        frame = [bus, "--", screen, "-a", "-s", "-screen 0 1366x768x24", SYSTEM_PYTHON, HERE / story, sys.executable]
        env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"} | {"PYTHONPATH": str(root)}
        done = subprocess.run(
            [str(word) for word in (*frame, *arguments)],
            env=env,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def named_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that knows its dealership and nothing else; its clock stands at ``NOW``."""
    (home / TEST_MARK).touch()
    monkeypatch.setenv("CRM_NOW", NOW)
    office = open_office(home)
    office.settings.change({"dealership.name": "示范店"}, office.desk.act("前台", "首次启动"))
    office.desk.close()
    return home
