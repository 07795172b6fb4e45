"""What a row of a foreign file becomes on its way to a service: a draft of one kind, or the faults of the row.

Texts have passed the cleaning gate with their limits; phones, plates and VINs are in their stored form; days are
local and times naive local. ``""`` and None mean that the file does not say. ``row`` is the file's own row number.
``digest`` is equal for rows that say the same, in whatever kind of file, so that importing twice can be recognised
where there is no number of the source. ``extra`` keeps, by the file's own heading, what has no field of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from crm_desktop.domain import identity

_TOLD = 5
"""So many of the records that stay are named in a sentence."""


class ImportKind(StrEnum):
    """What can be imported; the words of the command line."""

    CUSTOMERS = "customers"
    VISITS = "visits"
    COMPLAINTS = "complaints"
    FOLLOWUPS = "followups"

    @property
    def word(self) -> str:
        """The desk's word."""
        return {"customers": "客户档案", "visits": "进厂记录", "complaints": "抱怨", "followups": "回访"}[self.value]


class DuplicateRule(StrEnum):
    """What happens to a row whose key (number of the source, phone with name, plate, VIN) is on file already.

    Whatever the rule: the owner on record stays a car's owner, and what the house itself printed is not read back.
    """

    SKIP = "skip"
    FILL = "fill"
    OVERWRITE = "overwrite"

    @property
    def word(self) -> str:
        """The desk's word."""
        return {"skip": "跳过，不动已有的", "fill": "只补空白", "overwrite": "用文件的内容覆盖"}[self.value]


USUAL_RULE: Mapping[ImportKind, DuplicateRule] = {
    ImportKind.CUSTOMERS: DuplicateRule.FILL,
    ImportKind.VISITS: DuplicateRule.FILL,
    ImportKind.COMPLAINTS: DuplicateRule.OVERWRITE,  # the other system goes on with a case: its news count
    ImportKind.FOLLOWUPS: DuplicateRule.FILL,
}


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import on record, as listed; ``at`` and ``undone_at`` UTC, None while it stands."""

    id: int
    kind: ImportKind
    file_name: str
    at: datetime
    who: str
    read: int
    added: int
    updated: int
    skipped: int
    faulty: int
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What the undo of an import did: records taken out by the desk's word for them, records whose fields went back,
    and what stays, each with its reason."""

    removed: Mapping[str, int]
    restored: int
    stays: tuple[str, ...]

    def sentence(self, file_name: str) -> str:
        """One sentence for the desk."""
        counts = "、".join(f"{word} {count} 条" for word, count in self.removed.items())
        done = [f"去掉{counts}"] if counts else []
        done += [f"还原 {self.restored} 条"] if self.restored else []
        told = f"已撤销“{file_name}”的导入：{'，'.join(done) or '没有要去掉或还原的'}"
        if not self.stays:
            return told + "。"
        more = f"等 {len(self.stays)} 条" if len(self.stays) > _TOLD else ""
        return f"{told}；留下的有：{'、'.join(self.stays[:_TOLD])}{more}。"


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was not accepted: its number, the field (empty for the whole row), one Chinese sentence."""

    row: int
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportedComplaint:
    """One complaint of a file.

    ``channel`` and ``severity`` are the desk's words where the file's word is known, else ``""``; ``channel_text``
    is as the file has it. ``responsible_line`` is 技术, 服务, 配件 or ``""``, ``rework`` 否, 内返, 外返 or ``""``.
    ``received_has_time`` False: only the day is known; ``done_at`` and ``closed_at`` where more than the day is.
    """

    row: int
    digest: str
    source_number: str = ""
    received_at: datetime | None = None
    received_has_time: bool = False
    occurred_at: datetime | None = None
    channel: str = ""
    channel_text: str = ""
    severity: str = ""
    category: str = ""
    customer_name: str = ""
    phone: str = ""
    brought_by: str = ""
    brought_by_phone: str = ""
    plate: str = ""
    vin: str = ""
    brand: str = ""
    series: str = ""
    model: str = ""
    mileage: int | None = None
    bought_on: date | None = None
    order_number: str = ""
    words: str = ""
    demand: str = ""
    fault_codes: str = ""
    source_status: str = ""
    solution: str = ""
    correction: str = ""
    root_cause: str = ""
    long_term_measure: str = ""
    responsible_line: str = ""
    responsible: str = ""
    rework: str = ""
    rework_order_number: str = ""
    rework_finished_on: date | None = None
    planned_on: date | None = None
    done_on: date | None = None
    done_at: datetime | None = None
    followed_up_on: date | None = None
    follow_up_by: str = ""
    follow_up_result: str = ""
    feedback: str = ""
    closed_on: date | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    adviser: str = ""
    technician: str = ""
    remarks: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedCustomer:
    """One customer with one car; a customer with two cars comes as two rows.

    ``kind`` is 个人, 单位 or ``""``. ``phones`` are mobiles and landlines in the order of the row; ``landline`` is the
    one of a 固定电话 column and also stands in ``phones``. ``owner_number`` is the source's own key (车主编号).
    """

    row: int
    digest: str
    owner_number: str = ""
    name: str = ""
    kind: str = ""
    gender: str = ""
    phones: tuple[str, ...] = ()
    landline: str = ""
    address: str = ""
    source: str = ""
    notes: str = ""
    brought_by: str = ""
    brought_by_phone: str = ""
    plate: str = ""
    vin: str = ""
    engine_number: str = ""
    brand: str = ""
    series: str = ""
    model: str = ""
    colour: str = ""
    bought_on: date | None = None
    mileage: int | None = None
    adviser: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedVisit:
    """One workshop order (委托书); ``amount_fen`` in fen, ``mileage`` in km at arrival."""

    row: int
    digest: str
    order_number: str = ""
    came_on: date | None = None
    left_on: date | None = None
    promised_on: date | None = None
    repair_kind: str = ""
    mileage: int | None = None
    adviser: str = ""
    technician: str = ""
    inspector: str = ""
    fault: str = ""
    items: str = ""
    amount_fen: int | None = None
    customer_name: str = ""
    phone: str = ""
    brought_by: str = ""
    brought_by_phone: str = ""
    plate: str = ""
    vin: str = ""
    engine_number: str = ""
    brand: str = ""
    series: str = ""
    model: str = ""
    owner_number: str = ""
    remarks: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedFollowUp:
    """One planned or made call.

    ``outcome`` and ``satisfaction`` are the desk's words where the file's are known, else ``""``;
    ``result_text`` is as the file has it. ``score`` 1 to 10. ``complaint_number`` may be ours or the source's.
    """

    row: int
    digest: str
    source_number: str = ""
    complaint_number: str = ""
    order_number: str = ""
    customer_name: str = ""
    phone: str = ""
    plate: str = ""
    vin: str = ""
    planned_on: date | None = None
    called_at: datetime | None = None
    called_has_time: bool = False
    caller: str = ""
    reason: str = ""
    outcome: str = ""
    satisfaction: str = ""
    result_text: str = ""
    score: int | None = None
    feedback: str = ""
    next_on: date | None = None
    remarks: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


Imported = ImportedComplaint | ImportedCustomer | ImportedVisit | ImportedFollowUp


def doubts(draft: Imported) -> tuple[str, ...]:
    """What looks wrong in an accepted row (plate, VIN, phones): sentences to show, never a reason to refuse."""
    phones = draft.phones if isinstance(draft, ImportedCustomer) else (draft.phone,)
    sentences = (identity.plate_doubt(draft.plate), identity.vin_doubt(draft.vin), *map(identity.phone_doubt, phones))
    return tuple(sentence for sentence in sentences if sentence)
