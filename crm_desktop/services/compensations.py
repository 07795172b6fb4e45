"""损失和补偿台账: what the customer lost and asks for, what he was given, by whose authority, and the sums of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds
from crm_desktop.domain.acts import Act
from crm_desktop.domain.compensations import (
    CaseLedger,
    CompensationRules,
    EntryDraft,
    EntryRow,
    Side,
    checked_entry,
    kinds_of,
    yuan_words,
)
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.care import Compensation
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules
from crm_desktop.services.staff import StaffRoom
from crm_desktop.services.steps import Steps, owns, working_on

_COLUMNS = "id, ver, side, kind, amount_fen, hours, note, who, entered_at, approved_by"
_TYPED = "填在“补偿金额”里"


@dataclass(frozen=True, slots=True)
class CompensationLine:
    """One line of the month: of which complaint it is, and what it says."""

    complaint_id: int
    number: str
    draft: EntryDraft
    approved_by: str = ""


class Compensations:
    """Lines are written and taken back, never changed; 补偿金额 of the complaint follows as their sum."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)
        self._rules = Rules(desk)
        self._staff = StaffRoom(desk)

    def enter(self, number: str, draft: EntryDraft, act: Act, approved: Act | None = None) -> int:
        """One line more; ``approved`` is signed by who allows what is above the limit of ``act``. Returns its id.

        :raises InvalidInput: as ``checked_entry``. :raises NotAllowed: no right to, the sum of 补偿 is above the limit
            and nobody approved who may, or the case is filed or void.
        """
        complaint = working_on(self._desk, self._steps.get(number))
        act = require(act, Right.RESOLVE, own=owns(act, complaint))
        cleaned = checked_entry(draft, self.rules())
        by = ""
        if cleaned.side == Side.GIVEN:
            whole = self._given(complaint) + cleaned.amount_fen
            by = self._approver(whole, act, approved)
        values = {**asdict(cleaned), "who": act.who, "staff": act.staff_id, "approved_by": by, "entered_at": act.at}
        with self._desk.writing(act) as ledger:
            self._open_page(ledger, complaint, cleaned.side)
            made = ledger.add(Compensation, f"{cleaned.side} {cleaned.kind}", complaint=complaint.id, **values)
            self._sum_up(ledger, complaint.id)
        return made

    def take_back(self, entry_id: int, ver: int, reason: str, act: Act) -> int:
        """A line that does not hold stays, marked, with the reason. Returns the new version; raises as ``enter``."""
        found = self._desk.rows("SELECT complaint_id FROM compensations WHERE id = ? AND NOT removed", (entry_id,))
        if not found:
            raise NotFound("没有这一笔，请刷新后再看。")
        complaint = working_on(self._desk, Complaint.get_by_id(found[0][0]))
        act = require(act, Right.RESOLVE, own=owns(act, complaint))
        why = checked_line(reason, "冲销原因")
        if not why:
            raise InvalidInput({"reason": "冲销一笔请写明原因。"})
        with self._desk.writing(act) as ledger:
            new = ledger.change(Compensation, entry_id, {"removed": True}, ver, why)
            self._sum_up(ledger, complaint.id)
        return new

    def of_complaint(self, number: str) -> CaseLedger:
        """The lines of one complaint that stand."""
        return self._ledger(self._steps.get(number).id)

    def keeps_ledger(self, number: str) -> bool:
        """Whether 补偿金额 is the sum of lines somebody entered one by one."""
        return keeps_ledger(self._desk, self._steps.get(number).id)

    def rules(self) -> CompensationRules:
        """补偿方式 and 额度 in force."""
        return self._rules.compensation()

    def kinds(self, side: str) -> tuple[str, ...]:
        """What a line of this page may be."""
        return kinds_of(side, self.rules())

    def limit_fen(self, who: Act) -> int | None:
        """Up to what sum this person gives a complaint by himself; None where no limit is kept."""
        return None if who.rights is None else _limit(self.rules(), who)

    def approvers(self, who: Act) -> list[str]:
        """Who has a higher limit than this person, by name; nobody where no limit is kept (a home without PINs)."""
        limit = self.limit_fen(who)
        if limit is None:
            return []
        acts = [self._staff.act(person, who.screen) for person in self._staff.people() if person.has_pin]
        limits = [(act.who, self.limit_fen(act)) for act in acts]
        return [name for name, fen in limits if fen is None or fen > limit]

    def lines(self, first: date, last: date) -> list[CompensationLine]:
        """Every line of the complaints received on these local days, both included, for the month's report."""
        start, end = day_bounds(first, last)
        rows = self._desk.rows(
            "SELECT q.id, q.number, c.side, c.kind, c.amount_fen, c.hours, c.note, c.approved_by FROM compensations c"
            " JOIN complaints q ON q.id = c.complaint_id WHERE NOT c.removed AND q.received_at >= ?"
            " AND q.received_at < ? AND q.state <> ? ORDER BY q.received_at, q.id, c.id",
            (stamp(start), stamp(end), State.VOID),
        )
        return [CompensationLine(row[0], row[1], EntryDraft(*row[2:7]), row[7]) for row in rows]

    def cost_fen(self, complaint_ids: Collection[int]) -> dict[int, int]:
        """What each of these complaints cost in 补偿; one without any is left out."""
        marks = ", ".join("?" * len(complaint_ids))
        rows = self._desk.rows(
            f"SELECT id, compensation_fen FROM complaints WHERE compensation_fen > 0 AND id IN ({marks})",
            tuple(complaint_ids),
        )
        return dict(rows)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _approver(self, whole: int, act: Act, approved: Act | None) -> str:
        """Who allows a complaint so much: nobody in particular below the limit of who enters it."""
        if not over_limit(self.rules(), whole, act):
            return ""
        if approved is not None and not over_limit(self.rules(), whole, approved):
            return _signed(self.rules(), whole, approved)
        raise NotAllowed(self._above(whole, approved or act))

    def _above(self, whole: int, act: Act) -> str:
        limit = _limit(self.rules(), act) or 0
        roles = [role for role in self.rules().limits if self.rules().allows((role,), whole)]
        instead = "、".join(roles[:3]) or "有额度的岗位"
        mine = yuan_words(limit) or "0 元"
        return f"这张单的补偿合计 {yuan_words(whole)}，{act.who}的额度是 {mine}：请由{instead}输入 PIN 批准。"

    def _given(self, complaint: Complaint) -> int:
        """The sum so far, whether it stands on lines or was typed as one number."""
        return complaint.compensation_fen or 0

    def _open_page(self, ledger: Ledger, complaint: Complaint, side: str) -> None:
        """What was typed as one number before there was a ledger becomes its first line, so that sums agree."""
        typed = complaint.compensation_fen or 0
        if side == Side.GIVEN and typed and not _has_lines(self._desk, complaint.id):
            _add_typed(self._desk, ledger, complaint.id, typed)

    def _sum_up(self, ledger: Ledger, complaint_id: int) -> None:
        if _has_lines(self._desk, complaint_id, standing=False):
            whole = self._ledger(complaint_id).fen(Side.GIVEN)
            ledger.change(Complaint, complaint_id, {"compensation_fen": whole or None})

    def _ledger(self, complaint_id: int) -> CaseLedger:
        rows = self._desk.rows(
            f"SELECT {_COLUMNS} FROM compensations WHERE complaint_id = ? AND NOT removed ORDER BY id", (complaint_id,)
        )
        return CaseLedger(tuple(_row(row) for row in rows))


