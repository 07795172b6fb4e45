"""The month's report out of ten years of data: CPU of the whole, and how much of it SQLite takes for the bare queries.

    python -m benchmarks.bench_report HOME [YYYY-MM]

HOME is one that ``benchmarks/ten_years.py`` has filled (it is brought to today's schema). Without a month it takes the
month before the last complaint. The share of SQL is what the same queries cost alone, replayed on the bare database.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.monthly import month_before
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.models.database import FILE_NAME
from crm_desktop.models.moments import moment
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.services.office import Office, open_office

RUNS = 3


def main() -> None:
    home = Path(sys.argv[1])
    office = open_office(home)
    period = sys.argv[2] if len(sys.argv) > 2 else _last_whole_month(office)
    asked = _asked(office, period)
    blocks = report_blocks(office.monthly.of(period))
    figures = _cpu(lambda: report_blocks(office.monthly.of(period)))
    sql = _cpu(lambda: _replayed(home, asked))
    count = office.desk.rows("SELECT COUNT(*) FROM complaints")[0][0]
    print(f"{period}, {count:,} complaints in all, {len(blocks)} blocks, {len(asked)} queries")
    print(f"figures, sentences, charts  {figures:6.2f} s of CPU")
    print(f"the same queries alone      {sql:6.2f} s of CPU  ({100 * sql / figures:.0f} %)")
    for suffix in (".pdf", ".xlsx"):
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / f"月报{suffix}"
            whole = _cpu(lambda target=target: MonthlyPaper(office.desk).write(period, target), runs=1)
            print(f"with {suffix:5s} written          {whole:6.2f} s of CPU  (budget 5)")
    office.desk.close()


def _asked(office: Office, period: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Every query of one report with its parameters."""
    told: list[tuple[str, tuple[Any, ...]]] = []
    plain = office.desk.rows

    def listening(sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        told.append((sql, parameters))
        return plain(sql, parameters)

    office.desk.rows = listening  # type: ignore[method-assign]  # listened to for one report
    try:
        office.monthly.of(period)
    finally:
        office.desk.rows = plain  # type: ignore[method-assign]  # as it was
    return told


def _replayed(home: Path, asked: list[tuple[str, tuple[Any, ...]]]) -> None:
    bare = sqlite3.connect(f"file:{home / FILE_NAME}?mode=ro", uri=True)
    for sql, parameters in asked:
        bare.execute(sql, parameters).fetchall()
    bare.close()


def _last_whole_month(office: Office) -> str:
    last = office.desk.rows("SELECT MAX(received_at) FROM complaints")[0][0]
    return f"{month_before(local_day(moment(last)).replace(day=1)):%Y-%m}"


def _cpu(work: Callable[[], object], runs: int = RUNS) -> float:
    """The best of some runs, in seconds of this process."""
    best = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


if __name__ == "__main__":
    main()
