"""员工 in 设置: who works here in which roles, PINs, the deputy of 服务总监, and who answers for each line."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from crm_desktop.clock import local_day
from crm_desktop.domain.complaints import Line
from crm_desktop.domain.duties import DeputyRow
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.sheets import Column
from crm_desktop.domain.staff import Person
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.settings_room.code_dialog import CodeDialog
from crm_desktop.gui.settings_room.history_dialog import HistoryDialog
from crm_desktop.gui.settings_room.people_dialogs import (
    SCREEN,
    DeputyDialog,
    HireDialog,
    OwnPinDialog,
    PeopleQuestion,
    ResetPinDialog,
    RolesDialog,
)
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.access import Access
from crm_desktop.services.duties import Duties
from crm_desktop.services.settings import LOCK_MINUTES, Settings
from crm_desktop.services.staff import StaffRoom

_LOCK = "lock_minutes"
_LEAVES, _COMES_BACK = "标为离职", "回来上班"
_LEAST_HEIGHT = 400  # eight people in sight; where the window is lower, the page scrolls


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list: the person, and what he stands for besides his roles."""

    person: Person
    besides: str


def _name(row: PersonRow) -> str:
    return row.person.name


def _roles(row: PersonRow) -> str:
    return "、".join(row.person.duties)


def _pin(row: PersonRow) -> str:
    if row.person.left:
        return "离职"
    return "已设" if row.person.has_pin else "未设"


PEOPLE_COLUMNS: tuple[Column[PersonRow], ...] = (
    Column("姓名", _name, width=14),
    Column("岗位", _roles, width=30),
    Column("PIN", _pin, width=8),
    Column("责任线和代理", attrgetter("besides"), width=36),
)


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """The services the card works with."""

    staff: StaffRoom
    access: Access
    duties: Duties


