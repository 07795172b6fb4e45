"""Finding customers, cars and complaints by a few characters: phone, plate, VIN, name, pinyin, numbers, words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm_desktop.domain.customers import NAMELESS, Known, model_text
from crm_desktop.domain.identity import masked_phone, phone_key, plate_key
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import PHONE_OF

_LIMIT = 20
_LATIN = re.compile(r"[a-z]{2,12}")
_DIGITS = re.compile(r"\d{3,}")
_KNOWN = f"""
    SELECT c.id, v.id, COALESCE(c.name, ''),
        COALESCE({PHONE_OF.format(owner="c.id")}, ''), COALESCE(v.plate, ''), COALESCE(v.vin, ''),
        COALESCE(v.brand, ''), COALESCE(v.series, ''), COALESCE(v.model, ''),
        (SELECT COUNT(*) FROM complaints q WHERE (q.customer_id = c.id OR q.vehicle_id = v.id)
            AND q.origin = 'desk' AND q.state IN ('登记', '已移交', '已响应', '处理中', '已解决'))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search box; ``why`` names what met."""

    kind: str
    id: int
    number: str
    title: str
    why: str


class Search:
    """One box for everything; the same answers for the window and the command line."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, text: str, limit: int = _LIMIT) -> list[Hit]:
        """What meets the text: complaints by number first, then people, cars, words of complaints."""
        asked = text.strip()
        if not asked:
            return []
        return [
            *self._numbers(asked, limit),
            *self._people(asked, limit),
            *self._cars(asked, limit),
            *self._words(asked, limit),
        ]

    def known(self, text: str, limit: int = 8) -> list[Known]:
        """People and cars offered while name, phone, plate or VIN is typed."""
        asked = text.strip()
        if len(asked) < 1 or (asked.isdigit() and len(asked) < 3):
            return []
        people = [self._known_person(i, why) for i, why in self._customer_ids(asked, limit)]
        cars = [self._known_car(i, why) for i, why in self._vehicle_ids(asked, limit)]
        return _distinct([known for group in (cars, people) for found in group for known in found])[:limit]

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

    def _numbers(self, asked: str, limit: int) -> list[Hit]:
        if not re.search(r"\d{3}", asked):
            return []
        hits: list[Hit] = []
        for column, why in (("number", "抱怨单号"), ("source_number", "来源单号"), ("order_number", "委托书号")):
            rows = self._desk.rows(
                f"SELECT id, number, words FROM complaints WHERE instr(upper({column}), ?) > 0"
                f" ORDER BY received_at DESC LIMIT {limit}",
                (asked.upper(),),
            )
            hits += [Hit("complaint", i, n, words[:40], f"{why}含“{asked}”") for i, n, words in rows]
        return list({hit.id: hit for hit in reversed(hits)}.values())[::-1]

    def _people(self, asked: str, limit: int) -> list[Hit]:
        hits = []
        for found, why in self._customer_ids(asked, limit):
            name, phone = self._desk.rows(
                f"SELECT name, COALESCE({PHONE_OF.format(owner='c.id')}, '') FROM customers c WHERE c.id = ?", (found,)
            )[0]
            hits.append(Hit("customer", found, masked_phone(phone), name or NAMELESS, why))
        return hits

    def _cars(self, asked: str, limit: int) -> list[Hit]:
        hits = []
        for found, why in self._vehicle_ids(asked, limit):
            plate, vin, brand, series, model = self._desk.rows(
                "SELECT plate, vin, brand, series, model FROM vehicles WHERE id = ?", (found,)
            )[0]
            hits.append(Hit("vehicle", found, plate or vin, model_text(brand, series, model), why))
        return hits

    def _words(self, asked: str, limit: int) -> list[Hit]:
        rows = self._desk.rows(
            "SELECT id, number, words FROM complaints WHERE instr(words, ?) > 0"
            f" ORDER BY received_at DESC LIMIT {limit}",
            (asked,),
        )
        return [Hit("complaint", i, n, words[:40], f"抱怨内容含“{asked}”") for i, n, words in rows]

    def _customer_ids(self, asked: str, limit: int) -> list[tuple[int, str]]:
        questions = [("SELECT id FROM customers WHERE instr(name, ?) > 0", asked, "姓名")]
        if _LATIN.fullmatch(asked.lower()):
            questions.append(
                ("SELECT id FROM customers WHERE instr(name_keys, ?) > 0", f" {asked.lower()}", "拼音首字母")
            )
        if _DIGITS.search(asked):
            contact = "SELECT customer_id FROM contacts WHERE removed = 0 AND instr(value, ?) > 0"
            questions.append((contact, phone_key(asked), "电话"))
        return self._collected(questions, asked, limit)

    def _vehicle_ids(self, asked: str, limit: int) -> list[tuple[int, str]]:
        key = plate_key(asked)
        if len(key) < 2:
            return []
        questions = [("SELECT id FROM vehicles WHERE instr(plate, ?) > 0", key, "车牌号")]
        if len(key) >= 4:
            questions.append(("SELECT id FROM vehicles WHERE instr(vin, ?) > 0", key, "VIN "))
        return self._collected(questions, asked, limit)

    def _collected(self, questions: list[tuple[str, str, str]], asked: str, limit: int) -> list[tuple[int, str]]:
        found: dict[int, str] = {}
        for query, key, why in questions:
            for (record,) in self._desk.rows(f"{query} ORDER BY 1 DESC LIMIT {limit}", (key,)):
                found.setdefault(int(record), f"{why}含“{asked}”")
        return list(found.items())[:limit]

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
