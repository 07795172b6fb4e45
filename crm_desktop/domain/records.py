"""The five records of the procedure (seed 001 篇1 记录), and which of them a complaint has."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.papers import PAPER_TITLES, Paper

FIVE = (Paper.COMPLAINT, Paper.SOLUTION, Paper.MONTHLY, Paper.MEASURES, Paper.EVALUATION)
"""In the order of the seed."""
_SHORT = {
    Paper.COMPLAINT: "单",
    Paper.SOLUTION: "方案",
    Paper.MONTHLY: "月报",
    Paper.MEASURES: "措施",
    Paper.EVALUATION: "评估",
}


@dataclass(frozen=True, slots=True)
class RecordMark:
    """One of the five small marks on a case; ``note`` says what there is, or what is still missing."""

    paper: Paper
    exists: bool
    note: str

    @property
    def label(self) -> str:
        """The word on the mark."""
        return _SHORT[self.paper]

    @property
    def title(self) -> str:
        """What the mark stands for, for who listens or points at it: 纠正预防措施：2 项."""
        return f"{PAPER_TITLES[self.paper]}：{self.note}"
