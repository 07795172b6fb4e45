"""What is filed and for how long: the lock every verb asks, and reading filings and their 更正说明 back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.archive import Correction, Filing, Retention, expires_on
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.records import Filing as FilingRecord
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules

_QUERY = """
    SELECT f.complaint_id, q.number, f.number, f.place, f.filed_by, f.filed_on, f.expires_on,
        EXISTS (SELECT 1 FROM reworks r WHERE r.complaint_id = f.complaint_id),
        EXISTS (SELECT 1 FROM disposal_items i WHERE i.complaint_id = f.complaint_id AND i.disposed_at IS NOT NULL)
    FROM filings f JOIN complaints q ON q.id = f.complaint_id WHERE f.withdrawn_at IS NULL
"""


def guard(desk: Desk, complaint_id: int) -> None:
    """:raises NotAllowed: when the complaint is filed: its words stand, what was wrong is told beside them."""
    found = desk.rows("SELECT number FROM filings WHERE complaint_id = ? AND withdrawn_at IS NULL", (complaint_id,))
    if found:
        raise NotAllowed(f"这张单已存档（{found[0][0]}），原文不能再改；写错的请在存档页写“更正说明”。")


def take_out(desk: Desk, ledger: Ledger, complaint_id: int) -> None:
    """A filed complaint that is 重开 leaves the archive, inside the caller's transaction; its 归档号 stays its own.

    :raises NotAllowed: when its content was disposed of.
    """
    filing = Filings(desk).of_id(complaint_id)
    if filing is None:
        return
    if filing.disposed:
        raise NotAllowed(f"{filing.complaint_number} 的内容已按期销毁，不能重开；客户再来请另建一张抱怨单。")
    found = desk.rows("SELECT id FROM filings WHERE complaint_id = ?", (complaint_id,))[0][0]
    ledger.change(FilingRecord, found, {"withdrawn_at": ledger.act.at}, reason="重开")


class Filings:
    """Filed complaints; reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)

    def retention(self) -> Retention:
        """保存期限 as the dealership set it; what was never set is the shipped default."""
        return self._rules.retention()

    def of_id(self, complaint_id: int) -> Filing | None:
        """The filing of one complaint, None while it is not filed."""
        found = self._rows("AND f.complaint_id = ?", (complaint_id,))
        return found[0] if found else None

    def expired(self, today: date) -> list[Filing]:
        """What may be disposed of on that day and was not yet, longest filed first."""
        found = self._rows("AND f.expires_on <= ?", (today.isoformat(),))
        return [filing for filing in found if filing.expires_on <= today and not filing.disposed]

    def ids(self, words: str = "") -> list[int]:
        """The complaints that are filed, the latest first, fetched page by page.

        ``words`` is a part of the 归档号, of the complaint's number or of the place.
        """
        query = (
            "SELECT f.complaint_id FROM filings f JOIN complaints q ON q.id = f.complaint_id"
            " WHERE f.withdrawn_at IS NULL AND instr(upper(f.number || ' ' || q.number || ' ' || f.place), ?) > 0"
            " ORDER BY f.id DESC"
            if words
            else "SELECT complaint_id FROM filings WHERE withdrawn_at IS NULL ORDER BY id DESC"
        )
        return [found for (found,) in self._desk.rows(query, (words.upper(),) if words else ())]

    def fetch(self, ids: Sequence[int]) -> list[Filing]:
        """The filings of these complaints, in this order."""
        found = {row.complaint_id: row for row in self._rows(f"AND f.complaint_id IN ({', '.join(map(str, ids))})")}
        return [found[i] for i in ids if i in found]

    def corrections(self, complaint_id: int) -> list[Correction]:
        """更正说明 of one complaint, first one first."""
        rows = self._desk.rows(
            "SELECT entered_at, who, about, text FROM filed_corrections WHERE complaint_id = ? ORDER BY id",
            (complaint_id,),
        )
        return [Correction(moment(at), who, about, text) for at, who, about, text in rows]

    def mark_of(self, complaint_id: int, state: str) -> str:
        """What every print of this complaint carries: 作废, 更正 where something was put right, or nothing."""
        if state == State.VOID:
            return "作废"
        corrected = (
            "SELECT 1 FROM complaint_events WHERE complaint_id = ?"
            " AND (corrects_id IS NOT NULL OR kind IN ('corrected', 'downgraded'))"
        )
        beside = "SELECT 1 FROM filed_corrections WHERE complaint_id = ?"
        found = self._desk.rows(f"{corrected} UNION ALL {beside} LIMIT 1", (complaint_id, complaint_id))
        return "更正" if found else ""

    def _rows(self, where: str = "", parameters: tuple[Any, ...] = ()) -> list[Filing]:
        retention = self.retention()
        rows = self._desk.rows(f"{_QUERY} {where} ORDER BY f.filed_on, f.number", parameters)
        return [_filing(row, retention) for row in rows]


def _filing(row: tuple[Any, ...], retention: Retention) -> Filing:
    """A filing is kept at least as long as was said when it was filed; a longer rule of today counts."""
    found, complaint, number, place, filed_by, filed, promised, has_rework, disposed = row
    filed_on = date.fromisoformat(filed)
    kept_until = max(date.fromisoformat(promised), expires_on(filed_on, retention.of(bool(has_rework))))
    years = kept_until.year - filed_on.year
    return Filing(found, complaint, number, place, filed_by, filed_on, kept_until, years, bool(disposed))
