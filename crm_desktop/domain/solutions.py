"""方案 A/B/C: the options laid before the customer, what they cost, and what he says to each (A284, A285)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_text

LETTERS = ("A", "B", "C")
"""One to three options of the desk."""
CUSTOMERS_OWN = "客户"
"""Stands in place of a letter: what the customer proposes himself."""


@dataclass(frozen=True, slots=True)
class SolutionDraft:
    """One option. ``cost_fen`` is what it costs the dealership; ``by_customer`` marks the customer's own proposal."""

    what: str
    cost_fen: int = 0
    feasibility: str = ""
    by_customer: bool = False
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """One option as shown; ``agreed_at`` (UTC) is set on the one that is carried out."""

    id: int
    ver: int
    letter: str
    draft: SolutionDraft
    agreed_at: datetime | None = None

    @property
    def title(self) -> str:
        """方案A, or 客户方案."""
        return f"方案{self.letter}" if self.letter in LETTERS else f"{self.letter}方案"


def checked_solution(draft: SolutionDraft) -> SolutionDraft:
    """The option cleaned.

    :raises InvalidInput: nothing written, a text too long, or a cost that cannot be one.
    """
    cleaned = replace(
        draft,
        what=checked_text(draft.what, "方案内容"),
        feasibility=checked_text(draft.feasibility, "可行性"),
        opinion=checked_text(draft.opinion, "客户意见"),
    )
    faults = {}
    if not cleaned.what:
        faults["what"] = "请写方案内容：给客户做什么。"
    if not 0 <= draft.cost_fen <= 10_000_000_000:
        faults["cost_fen"] = "方案成本应在 0 到 1 亿元之间，请核对。"
    if faults:
        raise InvalidInput(faults)
    return cleaned


def next_letter(taken: set[str], by_customer: bool) -> str:
    """The letter of one more option.

    :raises InvalidInput: when there are three already, or the customer's own one stands.
    """
    if by_customer:
        if CUSTOMERS_OWN in taken:
            raise InvalidInput("客户自己的方案已经有一条，请直接修改那一条。")
        return CUSTOMERS_OWN
    for letter in LETTERS:
        if letter not in taken:
            return letter
    raise InvalidInput("方案最多三个（A、B、C），请修改或去掉其中一个。")