class PeopleCard(Card):
    """``moved``: somebody came, left or stands for something else now. ``code_wanted``: a recovery code and whose it
    is are to be printed."""

    moved = Signal()
    code_wanted = Signal(str, str)

    def __init__(self, people: PeopleDesk, settings: Settings, session: Session, messages: Messages) -> None:
        super().__init__("员工")
        self._staff, self._access, self._duties = people.staff, people.access, people.duties
        self._settings, self._session, self._messages = settings, session, messages
        self._table: RowTable[PersonRow] = RowTable("员工", PEOPLE_COLUMNS, key=_name)
        self._lines = FieldForm(columns=4)
        self._leave = Button(_LEAVES)
        self._buttons = {
            Button("添加员工"): self._on_add,
            Button("改岗位"): self._on_roles,
            Button("重设 PIN"): self._on_reset,
            self._leave: self._on_leave,
            Button("代理服务总监"): self._on_deputy,
            Button("结束代理"): self._on_end_deputy,
            Button("改自己的 PIN", weight=Weight.QUIET): self._on_own_pin,
            Button("换恢复码", weight=Weight.QUIET): self._on_code,
        }
        self._table.offer(*tuple(self._buttons)[1:6])
        self._with_left = QCheckBox("显示离职")
        self._with_left.setAccessibleName("显示离职")
        self._save_lines = Button("保存责任线和锁屏")
        self._history = Button("历任记录", weight=Weight.QUIET)
        self._lay_out()
        for button, slot in self._buttons.items():
            button.clicked.connect(slot)
        self._save_lines.clicked.connect(self._on_lines)
        self._history.clicked.connect(self._on_history)
        self._with_left.toggled.connect(self.refresh)
        self._table.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        """Shows who is here now."""
        people, lines = self._staff.people(), self._duties.lines()
        deputies = self._standing_deputies()
        answers = {row.person_id: f"{row.line}线" for row in reversed(lines)}
        stands_in = {deputy.person_id: _words(deputy) for deputy in deputies}
        besides = {p.id: "，".join(filter(None, (answers.get(p.id), stands_in.get(p.id)))) for p in people}
        shown = self._staff.people(with_left=True) if self._with_left.isChecked() else people
        self._table.set_rows([PersonRow(person, besides.get(person.id, "")) for person in shown])
        typed = self._lines.dirty
        for row in [] if typed else lines:
            choice = self._lines.field(row.line)
            assert isinstance(choice, ChoiceField)  # noqa: S101 - built so below
            choice.set_options([(person.id, person.name) for person in people], None if row.left else row.person_id)
        if not typed:
            self._lines.set_values({_LOCK: str(self._settings.lock_minutes())})

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        self._ask(HireDialog(self._access, self._session, not self._staff.people(), self.window()))

    def _on_roles(self) -> None:
        person = self._chosen()
        if person is not None:
            self._ask(RolesDialog(self._staff, self._session, person, self.window()))

    def _on_reset(self) -> None:
        person = self._chosen()
        if person is not None:
            self._ask(ResetPinDialog(self._access, self._session, person, self.window()))

    def _on_own_pin(self) -> None:
        if self._session.person is None:
            self._messages.refused("请先按 F9 选自己，再改 PIN。")
        else:
            self._ask(OwnPinDialog(self._access, self._session, self.window()))

    def _on_deputy(self) -> None:
        person = self._chosen()
        if person is not None:
            self._ask(DeputyDialog(self._duties, self._session, person, self.window()))

    def _on_end_deputy(self) -> None:
        deputies = self._standing_deputies()
        if not deputies:
            self._messages.refused("现在没有人代理服务总监。")
            return
        deputy = deputies[-1]
        if not self._messages.ask("结束代理？", f"{deputy.name}{_words(deputy)}，现在就结束？", "结束代理"):
            return
        try:
            self._duties.end_deputy(deputy.id, deputy.ver, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._on_answered(f"{deputy.name}不再代理服务总监。")

    def _on_leave(self) -> None:
        person = self._chosen()
        if person is None:
            return
        told = "他经手的单据和历史都会保留，只是不再出现在换人列表里。"
        if person.left:
            self._move(person, False, f"{person.name}回来上班了，原来的岗位和 PIN 照旧。")
        elif self._messages.ask(f"{person.name}离职？", told, _LEAVES):
            self._move(person, True, f"{person.name}已标为离职。")

    def _on_chosen(self, row: PersonRow | None) -> None:
        self._leave.say(_COMES_BACK if row is not None and row.person.left else _LEAVES)

    def _on_code(self) -> None:
        try:
            code = self._access.new_recovery_code(self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._tell_code(code)

    def _on_history(self) -> None:
        HistoryDialog(self._duties, self.window()).open()

    def unsaved(self) -> str:
        """What would be lost, in a few words."""
        return "责任线和锁屏时间还没有保存" if self._lines.dirty else ""

    def _on_lines(self) -> None:
        kept = {row.line: row.person_id for row in self._duties.lines()}
        chosen = {line: self._lines.field(line).value() for line in Line}
        try:
            for line, person in chosen.items():
                if isinstance(person, int) and person != kept[line]:
                    self._duties.answer_for(line, person, self._session.act(SCREEN))
            minutes = str(self._lines.field(_LOCK).value())
            if minutes != str(self._settings.lock_minutes()):
                self._settings.change({LOCK_MINUTES: minutes}, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._lines.mark_saved()
        self._on_answered("责任线和锁屏时间已保存；以前由谁负责都留着。")

    def _on_answered(self, told: str) -> None:
        self._messages.done(told)
        self.refresh()
        self.moved.emit()

    def _on_first_pin(self, person_id: int, code: str) -> None:
        """Whoever got the first PIN of this home sits here from now on."""
        self._session.sit_down(self._staff.get(person_id))
        self._tell_code(code)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _move(self, person: Person, left: bool, told: str) -> None:
        try:
            self._staff.change(person.id, person.ver, self._session.act(SCREEN), person.roles, left=left)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._on_answered(told)

    def _tell_code(self, code: str) -> None:
        dialog = CodeDialog(code, self._session.name, self.window())
        dialog.print_wanted.connect(self.code_wanted)
        dialog.open()

    def _ask(self, dialog: PeopleQuestion) -> None:
        dialog.answered.connect(self._on_answered)
        dialog.first_pin.connect(self._on_first_pin)
        dialog.open()

    def _chosen(self) -> Person | None:
        row = self._table.current_row()
        if row is None:
            self._messages.refused("请先在员工列表里选中一人。")
            return None
        return row.person

    def _standing_deputies(self) -> list[DeputyRow]:
        today = local_day(self._session.act(SCREEN).at)
        return [d for d in self._duties.deputies() if d.ended_at is None and d.last_on >= today]

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._with_left)
        self.body.addLayout(row)
        self.add(self._table, 1)
        self._table.set_empty("还没有员工。点“添加员工”；第一位同时是系统管理，之后每人按 F9 用自己的 PIN 换人。")
        for line in Line:
            self._lines.add_choice(line, f"{line}线责任人", ())
        self._lines.add_line(_LOCK, "锁屏（分钟）")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._lines, 1)
        for button in (self._save_lines, self._history):
            foot.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(foot)
        self.setMinimumHeight(scaled(_LEAST_HEIGHT))


def _words(deputy: DeputyRow) -> str:
    return f"代理服务总监 {deputy.first_on} 至 {deputy.last_on}"
