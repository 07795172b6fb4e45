"""归属: whose customer somebody is, and what happens to his customers when he leaves (A42, A45, A87).

assign(customer_ids, owner, act, reason="", region=None, progress) -> how many      an empty owner gives them back
hand_over(owner, to, act, reason, progress) -> how many            everything of one person, when somebody leaves
warning(customer_id, who) -> sentence or ""              before another's customer is changed
told(customer_id) -> "归属 梁晓雯 · 市区"                 owner and region as the file shows them, or ""
ids(owner, after=None, size=200) -> list[int]            keyset; "" lists those without owner
counts() -> list[OwnerCount]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.customers import Customer
from crm_desktop.services.desk import Desk

Told = Callable[[int, int], object]
"""Hears customers done and customers in all; what it raises takes everything back."""


@dataclass(frozen=True, slots=True)
class OwnerCount:
    """How many customers one person looks after; ``left``: he has gone, they have to be handed over."""

    owner: str
    customers: int
    left: bool


class Owners:
    """Every change of owner is a line in the history of the customer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def assign(
        self,
        customer_ids: Iterable[int],
        owner: str,
        act: Act,
        reason: str = "",
        region: str | None = None,
        progress: Told | None = None,
    ) -> int:
        """These customers belong to this colleague from now on (and to this region, where one is told).

        Returns how many really changed.

        :raises InvalidInput: nobody of that name works here.
        """
        act = require(act, Right.CUSTOMER_BASE)
        name, why = self._checked(owner), checked_line(reason, "原因")
        wanted = list(dict.fromkeys(customer_ids))
        changes = {"owner": name, **({"region": checked_line(region, "区域", 80)} if region is not None else {})}
        changed = 0
        with self._desk.writing(act) as ledger:
            for done, customer in enumerate(wanted, start=1):
                before = self._version(customer)
                changed += ledger.change(Customer, customer, changes, reason=why) != before
                if progress is not None:
                    progress(done, len(wanted))
        return changed

    def hand_over(self, owner: str, to: str, act: Act, reason: str, progress: Told | None = None) -> int:
        """Every customer of one person goes to another. Returns how many.

        :raises InvalidInput: no reason, the same person, or nobody of that name works here.
        """
        if not checked_line(reason, "原因"):
            require(act, Right.CUSTOMER_BASE)
            raise InvalidInput({"reason": "移交客户请写明原因，如：离职、调岗。"})
        if owner == to or not (owner and to):
            require(act, Right.CUSTOMER_BASE)
            raise InvalidInput({"to": "请选一位原归属人和另一位接手的同事。"})
        query = "SELECT id FROM customers WHERE owner = ? AND merged_into_id IS NULL ORDER BY id"
        ids = [i for (i,) in self._desk.rows(query, (owner,))]
        return self.assign(ids, to, act, reason, progress=progress)

    def warning(self, customer_id: int, who: str) -> str:
        """What to say before this person changes somebody else's customer; nothing for his own or nobody's."""
        found = self._desk.rows("SELECT owner FROM customers WHERE id = ?", (customer_id,))
        owner = found[0][0] if found else ""
        if not owner or owner == who:
            return ""
        return f"这是{owner}的客户，修改后{owner}会在历史里看到；请先和{owner}说一声。"

    def told(self, customer_id: int) -> str:
        """Owner and region in one line; nothing where neither is known."""
        found = self._desk.rows("SELECT owner, region FROM customers WHERE id = ?", (customer_id,))
        owner, region = found[0] if found else ("", "")
        return " · ".join(filter(None, (f"归属 {owner}" if owner else "", region)))

    def ids(self, owner: str = "", after: int | None = None, size: int = 200) -> list[int]:
        """The customers of one person, or of nobody, the latest first, behind the id ``after``."""
        query = (
            "SELECT id FROM customers INDEXED BY customers_by_owner WHERE merged_into_id IS NULL AND owner = ?"
            " AND id < ? ORDER BY id DESC LIMIT ?"
        )
        return [i for (i,) in self._desk.rows(query, (owner, after or 1 << 62, size))]

    def counts(self) -> list[OwnerCount]:
        """Everybody who looks after customers, and nobody ("") first."""
        gone = {name for (name,) in self._desk.rows("SELECT name FROM staff WHERE has_left = 1")}
        rows = self._desk.rows(
            "SELECT owner, COUNT(*) FROM customers INDEXED BY customers_by_owner WHERE merged_into_id IS NULL"
            " GROUP BY owner ORDER BY owner"
        )
        return [OwnerCount(owner, count, owner in gone) for owner, count in rows]

    def _checked(self, owner: str) -> str:
        name = checked_line(owner, "归属人", 80)
        people = {person for (person,) in self._desk.rows("SELECT name FROM staff WHERE has_left = 0")}
        if name and people and name not in people:
            raise InvalidInput({"owner": f"在职员工里没有“{name}”，请从员工名单里选。"})
        return name

    def _version(self, customer_id: int) -> int:
        found = self._desk.rows("SELECT ver FROM customers WHERE id = ?", (customer_id,))
        return int(found[0][0]) if found else 0
