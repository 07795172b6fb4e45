"""The head of a complaint: title and numbers, chips, the row of steps, and the banner of customer and car."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.customers import NAMELESS, model_text
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.judgements import JudgementRow
from crm_desktop.gui.complaints.columns import HISTORY_WORD
from crm_desktop.gui.complaints.turns import BEGINNING
from crm_desktop.gui.state_tones import state_tone
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import plain_tooltip
from crm_desktop.gui.widgets.page import GAP, PageHead
from crm_desktop.gui.widgets.signs import Banner, Part, StepRow, StepState
from crm_desktop.services.cases import CUSTOMER_MISSING
from crm_desktop.services.joins import Links

TITLE = "抱怨/投诉单"
_SHORT = 12
"""So many letters of a grade's policy; the whole stands in its tooltip and in the customer's file."""


class BackButton(Button):
    """Back to the list; Esc does the same."""

    def __init__(self) -> None:
        super().__init__("返回", weight=Weight.QUIET, icon="arrow-left")
        self.setToolTip("回到列表（Esc）")


def step_row() -> StepRow:
    """登记 > 移交 > 响应 > 处理 > 解决 > 关闭 > 存档, nothing done yet."""
    steps = StepRow()
    steps.show_steps(BEGINNING)
    return steps


class CaseHead(QWidget):
    """What is seen of a case whichever tab is open."""

    back_wanted = Signal()
    customer_wanted = Signal(int)

    def __init__(self, more: Button) -> None:
        """``more``: the button with what else can be done."""
        super().__init__()
        self._customer_id: int | None = None
        self._head = PageHead(TITLE)
        self._severity = self._head.add_chip()
        self._state = self._head.add_chip()
        self._judgement = self._head.add_chip()
        self._event = self._head.add_chip()
        self._history = self._head.add_chip(HISTORY_WORD)
        self._steps = step_row()
        self._banner = Banner("客户")
        self._customer = Button("客户档案", icon="user")
        self._more = more

        self._lay_out()

        self._customer.clicked.connect(self._on_customer)

    def show_case(
        self,
        case: ComplaintCase,
        others: int,
        state: str,
        steps: Sequence[tuple[str, StepState]],
        courtesy: tuple[str, str],
    ) -> None:
        """Another complaint, or a newer state of the same; ``others`` counts his further open complaints.

        ``state`` is the one to show: 待关闭 where nothing is missing any more. ``courtesy`` is the customer's grade
        and its policy.
        """
        source = f"　来源单号 {case.source_number}" if case.source_number else ""
        self._head.say(TITLE, f"{case.number}{source}")
        major = case.fields["severity"] == Severity.MAJOR
        self._severity.say(str(case.fields["severity"]), Tone.LATE if major else Tone.GREY)
        self._state.say(state, state_tone(state))
        self._history.say(HISTORY_WORD if case.history else "", Tone.GREY)
        self._steps.show_steps(steps)
        self._customer_id = case.customer_id
        self._customer.setVisible(case.customer_id is not None)
        self._banner.say(_parts(case, others, *courtesy), Tone.INFO if case.customer_id else Tone.SOON)

    def show_judgement(self, judged: JudgementRow | None) -> None:
        """恶意 or 无效, where the director said so; why is told by the chip."""
        self._judgement.say(judged.kind if judged else "", Tone.SOON)
        self._judgement.setToolTip(plain_tooltip(f"{judged.who}判定：{judged.reason}" if judged else ""))

    def show_links(self, links: Links) -> None:
        """One event told twice: which complaint counts for it."""
        others = "、".join(links.others)
        told = f"和 {links.counted_with} 只计一次，计那一张" if links.counted_with else f"{others} 并计在这张"
        is_one = bool(links.counted_with or others)
        self._event.say("同一事件" if is_one else "", Tone.GREY)
        self._event.setToolTip(plain_tooltip(told if is_one else ""))
        self._event.setAccessibleDescription(told if is_one else "")

    def _on_customer(self) -> None:
        if self._customer_id is not None:
            self.customer_wanted.emit(self._customer_id)

    def _lay_out(self) -> None:
        self._head.add_widget(self._steps)
        self._head.add_button(self._more)
        back = BackButton()
        back.clicked.connect(self.back_wanted)
        top, line = QHBoxLayout(), QHBoxLayout()
        top.addWidget(back)
        top.addWidget(self._head, 1)
        line.setSpacing(8)
        line.addWidget(self._banner, 1)
        line.addWidget(self._customer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(top)
        layout.addLayout(line)


def _parts(case: ComplaintCase, others: int, grade: str, policy: str) -> list[Part]:
    model = model_text(case.brand, case.series, case.model)
    car = [part for part in (shown_plate(case.plate), model) if part]
    if case.customer_id is None:
        known = " · ".join(car)
        parts = [Part(CUSTOMER_MISSING, tone=Tone.SOON), Part(known, strong=True)] if known else []
        return [*(parts or [Part(CUSTOMER_MISSING, tone=Tone.SOON)]), Part("知道是谁以后，在“受理”里写上")]
    parts = [Part(" · ".join((case.customer_name or NAMELESS, *car)), strong=True)]
    if policy:  # who is served like everybody needs no word
        parts.append(Part(grade, tone=Tone.GREY, tip=policy))
        parts.append(Part(policy if len(policy) <= _SHORT else f"{policy[:_SHORT]}…"))
    if others:
        parts.append(Part(f"另有 {others} 张未关闭的单", tone=Tone.SOON))
    if case.phone:
        parts.append(Part(masked_phone(case.phone)))
    mileage = case.fields["mileage"]
    if isinstance(mileage, int):
        parts.append(Part(f"{mileage:,} km", quiet=True))
    if case.bought_on:
        parts.append(Part(f"{case.bought_on} 购车", quiet=True))
    return parts
