"""回话: promises to the customer (“下午4点回电”), clocks of their own: 今天要给谁回话."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.promises import PromiseOutcome
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.procedure import Promise
from crm_desktop.services.desk import Desk
from crm_desktop.services.promise_lists import PromiseLists
from crm_desktop.services.steps import Steps, happened_at, working_on


class Promises(PromiseLists):
    """What was promised, and what became of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._steps = Steps(desk)

    def make(self, number: str, what: str, due_at: datetime, act: Act, made_at: datetime | None = None) -> int:
        """A promise given on a complaint. Returns its id.

        :raises InvalidInput: nothing promised, or due before it was given.
        """
        act = require(act, Right.CORRECT)
        complaint = working_on(self._desk, self._steps.get(number))
        told, given = checked_line(what, "答应客户的事"), happened_at(complaint, act, made_at)
        faults = {}
        if not told:
            faults["what"] = "请写答应了客户什么，如“下午4点回电”。"
        if due_at <= given:
            faults["due_at"] = "答应的时间应晚于答应的时刻，请核对。"
        if faults:
            raise InvalidInput(faults)
        with self._desk.writing(act) as ledger:
            return ledger.add(
                Promise, told, complaint=complaint.id, what=told, made_at=given, due_at=due_at, who=act.who,
                entered_at=act.at,
            )  # fmt: skip

    def keep(self, promise_id: int, ver: int, act: Act, at: datetime | None = None, note: str = "") -> int:
        """The promise was kept, at that time. Returns the new version."""
        return self._settle(promise_id, ver, act, PromiseOutcome.KEPT, at, note)

    def break_(self, promise_id: int, ver: int, act: Act, note: str) -> int:
        """It was not kept; the reason is asked for. Returns the new version."""
        if not checked_line(note, "原因"):
            raise InvalidInput({"note": "没有兑现请写明原因和怎样补救。"})
        return self._settle(promise_id, ver, act, PromiseOutcome.BROKEN, None, note)

    def _settle(
        self, promise_id: int, ver: int, act: Act, outcome: PromiseOutcome, at: datetime | None, note: str
    ) -> int:
        act = require(act, Right.CORRECT)
        when = at or act.at
        if when > act.at:
            raise InvalidInput({"at": "回话时间晚于现在，请核对。"})
        values = {"outcome": outcome, "settled_at": when, "note": checked_line(note, "说明")}
        with self._desk.writing(act) as ledger:
            return ledger.change(Promise, promise_id, values, ver)
