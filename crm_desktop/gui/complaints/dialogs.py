"""Small decisions about a case: a correction, and two versions side by side. They stay open on refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import shown_plate
from crm_desktop.gui.complaints.form_memory import Clash, FormMemory
from crm_desktop.gui.complaints.party_fields import PARTY, PartyFields, PartyWords
from crm_desktop.gui.keeping import Words
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import TextField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.parties import Party
from crm_desktop.services.search import Search

_PLAIN = ("channel", "severity", "received_at")
"""Fields of the complaint itself; the others say who it is."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was told wrongly at the counter. ``party`` is None where customer and car stay."""

    party: Party | None
    changes: Mapping[str, object]
    reason: str


class CorrectionDialog(AskDialog):
    """Another customer, car, channel, level or 受理时间, with a reason. ``told`` carries a ``Correction``.

    ``channels`` are those in use; the complaint's own stands beside them even if it is not.
    """

    told = Signal(object)

    def __init__(
        self, case: ComplaintCase, search: Search, clock: Clock, channels: Sequence[str], window: QWidget
    ) -> None:
        sentence = "从已有档案里找另一位客户或车辆，或直接改写；原来的内容和原因都留在历史里。"
        super().__init__("更正客户、车辆、渠道、级别或受理时间", sentence, window)
        self._party = PartyFields(search, self)
        self._form = FieldForm(columns=2, clock=clock)
        self._build_form(channels)
        self._party.attach(self._form)
        self._memory = FormMemory(self._form)
        self._memory.fill(_correctable(case))
        self._party.remember(case.customer_id, case.vehicle_id)
        self._party.picked.connect(self._on_picked)
        self._party.begun.connect(self._on_begun)
        button = Button("更正", weight=Weight.MAIN)
        button.clicked.connect(self._on_told)
        self.body.addWidget(self._form)
        self.add_buttons(button)
        self.setMinimumWidth(scaled(640))
        self._form.go_to("customer_name")

    def show_errors(self, fields: Mapping[str, str]) -> None:
        """Say at the fields what is wrong."""
        self._form.show_errors(fields)

    def words(self) -> Words:
        """What is put aside while somebody types."""
        return PartyWords(self._form, self._party)

    def _build_form(self, channels: Sequence[str]) -> None:
        suggest = self._party.suggest
        self._form.add_suggest("customer_name", "客户姓名", self._party.suggest_name)
        self._form.add_suggest("phone", "联系电话", suggest)
        self._form.add_suggest("plate", "车牌号", suggest)
        self._form.add_suggest("vin", "VIN", suggest)
        self._form.add_choice("channel", "接收渠道", channels)
        self._form.add_choice("severity", "级别", Severity)
        self._form.add_moment("received_at", "受理时间")
        self._form.new_row()
        self._form.add_line("reason", "更正原因", "为什么更正，如：登记时听错车牌", span=2)

    def _on_picked(self) -> None:
        self._form.go_to("reason")

    def _on_begun(self) -> None:
        self._form.go_to("phone")

    def _on_told(self) -> None:
        try:
            values = self._form.values()
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields)
            return
        changed = set(self._memory.changed())
        changes: dict[str, object] = {name: values[name] for name in _PLAIN if name in changed}
        if not changed & {*PARTY, *changes}:
            self._form.show_errors({"customer_name": "还没有改动，请先改写错的栏目。"})
        elif not str(values["reason"]).strip():
            self._form.show_errors({"reason": "请写明更正原因，原来的内容会留在历史里。"})
        else:
            party = self._party.party() if changed & set(PARTY) else None
            self.told.emit(Correction(party, changes, str(values["reason"])))


class ClashDialog(AskDialog):
    """Somebody else saved first: what is stored now beside what was typed here, field by field."""

    mine_wanted = Signal()
    stored_wanted = Signal()

    def __init__(self, clashes: Sequence[Clash], who: str, window: QWidget) -> None:
        sentence = f"您写的时候，{who}保存了同样的栏目。您写的都还在，请决定留哪一份。"
        super().__init__("这张单刚刚有人改过", sentence, window)
        mine, stored = Button("存我写的", weight=Weight.MAIN), Button("用已存的")
        mine.clicked.connect(self._on_mine)
        stored.clicked.connect(self._on_stored)
        self.body.addLayout(_side_by_side(clashes))
        self.add_buttons(mine, stored)
        self.setMinimumWidth(scaled(760))

    def _on_mine(self) -> None:
        self.accept()
        self.mine_wanted.emit()

    def _on_stored(self) -> None:
        self.accept()
        self.stored_wanted.emit()


def _side_by_side(clashes: Sequence[Clash]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    for column, heading in enumerate(("", "现在存的", "您写的")):
        grid.addWidget(PlainLabel(heading, "caption"), 0, column)
        grid.setColumnStretch(column, min(column, 1))
    for row, clash in enumerate(clashes, start=1):
        grid.addWidget(PlainLabel(clash.label, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_shown(clash.stored, f"{clash.label} 现在存的"), row, 1)
        grid.addWidget(_shown(clash.typed, f"{clash.label} 您写的"), row, 2)
    return grid


def _shown(text: str, name: str) -> TextField:
    """A text that can be read whole and copied from."""
    field = TextField(rows=4 if len(text) > 20 else 1)
    field.set_value(text)
    field.setReadOnly(True)
    field.setAccessibleName(name)
    return field


def _correctable(case: ComplaintCase) -> dict[str, str | datetime]:
    return {
        "customer_name": case.customer_name,
        "phone": case.phone,
        "plate": shown_plate(case.plate),
        "vin": case.vin,
        "channel": str(case.fields["channel"]),
        "severity": str(case.fields["severity"]),
        "received_at": case.received_at,
        "reason": "",
    }
