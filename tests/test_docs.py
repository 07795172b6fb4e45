"""What the papers of the project say is true: files, tests and commands they name exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from crm_desktop import cli

ROOT = Path(__file__).resolve().parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def texts() -> dict[Path, str]:
    """Every paper's text."""
    return {path: path.read_text(encoding="utf-8") for path in PAPERS}


def test_every_test_that_is_named_exists() -> None:
    wrong = []
    for paper, text in texts().items():
        for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text):
            path = ROOT / file
            if not path.is_file() or f"def {name}(" not in path.read_text(encoding="utf-8"):
                wrong.append(f"{paper.name}: {file}::{name}")
    assert wrong == []


def test_every_file_that_is_named_exists() -> None:
    named = re.compile(r"`((?:crm_desktop|tests|tools|benchmarks|docs|resources|\.ci)/[\w./-]*\w)`")
    wrong = [
        f"{paper.name}: {name}"
        for paper, text in texts().items()
        for name in named.findall(text)
        if not (ROOT / name).exists()
    ]
    assert wrong == []


def test_every_link_leads_somewhere() -> None:
    links = re.compile(r"\]\((?!https?:|#)([^)#]+)")
    wrong = [
        f"{paper.name}: {link}"
        for paper, text in texts().items()
        for link in links.findall(text)
        if not (paper.parent / link).exists()
    ]
    assert wrong == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_command_that_is_shown_is_understood(paper: Path) -> None:
    shown = re.findall(r"^ +python -m crm_desktop (.+?)(?: +#.*)?$", paper.read_text(encoding="utf-8"), re.MULTILINE)
    for words in shown:
        assert cli.parse(shlex.split(words)).run
