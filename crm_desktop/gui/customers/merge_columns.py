"""The lists of 查重与合并 as columns: suspected pairs, the preview of one, what was merged or dismissed so far."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from crm_desktop.clock import to_local
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.identity import masked_phone
from crm_desktop.domain.merging import MergeLine
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.services.duplicates import Dismissed, Pair
from crm_desktop.services.merging import MergeRow


def pair_key(pair: Pair) -> tuple[int, int]:
    """What stays the same about a pair when the list is read again."""
    return pair.kept.id, pair.merged.id


def _points(pair: Pair) -> int:
    return pair.likeness.points


def _older(pair: Pair) -> str:
    return pair.kept.name or NAMELESS


def _younger(pair: Pair) -> str:
    return pair.merged.name or NAMELESS


def _reasons(pair: Pair) -> str:
    told = "；".join(pair.likeness.reasons) or "手选的两份，没有相同的号码、车辆和姓名"
    for phone in pair.kept.phones & pair.merged.phones:
        told = told.replace(phone, masked_phone(phone))
    return told


def _merged_at(row: MergeRow) -> datetime:
    return to_local(row.merged_at)


def _kept_name(row: MergeRow) -> str:
    return row.kept_name or NAMELESS


def _merged_name(row: MergeRow) -> str:
    return row.merged_name or NAMELESS


def _standing(row: MergeRow) -> str:
    if row.undone:
        return "已撤销"
    return "先撤销上面的" if row.after else ""


def _one_name(row: Dismissed) -> str:
    return row.one_name or NAMELESS


def _other_name(row: Dismissed) -> str:
    return row.other_name or NAMELESS


def _dismissed_at(row: Dismissed) -> datetime:
    return to_local(row.at)


PAIRS: tuple[Column[Pair], ...] = (
    Column("相似度", _points, Kind.INTEGER, width=6),
    Column("先建的档案", _older, width=14),
    Column("后建的档案", _younger, width=14),
    Column("像在哪里", _reasons, width=50, wrap=True),
)
LINES: tuple[Column[MergeLine], ...] = (
    Column("项目", attrgetter("label"), width=10),
    Column("保留的档案", attrgetter("kept"), width=26),
    Column("并入的档案", attrgetter("merged"), width=26),
    Column("合并后", attrgetter("result"), width=30, wrap=True),
)
MERGES: tuple[Column[MergeRow], ...] = (
    Column("时间", _merged_at, Kind.TIME, width=16),
    Column("保留的档案", _kept_name, width=14),
    Column("并入的档案", _merged_name, width=14),
    Column("根据", attrgetter("reason"), width=30, wrap=True),
    Column("经手", attrgetter("who"), width=8),
    Column("撤销", _standing, width=12),
)
DISMISSED: tuple[Column[Dismissed], ...] = (
    Column("时间", _dismissed_at, Kind.TIME, width=16),
    Column("先建的档案", _one_name, width=14),
    Column("后建的档案", _other_name, width=14),
    Column("经手", attrgetter("who"), width=8),
)
