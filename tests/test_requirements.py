"""docs/requirements.md answers every row of what was asked: once, with a screen and a proof, or with a reason."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "docs" / "requirements.md"
SOURCE = ROOT.parent / "shared" / "domain" / "requirements.md"
NUMBERS = [f"A{number}" for number in range(1, 311)]
POINTER = "[status.md](status.md#requirements-a1-to-a41)"
WORDS_OF_A_REASON = 10


class Row(NamedTuple):
    """One line of a table of the paper."""

    number: str
    priority: str
    asked: str
    answer: str
    where: str
    why: str

    @property
    def proofs(self) -> list[str]:
        """What stands in backticks in the last column."""
        return re.findall(r"`([^`]+)`", self.why)

    @property
    def reason(self) -> list[str]:
        """The words of the last column that are no proof."""
        return re.sub(r"`[^`]+`", "", self.why).split()


def cells(path: Path, width: int) -> list[list[str]]:
    """The cells of every table line that begins with a number of the list and has so many of them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (
        [cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines if line.startswith("| A")
    )
    return [row for row in found if re.fullmatch(r"A\d+", row[0]) and len(row) == width]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every answer of the paper."""
    return [Row(*row) for row in cells(PAPER, 6)]


def exists(proof: str) -> bool:
    """A test that is there, a heading of a file that is there, or a file."""
    path, _, name = proof.partition("::")
    if name:
        return (ROOT / path).is_file() and f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")
    path, _, heading = proof.partition("#")
    if not (ROOT / path).is_file():
        return False
    return not heading or f"## {heading}" in (ROOT / path).read_text(encoding="utf-8").splitlines()


def test_every_number_stands_exactly_once_and_in_order(rows: list[Row]) -> None:
    assert [row.number for row in rows] == NUMBERS


def test_every_row_says_what_is_asked_and_has_one_of_three_answers(rows: list[Row]) -> None:
    assert [row.number for row in rows if not row.asked or row.answer not in ("served", "partly", "not built")] == []


def test_what_is_served_has_its_screen_and_its_proof(rows: list[Row]) -> None:
    served = [row for row in rows if row.answer != "not built" and row.why != POINTER]
    assert [row.number for row in served if not row.where or not row.proofs] == []
    assert {row.number for row in rows if row.why == POINTER} == set(NUMBERS[:41])


def test_what_is_not_or_partly_built_has_a_reason(rows: list[Row]) -> None:
    short = [row for row in rows if row.answer != "served" and len(row.reason) < WORDS_OF_A_REASON]
    assert [row.number for row in short] == []


def test_every_proof_exists(rows: list[Row]) -> None:
    assert [f"{row.number}: {proof}" for row in rows for proof in row.proofs if not exists(proof)] == []


def test_every_row_of_guidance_names_the_heading_it_is_shipped_under(rows: list[Row]) -> None:
    with (ROOT / "docs" / "playbook.csv").open(encoding="utf-8", newline="") as file:
        places = {line["row"]: line["place"].replace("#", ".md#") for line in csv.DictReader(file)}
    guidance = [row for row in rows if row.priority == "G"]
    assert [row.number for row in guidance if f"resources/playbook/{places[row.number]}" not in row.proofs] == []


def test_every_page_of_the_rules_that_is_named_is_there(rows: list[Row]) -> None:
    room = ROOT / "crm_desktop" / "gui" / "rules_room"
    shown = "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    named = [
        (row.number, title.strip())
        for row in rows
        for titles in re.findall(r"规则 → ([^;:(→]+)", row.where)
        for title in titles.split(", ")
    ]
    assert len(named) > 20
    assert [one for one in named if f'"{one[1]}"' not in shown and one[1] != "处理手册"] == []


def test_the_sums_at_the_head_are_those_of_the_rows(rows: list[Row]) -> None:
    counted = Counter((row.priority, row.answer) for row in rows)
    told = re.findall(
        r"^\| (M|S|R|G|C|–) \| (\d+) \| (\d+) \| (\d+) \|$", PAPER.read_text(encoding="utf-8"), re.MULTILINE
    )
    answers = ("served", "partly", "not built")
    assert {sign: tuple(map(int, sums)) for sign, *sums in told} == {
        sign: tuple(counted[sign, answer] for answer in answers) for sign in ("M", "S", "R", "G", "C", "–")
    }


@pytest.mark.skipif(
    not SOURCE.is_file(), reason="the list of requirements lies in the shared folder beside the project"
)
def test_the_priorities_are_those_of_the_source(rows: list[Row]) -> None:
    source = {row[0]: row[5].replace("-", "–") for row in cells(SOURCE, 6)}
    assert {row.number: row.priority for row in rows} == source
