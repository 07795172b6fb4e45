"""Media, consumer bodies, authorities and the maker: 撤稿, 上报 with receipt, their numbers (A13 to A17)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.attachments import KeptFile
from crm_desktop.domain.complaints import Event
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.outside import PUBLIC_RELATIONS, EscalationRow, PublicationDraft, PublicationRow, Withdrawn
from crm_desktop.domain.outside_parties import PartyKind, of_kind
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.procedure import Escalation, Withdrawal
from crm_desktop.services.attached import attach
from crm_desktop.services.complaint_fields import ComplaintFields
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules
from crm_desktop.services.steps import Saved, Steps, happened_at, working_on


class Outside:
    """What happens outside the house, and is settled before closing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)
        self._fields = ComplaintFields(desk)

    def publish(self, number: str, draft: PublicationDraft, act: Act, screenshot: KeptFile | None = None) -> int:
        """Something about the complaint was published; ``screenshot`` is kept with the case. Returns its id.

        :raises InvalidInput: no medium named.
        """
        act = require(act, Right.CORRECT)
        complaint = working_on(self._desk, self._steps.get(number))
        cleaned = PublicationDraft(
            checked_line(draft.medium, "媒体名称"),
            checked_line(draft.link, "链接", 500),
            checked_line(draft.screenshot, "截图"),
        )
        if not cleaned.medium:
            raise InvalidInput({"medium": "请填媒体或平台的名称。"})
        with self._desk.writing(act) as ledger:
            values = asdict(cleaned)
            if screenshot is not None:
                values["screenshot"] = attach(self._desk, ledger, complaint.id, screenshot, f"{cleaned.medium}的截图")
            return ledger.add(Withdrawal, cleaned.medium, complaint=complaint.id, entered_at=act.at, **values)

    def settle(
        self, publication_id: int, ver: int, act: Act, outcome: str, reason: str = "", at: datetime | None = None
    ) -> int:
        """撤稿: withdrawn, or cannot be (with the reason). Returns the new version.

        :raises InvalidInput: an unknown outcome, or no reason where it cannot be withdrawn.
        """
        act = require(act, Right.CORRECT)
        found = self._desk.rows("SELECT complaint_id FROM withdrawals WHERE id = ?", (publication_id,))
        if not found:
            raise NotFound("没有这篇稿件的记录，请刷新后再看。")
        complaint = working_on(self._desk, Complaint.get_by_id(found[0][0]))
        why = checked_line(reason, "原因")
        if outcome not in tuple(Withdrawn):
            raise InvalidInput({"outcome": f"稿件的结果请从 {'、'.join(Withdrawn)} 中选。"})
        if outcome == Withdrawn.CANNOT and not why:
            raise InvalidInput({"reason": "不能撤销请写明原因。"})
        values = {"outcome": outcome, "settled_at": happened_at(complaint, act, at), "reason": why}
        with self._desk.writing(act) as ledger:
            return ledger.change(Withdrawal, publication_id, values, ver)

    def nothing_published(self, number: str, act: Act) -> int:
        """The media asked, and published nothing. Returns the id of that line."""
        act = require(act, Right.CORRECT)
        complaint = working_on(self._desk, self._steps.get(number))
        with self._desk.writing(act) as ledger:
            return ledger.add(
                Withdrawal, Withdrawn.NOT_PUBLISHED, complaint=complaint.id, medium="", entered_at=act.at,
                outcome=Withdrawn.NOT_PUBLISHED, settled_at=act.at,
            )  # fmt: skip

    def publications(self, number: str) -> list[PublicationRow]:
        """What was published about one complaint, in order."""
        rows = self._desk.rows(
            "SELECT id, ver, medium, link, screenshot, outcome, settled_at, reason FROM withdrawals"
            " WHERE complaint_id = ? ORDER BY id",
            (self._steps.get(number).id,),
        )
        return [
            PublicationRow(
                row[0], row[1], PublicationDraft(*row[2:5]), row[5], moment(row[6]) if row[6] else None, row[7]
            )
            for row in rows
        ]

    def escalate(
        self,
        number: str,
        ver: int,
        act: Act,
        how: str,
        at: datetime | None = None,
        recipient: str = PUBLIC_RELATIONS,
        receipt: str = "",
        file: KeptFile | None = None,
    ) -> Saved:
        """上报 to the maker's public relations; the receipt and its ``file`` may come later (``receive``).

        :raises InvalidInput: no way told, or a time that cannot be.
        """
        act = require(act, Right.CORRECT)
        complaint = working_on(self._desk, self._steps.get(number))
        way, whom = checked_line(how, "上报方式"), checked_line(recipient, "上报对象")
        came = checked_line(receipt, "回执")
        if not way or not whom:
            raise InvalidInput({"how" if whom else "recipient": "上报请写明对象和方式（电话、邮件 …）。"})
        when = happened_at(complaint, act, at)
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            came = self._received(ledger, complaint.id, came, file)
            ledger.add(
                Escalation, whom, complaint=complaint.id, recipient=whom, at=when, how=way, who=act.who,
                receipt=came, received_at=when if came else None, entered_at=act.at,
            )  # fmt: skip
            state = self._steps.move(ledger, complaint.id, Event.ESCALATED, when, f"{whom}（{way}）")
        return Saved(complaint.id, complaint.number, state, new)

    def usual_recipient(self) -> str:
        """Whom this dealership reported to last; before that the first 厂家公关 of its address book (gap G13)."""
        found = self._desk.rows("SELECT recipient FROM escalations WHERE recipient <> '' ORDER BY id DESC LIMIT 1")
        known = of_kind(Rules(self._desk).outside_parties(), PartyKind.PUBLIC_RELATIONS)
        return found[0][0] if found else known[0].name if known else PUBLIC_RELATIONS

    def receive(
        self,
        escalation_id: int,
        ver: int,
        act: Act,
        receipt: str,
        at: datetime | None = None,
        file: KeptFile | None = None,
    ) -> int:
        """The receipt of a 上报 came, in words or as a ``file``. Returns the new version.

        :raises InvalidInput: neither.
        """
        act = require(act, Right.CORRECT)
        came = checked_line(receipt, "回执")
        if not came and file is None:
            raise InvalidInput({"receipt": "请写回执的编号或内容，或选回执的文件。"})
        found = self._desk.rows("SELECT complaint_id FROM escalations WHERE id = ?", (escalation_id,))
        if not found:
            raise NotFound("没有这次上报的记录，请刷新后再看。")
        with self._desk.writing(act) as ledger:
            came = self._received(ledger, found[0][0], came, file)
            return ledger.change(Escalation, escalation_id, {"receipt": came, "received_at": at or act.at}, ver)

    def _received(self, ledger: Ledger, complaint_id: int, said: str, file: KeptFile | None) -> str:
        """What is said of the receipt, with the name of its file."""
        if file is None:
            return said
        name = attach(self._desk, ledger, complaint_id, file, "上报的回执")
        return f"{said}（{name}）" if said else name

    def escalations(self, number: str) -> list[EscalationRow]:
        """Every 上报 of one complaint, in order."""
        rows = self._desk.rows(
            "SELECT id, ver, recipient, at, how, receipt, received_at, who FROM escalations"
            " WHERE complaint_id = ? ORDER BY id",
            (self._steps.get(number).id,),
        )
        return [
            EscalationRow(found, ver, whom, moment(at), how, receipt, moment(came) if came else None, who)
            for found, ver, whom, at, how, receipt, came, who in rows
        ]

    def oem_ticket(self, number: str, ver: int, act: Act, ticket: str, closed_at: datetime | None = None) -> Saved:
        """400: the maker's ticket number, and when the maker closed it (UTC)."""
        changes = {"oem_ticket": ticket} | ({"oem_closed_at": closed_at} if closed_at else {})
        return self._fields.change(self._steps.get(number), ver, changes, act)

    def case_result(self, number: str, ver: int, act: Act, case_number: str, result: str = "") -> Saved:
        """消协 and 行业管理: their own number of the case, and what they decided."""
        return self._fields.change(
            self._steps.get(number), ver, {"case_number": case_number, "case_result": result}, act
        )
