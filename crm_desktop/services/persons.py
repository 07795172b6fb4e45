"""个人信息: everything of one person told, and erased on his request as far as no rule keeps it.

plan(customer_id) -> what would go and stay      erase(customer_id, reason, act) -> ErasureRow
content(customer_id) -> table by table           rows() -> list[ErasureRow]

Values go, and with them every value the history keeps; numbers, days and salted digests stay, so that the chain holds.
"""

from __future__ import annotations

import hmac
import json
import mmap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain import persons
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import InvalidInput, NotFound, StorageRefused
from crm_desktop.domain.persons import ErasurePlan, ErasureRow, Part, Traces
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.base import Record
from crm_desktop.models.care import Letter
from crm_desktop.models.complaints import Complaint, FollowUp
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.models.gathered import Attachment, Sign
from crm_desktop.models.moments import moment
from crm_desktop.models.persons import Erasure
from crm_desktop.models.profile import Contract, CustomerTag, GradeRecord, Payment
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.backups import FOLDER, Backups
from crm_desktop.services.desk import Desk
from crm_desktop.services.disposals import NEVER_HANDED_OUT
from crm_desktop.services.erasing import Erasing, Progress
from crm_desktop.services.measures import next_in_series
from crm_desktop.services.person_records import Whose
from crm_desktop.services.second_forms import SecondForms
from crm_desktop.services.soundness import RECORDS

_CONSENT = ("contact_consent", "contact_consent_on", "keep_consent", "keep_consent_on")
_NO_CONTENT = {"checksum", "ver", "name_keys"}


