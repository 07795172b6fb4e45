"""权限: who may do what; each line with its source, changed by whoever manages staff."""

from __future__ import annotations

from collections.abc import Collection
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.rights import OWNER, ROLE_RIGHTS, Right, RightRule, RightsTable, require, shipped_rights
from crm_desktop.domain.sheets import Column
from crm_desktop.domain.staff import ADMINISTRATOR, Role
from crm_desktop.gui.keeping import keep_dialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.changes_dialog import ChangesDialog, ToldChange
from crm_desktop.gui.rules_room.rule_tab import SCREEN
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.tick_boxes import TickBoxes
from crm_desktop.services.staff import StaffRoom

_REASON = "reason"


class RightDialog(AskDialog):
    """One right: its holders ticked, and why. ``told`` carries the holders and the reason."""

    told = Signal(object, str)

    def __init__(self, rule: RightRule, held_by: Collection[str], window: QWidget) -> None:
        super().__init__(f"权限：{rule.right}", "归打了勾的岗位；一个人可以有几个岗位。", window)
        owner = (OWNER,) if OWNER in ROLE_RIGHTS[rule.right] else ()
        self._boxes = TickBoxes((*Role, ADMINISTRATOR, *owner), held_by)
        self._form = FieldForm(columns=1)
        self._form.add_line(_REASON, "修改原因")
        save = Button("保存", weight=Weight.MAIN)
        save.clicked.connect(self._on_save)
        self.body.addWidget(self._boxes)
        self.body.addWidget(self._form)
        self.add_buttons(save)
        self.setMinimumWidth(scaled(620))
        self._boxes.go_to_first()

    def keep(self, session: Session, right: str) -> None:
        """The reason is kept under this right until it is done."""
        keep_dialog(self, session, "修改权限", self._form, right)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self._form.show_errors({_REASON: sentence})

    def _on_save(self) -> None:
        self.told.emit(self._boxes.ticked(), str(self._form.values()[_REASON]))


class RightsTab(QWidget):
    """A line for each right, in the order of the procedure."""

    def __init__(self, staff: StaffRoom, session: Session, messages: Messages) -> None:
        super().__init__()
        self._staff, self._session, self._messages = staff, session, messages
        self._dialog: RightDialog | None = None
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
        self._restore = Button("恢复出厂规则", weight=Weight.QUIET)
        self._changes = Button("改动记录", weight=Weight.QUIET)
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._change.clicked.connect(self._on_change)
        self._restore.clicked.connect(self._on_restore)
        self._changes.clicked.connect(self._on_changes)

    def refresh(self) -> None:
        """Reads the table in force."""
        self._rights = self._staff.rights()
        self._table.set_rows(shipped_rights())
        if self._table.current_row() is None:
            self._table.selectRow(0)
        self._restore.setVisible(self._rights != ROLE_RIGHTS)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, rule: RightRule | None) -> None:
        self._source.setText(f"出处　{rule.source}" if rule else "")

    def _on_change(self) -> None:
        rule = self._table.current_row()
        if rule is not None:
            self._on_opened(rule)

    def _on_opened(self, rule: RightRule) -> None:
        try:
            require(self._session.act(SCREEN), Right.STAFF)  # said before anything is ticked in vain
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._rule = rule
        self._dialog = RightDialog(rule, self._rights.get(rule.right, ()), self.window())
        self._dialog.told.connect(self._on_told)
        self._dialog.keep(self._session, str(rule.right))
        self._dialog.open()

    def _on_told(self, held_by: tuple[str, ...], reason: str) -> None:
        dialog, rule = self._dialog, self._rule
        assert dialog is not None and rule is not None  # noqa: S101 - only an open dialog tells
        refused = self._refused({rule.right: held_by}, reason, f"“{rule.right}”的权限已改，从现在起按新的算。")
        if refused:
            dialog.refuse(refused)
        else:
            dialog.accept()

    def _on_restore(self) -> None:
        text = "整张权限表回到程序自带的内容，现在的留在改动记录里。"
        if self._messages.ask("恢复出厂规则？", text, "恢复"):
            self._refused(ROLE_RIGHTS, "恢复出厂规则", "权限表已恢复出厂规则。")

    def _on_changes(self) -> None:
        told = [
            ToldChange(one.at, one.who, "；".join(_differences(one.before, one.after)), one.reason)
            for one in self._staff.rights_changes()
        ]
        ChangesDialog("权限", told, self.window()).open()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _refused(self, changes: RightsTable, reason: str, done: str) -> str:
        """Changes the table; why not, or nothing."""
        try:
            self._staff.change_rights(changes, self._session.act(SCREEN), reason)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
            return fields.get(_REASON, refusal.sentence)
        self._messages.done(done)
        self.refresh()
        return ""

    def _held_by(self, rule: RightRule) -> str:
        return "、".join(self._rights.get(rule.right, ())) or "没有人"

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._change)
        foot.addStretch(1)
        foot.addWidget(self._changes)
        foot.addWidget(self._restore)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 12, 0, 0)
        body.addWidget(PlainLabel("谁可以做什么；“代录”：本人不在时，能登记的人可以替他记下。", "caption"))
        body.addWidget(self._table, 1)
        body.addWidget(self._source)
        body.addLayout(foot)


def _differences(before: RightsTable, after: RightsTable) -> list[str]:
    return [
        f"{right}：{'、'.join(before[right]) or '没有人'} → {'、'.join(after[right]) or '没有人'}"
        for right in before
        if tuple(before[right]) != tuple(after[right])
    ]


def _told(rule: RightRule) -> str:
    return "可以" if rule.on_behalf else ""
