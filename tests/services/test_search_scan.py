"""The search box against a plain scan of every row: hundreds of questions over made-up files, the same hits."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.ten_years import make_ten_years
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.pinyin import initials, spelled
from crm_desktop.domain.search import HitKind
from crm_desktop.services.office import Office, open_office
from tests.makers import TODAY, act

_PART = 0.002
_TEXTS = ("words", "demand", "correction", "root_cause", "solution", "long_term_measure")
_LATIN = re.compile(r"[a-z]+")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Two hundred customers, their cars, six hundred complaints with calls and reworks."""
    home = tmp_path_factory.mktemp("files")
    make_ten_years(home, _PART)
    office = open_office(home)
    yield office
    office.desk.close()


@pytest.fixture(scope="module")
def scan(files: Office) -> Scan:
    """Everything that can be found, read once."""
    return Scan(files)


class Scan:
    """Answers by looking at every row with ``in`` and nothing else."""

    def __init__(self, office: Office) -> None:
        rows = office.desk.rows
        self.names = rows("SELECT id, name FROM customers")
        self.phones = rows("SELECT customer_id, value FROM contacts WHERE removed = 0")
        self.cars = rows("SELECT id, plate, vin FROM vehicles")
        self.numbers = rows("SELECT id, number, COALESCE(source_number, ''), order_number FROM complaints")
        self.texts = rows(f"SELECT id, {', '.join(_TEXTS)} FROM complaints")
        self.calls = rows("SELECT complaint_id, feedback FROM follow_ups")
        self.reworks = rows("SELECT id, order_number, items, result FROM reworks")

    def hits(self, kind: HitKind, text: str) -> set[int]:
        """The ids of everything of this kind that meets the text."""
        words, code = text.lower().split(), re.sub(r"[\s\-.·]", "", text).upper()
        answers: dict[HitKind, Callable[[], Iterator[int]]] = {
            HitKind.CUSTOMER: lambda: self._customers(words, code),
            HitKind.VEHICLE: lambda: (i for i, *keys in self.cars if _coded(keys, code)),
            HitKind.COMPLAINT: lambda: self._complaints(words, code),
            HitKind.REWORK: lambda: (i for i, o, *t in self.reworks if _coded([o], code) or _said(t, words)),
        }
        return set(answers[kind]())

    def _customers(self, words: list[str], code: str) -> Iterator[int]:
        letters = "".join(words)
        for found, name in self.names:
            keys = (*initials(name).split(), *spelled(name)) if _LATIN.fullmatch(letters) else ()
            if _said([name], words) or any(key.startswith(letters) for key in keys):
                yield found
        yield from (found for found, phone in self.phones if _coded([phone], code))

    def _complaints(self, words: list[str], code: str) -> Iterator[int]:
        yield from (found for found, *numbers in self.numbers if _coded(numbers, code))
        yield from (found for found, *texts in self.texts if _said(texts, words))
        yield from (found for found, told in self.calls if _said([told], words))


def _coded(keys: list[str], code: str) -> bool:
    return bool(code) and any(code in key.replace("-", "") for key in keys)


def _said(texts: list[str], words: list[str]) -> bool:
    return all(any(word in text.lower() for text in texts) for word in words)


def part_of(chance: random.Random, text: str, width: int) -> str:
    """A piece of a text."""
    start = chance.randrange(max(1, len(text) - width + 1))
    return text[start : start + width]


def cell(chance: random.Random, rows: list[tuple[Any, ...]], column: int) -> str:
    """One value out of a column, never an empty one."""
    return str(chance.choice([row for row in rows if row[column]])[column])


ASKED: dict[str, Callable[[Scan, random.Random], str]] = {
    "name, one character": lambda s, c: part_of(c, cell(c, s.names, 1), 1),
    "name, two characters": lambda s, c: part_of(c, cell(c, s.names, 1), 2),
    "name, whole": lambda s, c: cell(c, s.names, 1),
    "initials": lambda s, c: initials(cell(c, s.names, 1)).split()[0][: c.choice((1, 2, 3))],
    "pinyin": lambda s, c: spelled(cell(c, s.names, 1))[-1][: c.randrange(1, 12)],
    "phone": lambda s, c: part_of(c, cell(c, s.phones, 1), c.randrange(1, 12)),
    "plate": lambda s, c: part_of(c, cell(c, s.cars, 1), c.randrange(1, 8)).lower(),
    "VIN": lambda s, c: part_of(c, cell(c, s.cars, 2), c.randrange(1, 18)),
    "number": lambda s, c: part_of(c, cell(c, s.numbers, c.choice((1, 2, 3))), c.randrange(1, 14)),
    "rework's number": lambda s, c: part_of(c, cell(c, s.reworks, 1), c.randrange(2, 12)),
    "text, one character": lambda s, c: part_of(c, cell(c, s.texts, c.randrange(1, 7)), 1),
    "text, two characters": lambda s, c: part_of(c, cell(c, s.texts, c.randrange(1, 7)), 2),
    "text, three to eight": lambda s, c: part_of(c, cell(c, s.texts, c.randrange(1, 7)), c.randrange(3, 9)),
    "two words": lambda s, c: f"{part_of(c, cell(c, s.texts, 1), 2)} {part_of(c, cell(c, s.texts, 5), 3)}",
    "call": lambda s, c: part_of(c, cell(c, s.calls, 1), c.randrange(1, 6)),
    "never together": lambda s, c: cell(c, s.texts, 1)[:2][::-1] + cell(c, s.texts, 2)[:1],
    "signs": lambda s, c: c.choice(("%", "_", "，", "。", "*", '"', "'", "(", "AND", "w变", "-", "NOT a")),
}


def question(scan: Scan, asked: str, nth: int) -> str:
    """The nth question of a kind, the same in every run."""
    return ASKED[asked](scan, random.Random(f"{asked} {nth}"))  # noqa: S311 - questions, not secrets


@pytest.mark.parametrize("nth", range(24))
@pytest.mark.parametrize("asked", ASKED)
def test_the_box_finds_what_a_scan_finds_none_more_none_less(files: Office, scan: Scan, asked: str, nth: int) -> None:
    text = question(scan, asked, nth)
    found = {kind: files.search.meeting(kind, text) for kind in HitKind}
    assert found == {kind: scan.hits(kind, text) if text.strip() else set() for kind in HitKind}, text


@pytest.mark.parametrize("nth", range(8))
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_shown_is_found_and_more_is_told(files: Office, scan: Scan, asked: str, nth: int) -> None:
    text = question(scan, asked, 100 + nth)
    for group in files.search.ask(text, 5):
        everything = scan.hits(group.kind, text)
        assert {hit.id for hit in group.hits} <= everything
        assert (len(group.hits), group.more) == (min(5, len(everything)), len(everything) > 5)


def test_an_open_case_comes_before_the_closed_ones_of_the_same_words(files: Office) -> None:
    [complaints] = [group for group in files.search.ask("也可以作证", 8) if group.kind == HitKind.COMPLAINT]
    states = [hit.open_cases for hit in complaints.hits]
    assert states == sorted(states, reverse=True)
    assert states[0] == 1


def test_a_call_made_now_is_found_by_its_words(files: Office) -> None:
    number = files.desk.rows("SELECT number FROM complaints WHERE state = '登记' LIMIT 1")[0][0]
    plan = files.follow_ups.plan(number, PlanDraft(TODAY), act())
    files.follow_ups.record(plan, 1, CallDraft("成功", "满意", feedback="座椅套饕餮纹很好看"), act())
    assert [(hit.number, hit.why) for hit in files.search.find("饕餮")] == [(number, "回访反馈含“饕餮”")]
