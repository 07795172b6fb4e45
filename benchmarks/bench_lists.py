"""Lists and figures over ten years of a big dealer group: first page, last page, and what the first page counts.

    python -m benchmarks.bench_lists [HOME [PART]]

HOME as for ``bench_search``. A list asks for its ids once, from an index that holds them in the order shown, and for
the rows of a page when it is painted; so the last page costs what the first one costs, no query skips rows. The page
through the data layer has the same query on a bare sqlite3 connection as its peer, a count the same count without any
index.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from benchmarks.side_by_side import report
from benchmarks.ten_years import on_ten_years
from crm_desktop.services.cases import ALL, OPEN, VIEWS, ComplaintFilter
from crm_desktop.services.office import Office

PAGE, REPEATED = 128, 15
CONSTANT, THROUGH, COUNTED = 2.0, 4.0, 1 / 50
_OPEN = "origin = 'desk' AND state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
_DUE = "called_at IS NULL AND cancelled_at IS NULL AND planned_on <= '{today}'"


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its ids and its rows."""

    name: str
    ids: Callable[[], Sequence[int]]
    fetch: Callable[[Sequence[int]], Sequence[Any]]


class Heard:
    """Every query the services ask, as they ask it."""

    def __init__(self, office: Office) -> None:
        self._rows = office.desk.rows
        self.queries: list[tuple[str, tuple[Any, ...]]] = []
        office.desk.rows = self.rows  # type: ignore[method-assign]  # listens to this desk only

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        self.queries.append((sql, parameters))
        return self._rows(sql, parameters)

    def of(self, work: Callable[[], object]) -> list[tuple[str, tuple[Any, ...]]]:
        """What is asked while this is done."""
        self.queries.clear()
        work()
        return list(self.queries)


def lists(office: Office) -> list[Listed]:
    """Every long list of the window."""
    year, month = office.desk.today() - timedelta(days=365), office.desk.today() - timedelta(days=30)
    filters = {
        **{f"complaints {view}": ComplaintFilter(view) for view in VIEWS},
        "complaints, a year": ComplaintFilter(ALL, year, month),
    }
    found = [
        Listed(name, lambda wanted=wanted: office.cases.ids(wanted), office.cases.fetch)  # type: ignore[misc]  # a default binds the loop's value
        for name, wanted in filters.items()
    ]
    return [*found, Listed("customers", office.customers.ids, office.customers.fetch)]


def bench(office: Office) -> bool:
    """Every figure with its goal."""
    heard, reached = Heard(office), []
    print(f"{'list':28}{'rows':>9}{'ids ms':>9}{'first ms':>10}{'last ms':>9}")
    for listed in lists(office):
        ids = listed.ids()
        times = (_median(listed.ids), _median(listed.fetch, ids[:PAGE]), _median(listed.fetch, ids[-PAGE:]))
        print(f"{listed.name:28}{len(ids):9}{times[0]:9.2f}{times[1]:10.2f}{times[2]:9.2f}")
        _check_plan(office, heard.of(listed.ids), listed.name)
        if len(ids) > 10 * PAGE:
            reached.append(report(f"{listed.name}: last page / first page", times[2] / times[1], CONSTANT))
    reached += [_through(office, heard, listed) for listed in lists(office) if listed.name.endswith((ALL, "customers"))]
    return all([*reached, *_counts(office)])


def _check_plan(office: Office, asked: list[tuple[str, tuple[Any, ...]]], name: str) -> None:
    """:raises SystemExit: for a list whose ids come by skipping rows or by reading whole rows of everything."""
    for sql, parameters in asked:
        steps = [row[3] for row in office.desk.rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        whole = any(step.startswith("SCAN") and "INDEX" not in step for step in steps)
        if "OFFSET" in sql or whole:
            raise SystemExit(f"{name} reads whole rows: {steps}")


def _through(office: Office, heard: Heard, listed: Listed) -> bool:
    """A page through the data layer against its own query on a bare connection."""
    ids = listed.ids()
    page = ids[len(ids) // 2 : len(ids) // 2 + PAGE]
    [(sql, parameters)] = heard.of(lambda: listed.fetch(page))
    bare = sqlite3.connect(office.desk.path)
    ours, raw = _median(listed.fetch, page), _median(lambda: bare.execute(sql, parameters).fetchall())
    bare.close()
    return report(f"{listed.name}: one query; page / raw sqlite3", ours / raw, THROUGH)


def _counts(office: Office) -> list[bool]:
    today = office.desk.today().isoformat()
    counted: dict[str, tuple[Callable[[], object], str]] = {
        "open complaints": (lambda: office.cases.counts()[OPEN], f"complaints NOT INDEXED WHERE {_OPEN}"),
        "calls due": (office.today.due_call_count, f"follow_ups NOT INDEXED WHERE {_DUE.format(today=today)}"),
        "in the workshop": (
            lambda: office.desk.rows("SELECT COUNT(*) FROM reworks r WHERE r.finished_on IS NULL"),
            "reworks NOT INDEXED WHERE finished_on IS NULL",
        ),
    }
    reached = []
    for name, (ours, scanned) in counted.items():
        times = _median(ours), _median(office.desk.rows, f"SELECT COUNT(*) FROM {scanned}")
        reached.append(report(f"count of {name} ({times[0]:.2f} : {times[1]:.1f} ms)", times[0] / times[1], COUNTED))
    return reached


def _median(work: Callable[..., object], *told: object) -> float:
    """Milliseconds, the middle of some rounds."""
    times = []
    for _ in range(REPEATED):
        start = time.perf_counter()
        work(*told)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


if __name__ == "__main__":
    on_ten_years(bench)
