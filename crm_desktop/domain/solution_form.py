"""《抱怨/投诉解决方案》 and 《客户投诉解决确认书》: their words, and how these lie on the page.

Sources: seed 001 篇1 记录 2 (requirement A37); 篇2 三(一)2 「设计多套解决方案」, the customer's own proposal (A177,
A191); 篇7 二.十五 cost and feasibility (A284, A285); 篇4 二.六 the agreement to sign (A233); facts.md 2.1, note 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crm_desktop.domain.forms import FormSection, FormSheet, Passage, Signatures, fields, ticks
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.print_style import TWO_COPIES, TWO_SHEETS
from crm_desktop.domain.sheets import Box, Letterhead, Signature
from crm_desktop.domain.solutions import CUSTOMERS_OWN, LETTERS

OPINIONS = ("同意", "不同意", "要求修改")
STATEMENT = (
    "经双方协商，客户对上述投诉的处理经过和解决方案已经了解并认可。解决方案履行完毕后，双方就本次投诉事项再无争议。"
    "本确认书不影响客户依法享有的三包、质量保证等权利。"
)
"""What the customer signs; the last sentence keeps his rights by law untouched."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the solutions offered, every word final; ``opinion`` holds the boxes of what the customer said of it."""

    letter: str
    what: str = ""
    cost: str = ""
    feasibility: str = ""
    effect: str = ""
    opinion: tuple[Box, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class SolutionSheet:
    """Both papers of one complaint; an empty string leaves the space to be filled by hand."""

    letterhead: Letterhead
    number: str
    date: str = ""
    mark: str = ""
    severity: tuple[Box, ...] = ()
    customer_name: str = ""
    phone: str = ""
    plate: str = ""
    vin: str = ""
    model: str = ""
    order_number: str = ""
    words: str = ""
    demand: str = ""
    customer_proposal: str = ""
    options: tuple[Option, ...] = ()
    agreed: tuple[Box, ...] = ()
    agreed_what: str = ""
    correction: str = ""
    solution: str = ""
    soothing: str = ""
    told: str = ""
    confirmed: str = ""
    done_on: str = ""
    signatures: tuple[Signature, ...] = ()


def solution_form(sheet: SolutionSheet) -> FormSheet:
    """《抱怨/投诉解决方案》 on one page: what the customer proposed, what was offered, what was agreed."""
    return FormSheet(
        title=PAPER_TITLES[Paper.SOLUTION],
        letterhead=sheet.letterhead,
        sections=(
            _case(sheet),
            FormSection(
                "客户意愿",
                (
                    Passage("客户诉求", sheet.demand, weight=11),
                    Passage("客户提议的方案", sheet.customer_proposal, weight=13),
                ),
            ),
            *(_option(option) for option in sheet.options),
            FormSection(
                "商定方案",
                (
                    fields(("商定方案", ticks(sheet.agreed), 2), ("完成日期", sheet.done_on)),
                    Passage("解决措施", sheet.solution, weight=14),
                    Passage("安抚措施", sheet.soothing, weight=11),
                    fields(("告知客户", sheet.told, 2), ("客户确认", sheet.confirmed)),
                ),
            ),
            FormSection("签字", (Signatures(sheet.signatures),)),
        ),
        number=sheet.number,
        date=sheet.date,
        head=f"级别　{ticks(sheet.severity)}",
        mark=sheet.mark,
        footer_left=TWO_SHEETS,
    )


def confirmation_form(sheet: SolutionSheet, letterhead: Letterhead) -> FormSheet:
    """《客户投诉解决确认书》 for the customer to sign; it has its own 文件编号, so its own letterhead."""
    return FormSheet(
        title=PAPER_TITLES[Paper.CONFIRMATION],
        letterhead=letterhead,
        sections=(
            _case(sheet),
            FormSection("客户诉求", (Passage("客户诉求", sheet.demand, weight=16),)),
            FormSection(
                "解决方案",
                (
                    Passage("商定的解决方案", sheet.agreed_what, weight=26),
                    Passage("缺点纠正", sheet.correction, weight=18),
                    fields(("完成日期", sheet.done_on), ("履行情况", ticks((Box("已履行完毕"), Box("部分履行"))), 2)),
                ),
            ),
            FormSection(
                "客户确认",
                (
                    fields(("客户意见", ticks((Box("同意并满意"), Box("同意"), Box("有保留"))), 3)),
                    Passage("客户补充意见", weight=18),
                    Passage("双方确认", STATEMENT, weight=12),
                ),
            ),
            FormSection(
                "签字",
                (Signatures((Signature("客户"), Signature("经办人"), Signature("服务总监（单位盖章）"))),),
            ),
        ),
        number=sheet.number,
        date=sheet.date,
        mark=sheet.mark,
        footer_left=TWO_COPIES,
    )


def blank_options(options: Iterable[Option], agreed: str) -> tuple[tuple[Option, ...], tuple[Box, ...]]:
    """The options given and room for those that were not, with a box each to tick the one agreed on.

    ``agreed`` is its letter, or ``CUSTOMERS_OWN``.
    """
    given = {option.letter: option for option in options}
    filled = tuple(given.get(letter, Option(letter, opinion=opinion_boxes("")[0])) for letter in LETTERS)
    boxes = (*(Box(f"方案{letter}", letter == agreed) for letter in LETTERS), Box("客户方案", agreed == CUSTOMERS_OWN))
    return filled, boxes


def opinion_boxes(said: str) -> tuple[tuple[Box, ...], str]:
    """What the customer said of an option: one of the boxes ticked where his words begin with it, and the rest."""
    chosen = next((word for word in OPINIONS if said.startswith(word)), "")
    return tuple(Box(word, word == chosen) for word in OPINIONS), said.removeprefix(chosen).lstrip("，。；, ")


def _case(sheet: SolutionSheet) -> FormSection:
    return FormSection(
        "投诉概况",
        (
            fields(("客户姓名", sheet.customer_name), ("联系电话", sheet.phone), ("车牌号", sheet.plate)),
            fields(("车型", sheet.model), ("VIN", sheet.vin), ("委托书号", sheet.order_number)),
            Passage("抱怨/投诉内容", sheet.words, "（顾客原话）", weight=17),
        ),
    )


def _option(option: Option) -> FormSection:
    return FormSection(
        f"方案{option.letter}",
        (
            Passage("做什么、何时完成", option.what, weight=15),
            fields(("店方费用", option.cost), ("可行性", option.feasibility, 2)),
            fields(("客户意见", "　".join(part for part in (ticks(option.opinion), option.said) if part), 3)),
        ),
    )
