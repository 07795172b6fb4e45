"""今日, the rest of it: measures due, answers of 不满意 that nobody took up, forms that were not finished.

Asked once the first page is painted: none of it runs by the minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from crm_desktop.clock import to_local
from crm_desktop.domain.due import OpenMilestone
from crm_desktop.domain.errands import Errand, ErrandKind
from crm_desktop.domain.signs import SignKind
from crm_desktop.services.desk import Desk
from crm_desktop.services.drafts import Drafts
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.signs import Signs

NEW_COMPLAINT = "complaint"
"""The draft of a complaint without number, as the intake puts it aside."""
_CUSTOMER = "customer:"


class Errands:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self) -> list[Errand]:
        """What is late stands first, then what is due today; what has no day of its own stands last."""
        found = [*self._measures(), *self._answers(), *self._drafts()]
        return sorted(found, key=_by_day)

    def _measures(self) -> Iterator[Errand]:
        now = self._desk.now()
        today = to_local(now).date()
        for clock in MeasureLists(self._desk).open_milestones(now):
            if clock.alarming or clock.due.date() <= today:
                yield _measure(clock)

    def _answers(self) -> Iterator[Errand]:
        for row in Signs(self._desk).rows((SignKind.UNSATISFIED_CALL,)):
            yield Errand(
                ErrandKind.UNHAPPY, f"call:{row.id}", row.customer_name, row.what, datetime.combine(row.on, time())
            )

    def _drafts(self) -> Iterator[Errand]:
        for draft in Drafts(self._desk).rows():
            number = draft.record.partition("/")[0]
            if draft.form == NEW_COMPLAINT:
                yield Errand(ErrandKind.DRAFT, "", "新的抱怨单", "还没有登记", to_local(draft.at))
            elif number and (":" not in number or number.startswith(_CUSTOMER)):
                whose = "客户档案" if ":" in number else number
                yield Errand(ErrandKind.DRAFT, draft.record, whose, f"“{draft.form}”没有保存", to_local(draft.at))


def _measure(clock: OpenMilestone) -> Errand:
    """The sentence of its clock begins with its number."""
    kind = ErrandKind.EVALUATION if clock.milestone == "evaluation" else ErrandKind.MEASURE
    measure = clock.why.partition(" ")[0]
    return Errand(kind, measure, "", clock.why, clock.due, late=clock.late_minutes > 0)


def _by_day(row: Errand) -> tuple[bool, int, datetime]:
    return not row.late, tuple(ErrandKind).index(row.kind), row.at
