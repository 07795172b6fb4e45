"""What every test may count on: Qt without a screen, a data folder of its own, and the shared sample data.

Nothing here opens a window: a test that wants one asks pytest-qt for it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt. A test that works the real window starts its own child under Xvfb.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The data folder and the PIN of whoever runs the tests are nobody's business here.
for _name in ("CRM_HOME", "CRM_PIN", "CRM_NOW"):
    os.environ.pop(_name, None)

# No example has a time limit (the machine may be busy), and CI asks the same questions every time: whether a change
# lands is no matter of luck. At a developer's desk they are new ones each time.
FORBIDDEN_TO_SKIP = os.environ.get("CRM_ALL_TESTS", "")
settings.register_profile("ours", deadline=None, derandomize=bool(FORBIDDEN_TO_SKIP))
settings.load_profile("ours")

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that CI forbids to skip has failed.

    With CRM_ALL_TESTS=1 that is every test. With CRM_ALL_TESTS=tools it is each one that lacks a program: for a machine
    that has them all, and has neither the data beside the checkout nor the rights of root.
    """
    report = yield
    forbidden = FORBIDDEN_TO_SKIP == "1" or (FORBIDDEN_TO_SKIP == "tools" and "is missing here" in str(report.longrepr))
    if report.skipped and not hasattr(report, "wasxfail") and forbidden:
        report.outcome = "failed"
        report.longrepr = f"CRM_ALL_TESTS forbids to skip: {report.longrepr}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a walk come first; the order of the others stays."""
    walks = {item.path for item in items if item.get_closest_marker("walk")}
    items.sort(key=lambda item: item.path not in walks)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the 600 real complaints; it lies beside the checkout and is no part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder ../shared/data does not lie beside this checkout")
    return SHARED_DATA


@pytest.fixture
def system_tool() -> Callable[[str], str]:
    """Asks for a program of the system (pdftotext, soffice, Xvfb …) and gives its path."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is missing here")
        return str(path)

    return find


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty data folder for this test alone."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