def over_limit(rules: CompensationRules, fen: int, act: Act) -> bool:
    """Whether this person may not give a complaint so much; in a home without PINs no limit is kept."""
    return act.rights is not None and not rules.allows(_roles(act), fen)


def _roles(act: Act) -> tuple[str, ...]:
    """His own ones, and those he is the deputy of today."""
    return (*act.roles, *filter(None, act.deputy_of.split("、")))


def _limit(rules: CompensationRules, act: Act) -> int | None:
    return rules.limit_of(_roles(act))


def _signed(rules: CompensationRules, fen: int, act: Act) -> str:
    """His name; who allows it as a deputy only stands there as 代."""
    return act.who if rules.allows(act.roles, fen) else f"{act.who}（代{act.deputy_of}）"


def keeps_ledger(desk: Desk, complaint_id: int) -> bool:
    """Whether 补偿金额 of this complaint is the sum of lines somebody entered, so that nobody types over it."""
    return _has_lines(desk, complaint_id, "AND note <> ?", _TYPED)


def check_typed(desk: Desk, complaint_id: int, fen: int | None, act: Act) -> None:
    """Before 补偿金额 is typed as one number.

    :raises InvalidInput: the complaint keeps a ledger. :raises NotAllowed: above the limit of who types it.
    """
    if keeps_ledger(desk, complaint_id):
        raise InvalidInput({"compensation_fen": "补偿已按笔登记，请在“损失和补偿”里加一笔或冲销。"})
    if fen and over_limit(Rules(desk).compensation(), fen, act):
        raise NotAllowed(f"补偿 {yuan_words(fen)} 超过{act.who}的额度：请在“损失和补偿”里登记，由有额度的人批准。")


def follow_typed(desk: Desk, ledger: Ledger, complaint_id: int, fen: int | None) -> None:
    """补偿金额 was typed as one number: that number is the one line of the ledger, so that every sum agrees."""
    query = "SELECT id FROM compensations WHERE complaint_id = ? AND side = ? AND NOT removed"
    for (line,) in desk.rows(query, (complaint_id, Side.GIVEN)):
        ledger.change(Compensation, line, {"removed": True}, reason="改了“补偿金额”")
    if fen:
        _add_typed(desk, ledger, complaint_id, fen)


def _add_typed(desk: Desk, ledger: Ledger, complaint_id: int, fen: int) -> None:
    kind = Rules(desk).compensation().kinds[-1]
    ledger.add(
        Compensation, f"{Side.GIVEN} {kind}", complaint=complaint_id, side=Side.GIVEN, kind=kind, amount_fen=fen,
        note=_TYPED, who=ledger.act.who, staff=ledger.act.staff_id, entered_at=ledger.act.at,
    )  # fmt: skip


def _has_lines(desk: Desk, complaint_id: int, more: str = "", *told: str, standing: bool = True) -> bool:
    query = f"SELECT 1 FROM compensations WHERE complaint_id = ? AND side = ? {'AND NOT removed' if standing else ''}"
    return bool(desk.rows(f"{query} {more} LIMIT 1", (complaint_id, Side.GIVEN, *told)))


def _row(row: Sequence[Any]) -> EntryRow:
    found, ver, side, kind, amount, hours, note, who, at, approved = row
    return EntryRow(found, ver, EntryDraft(side, kind, amount, hours, note), who, moment(at), approved)
