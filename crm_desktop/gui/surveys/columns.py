"""The lists of 电话调查 as columns: who is still to be called, the questions summed up, what was not right."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.domain.surveys import QuestionKind, QuestionResult, SurveyCallRow


@dataclass(frozen=True, slots=True)
class LowRow:
    """One customer who was not satisfied, with what he marked down in words."""

    call: SurveyCallRow
    items: str


def name_of(call: SurveyCallRow) -> str:
    """Whom one calls."""
    return call.customer_name or NAMELESS


def _phone(call: SurveyCallRow) -> str:
    return masked_phone(call.phone)


def _plate(call: SurveyCallRow) -> str:
    return shown_plate(call.plate)


def _question(row: QuestionResult) -> str:
    return row.question.text


def _average(row: QuestionResult) -> str:
    if row.average is None:
        return ""
    return f"{row.average:.0f}% 是" if row.question.kind == QuestionKind.YES_NO else f"{row.average} 分"


def _low_name(row: LowRow) -> str:
    return name_of(row.call)


def _low_phone(row: LowRow) -> str:
    return _phone(row.call)


TO_CALL: tuple[Column[SurveyCallRow], ...] = (
    Column("客户", name_of, width=9),
    Column("电话", _phone, width=12),
    Column("车牌号", _plate, width=10),
    Column("进厂", attrgetter("came_on"), Kind.DATE, width=10),
    Column("上次", attrgetter("outcome"), width=7),
)
SUMMED_UP: tuple[Column[QuestionResult], ...] = (
    Column("问题", _question, width=30, wrap=True),
    Column("回答人数", attrgetter("answered"), Kind.INTEGER, width=9),
    Column("平均", _average, width=8),
    Column("不满意人数", attrgetter("low"), Kind.INTEGER, width=12),
)
NOT_RIGHT: tuple[Column[LowRow], ...] = (
    Column("客户", _low_name, width=9),
    Column("电话", _low_phone, width=12),
    Column("不满意", attrgetter("items"), width=22, wrap=True),
    Column("客户的话", attrgetter("call.remark"), width=20, wrap=True),
    Column("抱怨单", attrgetter("call.complaint_number"), width=13),
)
