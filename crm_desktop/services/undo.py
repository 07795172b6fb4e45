"""撤销上一步: the last change of a case or a customer's file, taken back by whoever made it in the same sitting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from peewee import BooleanField, ForeignKeyField, IntegerField

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain import undo
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import FIELD_LABELS, State
from crm_desktop.domain.errors import DeskError, NotAllowed, NotFound
from crm_desktop.domain.papers import HANDED_OUT
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.base import Record
from crm_desktop.models.complaints import Complaint, FollowUp
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.moments import moment
from crm_desktop.models.profile import GradeRecord
from crm_desktop.services.cases import history_label, of_complaint
from crm_desktop.services.complaint_fields import ComplaintFields
from crm_desktop.services.desk import Desk
from crm_desktop.services.steps import Steps, owns, signed

_SHUT = {State.CLOSED: "已关闭", State.FILED: "已存档", State.VOID: "已作废"}
_FILE_FIELDS = {
    "name": "姓名", "kind": "类型", "gender": "性别", "address": "地址", "source": "来源", "notes": "备注",
    "name_keys": "",
}  # fmt: skip
_OF_A_FILE: dict[str, tuple[type[Record], str]] = {"contacts": (Contact, "联系方式"), "vehicles": (Vehicle, "车辆")}
_LET_GO: dict[str, dict[str, Any]] = {"contacts": {"removed": True}, "vehicles": {"customer": None}}
"""What undoes a record that came new into a customer's file; the record itself stays."""
_MANY: dict[str, tuple[type[Record], frozenset[str], Right]] = {
    "customers": (Customer, frozenset({"owner", "region"}), Right.CUSTOMER_BASE),
    "follow_ups": (FollowUp, frozenset({"planned_on"}), Right.CALL),
}
"""What is done to several records at once and may be taken back: the fields, and whose right they are."""
_GRADE = ("customers", "grade")
_THESE = "(SELECT value FROM json_each(?))"
_GRADED = f"entity = 'grades' AND entity_id IN (SELECT id FROM grades WHERE customer_id IN {_THESE})"
_GIVEN = f"""
    SELECT g.customer_id, g.first_on, g.last_on, g.figures, g.score, c.grade, g.reason
    FROM grades g JOIN customers c ON c.id = g.customer_id WHERE g.id IN {_THESE} ORDER BY g.id
"""
_FILE = (
    "entity = 'customers' AND entity_id = ?"
    " OR entity = 'contacts' AND entity_id IN (SELECT id FROM contacts WHERE customer_id = ?)"
    " OR entity = 'vehicles' AND entity_id IN (SELECT id FROM vehicles WHERE customer_id = ?)"
)
_COLUMNS = "id, at, who, staff_id, screen, entity, entity_id, field, old, salt, reason"
_AROUND = 400
"""Lines beside the last one that are looked at: a form's save writes a few, an import thousands."""


class _Line(NamedTuple):
    id: int
    at: str
    who: str
    staff_id: int | None
    screen: str
    entity: str
    entity_id: int
    field: str
    old: str | None
    salt: str | None
    reason: str

    @property
    def act(self) -> tuple[str, str, int | None, str]:
        """Lines of one act share these."""
        return self.at, self.who, self.staff_id, self.screen


