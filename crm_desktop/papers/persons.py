"""个人信息导出: everything of one person in one zip that he can read without the program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import FIELD_LABELS
from crm_desktop.domain.errors import Damaged, InvalidInput, NotFound
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.sheets import Column, TableSheet
from crm_desktop.domain.text import checked_line
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.written import Written
from crm_desktop.paths import resource
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.desk import Desk
from crm_desktop.services.persons import Persons
from crm_desktop.services.settings import Settings
from crm_desktop.services.sheets import Sheets
from crm_desktop.services.upkeep import Upkeep

SUFFIXES = (".zip",)
_TABLES = {
    "customers": "客户档案", "contacts": "联系方式", "vehicles": "车辆", "visits": "进厂记录",
    "complaints": "抱怨投诉单",
    "complaint_events": "经过", "follow_ups": "回访", "reworks": "返修", "consent": "同意记录", "attachments": "附件",
    "customer_tags": "标签", "grades": "评级", "stage_steps": "阶段", "contracts": "合同", "payments": "付款",
    "warranty_repairs": "三包修理", "signs": "苗头", "survey_calls": "电话调查", "letters": "函件", "filings": "存档",
    "compensations": "损失和补偿", "solutions": "方案", "promises": "回话", "extensions": "延期", "merges": "合并记录",
}  # fmt: skip
_PURPOSE = (
    "处理目的：受理和办理抱怨投诉、维修和三包服务、征得同意的回访。方式：只在本店这台电脑上保存和使用。"
    "保存期限：抱怨投诉单二年（含返修六年），修理记录六年，销售档案十年。"
)
_NOTHING = (None, "", "{}", "[]", 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One value: of which record, under which heading."""

    table: str
    record: int
    field: str
    value: str


COLUMNS: tuple[Column[Line], ...] = (
    Column("类别", attrgetter("table"), width=14),
    Column("栏目", attrgetter("field"), width=18),
    Column("内容", attrgetter("value"), width=80, wrap=True),
)


class PersonPapers:
    """Joins what is kept of one person with the file he is handed."""

    def __init__(self, desk: Desk) -> None:
        self._persons, self._attachments = Persons(desk), Attachments(desk)
        self._settings, self._upkeep = Settings(desk), Upkeep(desk)
        self._forms = ComplaintPaper(Sheets(desk))

    def write(self, customer_id: int, target: Path, reason: str, act: Act) -> Written:
        """A zip: 个人信息.json, 个人信息.xlsx, every complaint as PDF, every attachment; the history keeps who took it.

        :raises NotAllowed: no right to see full numbers. :raises InvalidInput: no reason, or another ending than .zip.
        :raises NotFound: no such customer. :raises StorageRefused: the folder cannot take it.
        """
        from crm_desktop.exporters.files import checked_target, replacing  # noqa: PLC0415 - start-up

        why = checked_line(reason, "导出原因")
        if not why:
            raise InvalidInput({"reason": "请写明导出原因，如：本人来店要求查阅、复制。"})
        checked_target(target, SUFFIXES)
        self._upkeep.note_unmasked("个人信息", f"客户 {customer_id}", act, why)
        with (
            replacing(target) as new,
            TemporaryDirectory(dir=target.parent, prefix=".crm-") as place,
            ZipFile(new.stream, "w", ZIP_DEFLATED) as bundle,
        ):
            for name, content in self._content(customer_id, Path(place)):
                bundle.writestr(name, content)
        return Written(new.path)

    def _content(self, customer_id: int, place: Path) -> Iterator[tuple[str, bytes]]:
        from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl

        told = self._persons.content(customer_id)
        yield "说明.txt", _PURPOSE.encode()
        yield "个人信息.json", json.dumps(told, ensure_ascii=False, indent=1).encode()
        letterhead = replace(self._settings.letterhead(Paper.REGISTER), document_number="", version="")
        sheet = TableSheet("个人信息", letterhead, COLUMNS, _lines(told))
        yield "个人信息.xlsx", write_table(sheet, place / "person.xlsx").read_bytes()
        for number in self._persons.complaints(customer_id):
            yield f"抱怨投诉单/{number}.pdf", self._forms.write(number, place / "form.pdf").path.read_bytes()
        for rank, (found, name) in enumerate(self._persons.attachments(customer_id), 1):
            try:
                yield f"附件/{rank:02} {name}", self._attachments.opened(found).read_bytes()
            except (Damaged, NotFound) as refusal:
                yield f"附件/{rank:02} {name} 打不开.txt", refusal.sentence.encode()


def _lines(told: Mapping[str, list[dict[str, Any]]]) -> Iterator[Line]:
    for table, records in told.items():
        for rank, record in enumerate(records, 1):
            heading = f"{_TABLES.get(table, table)} {rank}" if len(records) > 1 else _TABLES.get(table, table)
            for name, value in record.items():
                if value not in _NOTHING and name != "id" and not name.endswith("_id"):
                    yield Line(heading, rank, _label(name), str(value))


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    return {**json.loads(resource("door", "labels.json").read_text(encoding="utf-8")), **FIELD_LABELS}


def _label(name: str) -> str:
    return _labels().get(name, name)
