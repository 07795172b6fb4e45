"""损失、索赔和补偿 of a complaint as a ledger: what the customer lost, what he asks for, what he is given.

Sources: seed 001 篇2 一 (货币, 时间, 精神成本; A165), 篇2 三(一) and 三(二) (what is given fits what he needs; A174,
A175, A194), 篇3 and 篇8 一.2 (a limit for each role, what is above it goes up; A213, A217, A299, A300). What may be
given and the limits are data the dealership edits (resources/rules/compensation.json).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.staff import Role
from crm_desktop.domain.text import checked_line

_MOST_FEN = 10_000_000_000
_MOST_HOURS = 10_000
_MOST_LETTERS = 20


class Side(StrEnum):
    """Which page of the ledger a line stands on."""

    LOSS = "客户损失"
    CLAIM = "客户索赔"
    GIVEN = "补偿"


class Loss(StrEnum):
    """What a customer loses (A165)."""

    MONEY = "货币"
    TIME = "时间"
    MIND = "精神"


class Claim(StrEnum):
    """What he asks for."""

    MONEY = "赔钱"
    RETURN = "退车或换车"
    REPAIR = "免费修好"
    WORD = "道歉或说法"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One line as typed. ``hours`` counts where time was lost."""

    side: str
    kind: str
    amount_fen: int = 0
    hours: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line that stands. ``at`` is UTC; ``approved_by`` is set where it was above the limit of ``who``."""

    id: int
    ver: int
    draft: EntryDraft
    who: str
    at: datetime
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class CaseLedger:
    """All lines of one complaint, in the order they were written, and their sums (fen, hours)."""

    rows: tuple[EntryRow, ...] = ()

    def fen(self, side: str) -> int:
        """The money of one page of the ledger."""
        return sum(row.draft.amount_fen for row in self.rows if row.draft.side == side)

    @property
    def hours(self) -> int:
        """The hours the customer lost."""
        return sum(row.draft.hours for row in self.rows)

    @property
    def words(self) -> str:
        """The sums in a few words: 损失 1,200 元、8 小时 · 索赔 5,000 元 · 补偿 300 元; empty without a line."""
        lost = [yuan_words(self.fen(Side.LOSS))] if self.fen(Side.LOSS) else []
        lost += [f"{self.hours} 小时"] if self.hours else []
        pages = {
            "损失": "、".join(lost),
            "索赔": yuan_words(self.fen(Side.CLAIM)),
            "补偿": yuan_words(self.fen(Side.GIVEN)),
        }
        sides = {row.draft.side.removeprefix("客户") for row in self.rows}
        return " · ".join(f"{page} {told or '有'}" for page, told in pages.items() if page in sides)


@dataclass(frozen=True, slots=True)
class CompensationRules:
    """What may be given, and up to what sum a complaint each role gives by itself (fen; None: without limit)."""

    kinds: tuple[str, ...]
    limits: Mapping[str, int | None]

    def limit_of(self, roles: Iterable[str]) -> int | None:
        """The highest limit of somebody in these roles; 0 where none of them has one, None for no limit."""
        found = [self.limits.get(role, 0) for role in roles]
        return None if None in found else max((fen for fen in found if fen is not None), default=0)

    def allows(self, roles: Iterable[str], fen: int) -> bool:
        """Whether somebody in these roles may give a complaint so much."""
        limit = self.limit_of(roles)
        return limit is None or fen <= limit


def read_compensation(table: Mapping[str, Any]) -> CompensationRules:
    """A stored document.

    :raises InvalidInput: nothing to give, a role that is none, or a limit that is no amount.
    """
    kinds = tuple(dict.fromkeys(" ".join(str(kind).split()) for kind in table.get("kinds", ())))
    if not kinds or not all(1 <= len(kind) <= _MOST_LETTERS for kind in kinds):
        raise InvalidInput(f"补偿方式至少要有一种，每种 1 到 {_MOST_LETTERS} 个字，请核对。")
    limits: dict[str, int | None] = {}
    for line in table.get("limits", ()):
        yuan = line.get("yuan")
        if line.get("role") not in tuple(Role):
            raise InvalidInput(f"补偿额度里没有“{line.get('role')}”这个岗位，请从岗位里选。")
        if yuan is not None and not 0 <= yuan * 100 <= _MOST_FEN:
            raise InvalidInput("补偿额度应在 0 到 1 亿元之间，不设上限就留空。")
        limits[line["role"]] = None if yuan is None else yuan * 100
    return CompensationRules(kinds, limits)


def checked_entry(draft: EntryDraft, rules: CompensationRules) -> EntryDraft:
    """The line cleaned.

    :raises InvalidInput: an unknown page or kind, nothing said of it, an amount that cannot be one.
    """
    cleaned = replace(draft, note=checked_line(draft.note, "说明"))
    faults = {}
    kinds = kinds_of(draft.side, rules)
    if not kinds:
        faults["side"] = f"请选 {'、'.join(Side)} 中的一种。"
    elif draft.kind not in kinds:
        faults["kind"] = f"{draft.side}请从 {'、'.join(kinds)} 中选。"
    if not 0 <= draft.amount_fen <= _MOST_FEN:
        faults["amount"] = "金额应在 0 到 1 亿元之间，请核对。"
    if not 0 <= draft.hours <= _MOST_HOURS:
        faults["hours"] = "小时数请核对。"
    if not faults and not (draft.amount_fen or draft.hours or cleaned.note):
        faults["amount"] = "请填金额、小时数或说明中的一项。"
    if faults:
        raise InvalidInput(faults)
    return cleaned if draft.kind == Loss.TIME else replace(cleaned, hours=0)


def kinds_of(side: str, rules: CompensationRules) -> tuple[str, ...]:
    """What a line of this page may be; nothing for no page."""
    kinds: dict[str, tuple[str, ...]] = {Side.LOSS: tuple(Loss), Side.CLAIM: tuple(Claim), Side.GIVEN: rules.kinds}
    return tuple(str(kind) for kind in kinds.get(side, ()))


def yuan_words(fen: int) -> str:
    """1,200 元, or 12.50 元; empty for nothing."""
    if not fen:
        return ""
    return f"{fen // 100:,} 元" if fen % 100 == 0 else f"{fen / 100:,.2f} 元"
