"""Every picture in README and manual is one the script takes of the program; none lies there that nobody shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parent.parent / "tools"
PAPERS = {"register-pdf", "month-paper", "complaint-form", "register-workbook"}
"""Taken of the papers the program prints (tools/shots.py)."""
SKETCHES = {"smart-screen"}
"""Drawn: the page of Windows before our installer runs is on no machine we have."""


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is kept and what can be taken."""
    monkeypatch.syspath_prepend(str(TOOLS))
    import scenes  # noqa: PLC0415 - the tools are on the path in this test alone
    from scenes import kept  # noqa: PLC0415 - with it

    return kept, {*scenes.SCENES, *scenes.FIRST_SCENES, *PAPERS, *SKETCHES}


def test_every_picture_shown_is_taken_by_the_script_and_there(tools: Any) -> None:
    kept, taken = tools
    for folder, names in kept.shown().items():
        assert names
        assert {name.removesuffix(kept.DARK) for name in names} <= taken
        assert sorted(names) == sorted(file.stem for file in folder.iterdir())


def test_the_script_names_the_papers_it_takes() -> None:
    text = (TOOLS / "shots.py").read_text(encoding="utf-8")
    assert all(f'yield "{name}"' in text for name in PAPERS | SKETCHES)
