"""A home as large as a dealership's after many years: 100,000 customers, 130,000 cars, 2,000 complaints.

    python -m benchmarks.big_home --home HOME

Staff and complaints are those of ``demo``; the further customers come in blocks through the ledger, history and
checksums included, as if somebody had imported them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.domain.pinyin import initials
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.office import open_office
from crm_desktop.services.samples import fill

CUSTOMERS, SECOND_CARS, COMPLAINTS = 100_000, 30_000, 2_000
_BLOCK = 10_000
_FAMILIES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚英华文"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def make_big_home(home: Path) -> None:
    """Fills an empty folder; the same content every day but for the dates of the complaints."""
    office = open_office(home)
    fill(office.desk, customers=400, complaints=COMPLAINTS, until=office.desk.today(), seed=1)
    act = office.staff.act(office.staff.people()[0], "benchmark")
    chance = random.Random(11)
    for first in range(0, CUSTOMERS, _BLOCK):
        with office.desk.writing(act) as ledger:
            _add_customers(ledger, chance, first)
    office.desk.close()


def _add_customers(ledger: Ledger, chance: random.Random, first: int) -> None:
    names = ["".join((chance.choice(_FAMILIES), *chance.choices(_GIVEN, k=2))) for _ in range(_BLOCK)]
    ids = ledger.add_many(Customer, [_customer(ledger, name) for name in names], names)
    ledger.add_many(Contact, [_phone(owner, first + place) for place, owner in enumerate(ids)])
    owners = ids + ids[: SECOND_CARS * _BLOCK // CUSTOMERS]
    ledger.add_many(Vehicle, list(_cars(ledger, chance, owners)))


def _customer(ledger: Ledger, name: str) -> dict[str, Any]:
    return {"name": name, "name_keys": initials(name), "entered_at": ledger.act.at}


def _phone(owner: int, number: int) -> dict[str, Any]:
    return {"customer": owner, "kind": "手机", "value": f"139{10_000_000 + number}"}


def _cars(ledger: Ledger, chance: random.Random, owners: list[int]) -> Iterator[dict[str, Any]]:
    for owner in owners:
        plate = f"苏{chance.choice(_LETTERS)}{chance.randrange(100_000):05}"
        vin = f"LSVAB4188N{chance.randrange(10_000_000):07}"
        car = {"plate": plate, "vin": vin, "brand": "上汽大众", "series": "朗逸", "model": "朗逸 1.5L"}
        yield {**car, "customer": owner, "entered_at": ledger.act.at}


if __name__ == "__main__":
    make_big_home(Path(sys.argv[2]))
