"""A reader that goes away in the middle of an answer: `check | head -1`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.services.office import open_office


@pytest.mark.parametrize("asked", [["check"], ["check", "--json"], ["due"]])
def test_a_reader_that_goes_away_leaves_no_traceback(home: Path, asked: list[str]) -> None:
    open_office(home).desk.close()
    gone, write = os.pipe()
    os.close(gone)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "crm_desktop", "--home", str(home), *asked]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, env=buffered, timeout=60)
    os.close(write)
    assert done.stderr.decode() == ""
    assert done.returncode == 0
