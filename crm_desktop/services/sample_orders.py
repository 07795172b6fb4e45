"""Workshop orders of the sample home: brought in every Monday and first of the month, as a dealership does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import CustomerDraft, VehicleDraft
from crm_desktop.domain.imports import ImportedVisit, ImportKind
from crm_desktop.domain.sample_words import cast
from crm_desktop.domain.staff import Role
from crm_desktop.services.customers import Customers
from crm_desktop.services.desk import Desk
from crm_desktop.services.imports import Imports

PER_COMPLAINT = 25
"""So many orders come on one complaint: four of a hundred customers complain."""
_YEAR = 360
_A_MONTH = 0.16
"""How likely a car on file comes in within thirty days."""
_LATE = 9
"""Every so-manieth car was ready a day later than promised."""
_WORK = (
    ("保养", "更换机油机滤，检查底盘", 680),
    ("小修", "更换前刹车片", 1260),
    ("二级维护", "更换变速箱油", 1580),
    ("事故维修", "前保险杠喷漆", 2350),
)
_COMPLAINED = """
    SELECT q.order_number, COALESCE(c.name, ''), v.plate, v.vin, COALESCE(q.mileage, v.mileage, 3000) FROM complaints q
    JOIN vehicles v ON v.id = q.vehicle_id LEFT JOIN customers c ON c.id = q.customer_id
    WHERE q.order_number <> '' AND q.order_number NOT IN (SELECT order_number FROM visits
        WHERE order_number IS NOT NULL) GROUP BY q.order_number ORDER BY q.id
"""
_NUMBER = "RO%y%m%d"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class SampleOrders:
    """``files`` are the customers so far; most orders are of cars nobody complains about and whose owner has no file.

    ``of_files`` tells how many orders those on file have.
    """

    def __init__(self, desk: Desk, files: Sequence[int], seed: int, a_day: float, since: date) -> None:
        """``a_day`` orders of others come in from ``since`` on."""
        self._desk, self._files = desk, files
        self._chance = Random(seed)  # noqa: S311 - sample data is no secret
        self._a_day, self._last, self._owed = a_day, since, 0.0
        self._advisers = (cast().staff[Role.ADVISER], cast().staff[Role.MANAGER])
        self._drafts: dict[int, CustomerDraft] = {}
        self._orders = self.of_files = 0

    def bring(self, act: Act) -> None:
        """The orders since the last time; of a customer met for the first time those of a year."""
        today = local_day(act.at)
        orders = [*self._of_complaints(), *self._of_files(today), *self._of_others(today)]
        orders.sort(key=_came_on)
        self._last = today
        if orders:
            Imports(self._desk).run(ImportKind.VISITS, orders, f"进厂记录{today:%m%d}.xlsx", act)

    def _of_complaints(self) -> Iterator[ImportedVisit]:
        """The order each complaint names."""
        for number, name, plate, vin, mileage in self._desk.rows(_COMPLAINED):
            came = datetime.strptime(number[:8], _NUMBER).date()  # noqa: DTZ007 - a day has no zone
            yield self._order(came, name, "", VehicleDraft(plate=plate, vin=vin), mileage, number)

    def _of_files(self, today: date) -> Iterator[ImportedVisit]:
        for found in self._files:
            draft = self._drafts.get(found) or Customers(self._desk).profile(found).draft
            phone = draft.contacts[0].value if draft.contacts else ""
            for car in draft.vehicles:
                for came in self._days(found, car, today):
                    self.of_files += 1
                    back = (today - came).days
                    yield self._order(came, draft.name, phone, car, max(100, (car.mileage or 100) - back * 30))
            self._drafts[found] = draft

    def _days(self, customer: int, car: VehicleDraft, today: date) -> list[date]:
        """When a car came in that it did not own up to before; never before it was bought."""
        bought = car.bought_on or today - timedelta(days=_YEAR)
        if customer not in self._drafts:
            ago = self._chance.sample(range(2, _YEAR), self._chance.randrange(0, 4))
        else:
            days = (today - self._last).days
            ago = [self._chance.randint(1, days)] if days and self._chance.random() < _A_MONTH * days / 30 else []
        return [day for day in (today - timedelta(days=back) for back in ago) if day > bought]

    def _of_others(self, today: date) -> Iterator[ImportedVisit]:
        """One car in three has been here before."""
        for back in range((today - self._last).days, 0, -1):
            self._owed += self._a_day
            while self._owed >= 1:
                self._owed -= 1
                number = self._orders - self._chance.randrange(60) if self._orders % 3 == 0 else self._orders
                car = VehicleDraft(plate=_plate(max(0, number)), brand="上汽大众")
                yield self._order(today - timedelta(days=back), "", "", car, self._chance.randrange(3_000, 90_000))

    def _order(
        self, came: date, name: str, phone: str, car: VehicleDraft, mileage: int, number: str = ""
    ) -> ImportedVisit:
        self._orders += 1
        number = number or f"{came:{_NUMBER}}{100 + self._orders % 900}"
        kind, items, price = self._chance.choice(_WORK)
        left = came + timedelta(days=1 if self._orders % _LATE == 0 else 0)
        return ImportedVisit(
            row=self._orders, digest=f"sample{self._orders}", order_number=number, came_on=came, left_on=left,
            promised_on=came, repair_kind=kind, items=items, amount_fen=price * 100, mileage=mileage,
            adviser=self._advisers[self._orders % 2], customer_name=name, phone=phone,
            plate=car.plate, vin=car.vin, brand=car.brand,
        )  # fmt: skip


def _plate(number: int) -> str:
    """The plate of a car whose owner has no file: of the next county, so that no car on file has it."""
    return f"苏B{number % 10}{_LETTERS[number // 1000 % 24]}{number // 10 % 100:02d}{_LETTERS[number % 24]}"


def _came_on(order: ImportedVisit) -> date:
    return order.came_on or date.min
