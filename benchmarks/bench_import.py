"""Imports against a peer that only writes the finished rows: 10,000 complaints, 100,000 customers with vehicles.

Ours: the rows of a read table through recognition, cleaning, the service, history chain and checksums into a new
home. Peer: the finished rows of all the same tables (history, indexes, the grams and pinyin keys of the search index
included) by raw sqlite3 executemany into the same empty schema, one transaction, same pragmas. Reading the file counts
on neither side. Goal: <= 8 x, and for 100,000 customers at most twice the memory of 25,000.

    python3 dev.py bench import [complaints | customers | memory]
"""

from __future__ import annotations

import pickle
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.side_by_side import Cost, in_turn, measured, print_table, ratio, report, work_of
from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.drafts import Drafts
from crm_desktop.importers.headings import recognise
from crm_desktop.importers.tables import read_table
from crm_desktop.models.search import entries
from crm_desktop.services.desk import open_desk
from crm_desktop.services.office import open_office

GOAL = 8.0
CUSTOMERS = 100_000
_FEW = CUSTOMERS // 4
_MEMORY_GOAL = 2.0
_FORGET_PEAK = Path("/proc/self/clear_refs")
"""Linux: writing 5 there lets the high-water mark of memory begin anew."""
_WORDS = ("变速箱顿挫", "发动机漏油", "空调异响", "交车延误", "刹车片磨损", "漆面有色差", "洗车刮花", "电瓶亏电")
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "明华建国秀英伟芳娜敏静丽强磊军洋勇艳杰涛超霞平刚桂"
_MODELS = ("朗逸 1.5L", "途观L 2.0T", "帕萨特 380TSI", "Polo Plus", "ID.4 X", "途昂 2.5T")
_ROUNDS = {"complaints": 5, "customers": 3}


def complaint_lines(_count: int) -> list[str]:
    """A file like the public one: day, car, words, number, codes, status."""
    chance = random.Random(7)
    lines = ["brand,car_model,datetime,desc,id,id_,problem,status,type,type_"]
    for number in range(10_000):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(365))
        words = "，".join(chance.sample(_WORDS, 3)) + f"第{number}次反映希望尽快处理"
        lines.append(f'上汽大众,朗逸,{day},{words},,{600_000 + number},"A{number % 30},B2,",信息审核,,2018款 1.5L 自动')
    return lines


def customer_lines(count: int) -> list[str]:
    """An owner list: every fourth customer has a second car, in the row below or far away."""
    chance = random.Random(11)
    lines = ["车主编号,车主,手机,固定电话,地址,车牌号,VIN,品牌,车型,购车日期,行驶里程,商业险到期日期"]
    far: list[str] = []
    for number in range(count):
        name = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))
        who = f"CZ{number:06},{name},139{number:08},,嘉定区安亭镇某路{number % 900}号"
        lines.append(f"{who},{_car(number, chance)}")
        if number % 4 == 0:
            (lines if number % 8 else far).append(f"{who},{_car(count + number, chance)}")
    return lines + far


def _car(number: int, chance: random.Random) -> str:
    bought = date(2012, 1, 1) + timedelta(days=chance.randrange(4500))
    plate = f"沪{'ABCDEFGH'[number % 8]}{number % 100_000:05}" if number < 800_000 else ""
    return f"{plate},LSVA{number:013},上汽大众,{chance.choice(_MODELS)},{bought},{chance.randrange(150_000)},2027-01-02"


@dataclass(frozen=True)
class Case:
    """One kind of file: its lines, and the tables an import of it fills, what is named before what names it."""

    kind: ImportKind
    lines: Callable[[int], list[str]]
    tables: tuple[str, ...]


CASES = {
    "complaints": Case(
        ImportKind.COMPLAINTS, complaint_lines, ("complaints", "complaint_events", "reworks", "follow_ups")
    ),
    "customers": Case(ImportKind.CUSTOMERS, customer_lines, ("customers", "contacts", "vehicles")),
}


