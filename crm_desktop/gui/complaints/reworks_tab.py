"""返修 of one complaint: every workshop order that points back to it, and the form for one of them."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.clock import local_day
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.errors import ChangedMeanwhile
from crm_desktop.domain.reworks import ReworkDraft, ReworkKind, ReworkRow
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.complaints.case_tab import UNCHANGED, CaseTab
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.form_memory import FormMemory
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.repair_steps import Consult
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.signs import Chip

_NOTHING_WRITTEN = "先写返修委托书号或返修项目，再登记返修。"
_FIELDS = tuple(ReworkDraft.__dataclass_fields__)
_COLUMNS: tuple[Column[ReworkRow], ...] = (
    Column("类型", attrgetter("draft.kind"), width=6),
    Column("返修委托书号", attrgetter("draft.order_number"), width=16),
    Column("进厂日期", attrgetter("draft.came_on"), Kind.DATE, width=11),
    Column("修竣日期", attrgetter("draft.finished_on"), Kind.DATE, width=11),
    Column("返修技师", attrgetter("draft.technician"), width=10),
    Column("返修项目", attrgetter("draft.items"), width=20, wrap=True),
)


class ReworksTab(CaseTab):
    """Without a row chosen the form is for one more rework; with one, for changing it."""

    writes = True

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        super().__init__(Turn.REWORKS, session, messages)
        self._services, self._reworks = procedure, procedure.reworks
        self._rows: list[ReworkRow] = []
        self._chosen: ReworkRow | None = None

        self._table: RowTable[ReworkRow] = RowTable("返修记录", _COLUMNS, key=attrgetter("id"))
        self._table.set_empty("还没有返修。车回厂返修时，在下面登记。")
        self._table.setFixedHeight(scaled(104))
        self._heading = PlainLabel(role="heading")
        self._hint = PlainLabel("要修改已登记的，在上面双击或按回车", "caption")
        self._form = _rework_form(session)
        self._memory = FormMemory(self._form)
        self._keeping = Keeping(session, str(Turn.REWORKS), self._form, self)
        self._keeping.told.connect(messages.note)
        self._another = Button("另登记一次", weight=Weight.QUIET)
        self._consult = Button("会诊记录", icon="users")
        self._table.offer(self._consult)
        self._again = Chip()

        self.add_buttons(self._another, self._consult)
        title = QHBoxLayout()
        title.addWidget(self._heading)
        title.addWidget(self._hint)
        title.addStretch(1)
        title.addWidget(self._again)
        self.body.addWidget(self._table)
        self.body.addLayout(title)
        self.body.addWidget(self._form)
        self.body.addStretch(1)

        self._table.opened.connect(self._on_opened)
        self._form.changed.connect(self._on_changed)
        self._another.clicked.connect(self._on_another)
        self._consult.clicked.connect(self._on_consult)

    def show_case(self, case: ComplaintCase) -> None:
        other = self._case is None or self._case.number != case.number
        super().show_case(case)
        self._rows = self._reworks.of_complaint(case.number)
        self._table.set_rows(self._rows)
        if other:
            self._keeping.leave()
        if other or not self.dirty:
            self._turn_to(None if other else self._fresh())
        self._form.lock(not self.can_save)
        wanting = any(row.wants_consultation for row in self._rows)
        self._again.say("同车同故障再次返修：要会诊" if wanting else "", Tone.LATE)
        self._consult.setVisible(self.can_save and wanting)

    @property
    def dirty(self) -> bool:
        return bool(self._memory.changed())

    @property
    def save_word(self) -> str:  # type: ignore[override]  # what is saved depends on what was chosen
        return "登记返修" if self._chosen is None else "保存返修"

    def save(self) -> bool:
        if self._chosen is not None and not self.dirty:
            self._messages.note(UNCHANGED)
            return True
        if not self.dirty:
            self._messages.refused(_NOTHING_WRITTEN)
            self.go_to()
            return False
        return self.attempt(self._write, self._form.show_errors)

    def give_up(self) -> None:
        self._turn_to(self._chosen)

    def go_to(self, field: str = "") -> None:
        self._form.go_to(field or "order_number")

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_opened(self, row: ReworkRow) -> None:
        if self.can_save and self._may_turn():
            self._turn_to(row)
            self.go_to()

    def _on_another(self) -> None:
        if self._may_turn():
            self._turn_to(None)
            self.go_to()

    def _on_consult(self) -> None:
        self.step_wanted.emit(Consult(self._services))

    def _on_changed(self) -> None:
        self.touched.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _may_turn(self) -> bool:
        lost = "写了一半的返修还没有保存，换一条就没有了。"
        return not self.dirty or self._messages.ask("不保存这次返修？", lost, "不保存")

    def _turn_to(self, row: ReworkRow | None) -> None:
        """Another rework in the form, or an empty form for one more."""
        self._keeping.settle()
        self._chosen = row
        draft = row.draft if row else ReworkDraft(came_on=local_day(self.act().at))
        self._memory.fill(_values(draft))
        self._heading.setText(f"修改返修 {draft.order_number or draft.came_on}" if row else "登记一次返修")
        self._hint.setVisible(row is None and bool(self._rows))
        self._another.setVisible(row is not None)
        if self.can_save:
            self._keeping.turn_to(f"{self.case.number}/{row.id if row else ''}")
        self.touched.emit()

    def _fresh(self) -> ReworkRow | None:
        """The chosen rework as it is stored now."""
        chosen = self._chosen
        return next((row for row in self._rows if chosen and row.id == chosen.id), None)

    def _write(self) -> str:
        chosen = self._chosen
        if chosen is None:
            self._reworks.register(self.case.number, self._draft(), self.act())
        else:
            self._amend(chosen)
        self._turn_to(None)
        return f"{self.case.number} 的返修已{'保存' if chosen else '登记'}。"

    def _amend(self, chosen: ReworkRow) -> None:
        try:
            self._reworks.amend(chosen.id, chosen.ver, self._draft(), self.act())
        except ChangedMeanwhile:
            self._rows = self._reworks.of_complaint(self.case.number)
            self._chosen = fresh = self._fresh() or chosen
            if clashes := self._memory.lay_under(_values(fresh.draft)):
                self.refuse_clash(clashes, "另一个窗口")
            self._reworks.amend(fresh.id, fresh.ver, self._draft(), self.act())

    def _draft(self) -> ReworkDraft:
        return ReworkDraft(**self._form.values())


def _values(draft: ReworkDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in _FIELDS}


def _rework_form(session: Session) -> FieldForm:
    form = FieldForm(columns=3, clock=desk_clock(session))
    form.add_choice("kind", "返修类型", ReworkKind, ReworkKind.EXTERNAL)
    form.add_line("order_number", "返修委托书号")
    form.add_line("technician", "返修技师")
    form.add_day("came_on", "进厂日期")
    form.add_day("finished_on", "修竣日期")
    form.add_line("inspector", "质检员")
    form.add_text("items", "返修项目", rows=2)
    form.add_line("parts", "更换配件", "名称和数量", span=3)
    form.add_text("result", "返修结果", rows=2)
    return form
