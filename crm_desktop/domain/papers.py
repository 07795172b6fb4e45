"""The papers of the desk and the settings that stand on each of them (requirements A36 to A41)."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """Each paper has its own 文件编号 and 版本."""

    REGISTER = "register"
    COMPLAINT = "complaint"
    SOLUTION = "solution"
    CONFIRMATION = "confirmation"
    MEASURES = "measures"
    EVALUATION = "evaluation"
    MONTHLY = "monthly"
    DISPOSAL = "disposal"
    LETTER = "letter"


HANDED_OUT = "handed_out"
"""The history's name for a paper that was printed or written as a file."""
PAPER_TITLES = {
    Paper.REGISTER: "顾客抱怨及返修记录",
    Paper.COMPLAINT: "抱怨/投诉单",
    Paper.SOLUTION: "抱怨/投诉解决方案",
    Paper.CONFIRMATION: "客户投诉解决确认书",
    Paper.MEASURES: "纠正预防措施",
    Paper.EVALUATION: "有效性评估报告",
    Paper.MONTHLY: "月度抱怨/投诉分析报告",
    Paper.DISPOSAL: "销毁记录",
    Paper.LETTER: "函件",
}
