"""权限: who may do what; each line with its source, changed by whoever manages staff."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.rights import RightRule, shipped_rights
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.rule_sheets import RuleField, RuleLine
from crm_desktop.gui.rules_room.rule_tab import SCREEN, RuleDialog
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.staff import StaffRoom

_FIELDS = (RuleField("right", "权限", fixed=True), RuleField("held_by", "归哪些岗位（用顿号隔开）"))


class RightsTab(QWidget):
    """A line for each right, in the order of the procedure."""

    def __init__(self, staff: StaffRoom, session: Session, messages: Messages) -> None:
        super().__init__()
        self._staff, self._session, self._messages = staff, session, messages
        self._dialog: RuleDialog | None = None
        self._rule: RightRule | None = None
        columns = (
            Column("权限", attrgetter("right"), width=12),
            Column("代录", _told, width=6),
            Column("归哪些岗位", self._held_by, width=60, wrap=True),
        )
        self._table: RowTable[RightRule] = RowTable("权限", columns, key=attrgetter("right"))
        self._source = PlainLabel(role="caption")
        self._source.setWordWrap(True)
        self._change = Button("修改", icon="edit")
        foot = QHBoxLayout()
        foot.addWidget(self._change)
        foot.addStretch(1)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 12, 0, 0)
        body.addWidget(self._table, 1)
        body.addWidget(self._source)
        body.addLayout(foot)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._change.clicked.connect(self._on_change)

    def refresh(self) -> None:
        """Reads the table in force."""
        self._rights = self._staff.rights()
        self._table.set_rows(shipped_rights())
        if self._table.current_row() is None:
            self._table.selectRow(0)

    def _held_by(self, rule: RightRule) -> str:
        return "、".join(self._rights.get(rule.right, ()))

    def _on_chosen(self, rule: RightRule | None) -> None:
        self._source.setText(f"出处　{rule.source}" if rule else "")

    def _on_change(self) -> None:
        rule = self._table.current_row()
        if rule is not None:
            self._on_opened(rule)

    def _on_opened(self, rule: RightRule) -> None:
        self._rule = rule
        line = RuleLine(rule.right, {"right": rule.right, "held_by": self._held_by(rule)})
        self._dialog = RuleDialog(_FIELDS, line, "修改权限", self.window(), asks_why=False)
        self._dialog.told.connect(self._on_told)
        self._dialog.open()

    def _on_told(self, values: dict[str, str]) -> None:
        dialog, rule = self._dialog, self._rule
        assert dialog is not None and rule is not None  # noqa: S101 - only an open dialog tells
        held_by = tuple(role.strip() for role in values["held_by"].replace(",", "、").split("、") if role.strip())
        try:
            self._staff.change_rights({rule.right: held_by}, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence, {"held_by": refusal.sentence})
            return
        dialog.accept()
        self._messages.done(f"“{rule.right}”的权限已改。")
        self.refresh()


def _told(rule: RightRule) -> str:
    return "可以" if rule.on_behalf else ""
