"""Finding customers, cars, complaints and reworks by a few characters: one box for the window and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.domain.customers import Known, model_text
from crm_desktop.domain.search import GROUPS, Hit, HitGroup, HitKind, Question
from crm_desktop.domain.text import clean_line
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import PHONE_OF
from crm_desktop.services.search_hits import complaint_of, hits_of, in_order
from crm_desktop.services.search_parts import PARTS, Met, Part, met_by, named, nearest, spelled

__all__ = ["Hit", "Search"]

_LIMIT = 20
_BESIDE = 32  # looked at beyond what is shown, so that the nearest of them come first
_OFFERED_BY = {"n": HitKind.CUSTOMER, "p": HitKind.CUSTOMER, "l": HitKind.VEHICLE, "v": HitKind.VEHICLE}
_LEAST_DIGITS, _LEAST_CODE = 3, 2
_KNOWN = f"""
    SELECT c.id, v.id, COALESCE(c.name, ''),
        COALESCE({PHONE_OF.format(owner="c.id")}, ''), COALESCE(v.plate, ''), COALESCE(v.vin, ''),
        COALESCE(v.brand, ''), COALESCE(v.series, ''), COALESCE(v.model, ''),
        (SELECT COUNT(*) FROM complaints q WHERE (q.customer_id = c.id OR q.vehicle_id = v.id)
            AND q.origin = 'desk' AND q.state IN ('登记', '已移交', '已响应', '处理中', '已解决'))
"""


class Search:
    """Reads only. Works from the first character; what is found is defined in ``domain/search.py``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, text: str, limit: int = 8) -> list[HitGroup]:
        """What the box shows: groups that have hits, at most ``limit`` each, phones masked.

        Nearest first (whole, beginning, end, part, words of a text), then open cases, then the latest. In a group
        that meets more than a few dozen times, only the latest of them are put in order.
        """
        question = Question(clean_line(text))
        groups = [self._group(kind, question, limit) for kind in GROUPS] if question.typed else []
        return [group for group in groups if group.hits]

    def group(self, kind: HitKind, text: str, limit: int = _LIMIT) -> HitGroup:
        """One group of ``ask`` by itself, to see more of it; empty where nothing meets."""
        question = Question(clean_line(text))
        return self._group(kind, question, limit) if question.typed else HitGroup(kind, GROUPS[kind], (), more=False)

    def find(self, text: str, limit: int = _LIMIT) -> list[Hit]:
        """The hits of ``ask`` in one row: customers, vehicles, complaints, at most ``limit`` of each group.

        A rework is told as the complaint it belongs to (interface, section 2).
        """
        found: dict[tuple[str, int], Hit] = {}
        for hit in (hit for group in self.ask(text, limit) for hit in group.hits):
            told = complaint_of(self._desk, hit) if hit.kind == HitKind.REWORK else hit
            found.setdefault((told.kind, told.id), told)
        return list(found.values())

    def meeting(self, kind: HitKind, text: str) -> set[int]:
        """The ids of everything of this kind that meets the text, without order and limit."""
        question = Question(clean_line(text))
        return {met.target for met in self._met(kind, question, None)} if question.typed else set()

    def customer_ids(self, text: str, limit: int) -> list[int]:
        """Customers that meet the text by name, pinyin, phone, or by one of their cars, nearest first."""
        groups = self.ask(text, limit)
        found = [hit for group in groups if group.kind in (HitKind.CUSTOMER, HitKind.VEHICLE) for hit in group.hits]
        return list(dict.fromkeys(hit.customer_id for hit in found if hit.customer_id is not None))[:limit]

    def known(self, text: str, limit: int = 8) -> list[Known]:
        """People and cars offered while name, phone, plate or VIN is typed; one or two digits offer nobody."""
        question = Question(clean_line(text))
        if not question.typed or (question.typed.isdigit() and len(question.typed) < _LEAST_DIGITS):
            return []
        cars = self._offered(HitKind.VEHICLE, question, limit) if len(question.code) >= _LEAST_CODE else []
        people = self._offered(HitKind.CUSTOMER, question, limit)
        return _distinct(
            [
                *(known for met in cars for known in self._known_car(met.target, met.why)),
                *(known for met in people for known in self._known_person(met.target, met.why)),
            ]
        )[:limit]

    def person(self, customer_id: int, vehicle_id: int | None = None) -> Known | None:
        """A customer with one of his cars (the first if none is named), to begin a complaint with."""
        found = self._known_person(customer_id, "")
        chosen = [known for known in found if vehicle_id in (None, known.vehicle_id)] or found
        return chosen[0] if chosen else None

    def exact(self, phone: str = "", plate: str = "", vin: str = "") -> list[Known]:
        """Whoever has this very phone, plate or VIN (already normalised)."""
        found: list[Known] = []
        if phone:
            rows = self._desk.rows(
                "SELECT DISTINCT customer_id FROM contacts WHERE value = ? AND removed = 0", (phone,)
            )
            found += [known for (i,) in rows for known in self._known_person(i, "电话相同")]
        for column, key, why in (("plate", plate, "车牌相同"), ("vin", vin, "VIN 相同")):
            if key:
                rows = self._desk.rows(f"SELECT id FROM vehicles WHERE {column} = ? AND {column} <> ''", (key,))
                found += [known for (i,) in rows for known in self._known_car(i, why)]
        return _distinct(found)

    def _group(self, kind: HitKind, question: Question, limit: int) -> HitGroup:
        met = nearest(self._met(kind, question, limit + _BESIDE))
        first = in_order(self._desk, kind, met.values())[:limit]
        return HitGroup(kind, GROUPS[kind], tuple(hits_of(self._desk, kind, first, question.words)), len(met) > limit)

    def _offered(self, kind: HitKind, question: Question, limit: int) -> list[Met]:
        parts = [part for part in PARTS if _OFFERED_BY.get(part.mark) == kind]
        met = nearest(self._met(kind, question, limit + _BESIDE, parts))
        return [hit for hit, _ in in_order(self._desk, kind, met.values())[:limit]]

    def _met(
        self, kind: HitKind, question: Question, enough: int | None, parts: Sequence[Part] = PARTS
    ) -> Iterable[Met]:
        if kind == HitKind.CUSTOMER:
            if enough is not None:
                yield from named(self._desk, question, enough)
            yield from spelled(self._desk, question, enough)
        for part in parts:
            if part.kind == kind:
                yield from met_by(self._desk, part, question, enough)

    def _known_person(self, customer_id: int, why: str) -> list[Known]:
        query = f"{_KNOWN} FROM customers c LEFT JOIN vehicles v ON v.customer_id = c.id WHERE c.id = ? ORDER BY v.id"
        return [_known(row, why) for row in self._desk.rows(query, (customer_id,))]

    def _known_car(self, vehicle_id: int, why: str) -> list[Known]:
        query = f"{_KNOWN} FROM vehicles v LEFT JOIN customers c ON c.id = v.customer_id WHERE v.id = ?"
        return [_known(row, why) for row in self._desk.rows(query, (vehicle_id,))]


def _known(row: tuple[int | None, int | None, str, str, str, str, str, str, str, int], why: str) -> Known:
    customer, vehicle, name, phone, plate, vin, brand, series, model, open_count = row
    return Known(customer, vehicle, name, phone, plate, vin, model_text(brand, series, model), why, open_count)


def _distinct(found: list[Known]) -> list[Known]:
    return list({(known.customer_id, known.vehicle_id): known for known in reversed(found)}.values())[::-1]
