"""方案 A/B/C: proposed, judged by the customer, one agreed upon (record 2 of 5, A37)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.solutions import SolutionDraft, SolutionRow, checked_solution, next_letter
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.procedure import Solution
from crm_desktop.services.closing import Closing
from crm_desktop.services.desk import Desk
from crm_desktop.services.steps import Steps, happened_at, owns, working_on

_COLUMNS = "id, ver, letter, what, cost_fen, feasibility, by_customer, opinion, agreed_at"


class Solutions:
    """The options of a complaint; one that is taken back stays on record, its letter becomes free."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)

    def propose(self, number: str, draft: SolutionDraft, act: Act) -> int:
        """One more option. Returns its id.

        :raises InvalidInput: as ``checked_solution``, or a fourth option.
        """
        cleaned = checked_solution(draft)
        complaint = working_on(self._desk, self._steps.get(number))
        act = require(act, Right.RESOLVE, own=owns(act, complaint))
        with self._desk.writing(act) as ledger:
            letter = next_letter({row.letter for row in self._rows(complaint.id)}, cleaned.by_customer)
            return ledger.add(
                Solution, letter, complaint=complaint.id, letter=letter, entered_at=act.at, **asdict(cleaned)
            )

    def amend(self, solution_id: int, ver: int, draft: SolutionDraft, act: Act) -> int:
        """Changes an option, also to write down the customer's opinion. Returns the new version."""
        cleaned = checked_solution(draft)
        act = self._allowed(solution_id, act)
        values = asdict(cleaned)
        del values["by_customer"]  # its letter says whose it is
        with self._desk.writing(act) as ledger:
            return ledger.change(Solution, solution_id, values, ver)

    def take_back(self, solution_id: int, ver: int, act: Act) -> int:
        """An option is no longer offered. Returns the new version."""
        act = self._allowed(solution_id, act)
        with self._desk.writing(act) as ledger:
            return ledger.change(Solution, solution_id, {"removed": True, "agreed_at": None}, ver)

    def agree(self, solution_id: int, ver: int, act: Act, at: datetime | None = None) -> int:
        """The customer agrees to this one: it is carried out, and fills 解决措施 where nothing is written yet.

        Returns the new version.
        """
        act = self._allowed(solution_id, act)
        complaint = self._complaint(solution_id)
        when = happened_at(complaint, act, at)
        with self._desk.writing(act) as ledger:
            for row in self._rows(complaint.id):
                if row.agreed_at and row.id != solution_id:
                    ledger.change(Solution, row.id, {"agreed_at": None}, reason="客户改选另一个方案")
            new = ledger.change(Solution, solution_id, {"agreed_at": when}, ver)
            self._fill_in(ledger, complaint, solution_id)
        return new

    def of_complaint(self, number: str) -> list[SolutionRow]:
        """The options on offer, in the order they were written."""
        return self._rows(self._steps.get(number).id)

    def wanted(self, number: str) -> bool:
        """Whether 解决 asks for an agreed option: 重大, or a compensation above the limit."""
        return Closing(self._desk).wants_solution(self._steps.get(number))

    def _fill_in(self, ledger: Ledger, complaint: Complaint, solution_id: int) -> None:
        if not complaint.solution:
            what = next(row.draft.what for row in self._rows(complaint.id) if row.id == solution_id)
            ledger.change(Complaint, complaint.id, {"solution": what})

    def _allowed(self, solution_id: int, act: Act) -> Act:
        complaint = working_on(self._desk, self._complaint(solution_id))
        return require(act, Right.RESOLVE, own=owns(act, complaint))

    def _complaint(self, solution_id: int) -> Complaint:
        found = self._desk.rows("SELECT complaint_id FROM solutions WHERE id = ? AND NOT removed", (solution_id,))
        if not found:
            raise NotFound("没有这个方案，请刷新后再看。")
        complaint: Complaint = Complaint.get_by_id(found[0][0])
        return complaint

    def _rows(self, complaint_id: int) -> list[SolutionRow]:
        query = f"SELECT {_COLUMNS} FROM solutions WHERE complaint_id = ? AND NOT removed ORDER BY id"
        return [
            SolutionRow(
                number, ver, letter, SolutionDraft(what, cost, feasibility, bool(own), opinion),
                moment(agreed) if agreed else None,
            )
            for number, ver, letter, what, cost, feasibility, own, opinion, agreed in self._desk.rows(
                query, (complaint_id,)
            )
        ]  # fmt: skip
