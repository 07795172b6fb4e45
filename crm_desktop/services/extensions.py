"""延期申请 and 暂不能解决: more time, asked for and granted or not, every one on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import OPEN_STATES, Event, State
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.extensions import Decision, ExtensionKind, ExtensionRow
from crm_desktop.domain.procedure import check_moment
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.moments import moment
from crm_desktop.models.procedure import Extension
from crm_desktop.services.desk import Desk
from crm_desktop.services.steps import Saved, Steps, owns

_QUERY = """
    SELECT x.id, x.ver, q.number, x.kind, x.milestone, x.until, x.reason, x.asked_by, x.asked_at, x.explained_at,
        x.decision, x.decided_by, x.decided_at, x.note
    FROM extensions x JOIN complaints q ON q.id = x.complaint_id
"""
_STEPS = (Milestone.HAND_OVER, Milestone.RESPOND, Milestone.RESOLVE)


class Extensions:
    """One application of a complaint waits at a time; the last one granted counts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)

    def ask(
        self, number: str, ver: int, act: Act, until: datetime, reason: str, milestone: str = Milestone.RESOLVE
    ) -> Saved:
        """申请延期 of a step until a time (UTC).

        :raises InvalidInput: no reason, a time that has passed, or an unknown step.
        """
        if milestone not in _STEPS:
            raise InvalidInput({"milestone": "延期请选 移交、响应 或 解决。"})
        return self._ask(number, ver, act, ExtensionKind.EXTENSION, milestone, until, reason, None)

    def cannot_resolve_now(
        self, number: str, ver: int, act: Act, reason: str, next_at: datetime, explained_at: datetime
    ) -> Saved:
        """暂不能解决: why, when it was explained to the customer, and when it goes on (A301); 服务总监 must agree.

        :raises InvalidInput: no reason, or times that cannot be.
        """
        return self._ask(number, ver, act, ExtensionKind.CANNOT_NOW, Milestone.RESOLVE, next_at, reason, explained_at)

    def decide(self, number: str, ver: int, act: Act, granted: bool, note: str = "") -> Saved:
        """服务总监 grants what waits, or does not; a refusal says why.

        :raises NotFound: nothing waits. :raises InvalidInput: a refusal without a reason.
        """
        complaint = self._steps.get(number)
        act = require(act, Right.EXTEND)
        why = checked_line(note, "意见")
        if not granted and not why:
            raise InvalidInput({"note": "不批准延期请写明原因。"})
        waiting = self._rows("WHERE x.complaint_id = ? AND x.decided_at IS NULL", (complaint.id,))
        if not waiting:
            raise NotFound("这张单没有等待批准的延期申请，请刷新后再看。")
        decision = Decision.GRANTED if granted else Decision.REFUSED
        values = {"decision": decision, "decided_by": act.who, "decided_at": act.at, "note": why}
        event = Event.EXTENSION_GRANTED if granted else Event.EXTENSION_REFUSED
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            ledger.change(Extension, waiting[0].id, values)
            state = self._steps.move(ledger, complaint.id, event, act.at, why, subject=waiting[0].kind)
        return Saved(complaint.id, complaint.number, state, new)

    def of_complaint(self, number: str) -> list[ExtensionRow]:
        """Every application of one complaint, in order; their number is what the report counts."""
        return self._rows("WHERE x.complaint_id = ? ORDER BY x.id", (self._steps.get(number).id,))

    def waiting(self) -> list[ExtensionRow]:
        """What 服务总监 still has to decide, the oldest first."""
        return self._rows("WHERE x.decided_at IS NULL AND q.state <> '作废' ORDER BY x.asked_at, x.id", ())

    def _ask(
        self,
        number: str,
        ver: int,
        act: Act,
        kind: ExtensionKind,
        milestone: str,
        until: datetime,
        reason: str,
        explained_at: datetime | None,
    ) -> Saved:
        complaint = self._steps.get(number)
        act = require(act, Right.RESOLVE, own=owns(act, complaint))
        why = checked_line(reason, "原因")
        self._check(complaint, act, kind, until, why, explained_at)
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            ledger.add(
                Extension, why, complaint=complaint.id, kind=kind, milestone=milestone, until=until, reason=why,
                asked_by=act.who, asked_at=act.at, explained_at=explained_at,
            )  # fmt: skip
            told = f"{kind}到 {shown(to_local(until))}：{why}"
            state = self._steps.move(ledger, complaint.id, Event.EXTENSION_ASKED, act.at, told, subject=kind)
        return Saved(complaint.id, complaint.number, state, new)

    def _check(
        self, complaint: Complaint, act: Act, kind: str, until: datetime, why: str, explained_at: datetime | None
    ) -> None:
        if State(complaint.state) not in OPEN_STATES:
            raise NotAllowed(f"这张单现在是“{complaint.state}”，不用再申请延期。")
        if self._rows("WHERE x.complaint_id = ? AND x.decided_at IS NULL", (complaint.id,)):
            raise NotAllowed("这张单已有一份延期申请等服务总监批准，请先等结果。")
        faults = {}
        if not why:
            faults["reason"] = f"{kind}请写明原因。"
        if until <= act.at:
            faults["until"] = "要延到的时间已经过去，请核对。"
        if faults:
            raise InvalidInput(faults)
        if explained_at is not None:
            check_moment(explained_at, complaint.received_at, act.at, "explained_at", "向客户说明的时间")

    def _rows(self, where: str, parameters: tuple[Any, ...]) -> list[ExtensionRow]:
        return [_row(row) for row in self._desk.rows(f"{_QUERY} {where}", parameters)]


def _row(row: tuple[Any, ...]) -> ExtensionRow:
    (number, ver, complaint, kind, milestone, until, reason, asked_by, asked, explained, decision, decided_by, decided,
     note) = row  # fmt: skip
    return ExtensionRow(
        number, ver, complaint, kind, milestone, moment(until), reason, asked_by, moment(asked),
        moment(explained) if explained else None, decision, decided_by, moment(decided) if decided else None, note,
    )  # fmt: skip