class Persons:
    """What 个人信息保护法 asks of the desk: 查阅、复制 and 删除; 更正 is the file itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(self, customer_id: int) -> ErasurePlan:
        """What an erasure would do today; reads only.

        :raises NotFound: no such customer.
        """
        whose = self._whose(customer_id)
        erasing, name = Erasing(whose), self._name(whose.customer_id)
        numbers = tuple(whose.numbers(whose.open_cases))
        return ErasurePlan(whose.customer_id, name, tuple(_goes(whose)), tuple(_stays(whose, erasing)), numbers)

    def erase(self, customer_id: int, reason: str, act: Act, progress: Progress | None = None) -> ErasureRow:
        """删除: afterwards no table, index, draft, attachment or free page of the file holds what went.

        ``progress(done, total)`` may end it by raising as long as nothing is decided; it is not asked later.

        :raises NotAllowed: no right to. :raises InvalidInput: no reason. :raises NotFound: no such customer.
        """
        act = require(act, Right.ERASE)
        why = checked_line(reason, "删除原因")
        if not why:
            raise InvalidInput({"reason": "请写明删除的原因和谁提出，如：本人来店书面要求。"})
        whose = self._whose(customer_id)
        plan, erasing = self.plan(customer_id), Erasing(whose)
        traces, forms = erasing.traces, SecondForms(self._desk)
        before = forms.last_line()
        with self._desk.writing(act) as ledger:
            number = f"SC{local_day(act.at):%Y}-{next_in_series(self._desk, f'SC{local_day(act.at):%Y}'):03d}"
            erasing.do(ledger, f"删除个人信息 {number}", progress)
            made = ledger.add(
                Erasure, number, customer=whose.customer_id, number=number, at=act.at, who=act.who,
                reason=traces.without(why, own=True), goes=_json(plan.goes), stays=_json(plan.stays),
                digests=json.dumps(self._digests(traces)),
            )  # fmt: skip
        with suppress(StorageRefused):  # one that is open elsewhere is written anew with the next round of the forms
            forms.let_go(forms.touched(before))
        Attachments(self._desk).sweep()
        return replace(self._row(made), left=self._wash(traces))

    def renew_backups(self, erasure_id: int, act: Act) -> int:
        """A new backup, and every older one in the home's own folder goes, for they still hold him. Returns how many.

        :raises NotAllowed: no right to. :raises Damaged, StorageRefused: no new one was made, the old stay.
        """
        act = require(act, Right.ERASE)
        row = self._row(erasure_id)
        backups = Backups(self._desk)
        older = [path for path in (self._desk.home / FOLDER).glob("*") if path.suffix in (".zip", ".db")]
        with self._desk.writing(act) as ledger:
            ledger.remark(Erasure, row.id, "backups", f"新备份做成后清掉旧备份 {len(older)} 个", row.number)
        fresh = backups.renewed()
        gone = [path for path in older if path != fresh]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def content(self, customer_id: int) -> dict[str, list[dict[str, Any]]]:
        """Everything kept of one person, table by table, column by column, with every line about his consent.

        :raises NotFound: no such customer.
        """
        whose, told = self._whose(customer_id), {}
        tables: list[tuple[type[Record], list[int]]] = [
            (Customer, whose.customers), (Vehicle, whose.vehicles), (Visit, whose.visits),
            (Complaint, whose.complaints),
        ]  # fmt: skip
        named = {model for model, _ in tables}
        rest = [model for model in RECORDS if model not in (*named, *NEVER_HANDED_OUT, Erasure)]
        for model, ids in (*tables, *((model, whose.ids(model)) for model in rest)):
            if ids:
                told[model._meta.table_name] = self._records(model._meta.table_name, ids)
        told["consent"] = self._consent(whose.customers)
        return told

    def complaints(self, customer_id: int) -> list[str]:
        """The numbers of his complaints, first one first; raises NotFound."""
        whose = self._whose(customer_id)
        return whose.numbers(whose.complaints)

    def attachments(self, customer_id: int) -> list[tuple[int, str]]:
        """Id and name of every file of his that is still there; raises NotFound."""
        ids = ", ".join(map(str, self._whose(customer_id).ids(Attachment)))
        return [
            (found, name)
            for found, name in self._desk.rows(
                f"SELECT id, name FROM attachments WHERE removed = 0 AND digest <> '' AND id IN ({ids}) ORDER BY id"
            )
        ]

    def rows(self) -> list[ErasureRow]:
        """Every erasure, latest first."""
        return [self._row(found) for (found,) in self._desk.rows("SELECT id FROM erasures ORDER BY id DESC")]

    # -- helpers -------------------------------------------------------------------------------------------------

    def _whose(self, customer_id: int) -> Whose:
        found = self._desk.rows("SELECT merged_into_id FROM customers WHERE id = ?", (customer_id,))
        if not found:
            raise NotFound("没有这位客户，请刷新后再看。")
        if found[0][0]:
            return self._whose(found[0][0])
        return Whose(self._desk, customer_id, self._desk.today())

    def _name(self, customer_id: int) -> str:
        return str(self._desk.rows("SELECT name FROM customers WHERE id = ?", (customer_id,))[0][0]) or NAMELESS

    def _records(self, table: str, ids: list[int]) -> list[dict[str, Any]]:
        names = [row[1] for row in self._desk.rows(f"PRAGMA table_info({table})") if row[1] not in _NO_CONTENT]
        told = ", ".join(map(str, ids))
        rows = self._desk.rows(f"SELECT {', '.join(names)} FROM {table} WHERE id IN ({told}) ORDER BY id")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _consent(self, customers: list[int]) -> list[dict[str, Any]]:
        told, fields = ", ".join(map(str, customers)), ", ".join(f"'{name}'" for name in _CONSENT)
        rows = self._desk.rows(
            "SELECT at, who, field, old, new, reason FROM history WHERE entity = 'customers'"
            f" AND entity_id IN ({told}) AND field IN ({fields}) ORDER BY id"
        )
        return [dict(zip(("at", "who", "field", "old", "new", "reason"), row, strict=True)) for row in rows]

    def _digests(self, traces: Traces) -> list[str]:
        return sorted(hmac.digest(self._desk.key, code.encode(), "sha256").hex()[:32] for code in traces.codes)

    def _row(self, erasure_id: int) -> ErasureRow:
        told = self._desk.rows(
            "SELECT id, number, at, who, reason, goes, stays FROM erasures WHERE id = ?", (erasure_id,)
        )
        if not told:
            raise NotFound("没有这次删除，请刷新后再看。")
        found, number, at, who, reason, goes, stays = told[0]
        return ErasureRow(found, number, moment(at), who, reason, _parts(goes), _parts(stays))

    def _wash(self, traces: Traces) -> int:
        """Writes the file anew, so that no free byte keeps a value. Returns how many are still found in it."""
        if self._desk.database.connection().in_transaction:
            return 0
        self._desk.rows("VACUUM")
        self._desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        log = self._desk.path.with_name(f"{self._desk.path.name}-wal")  # not empty while another reads
        return sum(_holds(path, traces) for path in (self._desk.path, log) if path.exists() and path.stat().st_size)


def _holds(path: Path, traces: Traces) -> int:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return sum(content.find(code.encode()) >= 0 for code in traces.codes)


def _goes(whose: Whose) -> Iterator[Part]:
    waiting = bool(whose.open_cases)
    yield Part("档案资料（地址、备注、喜好、需求、自定义栏" + ("）" if waiting else "、姓名）"), len(whose.customers))
    yield Part("联系方式", len(set(whose.ids(Contact)) - whose.contacts_in_use()))
    cars = [car for car in whose.vehicles if car not in whose.cars_in_use]
    yield Part("车辆的车牌、发动机号、送修人", len(cars))
    yield Part("车辆的车架号", len(set(cars) - set(whose.vins_kept)))
    yield Part("标签、评级、阶段", len(whose.ids(CustomerTag)) + len(whose.ids(GradeRecord)))
    yield Part("附件", len(set(whose.ids(Attachment)) - whose.of_open_cases(Attachment)))
    yield Part("苗头、函件", len(whose.ids(Sign)) + len(set(whose.ids(Letter)) - whose.of_open_cases(Letter)))
    yield Part("满期抱怨单的全部内容", len(whose.expired_cases))
    yield Part("满期进厂记录的内容", len(set(whose.visits) - set(whose.visits_kept)))
    closed = set(whose.complaints) - set(whose.open_cases) - set(whose.expired_cases)
    yield Part("已办结抱怨单里的姓名、电话、车牌和送修人", len(closed))
    yield Part("回访记录里的姓名和号码", len(set(whose.ids(FollowUp)) - whose.of_open_cases(FollowUp)))
    yield Part("合同和付款的编号、备注", len(whose.ids(Contract)) + len(whose.ids(Payment)))
    yield Part("历史、草稿、搜索索引里他的一切旧值", 1)


def _stays(whose: Whose, erasing: Erasing) -> Iterator[Part]:
    yield Part("未办结的抱怨单，连同姓名、电话和车辆", len(whose.open_cases), persons.PURPOSE_LEFT)
    kept = set(whose.complaints) - set(whose.open_cases) - set(whose.expired_cases)
    yield Part("已办结抱怨单的经过和处理", len(kept), persons.OWN_RETENTION)
    yield Part("进厂记录的日期、里程、项目、金额", len(whose.visits_kept), persons.REPAIR_RETENTION)
    yield Part("有修理或销售记录的车架号", len(whose.vins_kept), persons.REPAIR_RETENTION)
    yield Part("购车等合同的种类、日期、金额", len(whose.contracts_kept), persons.SALES_RETENTION)
    yield Part("同意或不同意，和日期", len(whose.customers), persons.CONSENT_RETENTION)
    yield Part("与别人共用的号码", len(erasing.shared), persons.SHARED)
    yield Part("历史记录链", 1, persons.CHAIN)


def _json(parts: tuple[Part, ...]) -> str:
    return json.dumps([[part.what, part.count, part.why] for part in parts if part.count], ensure_ascii=False)


def _parts(told: str) -> tuple[Part, ...]:
    return tuple(Part(what, count, why) for what, count, why in json.loads(told))
