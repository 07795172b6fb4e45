"""案例汇编: which cases are told and what is told of them, masked by what the files know and by pattern.

stories(first=None, last=None, category="") -> list[CaseStory]
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds, local_day
from crm_desktop.domain.casebook import CaseStory
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.masking import Known, Masker, Surnames
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.rules import RuleName, Rules
from crm_desktop.services.staff import StaffRoom

_MOST = 200
_TEXTS = ("words", "demand", "correction", "root_cause", "solution", "long_term_measure")
_LABELS = ("现象", "客户要求", "缺点纠正", "根本原因", "解决方案", "长期措施")
# Closed, told to the end, not disposed of, and neither 恶意 nor 无效: those teach nobody anything about our work.
_CASES = """
    SELECT q.id, q.number, q.category, q.received_at, q.channel, q.severity, q.line, q.brand, q.series, q.model,
        q.words, q.demand, q.correction, q.root_cause, q.solution, q.long_term_measure, q.customer_id, q.vehicle_id,
        q.brought_by, q.brought_by_phone, q.received_by, q.adviser, q.technician, q.responsible, q.order_number,
        q.oem_ticket, q.case_number, q.source_number
    FROM complaints q WHERE q.origin = 'desk' AND q.state IN ('已关闭', '已存档') AND q.correction <> ''
        AND q.root_cause <> '' AND q.received_at >= ? AND q.received_at < ? AND (? = '' OR q.category = ?)
        AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.complaint_id = q.id AND j.withdrawn_at IS NULL)
    ORDER BY q.received_at DESC, q.id DESC LIMIT ?
"""
_ANSWER = """
    SELECT satisfaction, feedback FROM follow_ups WHERE complaint_id = ? AND called_at IS NOT NULL
        AND satisfaction <> '' ORDER BY called_at DESC, id DESC LIMIT 1
"""
_PEOPLE = (
    "SELECT name, address, source_number FROM customers"
    " WHERE id IN (?, (SELECT customer_id FROM vehicles WHERE id = ?))"
)
_CONTACTS = "SELECT value, name FROM contacts WHERE customer_id IN (?, (SELECT customer_id FROM vehicles WHERE id = ?))"
_CARS = "SELECT plate, vin, engine_number, brought_by, brought_by_phone FROM vehicles WHERE id = ? OR customer_id = ?"
_REWORKS = "SELECT order_number, technician, inspector FROM reworks WHERE complaint_id = ?"
_STAFF = ("received_by", "adviser", "technician", "responsible")


class Casebooks:
    """Reads only; what it gives out names nobody."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._measures = MeasureLists(desk)
        self._rules = Rules(desk)
        self._staff = StaffRoom(desk)

    def stories(self, first: date | None = None, last: date | None = None, category: str = "") -> list[CaseStory]:
        """The cases received on these local days, the latest 200, of one category or all."""
        start, end = day_bounds(first or date(1990, 1, 1), last or date(9999, 12, 30))
        rows = self._desk.rows(_CASES, (stamp(start), stamp(end), category, category, _MOST))
        surnames, colleagues = self._surnames(), [person.name for person in self._staff.people(with_left=True)]
        return [self._story(row, surnames, colleagues) for row in rows]

    def _story(self, row: tuple[Any, ...], surnames: Surnames, colleagues: Iterable[str]) -> CaseStory:
        found, number, category, received, channel, severity, line, brand, series, model, *rest = row
        texts, known = rest[: len(_TEXTS)], self._known(found, rest[len(_TEXTS) :], colleagues)
        mask = Masker(known, surnames).text
        told = [(label, mask(text)) for label, text in zip(_LABELS, texts, strict=True) if text]
        told += [(label, mask(text)) for label, text in self._results(found, number)]
        day = local_day(moment(received))
        head = (f"{day.year}年{day.month}月", model_text(brand, series, model), channel, severity, line)
        return CaseStory(category, mask(" · ".join(filter(None, head))), tuple(told))

    def _results(self, found: int, number: str) -> list[tuple[str, str]]:
        told = []
        for satisfaction, feedback in self._desk.rows(_ANSWER, (found,)):
            told.append(("客户反馈", "，".join(filter(None, (satisfaction, feedback)))))
        for measure in self._measures.of_complaint(number):
            if made := measure.evaluation:
                numbers = f"实施前 {made.draft.before} 件，实施后 {made.draft.after} 件"
                told.append(("措施结果", f"{made.draft.conclusion}（{made.draft.window_days} 天内{numbers}）"))
        return told

    def _known(self, found: int, of_case: list[Any], colleagues: Iterable[str]) -> Known:
        """Everything the files say of those who may be named in the texts of this case."""
        customer, vehicle, brought_by, brought_phone, *staff_and_codes = of_case
        staff, codes = staff_and_codes[: len(_STAFF)], staff_and_codes[len(_STAFF) :]
        people = self._desk.rows(_PEOPLE, (customer, vehicle))
        contacts = self._desk.rows(_CONTACTS, (customer, vehicle))
        cars = self._desk.rows(_CARS, (vehicle, customer))
        reworks = self._desk.rows(_REWORKS, (found,))
        return Known(
            customers=_told(brought_by, *(p[0] for p in people), *(c[1] for c in contacts), *(v[3] for v in cars)),
            colleagues=_told(*staff, *colleagues, *(name for r in reworks for name in r[1:])),
            phones=_told(brought_phone, *(c[0] for c in contacts), *(v[4] for v in cars)),
            plates=_told(*(v[0] for v in cars)),
            vins=_told(*(v[1] for v in cars)),
            codes=_told(*codes, *(p[2] for p in people), *(v[2] for v in cars), *(r[0] for r in reworks)),
            places=_told(*(p[1] for p in people)),
        )

    def _surnames(self) -> Surnames:
        lists = self._rules.table(RuleName.WORDING)["lists"]["surnames"]
        return Surnames("".join(lists["words"]), tuple(" ".join(lists.get("not_names", ())).split()))


def _told(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
