"""Ten years of a big dealer group in the real schema: 100,000 customers, 130,000 cars, 300,000 complaints.

    python -m benchmarks.ten_years HOME [PART]

PART 0.01 makes a hundredth of it. With the complaints come 600,000 calls, 1,200,000 events, 300,000 filings and 30,000
reworks. Every row goes through the ledger, as an import writes it: checksums, history chain and search index are those
of real work, and ``check`` passes. The last four hundred complaints are open, calls are due. Nobody here exists.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.ten_years_words import (
    CALLS,
    CAUSES,
    DEMANDS,
    FAMILIES,
    GIVEN,
    MAKERS,
    MEASURES,
    MODELS,
    PLACES,
    REPAIRS,
    plain,
    surname_weights,
)  # fmt: skip
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import Channel, Event, Severity, State
from crm_desktop.domain.pinyin import initials
from crm_desktop.domain.procedure import state_of
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.database import FILE_NAME
from crm_desktop.models.desk import Counter
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.records import Filing
from crm_desktop.services.office import Office, open_office

CUSTOMERS, VEHICLES, COMPLAINTS, OPEN = 100_000, 130_000, 300_000, 400
_DAYS = 3650
_BLOCK = 10_000
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_FRESH = 2_000  # closed and not filed yet
_SOLVED = (Event.REGISTERED, Event.RESOLVED, Event.CLOSED)


@dataclass(frozen=True, slots=True)
class Group:
    """What is made: how many, out of which chance, for whom."""

    office: Office
    act: Act
    chance: random.Random
    customers: int
    vehicles: int
    complaints: int
    open: int
    taken: Tally[str] = field(default_factory=Tally)


def make_ten_years(home: Path, part: float = 1.0) -> None:
    """Fills an empty folder; a minute for every fifth of the whole."""
    office = open_office(home)
    act = office.desk.act("前台", "benchmark")
    office.settings.change({"dealership.name": "示范汽车集团"}, act)
    sizes = (max(1, round(size * part)) for size in (CUSTOMERS, VEHICLES, COMPLAINTS, OPEN))
    group = Group(office, act, random.Random(23), *sizes)
    for first in range(0, group.customers, _BLOCK):
        with office.desk.writing(act) as ledger:
            _add_customers(ledger, group, first, min(_BLOCK, group.customers - first))
    for first in range(0, group.vehicles, _BLOCK):
        with office.desk.writing(act) as ledger:
            ledger.add_many(Vehicle, [_car(group, n) for n in _block(first, group.vehicles)])
    for first in range(0, group.complaints, _BLOCK):
        with office.desk.writing(act) as ledger:
            _add_complaints(ledger, group, _block(first, group.complaints))
    Counter.insert_many([{"series": day, "last": last} for day, last in group.taken.items()]).execute()
    office.desk.close()


def _block(first: int, end: int) -> range:
    return range(first, min(first + _BLOCK, end))


def _add_customers(ledger: Ledger, group: Group, first: int, many: int) -> None:
    chance = group.chance
    weights = surname_weights()
    families = chance.choices(FAMILIES, weights, k=many)
    names = [family + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2)))) for family in families]
    for place in range(0, many, 25):
        names[place] = f"{chance.choice(PLACES)}{names[place][:2]}汽车服务有限公司"
    rows = [
        {"name": name, "name_keys": initials(name), "kind": "单位" if "公司" in name else "个人", **_stamp(ledger)}
        for name in names
    ]
    ids = ledger.add_many(Customer, rows, names)
    ledger.add_many(Contact, [{"customer": owner, "kind": "手机", "value": _phone(chance)} for owner in ids])
    desks = [{"customer": owner, "kind": "座机", "value": _landline(chance), "position": 1} for owner in ids[::10]]
    ledger.add_many(Contact, desks)


def _stamp(ledger: Ledger) -> dict[str, Any]:
    return {"entered_at": ledger.act.at}


def _phone(chance: random.Random) -> str:
    return f"1{chance.choice('3335578899')}{chance.randrange(10**9):09}"


def _landline(chance: random.Random) -> str:
    return f"0{chance.choice(('21', '25', '512', '571'))}{chance.choice('5678')}{chance.randrange(10**7):07}"


def _car(group: Group, number: int) -> dict[str, Any]:
    chance = group.chance
    place = number % len(MODELS)
    brand, series, model = MODELS[place]
    head = MAKERS[place % len(MAKERS)] + "".join(chance.choices(_LETTERS, k=2)) + f"4{chance.randrange(1000):03}"
    plate = f"{chance.choice('沪苏浙皖')}{chance.choice('ABCDE')}{chance.choice(_LETTERS)}{chance.randrange(10_000):04}"
    return {
        "customer": number % group.customers + 1,
        "plate": plate,
        "vin": f"{head}{chance.choice('HJKLMNPR')}{chance.choice('23')}{chance.randrange(10**6):06}",
        "brand": brand,
        "series": series,
        "model": model,
        "entered_at": group.act.at,
    }


def _add_complaints(ledger: Ledger, group: Group, numbers: Sequence[int]) -> None:
    rows = [_complaint(group, number) for number in numbers]
    ids = ledger.add_many(Complaint, rows, [row["number"] for row in rows])
    made = list(zip(ids, rows, numbers, strict=True))
    events = [event for found, row, number in made for event in _events(group, found, row, number)]
    ledger.add_many(ComplaintEvent, events, [event["kind"] for event in events])
    filed = [_filing(found, row, number) for found, row, number in made if row["state"] == State.FILED]
    ledger.add_many(Filing, filed, [filing["number"] for filing in filed])
    ledger.add_many(Rework, [_rework(group, found, row) for found, row, number in made if number % 10 == 0])
    ledger.add_many(FollowUp, [call for found, row, number in made for call in _calls(group, found, row, number)])


def _complaint(group: Group, number: int) -> dict[str, Any]:
    chance = group.chance
    received = _received(group, number)
    day = f"TS{received:%Y%m%d}"
    group.taken[day] += 1
    car = chance.randrange(group.vehicles)
    repair = chance.choice(REPAIRS)
    return {
        "number": f"{day}-{group.taken[day]:03}",
        "source_number": f"4S{received:%y%m}{number:06}" if number % 3 == 0 else None,
        "state": state_of(_kinds(group, number)),
        "customer": car % group.customers + 1,
        "vehicle": car + 1,
        "order_number": f"WT{received:%y%m%d}{chance.randrange(10_000):04}",
        "channel": chance.choice(tuple(Channel)),
        "severity": Severity.MAJOR if number % 20 == 0 else Severity.ORDINARY,
        "words": plain(chance),
        "demand": chance.choice(DEMANDS),
        "correction": repair,
        "solution": repair,
        "root_cause": chance.choice(CAUSES),
        "long_term_measure": chance.choice(MEASURES),
        "received_at": received,
        "entered_at": received,
    }


def _received(group: Group, number: int) -> datetime:
    """In the order of the numbers, the same number every day, the last one today."""
    back = _DAYS * (group.complaints - 1 - number) // group.complaints
    return group.act.at - timedelta(days=back)


def _kinds(group: Group, number: int) -> tuple[Event, ...]:
    left = group.complaints - number
    if left <= group.open:
        return _SOLVED[:1]
    return _SOLVED if left <= group.open + _FRESH else (*_SOLVED, Event.FILED)


def _events(group: Group, found: int, row: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    for day, kind in enumerate(_kinds(group, number)):
        at = row["received_at"] + timedelta(days=day)
        yield {"complaint": found, "kind": kind, "at": at, "entered_at": at, "who": "前台"}


def _filing(found: int, row: dict[str, Any], number: int) -> dict[str, Any]:
    day = row["received_at"].date() + timedelta(days=3)
    return {
        "complaint": found,
        "number": f"GD{day.year}-{number:06}",
        "place": f"{day.year} 年第 {number // 500} 柜",
        "filed_by": "前台",
        "filed_on": day,
        "expires_on": day.replace(year=day.year + 2, day=min(day.day, 28)),
        "entered_at": row["received_at"],
    }


def _rework(group: Group, found: int, row: dict[str, Any]) -> dict[str, Any]:
    done = row["received_at"].date()
    return {
        "complaint": found,
        "kind": "外返",
        "order_number": row["order_number"].replace("WT", "FX"),
        "came_on": done,
        "finished_on": None if row["state"] == "登记" else done,
        "items": row["correction"],
        "entered_at": row["received_at"],
    }


def _calls(group: Group, found: int, row: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    whose = {"complaint": found, "customer": row["customer"], "vehicle": row["vehicle"]}
    for after in (3, 10):
        at = row["received_at"] + timedelta(days=after)
        call = {**whose, "planned_on": at.date(), "reason": "抱怨回访", "entered_at": row["received_at"]}
        if row["state"] != "登记":
            told = group.chance.choice(CALLS)
            call |= {"called_at": at, "outcome": "成功", "satisfaction": "满意", "feedback": told, "caller": "回访员"}
        yield call


def on_ten_years(bench: Callable[[Office], bool]) -> None:
    """Runs a benchmark in the home named on the command line, made if it is not there, else in one that goes again.

    :raises SystemExit: with what the benchmark's goals came to.
    """
    part = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        if not (home / FILE_NAME).exists():
            make_ten_years(home, part)
        office = open_office(home)
        reached = bench(office)
        office.desk.close()
    raise SystemExit(0 if reached else 1)


if __name__ == "__main__":
    make_ten_years(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
