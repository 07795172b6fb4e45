"""One rework on the desk: what was to be done, and the form for how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.clock import Clock
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.reworks import ReworkDraft, ReworkRow
from crm_desktop.domain.sheets import shown
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.reworks.columns import ReworkLine, stay_mark
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_page import DeskPanel
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.gui.widgets.signs import Chip
from crm_desktop.services.reworks import Reworks

SCREEN = "返修"
_NAMES = ("finished_on", "inspector", "parts", "result")


class ReworkPanel(DeskPanel[ReworkLine]):
    """Holds one rework. ``saved`` carries its id."""

    complaint_wanted = Signal(str)

    def __init__(self, reworks: Reworks, session: Session, messages: Messages) -> None:
        super().__init__()
        self._reworks, self._session, self._messages = reworks, session, messages
        self._rework: ReworkRow | None = None

        self._car, self._stay = ElidedLabel(role="title"), Chip()
        self._order = PlainLabel(role="caption")
        self._items = PlainLabel()
        self._form = _end_form(self._now)
        self._keeping = Keeping(session, "修竣", self._form, self)
        self._keeping.told.connect(messages.note)
        self._save = Button("记录修竣", "Ctrl+S", Weight.MAIN)
        self._open = Button("", weight=Weight.QUIET)

        self._lay_out()
        self._save.clicked.connect(self._on_save)
        self._open.clicked.connect(self._on_open)

    @property
    def row_id(self) -> int | None:
        """Which rework is on the desk."""
        return self._rework.id if self._rework else None

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._rework is not None and self._form.dirty

    def name(self) -> str:
        """Which car this is."""
        plate = shown_plate(self._rework.plate) if self._rework else ""
        return plate or (self._rework.customer_name if self._rework else "") or NAMELESS

    def show_row(self, row: ReworkLine) -> None:
        """Put a rework on the desk; today is offered as the day it was finished."""
        self._keeping.settle()
        self._rework = row.rework
        self._say_what(row)
        draft = row.rework.draft
        ended = draft if draft.finished_on else replace(draft, finished_on=row.today)
        self._form.set_values(_values(ended))
        self._save.say("保存" if draft.finished_on else "记录修竣")
        self._keeping.turn_to(f"{row.rework.complaint_number}/{row.rework.id}")

    def enter(self) -> None:
        """Give the first field the keyboard."""
        self._form.go_to("finished_on")

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_open(self) -> None:
        if self._rework is not None:
            self.complaint_wanted.emit(self._rework.complaint_number)

    def _on_save(self) -> None:
        rework = self._rework
        if rework is None:
            return
        try:
            draft = replace(rework.draft, **self._form.values())
            self._reworks.amend(rework.id, rework.ver, draft, self._session.act(SCREEN))
        except ChangedMeanwhile:
            self._meet(rework)
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields)
            self._messages.refused(refusal.sentence)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._form.mark_saved()
            self._messages.done(_told(self.name(), draft))
            self.saved.emit(rework.id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _meet(self, rework: ReworkRow) -> None:
        """Somebody saved first: his version is told, what was typed here stays for the next press."""
        found = self._reworks.of_complaint(rework.complaint_number)
        self._rework = next((row for row in found if row.id == rework.id), rework)
        stored = _values(self._rework.draft)
        labels = (self._form.field(name).accessibleName() for name in _NAMES)
        told = "，".join(f"{label}“{_said(stored[name]) or '空'}”" for label, name in zip(labels, _NAMES, strict=True))
        self._messages.refused(f"{self.name()}的返修刚被别人改过，现在存的是：{told}。您填的都还在，请看过再保存。")

    def _say_what(self, line: ReworkLine) -> None:
        draft = line.rework.draft
        self._car.setText(self.name())
        self._stay.say(line.stay, stay_mark(line).tone)
        order = f"委托书 {draft.order_number}" if draft.order_number else ""
        came = f"{shown(draft.came_on)} 进厂" if draft.came_on else ""
        words = (line.rework.customer_name, draft.kind, order, came, draft.technician)
        self._order.setText(" · ".join(word for word in words if word))
        self._items.setText(draft.items or "没有写返修项目")
        self._open.say(f"打开抱怨单 {line.rework.complaint_number}")

    def _lay_out(self) -> None:
        self._order.setWordWrap(True)
        self._items.setWordWrap(True)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._car)
        head.addWidget(self._stay)
        head.addStretch(1)
        foot.addWidget(self._save)
        foot.addStretch(1)
        foot.addWidget(self._open)
        self.body.addLayout(head)
        for piece in (self._order, self._items, Rule(), self._form):
            self.add(piece)
        self.body.addLayout(foot)
        self.body.addStretch(1)


def _end_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=2, clock=clock)
    form.add_day("finished_on", "修竣日期")
    form.add_line("inspector", "质检员")
    form.add_line("parts", "更换配件", "名称和数量", span=2)
    form.add_text("result", "返修结果", rows=3)
    return form


def _values(draft: ReworkDraft) -> Mapping[str, object]:
    return {name: getattr(draft, name) for name in _NAMES}


def _said(value: object) -> str:
    return shown(value) if isinstance(value, date | str) else ""


def _told(name: str, draft: ReworkDraft) -> str:
    return f"{name}的返修已记录修竣：{draft.finished_on}。" if draft.finished_on else f"{name}的返修已保存，仍在修。"
