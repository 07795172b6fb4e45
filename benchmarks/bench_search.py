"""One keystroke in the search box of ten years of a big dealer group, against the LIKE scan of the same question.

    python -m benchmarks.bench_search [HOME [PART]]

HOME is filled by ``benchmarks.ten_years`` if it is not there (some minutes for the whole), a passing folder without
it. Ours: ``Search.ask``, all four groups with the rows shown, as the window does at every key. Peer: ``LIKE '%…%'``
over the columns that kind of question is about, the ids of all hits, on the same connection; a second column gives the
scan of everything the box looks through. Questions are pieces of what is in the files, every tenth of something that
is not. For some of each kind the hits are compared: the box has to find what the scan finds, none more, none less.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from benchmarks.side_by_side import report
from benchmarks.ten_years import on_ten_years
from crm_desktop.domain.search import HitKind, Question
from crm_desktop.services.office import Office
from crm_desktop.services.search_parts import PARTS, met_by, spelled

QUESTIONS, SLOW_QUESTIONS, COMPARED, REPEATED = 100, 40, 5, 3
INDEX_GOAL = 0.40
TEXT_GOAL, KEY_GOAL = 1 / 25, 1 / 5
_TEXTS = ("words", "demand", "correction", "root_cause", "solution", "long_term_measure")
_PHONE = "SELECT customer_id FROM contacts WHERE removed = 0 AND value LIKE ?"
_NAME = "SELECT id FROM customers WHERE name LIKE ?"
_PINYIN = "SELECT id FROM customers WHERE name_keys LIKE ?"
_PLATE = "SELECT id FROM vehicles WHERE plate LIKE ?"
_VIN = "SELECT id FROM vehicles WHERE vin LIKE ?"
_NUMBER = "SELECT id FROM complaints WHERE number LIKE ?1 OR source_number LIKE ?1 OR order_number LIKE ?1"
_TEXT = (
    f"SELECT id FROM complaints WHERE {' OR '.join(f'{name} LIKE ?1' for name in _TEXTS)}"
    " UNION SELECT complaint_id FROM follow_ups WHERE feedback LIKE ?1"
)
_EVERYTHING = (_PHONE, _NAME, _PINYIN, _PLATE, _VIN, _NUMBER, _TEXT)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question: how it is made, what a scan would ask, which marks of the index it is about."""

    name: str
    made: Callable[[Office, random.Random], str]
    scan: str
    marks: str
    goal: float | None
    pattern: str = "%{}%"


def _value(office: Office, chance: random.Random, table: str, column: str) -> str:
    last = office.desk.rows(f"SELECT MAX(id) FROM {table}")[0][0]
    query = f"SELECT {column} FROM {table} WHERE id >= ? AND {column} <> '' LIMIT 1"
    return str(office.desk.rows(query, (chance.randint(1, last - 1),))[0][0])


def _part(table: str, column: str, *widths: int) -> Callable[[Office, random.Random], str]:
    def made(office: Office, chance: random.Random) -> str:
        text, width = _value(office, chance, table, column), chance.choice(widths)
        start = chance.randrange(max(1, len(text) - width + 1))
        asked = text[start : start + width]
        return asked[::-1] if chance.random() < 0.1 else asked  # turned round it is hardly anywhere

    return made


def _initials(office: Office, chance: random.Random) -> str:
    return _value(office, chance, "customers", "name_keys").split()[0][: chance.choice((1, 2, 3))]


def _said(width: int) -> Callable[[Office, random.Random], str]:
    def made(office: Office, chance: random.Random) -> str:
        return _part("complaints", chance.choice((*_TEXTS, "words", "words")), width)(office, chance)

    return made


KINDS = (
    Kind("phone, 4 digits", _part("contacts", "value", 4), _PHONE, "pc", KEY_GOAL),
    Kind("phone, 1 to 11 digits", _part("contacts", "value", *range(1, 12)), _PHONE, "pc", KEY_GOAL),
    Kind("plate, 2 to 7", _part("vehicles", "plate", *range(2, 8)), _PLATE, "l", KEY_GOAL),
    Kind("VIN, 4 to 8", _part("vehicles", "vin", 4, 6, 8), _VIN, "v", KEY_GOAL),
    Kind("name, 1 character", _part("customers", "name", 1), _NAME, "n", KEY_GOAL),
    Kind("name, 2 characters", _part("customers", "name", 2), _NAME, "n", KEY_GOAL),
    Kind("pinyin initials, 1 to 3", _initials, _PINYIN, "", KEY_GOAL, "% {}%"),
    Kind("number, 4 to 10", _part("complaints", "number", 4, 6, 8, 10), _NUMBER, "tsr", None),
    Kind("text, 1 character", _said(1), _TEXT, "wf", None),
    *(Kind(f"text, {width} characters", _said(width), _TEXT, "wf", TEXT_GOAL) for width in (2, 3, 4, 6)),
)


