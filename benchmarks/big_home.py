"""Data folders of three sizes for ``bench_start``, all without staff, so that nobody has to sit down first.

    python -m benchmarks.big_home HOME COMPLAINTS CUSTOMERS

Every home knows its dealership. Of the complaints 40 came in today and wait, with calls due and cars in the workshop;
the others are history of the years before. The further customers, one in three with a second car, come in blocks
through the ledger, as an import writes them.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.imports import ImportKind
from crm_desktop.domain.pinyin import initials
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.papers.imports import ImportPaper
from crm_desktop.services.cases import OPEN, ComplaintFilter
from crm_desktop.services.office import Office, open_office

_TODAYS = 40
_BLOCK = 10_000
_FAMILIES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚英华文"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WORDS = ("变速箱二挡升三挡一顿一顿的", "空调不冷，等了三天配件", "洗车刮花车门，没有人告诉我", "交车晚了两小时")


def make_home(home: Path, complaints: int, customers: int) -> None:
    """Fills an empty folder."""
    office, chance = open_office(home), random.Random(11)
    act = office.desk.act("前台", "benchmark")
    office.settings.change({"dealership.name": "示范汽车 4S 店"}, act)
    for first in range(0, customers, _BLOCK):
        with office.desk.writing(act) as ledger:
            _add_customers(ledger, chance, first, min(_BLOCK, customers - first))
    if complaints:
        _bring_in(office, act, chance, complaints)
        _plan_the_day(office, act)
    office.desk.close()


def _add_customers(ledger: Ledger, chance: random.Random, first: int, many: int) -> None:
    names = ["".join((chance.choice(_FAMILIES), *chance.choices(_GIVEN, k=2))) for _ in range(many)]
    ids = ledger.add_many(Customer, [_customer(ledger, name) for name in names], names)
    ledger.add_many(Contact, [_phone(owner, first + place) for place, owner in enumerate(ids)])
    ledger.add_many(Vehicle, list(_cars(ledger, chance, [*ids, *ids[: many * 3 // 10]])))


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


def _bring_in(office: Office, act: Act, chance: random.Random, complaints: int) -> None:
    """A register of another system, 40 of its rows from today."""
    lines = ["投诉编号,投诉日期,客户姓名,联系电话,车牌号,投诉内容"]
    for number in range(complaints):
        day = office.desk.today() - timedelta(days=0 if number < _TODAYS else chance.randint(30, 2000))
        name = chance.choice(_FAMILIES) + "".join(chance.choices(_GIVEN, k=2))
        lines.append(f"A{number},{day},{name},{13_700_000_000 + number},沪A{10_000 + number},{chance.choice(_WORDS)}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        report = ImportPaper(office.desk, office.imports).run(ImportKind.COMPLAINTS, path, act)
    assert (report.result.added, report.result.faults) == (complaints, ())


def _plan_the_day(office: Office, act: Act) -> None:
    rows = office.cases.fetch(office.cases.ids(ComplaintFilter(OPEN)))
    for place, row in enumerate(rows):
        if place % 3 == 0:
            office.follow_ups.plan(row.number, PlanDraft(office.desk.today()), act)
        if place % 5 == 0:
            office.reworks.register(row.number, ReworkDraft(items="更换滑阀箱", came_on=office.desk.today()), act)


if __name__ == "__main__":
    make_home(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