class Undo:
    """One step back. What it puts back is written as a change of its own, with ``undo.REASON``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def case(self, number: str, ver: int, act: Act, since: datetime | None = None) -> undo.TakenBack:
        """Puts back what this person last changed in the fields of a complaint, with the right those fields ask for.

        ``since`` is when the person sat down (UTC), the beginning of the day where it is not told.

        :raises NotAllowed: somebody else's change, a step of the procedure, an older sitting, a case that is closed,
            filed or void. :raises ChangedMeanwhile: the case was saved since ``ver``.
        """
        complaint, act, lines = self._of_case(number, act, since)
        changes = {line.field: _value(Complaint, line) for line in reversed(lines)}
        saved = ComplaintFields(self._desk).change(complaint, ver, changes, act, undo.REASON)
        return undo.TakenBack(saved.ver, tuple(FIELD_LABELS[name] for name in dict.fromkeys(changes)))

    def offers_case(self, number: str, asker: Act, since: datetime | None = None) -> bool:
        """Whether ``case`` would take something back now; only reads."""
        return _would(self._of_case, number, asker, since)

    def offers_customer(self, customer_id: int, asker: Act, since: datetime | None = None) -> bool:
        """Whether ``customer`` would take something back now; only reads."""
        return _would(self._of_file, customer_id, asker, since)

    def many(self, noun: str, ids: Sequence[int], act: Act, since: datetime | None = None) -> int:
        """Puts back what this person just did to several records at once, all or none. Returns how many.

        ``noun`` is customers (归属), follow_ups (计划日期) or grades (评级 of these customers).

        :raises NotAllowed: as ``case``; also where one of them was changed since. :raises NotFound: no such noun.
        """
        if noun == "grades":
            return self._grades(ids, act, since)
        if noun not in _MANY:
            raise NotFound("这里没有可以成批撤销的改动。")
        model, fields, right = _MANY[noun]
        act = require(act, right)
        told = ", ".join(map(str, ids))
        if noun == "follow_ups" and self._desk.rows(
            f"SELECT 1 FROM follow_ups WHERE rework_id IS NOT NULL AND id IN ({told})"
        ):
            act = require(act, Right.REWORK_CALL)
        lines = self._last(f"entity = ? AND entity_id IN ({told})", (noun,), _AROUND + len(fields) * len(ids))
        plain = [one for one in lines if one.entity == noun and one.field in fields and one.entity_id in ids]
        if len(plain) != len(lines):
            _refuse_kind(lines, plain)
        self._check(lines, act, since)
        records = list(dict.fromkeys(line.entity_id for line in plain))
        self._check_untouched(noun, records, plain[-1].id)
        with self._desk.writing(act) as ledger:
            for record in records:
                before = {line.field: _value(model, line) for line in plain if line.entity_id == record}
                ledger.change(model, record, before, reason=undo.REASON)
        return len(records)

    def _grades(self, customers: Sequence[int], act: Act, since: datetime | None) -> int:
        """The grades are those of before, and a record of each says so: what was proposed waits for a person again."""
        act = require(act, Right.CUSTOMER_BASE)
        lines = self._last(_GRADED, (json.dumps(list(customers)),), _AROUND + 2 * len(customers))
        plain = [line for line in lines if line.entity == "grades" or (line.entity, line.field) == _GRADE]
        if len(plain) != len(lines):
            _refuse_kind(lines, plain)
        self._check(lines, act, since)
        records = json.dumps([line.entity_id for line in lines if line.entity == "grades"])
        given = self._desk.rows(_GIVEN, (records,))
        if any(row[-1] == undo.REASON for row in given):
            raise NotAllowed(undo.ALREADY)
        if {row[0] for row in given} != set(customers):
            raise NotAllowed(undo.NOT_TOGETHER)
        self._check_untouched("customers", customers, lines[-1].id)
        before = {line.entity_id: line.old or "" for line in lines if line.entity == "customers"}
        with self._desk.writing(act) as ledger:
            rows = [_opposite_grade(row, before, act) for row in given]
            for customer, grade in before.items():
                ledger.change(Customer, customer, {"grade": grade}, reason=undo.REASON)
            ledger.add_many(GradeRecord, rows, [row["grade"] for row in rows])
        return len(given)

    def _check_untouched(self, noun: str, records: Sequence[int], last: int) -> None:
        later = self._desk.rows(
            f"SELECT who FROM history WHERE entity = ? AND entity_id IN {_THESE} AND id > ? LIMIT 1",
            (noun, json.dumps(list(records)), last),
        )
        if later:
            raise NotAllowed(undo.by_another(later[0][0]))

    def _of_case(self, number: str, act: Act, since: datetime | None) -> tuple[Complaint, Act, list[_Line]]:
        complaint = Steps(self._desk).get(number)
        children, parameters = of_complaint(complaint.id)
        own = f"entity = 'complaints' AND entity_id = ? AND field <> '{HANDED_OUT}'"
        lines = self._last(f"{own} OR {children}", (complaint.id, *parameters))
        plain = [line for line in lines if line.entity == "complaints" and line.field in FIELD_LABELS]
        if not plain or len(plain) != len(lines):
            act = signed(act, {Right.CORRECT: False}, own=owns(act, complaint))
            _refuse_kind(lines, plain)
        self._check(lines, act, since)
        if complaint.state in _SHUT:
            raise NotAllowed(undo.shut(_SHUT[State(complaint.state)]))
        self._check_not_printed(complaint.id, plain[-1].id)
        return complaint, act, plain

    def _check_not_printed(self, complaint: int, last: int) -> None:
        """A paper that is out says what stood there."""
        found = self._desk.rows(
            "SELECT at, who FROM history WHERE entity = 'complaints' AND entity_id = ? AND field = ? AND id > ?"
            " ORDER BY id DESC LIMIT 1",
            (complaint, HANDED_OUT, last),
        )
        if found:
            raise NotAllowed(undo.printed(found[0][1], f"{to_local(moment(found[0][0])):%m-%d %H:%M}"))

    def customer(self, customer_id: int, ver: int, act: Act, since: datetime | None = None) -> undo.TakenBack:
        """Puts back what this person last changed in a customer's file: his data, ways to reach him, his cars.

        :raises NotAllowed: as ``case``. :raises NotFound: the file was merged. :raises ChangedMeanwhile: saved since.
        """
        act, plain = self._of_file(customer_id, act, since)
        with self._desk.writing(act) as ledger:
            own = {line.field: _value(Customer, line) for line in plain if line.entity == "customers"}
            new = ledger.change(Customer, customer_id, own, ver, undo.REASON, touch=True)
            for entity, record in dict.fromkeys((one.entity, one.entity_id) for one in plain):
                if entity in _OF_A_FILE:
                    mine = [line for line in plain if (line.entity, line.entity_id) == (entity, record)]
                    ledger.change(_OF_A_FILE[entity][0], record, _opposite(mine), reason=undo.REASON)
        return undo.TakenBack(new, tuple(_labels(plain)))

    def _of_file(self, customer_id: int, act: Act, since: datetime | None) -> tuple[Act, list[_Line]]:
        act = require(act, Right.PROFILE)
        if not self._desk.rows("SELECT 1 FROM customers WHERE id = ? AND merged_into_id IS NULL", (customer_id,)):
            raise NotFound("没有这位客户，可能已合并或输入有误。")
        lines = self._last(_FILE, (customer_id,) * 3)
        plain = [line for line in lines if _in_file(line, customer_id)]
        if len(plain) != len(lines) or not plain:
            _refuse_kind(lines, plain)
        self._check(lines, act, since)
        return act, plain

    def _last(self, where: str, parameters: tuple[Any, ...], around: int = _AROUND) -> list[_Line]:
        """Every line of the last act on these records, oldest first; also those on other records."""
        found = self._desk.rows(f"SELECT {_COLUMNS} FROM history WHERE {where} ORDER BY id DESC LIMIT 1", parameters)
        if not found:
            raise NotAllowed(undo.NOTHING)
        last = _Line(*found[0])
        span = (last.id - around, last.id + around)
        near = self._desk.rows(f"SELECT {_COLUMNS} FROM history WHERE id BETWEEN ? AND ? ORDER BY id", span)
        lines = [_Line(*row) for row in near]
        place = next(n for n, line in enumerate(lines) if line.id == last.id)
        first, end = place, place
        while first > 0 and lines[first - 1].act == last.act:
            first -= 1
        while end + 1 < len(lines) and lines[end + 1].act == last.act:
            end += 1
        if end - first >= around:
            raise NotAllowed(undo.TOO_MUCH)
        return lines[first : end + 1]

    def _check(self, lines: Sequence[_Line], act: Act, since: datetime | None) -> None:
        last = lines[-1]
        if (last.staff_id, last.who) != (act.staff_id, act.who):
            raise NotAllowed(undo.by_another(last.who))
        if last.reason == undo.REASON:
            raise NotAllowed(undo.ALREADY)
        made = moment(last.at)
        if made < since if since else local_day(made) != local_day(act.at):
            raise NotAllowed(undo.TOO_OLD)
        if any(line.salt is None for line in lines):
            raise NotAllowed(undo.ERASED)


def _would(found: Callable[..., object], *asked: object) -> bool:
    try:
        found(*asked)
    except DeskError:
        return False
    return True


def _in_file(line: _Line, customer_id: int) -> bool:
    """Whether a line is a plain change of this file, and no step that somebody decided."""
    if line.entity == "customers":
        return line.entity_id == customer_id and line.field in _FILE_FIELDS
    return line.entity in _OF_A_FILE


def _refuse_kind(lines: Iterable[_Line], plain: Sequence[_Line]) -> None:
    """:raises NotAllowed: naming the first thing of the act that is no plain change."""
    other = next(line for line in lines if line not in plain)
    if other.entity == "customers":
        raise NotAllowed(undo.of_another_kind("档案的其他资料" if other.field else "新建客户"))
    if other.entity == "complaint_events":
        raise NotAllowed(undo.STEP)
    raise NotAllowed(undo.of_another_kind(history_label(other.entity, other.field)))


def _opposite_grade(given: tuple[Any, ...], before: Mapping[int, str], act: Act) -> dict[str, Any]:
    """The record beside a grade that is taken back; it names no proposal, so that the one of now is new."""
    customer, first, last, figures, score, grade, _ = given
    days = {"first_on": date.fromisoformat(first), "last_on": date.fromisoformat(last)}
    return {
        "customer": customer, **days, "figures": figures, "score": score, "proposed": "",
        "grade": before.get(customer, grade), "reason": undo.REASON, "who": act.who, "decided_at": act.at,
    }  # fmt: skip


def _opposite(lines: Sequence[_Line]) -> dict[str, Any]:
    """What one record of a file was before; a new one leaves the file."""
    model = _OF_A_FILE[lines[0].entity][0]
    if any(not line.field for line in lines):
        return _LET_GO[lines[0].entity]
    return {line.field: _value(model, line) for line in reversed(lines)}


def _value(model: type[Record], line: _Line) -> Any:
    """A value of the history as its field takes it."""
    field = model._meta.fields[line.field]
    whole = isinstance(field, IntegerField | ForeignKeyField | BooleanField)
    return field.python_value(int(line.old) if whole and line.old is not None else line.old)


def _labels(lines: Iterable[_Line]) -> dict[str, None]:
    told = (_FILE_FIELDS[line.field] if line.entity == "customers" else _OF_A_FILE[line.entity][1] for line in lines)
    return dict.fromkeys(filter(None, told))
