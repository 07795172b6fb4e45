"""Opens a number: the very rows it counts, complaints, reworks, calls, measures or workshop orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds, local_day
from crm_desktop.domain import monthly_keys as keys
from crm_desktop.domain.behind import Behind, BehindRow
from crm_desktop.domain.kpis import KPIS
from crm_desktop.domain.monthly import Counted, month_of
from crm_desktop.domain.monthly_behind import Figures
from crm_desktop.domain.monthly_keys import month_text, parts_of
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.monthly_trend import COUNTED

_CHUNK = 500
_PLAIN = "件数"
_QUERIES = {
    Counted.COMPLAINTS: """
        SELECT q.id, q.number, q.number, q.received_at, q.words, q.responsible, q.state FROM complaints q
        WHERE q.id IN ({ids})
    """,
    Counted.REWORKS: """
        SELECT r.id, r.order_number, q.number, r.came_on, r.items, r.technician, r.kind || ' ' || r.result
        FROM reworks r JOIN complaints q ON q.id = r.complaint_id WHERE r.id IN ({ids})
    """,
    Counted.CALLS: """
        SELECT f.id, COALESCE(q.number, ''), COALESCE(q.number, ''), f.called_at, f.feedback, f.caller,
            f.outcome || ' ' || f.satisfaction
        FROM follow_ups f LEFT JOIN complaints q ON q.id = f.complaint_id WHERE f.id IN ({ids})
    """,
    Counted.MEASURES: """
        SELECT m.id, m.number, COALESCE((SELECT q.number FROM measure_complaints l JOIN complaints q
            ON q.id = l.complaint_id WHERE l.measure_id = m.id AND l.removed = 0 ORDER BY l.id LIMIT 1), ''),
            m.due_on, m.what, m.who, COALESCE((SELECT e.conclusion FROM evaluations e WHERE e.measure_id = m.id
            ORDER BY e.id DESC LIMIT 1), CASE WHEN m.done_on IS NULL THEN '进行中' ELSE '已完成' END)
        FROM measures m WHERE m.id IN ({ids})
    """,
    Counted.SIGNS: """
        SELECT s.id, '苗头 ' || s.id, '', s.entered_at, s.what, s.who, CASE WHEN s.settled_at IS NULL THEN '未处理'
            ELSE '已处理' END
        FROM signs s WHERE s.id IN ({ids})
    """,
    Counted.VISITS: """
        SELECT v.id, COALESCE(v.order_number, ''), '', v.came_on, v.items, v.adviser, v.kind FROM visits v
        WHERE v.id IN ({ids})
    """,
}


class MonthlyLists:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def behind(self, counted: Counted, ids: Sequence[int]) -> list[BehindRow]:
        """These rows in this order; what has been taken out since (销毁, undo) is left out."""
        found = {row.id: row for row in self._rows(counted, ids)}
        return [found[one] for one in ids if one in found]

    def of_month(self, period: str) -> list[BehindRow]:
        """The complaints a month written 2026-11 counts, as its column of the trend does; raises InvalidInput."""
        start, end = day_bounds(*month_of(period))
        ids = self._desk.rows(
            f"SELECT id FROM complaints q WHERE received_at >= ? AND received_at < ? AND {COUNTED}"
            " ORDER BY received_at, id",
            (stamp(start), stamp(end)),
        )
        return self.behind(Counted.COMPLAINTS, [one for (one,) in ids])

    def of_numbers(self, numbers: Sequence[str]) -> list[BehindRow]:
        """The complaints and measures of these numbers, in this order."""
        asked = tuple(dict.fromkeys(numbers))
        found: dict[str, BehindRow] = {}
        for start in range(0, len(asked), _CHUNK):
            some = asked[start : start + _CHUNK]
            marks = ", ".join("?" * len(some))
            for counted in (Counted.COMPLAINTS, Counted.MEASURES):
                ids = self._desk.rows(f"SELECT id FROM {counted} WHERE number IN ({marks})", some)
                found |= {row.number: row for row in self.behind(counted, [one for (one,) in ids])}
        return [found[one] for one in numbers if one in found]

    def of_days(self, days: str) -> list[BehindRow]:
        """The workshop orders that came in during days and were on file then, written 2026-09-01/2026-09-30/1204."""
        first, last, newest = days.split("/")
        ids = self._desk.rows(
            "SELECT id FROM visits WHERE came_on BETWEEN ? AND ? AND (id <= ? OR ? = 0) ORDER BY came_on, id",
            (first, last, int(newest), int(newest)),
        )
        return self.behind(Counted.VISITS, [one for (one,) in ids])

    def opened(self, link: str, figures: Figures) -> Behind:
        """Everything a number opens; ``figures``: those of the report it stands in, as it was frozen or as of now.

        :raises InvalidInput: the link of a month that is none.
        """
        links, named = parts_of(link), list[tuple[str, tuple[BehindRow, ...]]]()
        for key in links:
            lists = self._lists(key, figures)
            alone = len(links) == 1
            named += [(name if alone else _title(key, name if len(lists) > 1 else ""), rows) for name, rows in lists]
        kpi = KPIS.get(links[0].rpartition("·")[2])
        return Behind(_title(links[0]), kpi.told if kpi else "", tuple(named))

    def _lists(self, key: str, figures: Figures) -> list[tuple[str, tuple[BehindRow, ...]]]:
        """What one name opens; a share has two lists, its part first."""
        kind, _, told = key.partition(":")
        if f"{kind}:" == keys.OF_MONTH:
            return [(_PLAIN, tuple(self.of_month(told)))]
        if f"{kind}:" == keys.OF_CASES:
            return [(_PLAIN, tuple(self.of_numbers(told.split("、"))))]
        if f"{kind}:" == keys.OF_VISITS:
            return [(_PLAIN, tuple(self.of_days(told)))]
        entry = figures.get(key, {"of": Counted.COMPLAINTS, "ids": []})
        found = [(str(entry.get("part") or _PLAIN), tuple(self.behind(Counted(entry["of"]), entry["ids"])))]
        if "whole" in entry:
            counted = Counted(entry.get("whole_of", entry["of"]))
            found.append((str(entry.get("whole_label", "全部")), tuple(self.behind(counted, entry["whole"]))))
        return found

    def _rows(self, counted: Counted, ids: Sequence[int]) -> Iterator[BehindRow]:
        for start in range(0, len(ids), _CHUNK):
            some = ", ".join(str(one) for one in ids[start : start + _CHUNK])
            for row in self._desk.rows(_QUERIES[counted].format(ids=some)):
                yield _row(*row)


def _title(key: str, list_name: str = "") -> str:
    """A name as it is read: 上月：关闭率：已关闭."""
    kind, _, told = key.partition(":")
    match f"{kind}:":
        case keys.OF_MONTH:
            return f"{month_text(told)}的抱怨/投诉"
        case keys.OF_CASES:
            return "数到的单"
        case keys.OF_VISITS:
            return f"{' 至 '.join(told.split('/')[:2])} 进厂"
    return "：".join(filter(None, (*key.split("·"), list_name)))


def _row(found: int, number: str, complaint: str, at: str | None, what: str, who: str, state: str) -> BehindRow:
    return BehindRow(found, number, complaint, _day(at), what, who, state.strip())


def _day(stored: Any) -> date | None:
    """A day as it is, a moment as its local day."""
    if not stored:
        return None
    return local_day(moment(stored)) if "T" in stored else date.fromisoformat(stored)