def bench(office: Office) -> bool:
    """Every kind in turn; one line each."""
    print(f"{'p95 of one keystroke, ms':28}{'box':>8}{'its part':>10}{'LIKE':>9}{'LIKE all':>10}{'hits':>9}")
    for query in _EVERYTHING:
        office.desk.rows(query, ("%8%",))  # the file in memory for everybody
    reached = [_kind(office, kind) for kind in KINDS]
    reached.append(report("index, share of the database", _share(office), INDEX_GOAL, ""))
    return all(reached)


def _kind(office: Office, kind: Kind) -> bool:
    chance = random.Random(kind.name)
    texts = [kind.made(office, chance) for _ in range(SLOW_QUESTIONS if kind.scan == _TEXT else QUESTIONS)]
    box, part, scan, hits = [], [], [], []
    for text in texts:
        box.append(_repeated(office.search.ask, text))
        part.append(_repeated(_asked_alone, office, kind, text))
        took, rows = _timed(office.desk.rows, kind.scan, (kind.pattern.format(text.lower()),))
        scan.append(took)
        hits.append(len(rows))
    for text in texts[:COMPARED]:
        _compare(office, kind, text)
    whole = [_timed(_scan_all, office, text)[0] for text in texts[:COMPARED]]
    figures = [_p95(times) for times in (box, part, scan)]
    print(f"{kind.name:28}{figures[0]:8.2f}{figures[1]:10.2f}{figures[2]:9.1f}{median(whole):10.0f}{median(hits):9.0f}")
    if kind.goal is None:
        return True
    return report(f"{kind.name}: part / LIKE", figures[1] / figures[2], kind.goal) & report(
        f"{kind.name}: whole box / LIKE of everything", figures[0] / median(whole), kind.goal
    )


def _asked_alone(office: Office, kind: Kind, text: str) -> Any:
    """The groups this kind of question is about, with their rows."""
    kinds = {part.kind for part in PARTS if part.mark in kind.marks} or {HitKind.CUSTOMER}
    return [office.search.group(found, text) for found in kinds]


def _compare(office: Office, kind: Kind, text: str) -> None:
    """:raises SystemExit: when the index and the scan do not find the same."""
    question, marks = Question(text), kind.marks.replace("c", "")
    met = [met for part in PARTS if part.mark in marks for met in met_by(office.desk, part, question, None)]
    met += [] if kind.marks else spelled(office.desk, question, None)
    scan = kind.scan.replace(" number LIKE ?1", " REPLACE(number, '-', '') LIKE ?1")  # we look past the dash
    scanned = {found for (found,) in office.desk.rows(scan, (kind.pattern.format(text.lower().replace("-", "")),))}
    if {one.target for one in met} != scanned:
        raise SystemExit(f"{kind.name}: “{text}” finds {len(met)} by the index and {len(scanned)} by the scan")


def _scan_all(office: Office, text: str) -> int:
    return sum(len(office.desk.rows(query, (f"%{text}%",))) for query in _EVERYTHING)


def _repeated(work: Callable[..., object], *told: object) -> float:
    return median(_timed(work, *told)[0] for _ in range(REPEATED))


def _timed(work: Callable[..., Any], *told: object) -> tuple[float, Any]:
    """Milliseconds and the answer."""
    start = time.perf_counter()
    found = work(*told)
    return (time.perf_counter() - start) * 1000, found


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _share(office: Office) -> float:
    sizes = dict(office.desk.rows("SELECT name LIKE 'search_%', SUM(pgsize) FROM dbstat GROUP BY 1"))
    return float(sizes[1] / (sizes[0] + sizes[1]))


if __name__ == "__main__":
    on_ten_years(bench)
