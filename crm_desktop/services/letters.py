"""函件 of a complaint: merged from the case, changed by hand, kept as it went out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.letters import (
    CHAPTERS,
    LetterDraft,
    LetterKind,
    LetterRow,
    LetterSheet,
    checked_letter,
    merged,
    wants_points,
)
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.text import checked_line
from crm_desktop.models.care import Letter
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.moments import moment
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.cases import Cases
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk
from crm_desktop.services.playbook import Playbook
from crm_desktop.services.settings import Settings
from crm_desktop.services.steps import Steps, owns, working_on

_QUERY = """
    SELECT l.id, l.ver, q.number || '-' || (SELECT COUNT(*) FROM letters e WHERE e.complaint_id = l.complaint_id
        AND e.id <= l.id), l.kind, l.title, l.body, l.points, l.sent_on, l.who, l.entered_at
    FROM letters l JOIN complaints q ON q.id = l.complaint_id WHERE NOT l.removed
"""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Letters:
    """Whoever may record 解决, or answers for the complaint, may write for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)
        self._settings = Settings(desk)

    def begin(self, number: str, kind: str, who: str) -> LetterDraft:
        """A letter of this kind with everything the case knows filled in; nothing is kept yet.

        :raises InvalidInput: an unknown kind. :raises NotFound: no such complaint.
        """
        if kind not in CHAPTERS:
            raise InvalidInput({"kind": f"请选 {'、'.join(LetterKind)} 中的一种。"})
        case = Cases(self._desk).case(number)
        title, body = merged(Playbook(self._desk).chapter(CHAPTERS[kind]), self._facts(case, who))
        return LetterDraft(kind, title, body)

    def write(self, number: str, draft: LetterDraft, act: Act) -> int:
        """A new letter, kept with the case. Returns its id; raises as ``checked_letter``.

        :raises NotAllowed: no right to, or the case is filed or void.
        """
        complaint = working_on(self._desk, self._steps.get(number))
        act = require(act, Right.RESOLVE, own=owns(act, complaint))
        values = _values(checked_letter(draft))
        with self._desk.writing(act) as ledger:
            return ledger.add(Letter, values["title"], complaint=complaint.id, who=act.who, entered_at=act.at, **values)

    def amend(self, letter_id: int, ver: int, draft: LetterDraft, act: Act) -> int:
        """The letter as it stands now; the history keeps how it stood. Returns the new version; raises as ``write``."""
        act = self._allowed(letter_id, act)
        with self._desk.writing(act) as ledger:
            return ledger.change(Letter, letter_id, {**_values(checked_letter(draft)), "who": act.who}, ver)

    def take_back(self, letter_id: int, ver: int, reason: str, act: Act) -> int:
        """A letter that is not sent; it stays, marked. Returns the new version; raises as ``write``."""
        act = self._allowed(letter_id, act)
        why = checked_line(reason, "作废原因")
        if not why:
            raise InvalidInput({"reason": "函件作废请写明原因。"})
        with self._desk.writing(act) as ledger:
            return ledger.change(Letter, letter_id, {"removed": True}, ver, why)

    def of_complaint(self, number: str) -> list[LetterRow]:
        """The letters of one complaint, in the order they were begun."""
        found = self._steps.get(number).id
        return [_row(row) for row in self._desk.rows(f"{_QUERY} AND l.complaint_id = ? ORDER BY l.id", (found,))]

    def sheet(self, number: str) -> LetterSheet:
        """A letter by its number (TS20261121-001-1), ready for print; raises NotFound."""
        complaint, _, place = number.rpartition("-")
        for row in self.of_complaint(complaint) if place.isdecimal() else ():
            if row.number == number:
                paragraphs = tuple(row.draft.body.split("\n"))
                letterhead, signed = self._settings.letterhead(Paper.LETTER), wants_points(row.draft.kind)
                return LetterSheet(letterhead, row.draft.title, number, paragraphs, signed)
        raise NotFound(f"没有函件 {number}，请刷新后再看。")

    def _allowed(self, letter_id: int, act: Act) -> Act:
        found = self._desk.rows("SELECT complaint_id FROM letters WHERE id = ? AND NOT removed", (letter_id,))
        if not found:
            raise NotFound("没有这封函件，请刷新后再看。")
        complaint = working_on(self._desk, Complaint.get_by_id(found[0][0]))
        return require(act, Right.RESOLVE, own=owns(act, complaint))

    def _facts(self, case: ComplaintCase, who: str) -> dict[str, str]:
        """What a letter may name, by the words it names it with."""
        fields, received, today = case.fields, to_local(case.received_at), self._desk.today()
        mileage, done = fields["mileage"], fields["done_on"] or fields["planned_on"]
        files = "、".join(row.name for row in Attachments(self._desk).of_complaint(case.number))
        texts = {
            "抱怨内容": "words", "原因": "root_cause", "解决措施": "solution", "长期措施": "long_term_measure",
            "缺点纠正": "correction", "诉求": "demand", "责任线": "line", "责任人": "responsible", "级别": "severity",
            "渠道": "channel",
        }  # fmt: skip
        return {
            **{word: str(fields[name] or "") for word, name in texts.items()},
            "客户姓名": case.customer_name,
            "单号": case.number,
            "车牌号": shown_plate(case.plate),
            "车型": model_text(case.brand, case.series, case.model),
            "里程": f"{mileage:,} km" if isinstance(mileage, int) else "",
            "受理日期": _day(received.date()),
            "受理日期英文": _english(received.date()),
            "受理时间": shown(received),
            "完成日期": _day(done) if isinstance(done, date) else "",
            "解决截止": self._due(case),
            "附件": files or "无",
            "经办人": who,
            "店名": self._settings.letterhead(Paper.LETTER).dealer_name,
            "日期": _day(today),
            "日期英文": _english(today),
        }

    def _due(self, case: ComplaintCase) -> str:
        """Until when it is to be solved; imported history has no clock."""
        if case.history:
            return ""
        standing = Clocks(self._desk).milestones_of(case.number)
        due = [one.deadline.due for one in standing if one.deadline.milestone is Milestone.RESOLVE]
        return shown(to_local(due[0])) if due else ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _english(day: date) -> str:
    """21 November 2026, whatever language the computer speaks."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _values(draft: LetterDraft) -> dict[str, Any]:
    return {**asdict(draft), "points": ",".join(draft.points)}


def _row(row: tuple[Any, ...]) -> LetterRow:
    found, ver, number, kind, title, body, points, sent, who, at = row
    ticked = tuple(point for point in points.split(",") if point)
    draft = LetterDraft(kind, title, body, ticked, date.fromisoformat(sent) if sent else None)
    return LetterRow(found, ver, number, draft, who, moment(at))
