"""更正, 补写 and 确认: putting right what was recorded about a step, saying why it was late, letting words pass."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import EventRow
from crm_desktop.domain.complaints import EVENT_LABELS, FIELD_LABELS, Event
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.procedure import CORRECTABLE, ONCE, check_moment
from crm_desktop.domain.rights import FIRST_STAFF, Right, require
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint, ComplaintEvent
from crm_desktop.services.closing import READ_FOR_WORDING, Closing, text_mark
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import guard
from crm_desktop.services.steps import Saved, Steps

_TO_CONFIRM = """
    SELECT q.number, e.id FROM complaint_events e JOIN complaints q ON q.id = e.complaint_id
    WHERE e.on_behalf_of = ? AND e.on_behalf_of <> '' AND e.confirmed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM complaint_events n WHERE n.corrects_id = e.id) ORDER BY e.id
"""


class Corrections:
    """Nothing recorded is changed: the newer line stands beside the older one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)

    def correct_milestone(
        self, number: str, ver: int, act: Act, event_id: int, at: datetime | None, reason: str
    ) -> Saved:
        """更正 of a wrongly stamped step; ``at`` None says that it did not happen (移交 and 响应 only).

        The clocks follow from the new time; both stay in the course, the prints carry 更正.

        :raises InvalidInput: no reason, or a time that cannot be. :raises NotAllowed: a step that cannot be corrected.
        """
        complaint = self._steps.get(number)
        old = self._event(complaint.id, event_id)
        act = require(act, Right.CLOSE if old.kind == Event.CLOSED else Right.CORRECT)
        guard(self._desk, complaint.id)
        why = _reason(reason, "更正")
        label = EVENT_LABELS.get(old.kind, old.kind)
        if old.corrected or old.kind not in CORRECTABLE:
            raise NotAllowed(f"这一条“{label}”不能更正，请刷新后选最新的一条。")
        if at is None and old.kind not in ONCE:
            raise NotAllowed(f"“{label}”不能改成没有发生；要退回去请用“退回”或“重开”。")
        if at is not None:
            check_moment(at, complaint.received_at, act.at)
        kind = Event(old.kind) if at is not None else Event.CORRECTED
        told = f"更正（原为 {shown(to_local(old.at))}）：{why}"
        kept = {"late_reason": old.late_reason, "subject": old.subject, "detail": old.detail, "scan": old.scan,
                "on_behalf_of": old.on_behalf_of, "told_how": old.told_how}  # fmt: skip
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            state = self._steps.move(
                ledger, complaint.id, kind, at or act.at, told, corrects=old.id, who=old.who if at else act.who, **kept
            )
        return Saved(complaint.id, complaint.number, state, new)

    def explain_late(self, number: str, ver: int, act: Act, event_id: int, reason: str) -> Saved:
        """Why a step was late, when it was not said at once.

        :raises InvalidInput: nothing written.
        """
        act = require(act, Right.CORRECT)
        complaint = self._steps.get(number)
        guard(self._desk, complaint.id)
        event = self._event(complaint.id, event_id)
        why = checked_line(reason, "超期原因")
        if not why:
            raise InvalidInput({"late_reason": "请写明超期原因。"})
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            ledger.change(ComplaintEvent, event.id, {"late_reason": why})
        return Saved(complaint.id, complaint.number, complaint.state, new)

    def confirm(self, number: str, ver: int, act: Act, event_id: int) -> Saved:
        """本人确认 of what somebody else entered (代录).

        :raises NotAllowed: somebody else's words, or confirmed already.
        """
        if act.rights is None:
            raise NotAllowed(FIRST_STAFF)
        complaint = self._steps.get(number)
        event = self._event(complaint.id, event_id)
        if not event.awaits_confirmation:
            raise NotAllowed("这一条不用确认，请刷新后再看。")
        if act.who != event.on_behalf_of:
            raise NotAllowed(f"这一条是代“{event.on_behalf_of}”录入的，请由本人确认（F9）。")
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            ledger.change(ComplaintEvent, event.id, {"confirmed_at": act.at})
        return Saved(complaint.id, complaint.number, complaint.state, new)

    def to_confirm(self, who: str) -> list[tuple[str, EventRow]]:
        """待本人确认: what was entered for this person, with the number of the complaint, the oldest first."""
        found = self._desk.rows(_TO_CONFIRM, (who,))
        return [(number, self._event(self._steps.get(number).id, event)) for number, event in found]

    def override_wording(self, number: str, ver: int, act: Act, field: str, reason: str) -> Saved:
        """空话放行: 服务总监 lets this very text of ``root_cause`` or ``long_term_measure`` pass, with a reason.

        Counted in the monthly report; a change of the text is read anew.

        :raises InvalidInput: no reason, nothing written, or another field. :raises NotAllowed: it passes anyway.
        """
        act = require(act, Right.OVERRIDE)
        if field not in READ_FOR_WORDING:
            raise InvalidInput("只有抱怨产生根本原因分析和长期质量保证的措施可以放行。")
        complaint = self._steps.get(number)
        guard(self._desk, complaint.id)
        text, why = str(getattr(complaint, field)), _reason(reason, "放行")
        if not text:
            raise InvalidInput({field: f"没有写{FIELD_LABELS[field]}，不能放行。"})
        if not Closing(self._desk).wording_fault(field, text, complaint.id):
            raise NotAllowed(f"{FIELD_LABELS[field]}已经通过，不用放行。")
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            state = self._steps.move(
                ledger, complaint.id, Event.OVERRIDDEN, act.at, why, subject=field, detail=text_mark(text)
            )
        return Saved(complaint.id, complaint.number, state, new)

    def _event(self, complaint_id: int, event_id: int) -> EventRow:
        found = next((step for step in self._steps.of(complaint_id) if step.id == event_id), None)
        if found is None:
            raise NotFound("这张单没有这一条经过，请刷新后再看。")
        return found


def _reason(text: str, verb: str) -> str:
    cleaned = checked_line(text, f"{verb}原因")
    if not cleaned:
        raise InvalidInput({"reason": f"{verb}请写明原因。"})
    return cleaned
