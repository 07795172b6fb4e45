"""The paper 《抱怨/投诉单》: every word of one A4 page, final and frozen.

Source: seed 001 篇1 五.1 (the four required blocks) and facts.md section 2.3 (their order on the page).
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.print_style import TWO_SHEETS
from crm_desktop.domain.sheets import Box, Letterhead, Signature

TITLE = "抱怨/投诉单"


@dataclass(frozen=True, slots=True)
class ComplaintSheet:
    """One complaint form; an empty string leaves the space to be filled by hand.

    ``mark`` is printed beside the title (作废, 更正 …); ``number`` is also what the QR code says. ``handed_over``,
    ``responded`` and ``resolved`` say when and by whom; ``corrections`` are the 更正说明 written after filing.
    """

    letterhead: Letterhead
    severity: tuple[Box, ...]
    channel: tuple[Box, ...]
    line: tuple[Box, ...]
    rework: tuple[Box, ...]
    satisfaction: tuple[Box, ...]
    signatures: tuple[Signature, ...]
    number: str = ""
    date: str = ""
    mark: str = ""
    customer_name: str = ""
    phone: str = ""
    brought_by: str = ""
    address: str = ""
    customer_grade: str = ""
    plate: str = ""
    vin: str = ""
    model: str = ""
    mileage: str = ""
    bought_on: str = ""
    order_number: str = ""
    adviser: str = ""
    technician: str = ""
    received_at: str = ""
    received_by: str = ""
    respond_due: str = ""
    resolve_due: str = ""
    handed_over: str = ""
    responded: str = ""
    resolved: str = ""
    category: str = ""
    words: str = ""
    demand: str = ""
    first_reply: str = ""
    responsible: str = ""
    root_cause: str = ""
    correction: str = ""
    solution: str = ""
    soothing: str = ""
    rework_order_number: str = ""
    rework_finished_on: str = ""
    long_term_measure: str = ""
    follow_up_by: str = ""
    followed_up_at: str = ""
    feedback: str = ""
    corrections: str = ""
    footer_left: str = TWO_SHEETS
    footer_middle: str = "保存期限：二年（含返修六年）"
