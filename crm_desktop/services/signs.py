"""苗头: one list of what may become a complaint; noted by hand, remedied, or turned into a complaint by one click.

rows(kinds=()) -> list[SignRow]                     counts() -> {SignKind: how many}
note(what, act, customer_id=None, vehicle_id=None) -> id      settle(id, remedy, act)
call(SignRow, act) -> id                            a call of today, of 非投诉型 where the sign hangs on no complaint
complain(SignRow, act, words="") -> Saved           the complaint that came of it; a note is settled by it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.signs import SignKind, SignRow
from crm_desktop.domain.text import checked_text
from crm_desktop.domain.warranty import months_after
from crm_desktop.models.faults import translated
from crm_desktop.models.gathered import Sign, SurveyCall
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.complaints import Complaints, Saved
from crm_desktop.services.desk import Desk
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.joins import Joins
from crm_desktop.services.lookups import PHONE_OF
from crm_desktop.services.parties import check_known
from crm_desktop.services.rules import Rules

_SHOWN = 200
_RECENT = timedelta(days=90)
_WHO = f"COALESCE(c.name, ''), COALESCE({PHONE_OF.format(owner='c.id')}, '')"
_JOINS = "LEFT JOIN customers c ON c.id = {source}.customer_id LEFT JOIN vehicles v ON v.id = {source}.vehicle_id"
_NOT_SINCE = (
    "NOT EXISTS (SELECT 1 FROM complaints n WHERE n.customer_id = {source}.customer_id"
    " AND n.received_at >= {source}.called_at AND n.state <> '作废')"
    " AND NOT EXISTS (SELECT 1 FROM follow_ups n WHERE n.customer_id = {source}.customer_id"
    " AND n.called_at > {source}.called_at AND n.satisfaction IN ('满意', '一般'))"
)
"""An answer is a sign until the customer complained, or said in a later call that it is good again."""
_QUERIES: dict[SignKind, str] = {
    SignKind.LATE_PROMISE: (
        f"SELECT p.id, p.due_at, p.what, c.id, {_WHO}, v.id, COALESCE(v.plate, ''), q.number FROM promises p"
        f" JOIN complaints q ON q.id = p.complaint_id {_JOINS.format(source='q')}"
        " WHERE p.settled_at IS NULL AND p.due_at < :now AND q.state <> '作废' ORDER BY p.due_at"
    ),
    SignKind.REPEAT_REPAIR: (
        "SELECT v.id, MAX(r.came_on), COUNT(*) || ' 次返修：' || GROUP_CONCAT(DISTINCT r.items), c.id,"
        f" {_WHO}, v.id, v.plate, MAX(q.number) FROM reworks r JOIN complaints q ON q.id = r.complaint_id"
        " JOIN vehicles v ON v.id = q.vehicle_id LEFT JOIN customers c ON c.id = v.customer_id"
        " WHERE r.came_on >= :repeat AND q.state <> '作废' GROUP BY v.id HAVING COUNT(*) > 1 ORDER BY 2 DESC"
    ),
    SignKind.UNSATISFIED_CALL: (
        f"SELECT f.id, f.called_at, f.feedback, c.id, {_WHO}, v.id, COALESCE(v.plate, ''), '' FROM follow_ups f"
        f" {_JOINS.format(source='f')} WHERE f.satisfaction = '不满意' AND f.complaint_id IS NULL"
        f" AND f.called_at >= :recent AND {_NOT_SINCE.format(source='f')} ORDER BY f.called_at DESC"
    ),
    SignKind.LOW_ANSWER: (
        f"SELECT s.id, s.called_at, s.remark, c.id, {_WHO}, v.id, COALESCE(v.plate, ''), '' FROM survey_calls s"
        f" {_JOINS.format(source='s')} WHERE s.outcome = '不满意' AND s.complaint_id IS NULL AND s.called_at >= :recent"
        f" AND {_NOT_SINCE.format(source='s')} ORDER BY s.called_at DESC"
    ),
    SignKind.STAYED_AWAY: (
        "SELECT c.id, MAX(q.received_at), '投诉后没有再进厂', c.id,"
        f" {_WHO}, NULL, '', MAX(q.number) FROM complaints q JOIN customers c ON c.id = q.customer_id"
        " WHERE q.received_at < :away AND q.state <> '作废' AND c.stage <> '流失'"
        " AND NOT EXISTS (SELECT 1 FROM visits w WHERE w.customer_id = c.id"
        " AND w.came_on > substr(q.received_at, 1, 10))"
        " AND NOT EXISTS (SELECT 1 FROM complaints n WHERE n.customer_id = c.id AND n.received_at >= :away)"
        " AND NOT EXISTS (SELECT 1 FROM follow_ups n WHERE n.customer_id = c.id AND n.called_at >= :recent"
        " AND n.outcome IN ('成功', '拒访'))"
        " GROUP BY c.id ORDER BY 2 DESC"
    ),
    SignKind.NOTED: (
        f"SELECT s.id, s.entered_at, s.what, c.id, {_WHO}, v.id, COALESCE(v.plate, ''), '' FROM signs s"
        f" {_JOINS.format(source='s')} WHERE s.settled_at IS NULL ORDER BY s.entered_at DESC, s.id DESC"
    ),
}
_DAY_LENGTH = 10
_REASON = 60
"""As many characters of a sign stand as the reason of its call; the list of calls has room for them."""


class Signs:
    """先于客户发现问题: what the files know, and what somebody noticed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, kinds: Iterable[str] = ()) -> list[SignRow]:
        """The signs of these kinds or of all, kind by kind, at most 200 of each."""
        wanted = [SignKind(kind) for kind in kinds] or list(SignKind)
        return [_row(kind, row) for kind in wanted for row in self._asked(kind)]

    def counts(self) -> dict[SignKind, int]:
        """How many of each kind there are, up to 200."""
        return {kind: len(self._asked(kind)) for kind in SignKind}

    def note(self, what: str, act: Act, customer_id: int | None = None, vehicle_id: int | None = None) -> int:
        """Something that was noticed. Returns its id.

        :raises InvalidInput: nothing written. :raises NotFound: no such customer or car.
        """
        act = require(act, Right.REGISTER)
        told = checked_text(what, "苗头", 500)
        if not told:
            raise InvalidInput({"what": "请写发现了什么苗头，如：等得太久，脸色不好。"})
        check_known(self._desk, customer_id, vehicle_id)
        values = {"what": told, "customer": customer_id, "vehicle": vehicle_id}
        with self._desk.writing(act) as ledger:
            return ledger.add(Sign, told[:80], who=act.who, entered_at=act.at, **values)

    def settle(self, sign_id: int, remedy: str, act: Act) -> None:
        """What was done about a noted sign; it leaves the list.

        :raises InvalidInput: nothing written. :raises ChangedMeanwhile: somebody wrote it before.
        """
        act = require(act, Right.REGISTER)
        told = checked_text(remedy, "补救", 500)
        if not told:
            raise InvalidInput({"remedy": "请写怎样补救的，客户怎么说。"})
        stood = self._desk.rows("SELECT remedy FROM signs WHERE id = ? AND settled_at IS NOT NULL", (sign_id,))
        if stood:
            raise ChangedMeanwhile(f"这条苗头已经有人记了补救：{stood[0][0]}。")
        with self._desk.writing(act) as ledger:
            ledger.change(Sign, sign_id, {"remedy": told, "settled_at": act.at})

    def call(self, row: SignRow, act: Act) -> int:
        """A call of today about this sign. Returns the id of the follow-up.

        :raises InvalidInput: nobody to call, or a call to this customer stands on today's list already.
        """
        act, today = require(act, Right.CALL), local_day(act.at)
        calls = FollowUps(self._desk)
        customer = row.customer_id or self._owner(row.vehicle_id)
        if customer is None:
            raise InvalidInput("这条苗头没有记客户，不知道给谁打电话；知道是谁后重新记一条。")
        if waiting := calls.open_call(customer, today):
            raise InvalidInput(f"{row.customer_name or '这位客户'}已经在要打的回访里（{waiting.reason}），不用再排。")
        told = f"苗头：{row.what or row.kind}" if row.kind is SignKind.NOTED else f"苗头：{row.kind}"
        draft = PlanDraft(today, reason=told if len(told) <= _REASON else f"{told[: _REASON - 1]}…")
        if row.number:
            return calls.plan(row.number, draft, act)
        return calls.plan_for(customer, row.vehicle_id, draft, act)

    def complain(self, row: SignRow, act: Act, words: str = "") -> Saved:
        """A complaint of this customer and car, with the sign's words or better ones; one transaction.

        :raises InvalidInput: a sign that says neither what happened nor to whom, or whose customer or car has a
            complaint that is still open: that one is continued, not doubled.
        """
        act = require(act, Right.REGISTER)
        Joins(self._desk).check_alone(row.customer_id, row.vehicle_id)
        called = row.kind in (SignKind.UNSATISFIED_CALL, SignKind.LOW_ANSWER)
        draft = ComplaintDraft(
            words=words or row.what,
            channel=Channel.FOLLOW_UP if called else Channel.OTHER,
            customer_id=row.customer_id,
            vehicle_id=row.vehicle_id,
        )
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            saved = Complaints(self._desk).register(draft, act)
            with self._desk.writing(act) as ledger:
                if row.kind is SignKind.NOTED:
                    done = {"complaint": saved.id, "remedy": f"已立抱怨单 {saved.number}", "settled_at": act.at}
                    ledger.change(Sign, row.id, done)
                elif row.kind is SignKind.LOW_ANSWER:
                    ledger.change(SurveyCall, row.id, {"complaint": saved.id})
        return saved

    def _owner(self, vehicle_id: int | None) -> int | None:
        found = self._desk.rows("SELECT customer_id FROM vehicles WHERE id = ?", (vehicle_id,))
        return found[0][0] if found else None

    def _asked(self, kind: SignKind) -> list[tuple[Any, ...]]:
        rules, today, now = Rules(self._desk).profile(), self._desk.today(), self._desk.now()
        known = {
            ":now": stamp(now),
            ":repeat": (today - timedelta(days=rules.repeat_days)).isoformat(),
            ":recent": stamp(now - _RECENT),
            ":away": months_after(today, -rules.away_months).isoformat(),
        }
        query, told = _QUERIES[kind], []
        for place, name in enumerate((name for name in known if name in _QUERIES[kind]), 1):
            query = query.replace(name, f"?{place}")
            told.append(known[name])
        return self._desk.rows(f"{query} LIMIT {_SHOWN}", tuple(told))


def _row(kind: SignKind, row: tuple[Any, ...]) -> SignRow:
    found, at, what, customer, name, phone, vehicle, plate, number = row
    on = date.fromisoformat(at) if len(at) == _DAY_LENGTH else local_day(moment(at))
    shown = name or (NAMELESS if customer else "")
    return SignRow(kind, found, on, what, customer, shown, phone, vehicle, plate, number or "")
