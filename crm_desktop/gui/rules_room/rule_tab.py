"""One document of rules as a table: Enter changes a line, with a reason; its source stands below."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.calendar import calendar_table
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput
from crm_desktop.domain.holidays import public_holidays
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.changes_dialog import ChangesDialog, ToldChange
from crm_desktop.gui.rules_room.rule_dialog import REASON, RuleDialog
from crm_desktop.gui.rules_room.rule_lines import RuleField, RuleLine, RuleSheet, Table, shown
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel, show_if
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.rules import LABELS, RuleName, Rules

SCREEN = "设置·规则"
_DECEMBER = 12
_SAVE, _ADD, _DROP = "保存", "添加", "去掉"


class RuleTab(QWidget):
    """The lines of one sheet."""

    def __init__(self, sheet: RuleSheet, rules: Rules, session: Session, messages: Messages) -> None:
        super().__init__()
        self._sheet, self._rules, self._session, self._messages = sheet, rules, session, messages
        self._verb, self._ver = _SAVE, 0
        self._line: RuleLine | None = None
        self._dialog: RuleDialog | None = None

        columns = tuple(_column(field) for field in sheet.fields)
        self._table: RowTable[RuleLine] = RowTable(sheet.title, columns, key=attrgetter("key"))
        self._table.set_empty("还没有，按“添加”写第一条。")
        self._source = PlainLabel(role="caption")
        self._source.setWordWrap(True)
        self._change = Button("修改", icon="edit")
        self._add = Button("添加", icon="plus")
        self._drop = Button("去掉")
        self._restore = Button("恢复出厂规则", weight=Weight.QUIET)
        self._told = Button("改动记录", weight=Weight.QUIET)
        self._holidays = Button("填入法定节假日", icon="calendar-event")

        self._lay_out()

        self._table.opened.connect(self._on_opened)
        self._table.chosen.connect(self._on_chosen)
        self._change.clicked.connect(self._on_change)
        self._add.clicked.connect(self._on_add)
        self._drop.clicked.connect(self._on_drop)
        self._restore.clicked.connect(self._on_restore)
        self._told.clicked.connect(self._on_changes)
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
        self._drop.setEnabled(line is not None and not line.lasting)

    def _on_change(self) -> None:
        line = self._table.current_row()
        if line is not None:
            self._on_opened(line)

    def _on_opened(self, line: RuleLine) -> None:
        self._ask(_SAVE, f"修改{self._sheet.title}", line.asked or self._sheet.fields, line)

    def _on_add(self) -> None:
        fields = self._sheet.asked or self._sheet.fields
        empty = RuleLine("", {field.name: "" for field in fields})
        self._ask(_ADD, f"添加{self._sheet.title}", fields, empty)

    def _on_drop(self) -> None:
        line = self._table.current_row()
        if line is not None:
            self._ask(_DROP, "去掉这一条", (), line)

    def _on_told(self, values: dict[str, str]) -> None:
        dialog = self._dialog
        assert dialog is not None  # noqa: S101 - only an open dialog tells
        reason = values.pop(REASON)
        try:
            act = self._session.act(SCREEN)
            self._rules.change(self._sheet.name, self._changed(values), act, reason, self._ver)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence, refusal.fields if isinstance(refusal, InvalidInput) else {})
            if isinstance(refusal, ChangedMeanwhile):  # seen by now: the list behind the dialog shows it
                self._ver = self._rules.ver(self._sheet.name)
                self.refresh()
            return
        dialog.accept()
        self._messages.done(f"{self._sheet.title}已改，从现在起按新规则算。")
        self.refresh()

    def _on_restore(self) -> None:
        text = f"“{LABELS[self._sheet.name]}”整个回到程序自带的内容，现在的留在改动记录里。"
        if self._messages.ask("恢复出厂规则？", text, "恢复"):
            self._attempt_restore()

    def _on_changes(self) -> None:
        told = [
            ToldChange(one.at, one.who, "；".join(words), one.reason)
            for one in self._rules.changes(self._sheet.name)
            if (words := self._sheet.differences(one.before, one.after))
        ]
        ChangesDialog(self._sheet.title, told, self.window()).open()

    def _on_holidays(self) -> None:
        """This year's and, in December, next year's; a year the list does not know is told."""
        today = local_day(self._session.act(SCREEN).at)
        year = today.year + 1 if today.month == _DECEMBER else today.year
        try:
            known = public_holidays(year)
            table = calendar_table(self._rules.calendar())
            new = len({day.isoformat() for day in known.closed} - {*table["closed"]})
            text = f"休息日会多 {new} 天，这些天“下班前”和“工作日”都不算；节假日照常营业的店不用填。"
            if new and not self._messages.ask(f"填入 {year} 年法定节假日？", text, "填入"):
                return
            table["closed"] = sorted({*table["closed"], *(day.isoformat() for day in known.closed)})
            table["made_up"] = sorted({*table["made_up"], *(day.isoformat() for day in known.made_up)})
            kept = self._rules.table(RuleName.CALENDAR)
            merged = {**kept, **table, "looked_at": sorted({*table["looked_at"], year})}
            self._rules.change(RuleName.CALENDAR, merged, self._session.act(SCREEN), f"填入 {year} 年法定节假日")
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"{year} 年的法定节假日已填入：{len(known.closed)} 天休息，{len(known.made_up)} 天补班。")
        self.refresh()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _ask(self, verb: str, title: str, fields: tuple[RuleField, ...], line: RuleLine) -> None:
        try:
            require(self._session.act(SCREEN), Right.RULES)  # said before anything is typed in vain
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._verb, self._line, self._ver = verb, line, self._rules.ver(self._sheet.name)
        self._dialog = RuleDialog(fields, line, title, verb, self.window())
        self._dialog.told.connect(self._on_told)
        self._dialog.keep(self._session, f"{self._sheet.name}/{line.key}")
        self._dialog.open()

    def _changed(self, values: dict[str, str]) -> Table:
        """The whole document as the dialog wants it."""
        table = self._rules.table(self._sheet.name)
        if self._verb == _ADD:
            return self._sheet.added(table, values)
        key = self._line.key if self._line is not None else ""
        return self._sheet.dropped(table, key) if self._verb == _DROP else self._sheet.changed(table, key, values)

    def _attempt_restore(self) -> None:
        try:
            self._rules.restore(self._sheet.name, self._session.act(SCREEN), "恢复出厂规则")
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"{LABELS[self._sheet.name]}已恢复出厂规则。")
        self.refresh()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._change, self._add, self._drop, self._holidays):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._told)
        foot.addWidget(self._restore)
        show_if(self._add, self._sheet.add is not None)
        show_if(self._drop, self._sheet.drop is not None)
        show_if(self._holidays, self._sheet.name is RuleName.CALENDAR)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 12, 0, 0)
        body.addWidget(PlainLabel(self._sheet.about, "caption"))
        body.addWidget(self._table, 1)
        body.addWidget(self._source)
        body.addLayout(foot)


def _column(field: RuleField) -> Column[RuleLine]:
    def text(line: RuleLine) -> str:
        return shown(field, line.values[field.name])

    return Column(field.label, text, width=field.width, wrap=field.long)
