"""One document of rules as a table: Enter changes a line, with a reason; its source stands below."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.calendar import calendar_table
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.holidays import public_holidays
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.rule_sheets import RuleField, RuleLine, RuleSheet
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.rules import RuleName, Rules

SCREEN = "设置·规则"
_HOLIDAYS = "填入法定节假日"


class RuleDialog(AskDialog):
    """``told`` carries the values by name, ``reason`` among them."""

    told = Signal(object)

    def __init__(
        self, fields: tuple[RuleField, ...], line: RuleLine, title: str, window: QWidget, *, asks_why: bool = True
    ) -> None:
        fixed = " · ".join(line.values[field.name] for field in fields if field.fixed)
        super().__init__(title, fixed or "改好以后写明原因，原来的内容留在历史里。", window)
        self._form = FieldForm(columns=1)
        for field in fields:
            if field.fixed:
                continue
            if field.options:
                self._form.add_choice(field.name, field.label, field.options)
            elif field.long:
                self._form.add_text(field.name, field.label, rows=5)
            else:
                self._form.add_line(field.name, field.label)
        if asks_why:
            self._form.add_line("reason", "修改原因")
        self._form.set_values(line.values)
        button = Button("保存", weight=Weight.MAIN)
        button.clicked.connect(self._on_told)
        self.body.addWidget(self._form)
        self.add_buttons(button)
        self.setMinimumWidth(scaled(560))
        self._form.go_to(next(iter(self._form.typed())))

    def refuse(self, sentence: str, fields: Mapping[str, str]) -> None:
        """Say what is wrong, at the reason where it belongs to no other field."""
        known = {name: text for name, text in fields.items() if name in self._form.typed()}
        last = list(self._form.typed())[-1]
        self._form.show_errors(known or {last: sentence})

    def _on_told(self) -> None:
        self.told.emit({name: str(value or "") for name, value in self._form.values().items()})


class RuleTab(QWidget):
    """The lines of one sheet."""

    def __init__(self, sheet: RuleSheet, rules: Rules, session: Session, messages: Messages) -> None:
        super().__init__()
        self._sheet, self._rules, self._session, self._messages = sheet, rules, session, messages
        self._line: RuleLine | None = None
        self._dialog: RuleDialog | None = None

        columns = tuple(_column(field) for field in sheet.fields)
        self._table: RowTable[RuleLine] = RowTable(sheet.title, columns, key=attrgetter("key"))
        self._source = PlainLabel(role="caption")
        self._source.setWordWrap(True)
        self._change = Button("修改", icon="edit")
        self._restore = Button("恢复出厂规则", weight=Weight.QUIET)
        self._holidays = Button(_HOLIDAYS, icon="calendar-event")

        self._lay_out()

        self._table.opened.connect(self._on_opened)
        self._table.chosen.connect(self._on_chosen)
        self._change.clicked.connect(self._on_change)
        self._restore.clicked.connect(self._on_restore)
        self._holidays.clicked.connect(self._on_holidays)

    def refresh(self) -> None:
        """Reads the rules in force."""
        self._table.set_rows(self._sheet.lines(self._rules.table(self._sheet.name)))
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)
        self._restore.setVisible(not self._rules.is_shipped(self._sheet.name))

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, line: RuleLine | None) -> None:
        self._source.setText(f"出处　{line.source}" if line is not None and line.source else "")

    def _on_change(self) -> None:
        line = self._table.current_row()
        if line is not None:
            self._on_opened(line)

    def _on_opened(self, line: RuleLine) -> None:
        self._line = line
        self._dialog = RuleDialog(self._sheet.fields, line, f"修改{self._sheet.title}", self.window())
        self._dialog.told.connect(self._on_told)
        self._dialog.open()

    def _on_told(self, values: dict[str, str]) -> None:
        dialog, line = self._dialog, self._line
        assert dialog is not None and line is not None  # noqa: S101 - only an open dialog tells
        reason = values.pop("reason")
        try:
            table = self._sheet.changed(self._rules.table(self._sheet.name), line.key, values)
            self._rules.change(self._sheet.name, table, self._session.act(SCREEN), reason)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence, refusal.fields if isinstance(refusal, InvalidInput) else {})
            return
        dialog.accept()
        self._messages.done(f"{self._sheet.title}已改，从现在起按新规则算。")
        self.refresh()

    def _on_restore(self) -> None:
        text = "这一页的规则都回到程序自带的内容，现在的留在历史里。"
        if self._messages.ask("恢复出厂规则？", text, "恢复"):
            self._attempt_restore()

    def _on_holidays(self) -> None:
        """This year's and, in December, next year's; a year the list does not know is told."""
        today = local_day(self._session.act(SCREEN).at)
        year = today.year + 1 if today.month == 12 else today.year
        try:
            known = public_holidays(year)
            table = calendar_table(self._rules.calendar())
            table["closed"] = sorted({*table["closed"], *(day.isoformat() for day in known.closed)})
            table["made_up"] = sorted({*table["made_up"], *(day.isoformat() for day in known.made_up)})
            merged = {**self._rules.table(RuleName.CALENDAR), **table}
            self._rules.change(RuleName.CALENDAR, merged, self._session.act(SCREEN), f"填入 {year} 年法定节假日")
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"{year} 年的法定节假日已填入：{len(known.closed)} 天休息，{len(known.made_up)} 天补班。")
        self.refresh()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _attempt_restore(self) -> None:
        try:
            self._rules.restore(self._sheet.name, self._session.act(SCREEN), "恢复出厂规则")
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"{self._sheet.title}已恢复出厂规则。")
        self.refresh()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._change)
        foot.addWidget(self._holidays)
        foot.addStretch(1)
        foot.addWidget(self._restore)
        self._holidays.setVisible(self._sheet.name is RuleName.CALENDAR)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 12, 0, 0)
        body.addWidget(self._table, 1)
        body.addWidget(self._source)
        body.addLayout(foot)


def _column(field: RuleField) -> Column[RuleLine]:
    words = dict(option if isinstance(option, tuple) else (option, option) for option in field.options)

    def text(line: RuleLine) -> str:
        value = line.values[field.name]
        return str(words.get(value, value))

    return Column(field.label, text, width=field.width, wrap=field.long)
