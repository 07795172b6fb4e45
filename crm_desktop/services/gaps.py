"""资料完整度: what every file lacks, as a score on the profile and as lists to work through (A43).

of(customer_id) -> Completeness        counts() -> {Gap: how many}        ids(Gap, after=None, size=200) -> list[int]
"""

from __future__ import annotations

from datetime import date

from crm_desktop.domain.completeness import Completeness, FileFacts, Gap, completeness
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.warranty import months_after
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules

_CHECKED = "MAX(COALESCE(c.basics_checked_on, ''), COALESCE(c.contacts_checked_on, ''))"
_CARS = "SELECT 1 FROM vehicles v WHERE v.customer_id = c.id"
_WHERE = {
    Gap.NO_MOBILE: "NOT EXISTS (SELECT 1 FROM contacts t WHERE t.customer_id = c.id AND t.removed = 0"
    " AND t.kind = '手机')",
    Gap.NO_VIN: f"EXISTS ({_CARS} AND v.vin = '')",
    Gap.NOT_CHECKED: f"{_CHECKED} < ?",
    Gap.NO_CAR: f"NOT EXISTS ({_CARS})",
    Gap.NO_CONSENT: "c.contact_consent = '' AND c.keep_consent = ''",
    Gap.NO_OWNER: "c.owner = ''",
}
_FACTS = f"""
    SELECT c.name <> '', NOT ({_WHERE[Gap.NO_MOBILE]}), c.address <> '',
        (SELECT COUNT(*) FROM vehicles v WHERE v.customer_id = c.id),
        (SELECT COUNT(*) FROM vehicles v WHERE v.customer_id = c.id AND v.vin <> ''),
        (SELECT COUNT(*) FROM vehicles v WHERE v.customer_id = c.id AND COALESCE(v.delivered_on, v.bought_on) <> ''),
        NOT ({_WHERE[Gap.NO_CONSENT]}), c.owner <> '', {_CHECKED}
    FROM customers c WHERE c.id = ?
"""


class Gaps:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, customer_id: int) -> Completeness:
        """The score of one file and what it lacks; raises NotFound."""
        found = self._desk.rows(_FACTS, (customer_id,))
        if not found:
            raise NotFound("没有这位客户，请刷新后再看。")
        named, mobile, address, cars, vins, days, asked, owner, checked = found[0]
        facts = FileFacts(
            bool(named), bool(mobile), bool(address), cars, vins, days, bool(asked), bool(owner),
            date.fromisoformat(checked) if checked else None,
        )  # fmt: skip
        return completeness(facts, _stale_before(self._desk))

    def counts(self) -> dict[Gap, int]:
        """How many files stand on each list."""
        return {gap: self._count(gap) for gap in Gap}

    def ids(self, gap: Gap, after: int | None = None, size: int = 200) -> list[int]:
        """The files of one list, the latest first, behind the id ``after``."""
        where, told = condition(self._desk, gap)
        query = (
            f"SELECT c.id FROM customers c WHERE c.merged_into_id IS NULL AND {where} AND c.id < ?"
            " ORDER BY c.id DESC LIMIT ?"
        )
        return [i for (i,) in self._desk.rows(query, (*told, after or 1 << 62, size))]

    def _count(self, gap: Gap) -> int:
        where, told = condition(self._desk, gap)
        query = f"SELECT COUNT(*) FROM customers c WHERE c.merged_into_id IS NULL AND {where}"
        return int(self._desk.rows(query, told)[0][0])


def condition(desk: Desk, gap: str) -> tuple[str, tuple[str, ...]]:
    """What a file ``c`` lacks, as a condition with its parameters; for every list that is narrowed by it."""
    told = (_stale_before(desk).isoformat(),) if gap == Gap.NOT_CHECKED else ()
    return f"({_WHERE[Gap(gap)]})", told


def _stale_before(desk: Desk) -> date:
    return months_after(desk.today(), -Rules(desk).profile().stale_months)
