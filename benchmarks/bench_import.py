"""Import of 10,000 complaint rows against a peer that only writes the finished rows.

Ours: the rows of a read table through recognition, cleaning, the service, history chain and checksums into a new
home. Peer: the finished rows of all the same tables (history, indexes and the grams of the search index included) by
raw sqlite3 executemany into the same empty schema, one transaction, same pragmas. Reading the file counts on neither
side. Goal: <= 8 x.
"""

from __future__ import annotations

import pickle
import random
import sqlite3
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.side_by_side import Cost, in_turn, measured, print_table, ratio, report, work_of
from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.drafts import drafts
from crm_desktop.importers.headings import recognise
from crm_desktop.importers.tables import read_table
from crm_desktop.models.search import entries
from crm_desktop.services.desk import open_desk
from crm_desktop.services.office import open_office

ROWS = 10_000
GOAL = 8.0
_WORDS = ("变速箱顿挫", "发动机漏油", "空调异响", "交车延误", "刹车片磨损", "漆面有色差", "洗车刮花", "电瓶亏电")
_TABLES = ("imports", "complaints", "complaint_events", "reworks", "follow_ups", "history", "counters", "facts")


def make_file(path: Path) -> None:
    """A file like the public one: day, car, words, number, codes, status."""
    chance = random.Random(7)
    lines = ["brand,car_model,datetime,desc,id,id_,problem,status,type,type_"]
    for number in range(ROWS):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(365))
        words = "，".join(chance.sample(_WORDS, 3)) + f"第{number}次反映希望尽快处理"
        lines.append(f'上汽大众,朗逸,{day},{words},,{600_000 + number},"A{number % 30},B2,",信息审核,,2018款 1.5L 自动')
    path.write_text("\n".join(lines), encoding="utf-8-sig")


def ours(source: Path, home: Path) -> None:
    """One import into a new home; only the work after reading is measured."""
    office = open_office(home)
    kind = ImportKind.COMPLAINTS
    table = read_table(source)
    mapping = recognise(kind, table)
    rows = list(table.rows)

    def work() -> None:
        read = drafts(kind, replace(table, rows=iter(rows)), mapping, office.desk.today())
        result = office.imports.run(kind, read, source.name, office.desk.act("benchmark", "import"))
        assert (result.added, result.faults) == (ROWS, ())

    measured(work)
    office.desk.close()


def finished_rows(home: Path, target: Path) -> None:
    """What the peer will write: every row of every table the import touched."""
    connection = sqlite3.connect(home / "crm.db")
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}
    rows["search_grams (rowid, grams)"] = [(number, found.grams) for number, found in entries(connection)]
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


def main() -> None:
    """Both in turn, each run in a new process and a new home."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source, rows_file = place / "rows.csv", place / "rows.pickle"
        make_file(source)
        run("ours", source, place / "first")
        finished_rows(place / "first", rows_file)
        count = iter(range(1000))

        def ours_once() -> Cost:
            return run("ours", source, place / f"ours{next(count)}")

        def peer_once() -> Cost:
            return run("peer", rows_file, place / f"peer{next(count)}")

        costs = in_turn({"客诉管家": ours_once, "executemany": peer_once})
    print_table(costs, "executemany")
    report(f"import of {ROWS:,} complaints, CPU", ratio(costs["客诉管家"], costs["executemany"]), GOAL)


def run(who: str, source: Path, home: Path) -> Cost:
    """One measured child."""
    return work_of([sys.executable, "-m", "benchmarks.bench_import", who, str(source), str(home)])


if __name__ == "__main__":
    if len(sys.argv) == 4:
        {"ours": ours, "peer": peer}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
