"""重复客户: who is probably in the files twice; merged by hand (``services/merging.py``), never by the program.

pairs(limit=200) -> list[Pair]       the likeliest first        of(customer_id) -> list[Pair]
pair(one_id, other_id) -> Pair       two files picked by hand, alike or not
dismiss(one_id, other_id, act)       they are two people: the pair is offered no more
dismissed() -> list[Dismissed]       restore(dismissed_id, act): the pair may be offered again
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.duplicates import Likeness, Person, likeness, one_digit_away
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.identity import is_mobile
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.gathered import SavedFilter
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk

SCREEN = "查重"
"""Under this name ``saved_filters`` keeps the pairs that are left out of the list, each as two ids."""
_LARGEST_GROUP = 40
"""A name or number that more files share says nothing (a fleet's switchboard, 张伟)."""
_LIVE = "customer_id IN (SELECT id FROM customers WHERE merged_into_id IS NULL)"
_GROUPS = (
    f"SELECT DISTINCT value, customer_id FROM contacts WHERE removed = 0 AND {_LIVE} AND value IN (SELECT value FROM"
    " contacts WHERE removed = 0 AND kind IN ('手机', '座机') GROUP BY value HAVING COUNT(DISTINCT customer_id) > 1)",
    f"SELECT DISTINCT plate, customer_id FROM vehicles WHERE {_LIVE} AND plate IN (SELECT plate FROM vehicles"
    " WHERE plate <> '' GROUP BY plate HAVING COUNT(DISTINCT customer_id) > 1)",
    f"SELECT DISTINCT vin, customer_id FROM vehicles WHERE {_LIVE} AND vin IN (SELECT vin FROM vehicles"
    " WHERE vin <> '' GROUP BY vin HAVING COUNT(DISTINCT customer_id) > 1)",
    "SELECT name_keys || length(name) || address, id FROM customers"
    " WHERE merged_into_id IS NULL AND length(name) > 1 AND length(address) > 5",
)
_SOUNDING = """
    SELECT c.name_keys || length(c.name), t.value, c.id FROM customers c JOIN contacts t ON t.customer_id = c.id
    WHERE c.merged_into_id IS NULL AND length(c.name) > 1 AND t.removed = 0 AND length(t.value) = 11
"""
_EXACT = {
    f"SELECT DISTINCT customer_id FROM contacts WHERE removed = 0 AND value = ? AND {_LIVE}": "phones",
    f"SELECT DISTINCT customer_id FROM vehicles WHERE plate = ? AND {_LIVE}": "plates",
    f"SELECT DISTINCT customer_id FROM vehicles WHERE vin = ? AND {_LIVE}": "vins",
}
_ALIKE = "o.merged_into_id IS NULL AND o.name_keys = me.name_keys AND length(o.name) = length(me.name)"
_SOUNDING_AT = f"""
    SELECT o.id FROM customers me JOIN contacts t ON t.value = ?2 AND t.removed = 0
    JOIN customers o ON o.id = t.customer_id WHERE me.id = ?1 AND length(me.name) > 1 AND {_ALIKE}
"""
_AT_HOME = f"""
    SELECT o.id FROM customers me JOIN customers o ON o.address = me.address
    WHERE me.id = ?1 AND length(me.name) > 1 AND length(me.address) > 5 AND {_ALIKE} LIMIT {_LARGEST_GROUP}
"""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A pair somebody found to be two customers. ``at`` UTC."""

    id: int
    one_id: int
    one_name: str
    other_id: int
    other_name: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files and what they have in common; the older one comes first and is offered as the one to keep."""

    kept: Person
    merged: Person
    likeness: Likeness


class Duplicates:
    """Finds; whether two files are one customer is for a person to say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pairs(self, limit: int = 200, progress: Callable[[int, int], None] | None = None) -> list[Pair]:
        """Probable pairs of the whole customer base, the likeliest first; ``progress`` hears steps done and in all."""
        asked: set[tuple[int, int]] = set()
        steps = len(_GROUPS) + 2
        for done, query in enumerate(_GROUPS):
            asked.update(_paired(self._desk.rows(query)))
            _tell(progress, done + 1, steps)
        asked.update(_paired(_nearly(self._desk.rows(_SOUNDING))))
        _tell(progress, steps - 1, steps)
        return self._probable(asked)[:limit]

    def of(self, customer_id: int) -> list[Pair]:
        """Probable pairs one customer is in, looked for by all that ``pairs`` looks for."""
        own = self._people({customer_id}).get(customer_id, Person(customer_id))
        others: set[int] = set()
        for query, values in _EXACT.items():
            for value in getattr(own, values):
                found = {i for (i,) in self._desk.rows(query, (value,))}
                others |= found if len(found) <= _LARGEST_GROUP else set()
        near = {number for phone in own.phones if is_mobile(phone) for number in one_digit_away(phone)}
        others.update(i for number in near for (i,) in self._desk.rows(_SOUNDING_AT, (customer_id, number)))
        others.update(i for (i,) in self._desk.rows(_AT_HOME, (customer_id,)))
        return self._probable((min(customer_id, i), max(customer_id, i)) for i in others - {customer_id})

    def pair(self, one_id: int, other_id: int) -> Pair:
        """Two files somebody picked; what they have in common is told, be it nothing.

        :raises InvalidInput: twice the same file. :raises NotFound: one is not there, or was merged.
        """
        if one_id == other_id:
            raise InvalidInput("请选两份不同的档案。")
        kept, merged = sorted((one_id, other_id))
        query = "SELECT COUNT(*) FROM customers WHERE id IN (?, ?) AND merged_into_id IS NULL"
        if self._desk.rows(query, (kept, merged))[0][0] != len((kept, merged)):
            raise NotFound("其中一份档案已经并入别的档案或不在了，请刷新后再选。")
        people = self._people({kept, merged})
        return Pair(people[kept], people[merged], likeness(people[kept], people[merged]))

    def dismiss(self, one_id: int, other_id: int, act: Act) -> None:
        """Somebody looked: these are two customers. Said twice, it is kept once; raises NotFound."""
        act = require(act, Right.CUSTOMER_BASE)
        pair = sorted((one_id, other_id))
        found = self._desk.rows("SELECT COUNT(*) FROM customers WHERE id IN (?, ?)", tuple(pair))
        if found[0][0] != len(set(pair)) or one_id == other_id:
            raise NotFound("没有这两份档案，请刷新后再看。")
        if tuple(pair) in self._dismissed():
            return
        name = f"{pair[0]} ≠ {pair[1]}"
        values = {"screen": SCREEN, "name": name, "criteria": json.dumps(pair), "who": act.who, "entered_at": act.at}
        with self._desk.writing(act) as ledger:
            ledger.add(SavedFilter, name, **values)

    def dismissed(self) -> list[Dismissed]:
        """The pairs that are left out, the latest first; none of which a file was merged since."""
        query = f"""
            SELECT f.id, f.who, f.entered_at, a.id, a.name, b.id, b.name FROM saved_filters f
            JOIN customers a ON a.id = json_extract(f.criteria, '$[0]') AND a.merged_into_id IS NULL
            JOIN customers b ON b.id = json_extract(f.criteria, '$[1]') AND b.merged_into_id IS NULL
            WHERE f.screen = '{SCREEN}' AND f.removed = 0 ORDER BY f.id DESC
        """
        return [
            Dismissed(found, one, one_name, other, other_name, who, moment(at))
            for found, who, at, one, one_name, other, other_name in self._desk.rows(query)
        ]

    def restore(self, dismissed_id: int, act: Act) -> None:
        """They may be one customer after all: the pair is looked for again. Raises NotFound."""
        act = require(act, Right.CUSTOMER_BASE)
        query = "SELECT 1 FROM saved_filters WHERE id = ? AND screen = ? AND removed = 0"
        if not self._desk.rows(query, (dismissed_id, SCREEN)):
            raise NotFound("这一对已经恢复过了，请刷新后再看。")
        with self._desk.writing(act) as ledger:
            ledger.change(SavedFilter, dismissed_id, {"removed": True})

    def _dismissed(self) -> set[tuple[int, int]]:
        query = "SELECT criteria FROM saved_filters WHERE screen = ? AND removed = 0"
        pairs = (json.loads(text) for (text,) in self._desk.rows(query, (SCREEN,)))
        return {(one, other) for one, other in pairs}

    def _probable(self, asked: Iterable[tuple[int, int]]) -> list[Pair]:
        pairs = sorted(set(asked) - self._dismissed())
        people = self._people({i for pair in pairs for i in pair})
        found = [Pair(people[a], people[b], likeness(people[a], people[b])) for a, b in pairs]
        return sorted((pair for pair in found if pair.likeness.probable), key=_likeliest)

    def _people(self, ids: set[int]) -> dict[int, Person]:
        wanted = ", ".join(map(str, ids))
        phones = self._gathered(
            f"SELECT customer_id, value FROM contacts WHERE removed = 0 AND customer_id IN ({wanted})"
        )
        plates = self._gathered(
            f"SELECT customer_id, plate FROM vehicles WHERE plate <> '' AND customer_id IN ({wanted})"
        )
        vins = self._gathered(f"SELECT customer_id, vin FROM vehicles WHERE vin <> '' AND customer_id IN ({wanted})")
        none: frozenset[str] = frozenset()
        return {
            i: Person(i, name, phones.get(i, none), plates.get(i, none), vins.get(i, none), address)
            for i, name, address in self._desk.rows(f"SELECT id, name, address FROM customers WHERE id IN ({wanted})")
        }

    def _gathered(self, query: str) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for customer, value in self._desk.rows(query):
            found.setdefault(customer, set()).add(value)
        return {customer: frozenset(values) for customer, values in found.items()}


def _nearly(rows: Iterable[tuple[str, str, int]]) -> Iterable[tuple[str, int]]:
    """Every name with every number it has, one digit left out each time: what differs in it falls together."""
    for name, phone, customer in rows:
        for place in range(len(phone)):
            yield f"{name} {phone[:place]}?{phone[place + 1 :]}", customer


def _paired(rows: Iterable[tuple[str, int]]) -> Iterable[tuple[int, int]]:
    """Every two files that share a value, where not too many do."""
    groups: dict[str, set[int]] = {}
    for value, customer in rows:
        groups.setdefault(value, set()).add(customer)
    for group in groups.values():
        if 1 < len(group) <= _LARGEST_GROUP:
            yield from combinations(sorted(group), 2)


def _likeliest(pair: Pair) -> tuple[int, int]:
    return -pair.likeness.points, pair.kept.id


def _tell(progress: Callable[[int, int], None] | None, done: int, steps: int) -> None:
    if progress is not None:
        progress(done, steps)
