"""A screen reader alone brings a customer's complaint from the desk to the register on disk."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_desktop.services.office import open_office

STORY = Path(__file__).with_name("story.py")
SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture
def on_a_screen(system_tool: Callable[[str], str], root: Path) -> Callable[..., str]:
    """Runs a story on an X server and a bus of its own; gives what it said."""
    bus, screen = system_tool("dbus-run-session"), system_tool("xvfb-run")
    if subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode:
        pytest.skip("the system's Python has no pyatspi")

    def run(*arguments: object) -> str:
        frame = [bus, "--", screen, "-a", "-s", "-screen 0 1366x768x24", SYSTEM_PYTHON, STORY, sys.executable]
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


def test_a_complaint_gets_from_the_desk_to_the_register_through_names_alone(
    on_a_screen: Callable[..., str], home: Path, tmp_path: Path
) -> None:
    office = open_office(home)
    office.settings.change({"dealership.name": "示范店"}, office.desk.act("前台", "首次启动"))
    office.desk.close()
    told = on_a_screen(home, tmp_path / "register.pdf")
    paper = re.sub(r"\s", "", PdfReader(tmp_path / "register.pdf").pages[0].extract_text())
    assert "已登记" in told
    assert "变速箱二挡升三挡一顿一顿的" in paper
    assert "138****5521" in paper
