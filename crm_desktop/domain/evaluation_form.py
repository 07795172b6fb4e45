"""《有效性评估报告》: the measure, what proves it, the numbers before and after, and the conclusion (requirement A40).

The layout is facts.md section 4: 对象措施、实施证据、评估指标、窗口、之前值→之后值、再发清单、结论、评估人、服务总监.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.forms import FormSection, FormSheet, Passage, Signatures, fields, ticks
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.sheets import Box, Letterhead, Signature

_RULE = "（窗口内同类抱怨再发 1 件及以上，不得判“有效”）"


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """One evaluation; an empty string leaves the space to be filled by hand."""

    letterhead: Letterhead
    number: str
    conclusion: tuple[Box, ...]
    signatures: tuple[Signature, ...]
    complaint_number: str = ""
    date: str = ""
    mark: str = ""
    kind: tuple[Box, ...] = ()
    who: str = ""
    due_on: str = ""
    done_on: str = ""
    done_by: str = ""
    cause: str = ""
    what: str = ""
    amount: str = ""
    verify: str = ""
    evidence: str = ""
    window: str = ""
    compared: str = ""
    before: str = ""
    after: str = ""
    numbers_before: str = ""
    recurrences: str = ""
    basis: str = ""
    next_step: str = ""


def _listed(caption: str, text: str) -> tuple[Passage, ...]:
    """A passage only where there is something to say: the form has one page."""
    return (Passage(caption, text, weight=8),) if text else ()


def evaluation_form(sheet: EvaluationSheet) -> FormSheet:
    """The form on one page."""
    return FormSheet(
        title=PAPER_TITLES[Paper.EVALUATION],
        letterhead=sheet.letterhead,
        sections=(
            FormSection(
                "评估对象",
                (
                    fields(("抱怨单号", sheet.complaint_number), ("措施类型", ticks(sheet.kind), 2)),
                    Passage("抱怨产生根本原因分析", sheet.cause, weight=18),
                    Passage("措施", sheet.what, weight=20),
                    fields(("责任人", sheet.who), ("计划完成", sheet.due_on), ("数量", sheet.amount)),
                    fields(("验证方法", sheet.verify, 3)),
                ),
            ),
            FormSection(
                "实施情况",
                (
                    fields(("实际完成", sheet.done_on), ("完成人", sheet.done_by, 2)),
                    Passage("实施证据", sheet.evidence, "（照片、记录表、签到单及存放处）", weight=18),
                ),
            ),
            FormSection(
                "评估数据",
                (
                    fields(("评估窗口", sheet.window), ("比较什么", sheet.compared, 2)),
                    fields(("实施前", sheet.before, 3)),
                    fields(("实施后", sheet.after, 3)),
                    *_listed("实施前的单", sheet.numbers_before),
                    Passage("再发清单", sheet.recurrences, weight=14),
                    Passage("评估依据", sheet.basis, weight=18),
                ),
            ),
            FormSection(
                "结论",
                (
                    fields(("结论", f"{ticks(sheet.conclusion)}　{_RULE}", 3)),
                    Passage("后续措施", sheet.next_step, "（部分有效或无效时写新措施的编号）", weight=12),
                ),
            ),
            FormSection("签字", (Signatures(sheet.signatures),)),
        ),
        number=sheet.number,
        date=sheet.date,
        mark=sheet.mark,
        footer_left="评估人不得是措施的完成人",
        name=sheet.number,
    )