def ours(case: Case, source: Path, home: Path) -> None:
    """One import into a new home; only the work after reading is measured."""
    office = open_office(home)
    table = read_table(source)
    mapping = recognise(case.kind, table)
    rows = list(table.rows)

    def work() -> None:
        read = Drafts(case.kind, replace(table, rows=iter(rows)), mapping, office.desk.today())
        result = office.imports.run(case.kind, read, source.name, office.desk.act("benchmark", "import"))
        assert (result.read, result.faults) == (len(rows), ())

    if _FORGET_PEAK.exists():
        _FORGET_PEAK.write_text("5")  # what reading the file took and gave back is not the import's
    measured(work)
    office.desk.close()


def finished_rows(case: Case, home: Path, target: Path) -> None:
    """What the peer will write: every row of every table the import touched, ready for executemany."""
    connection = sqlite3.connect(home / "crm.db")
    tables = ("imports", *case.tables, "history", "counters", "facts")
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    found = list(entries(connection))
    rows["search_grams (rowid, grams)"] = [(number, entry.grams) for number, entry in found if entry.grams]
    rows["search_pinyin"] = connection.execute("SELECT * FROM search_pinyin").fetchall()
    target.write_bytes(pickle.dumps(rows))


def peer(rows_file: Path, home: Path) -> None:
    """The finished rows by executemany."""
    open_desk(home).close()
    rows = pickle.loads(rows_file.read_bytes())  # noqa: S301 - written by ourselves a moment ago
    connection = sqlite3.connect(home / "crm.db", isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, listed in rows.items():
            if listed:
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)
        connection.execute("COMMIT")

    measured(work)


def side_by_side(name: str) -> None:
    """Both in turn, each run in a new process and a new home."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source, rows_file = _file(name, CUSTOMERS, place), place / "rows.pickle"
        run("ours", name, source, place / "first")
        finished_rows(CASES[name], place / "first", rows_file)
        count = iter(range(1000))

        def ours_once() -> Cost:
            return run("ours", name, source, place / f"ours{next(count)}")

        def peer_once() -> Cost:
            return run("peer", name, rows_file, place / f"peer{next(count)}")

        costs = in_turn({"客诉管家": ours_once, "executemany": peer_once}, _ROUNDS[name])
    print_table(costs, "executemany")
    report(f"import of {name}, CPU", ratio(costs["客诉管家"], costs["executemany"]), GOAL)


def memory() -> None:
    """The same import of a quarter of the customers, and of all."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        few = run("ours", "customers", _file("customers", _FEW, place), place / "few")
        many = run("ours", "customers", _file("customers", CUSTOMERS, place), place / "many")
    print(f"peak above the start: {few.peak_mb:.1f} MB for {_FEW:,} customers, {many.peak_mb:.1f} MB for {CUSTOMERS:,}")
    report("memory, all to a quarter of the customers", many.peak_mb / few.peak_mb, _MEMORY_GOAL)


def _file(name: str, count: int, place: Path) -> Path:
    source = place / f"{name}-{count}.csv"
    source.write_text("\n".join(CASES[name].lines(count)), encoding="utf-8-sig")
    return source


def run(who: str, name: str, source: Path, home: Path) -> Cost:
    """One measured child."""
    return work_of([sys.executable, "-m", "benchmarks.bench_import", who, name, str(source), str(home)])


def main(wanted: list[str]) -> None:
    """All comparisons, or those named."""
    for name in wanted or [*CASES, "memory"]:
        memory() if name == "memory" else side_by_side(name)


if __name__ == "__main__":
    if len(sys.argv) == 5:
        _, who, name, source, home = sys.argv
        ours(CASES[name], Path(source), Path(home)) if who == "ours" else peer(Path(source), Path(home))
    else:
        main(sys.argv[1:])
