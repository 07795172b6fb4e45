"""重复客户: who is probably in the files twice; merged by hand (``services/merging.py``), never by the program.

pairs(limit=200) -> list[Pair]       the likeliest first        of(customer_id) -> list[Pair]
dismiss(one_id, other_id, act)       they are two people: the pair is offered no more
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.duplicates import Likeness, Person, likeness
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.gathered import SavedFilter
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

    def pairs(self, limit: int = 200) -> list[Pair]:
        """Probable pairs of the whole customer base, the likeliest first."""
        asked = {pair for query in _GROUPS for pair in _paired(self._desk.rows(query))}
        asked.update(_paired(_nearly(self._desk.rows(_SOUNDING))))
        return self._probable(asked)[:limit]

    def of(self, customer_id: int) -> list[Pair]:
        """Probable pairs one customer is in."""
        query = f"""
            SELECT DISTINCT o.customer_id FROM contacts c JOIN contacts o ON o.value = c.value AND o.removed = 0
                WHERE c.customer_id = ?1 AND c.removed = 0 AND c.kind IN ('手机', '座机')
            UNION SELECT o.customer_id FROM vehicles v JOIN vehicles o ON o.plate = v.plate AND o.plate <> ''
                WHERE v.customer_id = ?1 AND v.plate <> ''
            UNION SELECT o.customer_id FROM vehicles v JOIN vehicles o ON o.vin = v.vin AND o.vin <> ''
                WHERE v.customer_id = ?1 AND v.vin <> ''
            UNION SELECT o.id FROM customers c JOIN customers o ON o.name = c.name
                WHERE c.id = ?1 AND c.name <> '' LIMIT {_LARGEST_GROUP}
        """
        live = f"SELECT id FROM customers WHERE id IN ({query}) AND merged_into_id IS NULL AND id <> ?1"
        others = [i for (i,) in self._desk.rows(live, (customer_id,))]
        return self._probable((min(customer_id, i), max(customer_id, i)) for i in others)

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
