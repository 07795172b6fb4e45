"""纠正预防: measures that run, that wait to be evaluated, and all of them at the left; the one at hand at the right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.casebook import TITLE as CASEBOOK
from crm_desktop.domain.complaints import CATEGORIES
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.frequent import Frequent
from crm_desktop.domain.measures import MeasureDraft, MeasureState
from crm_desktop.domain.rights import Right, may
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.files_button import FilesButton
from crm_desktop.gui.measures import questions
from crm_desktop.gui.measures.columns import COLUMNS, MeasureLine, state_mark
from crm_desktop.gui.measures.evaluating import Evaluate
from crm_desktop.gui.measures.frequent_panel import TITLE as PROBLEMS_TITLE
from crm_desktop.gui.measures.frequent_panel import FrequentPanel, problem_list
from crm_desktop.gui.measures.measure_desk import SCREEN, MeasureDesk
from crm_desktop.gui.measures.measure_panel import MeasurePanel
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.empty_page import EmptyPage
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card, Page, PageHead
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.side_by_side import side_by_side

RUNNING, TO_EVALUATE, ALL = "进行中", "待评估", "全部措施"
NEW = "新建措施"
_EVER = "不限"
_ALL_CATEGORIES = "全部类别"
_PURPOSE = "从左边选一项措施，这里登记完成和评估。"
_NOTHING = {
    RUNNING: "没有进行中的措施。\n在抱怨单的“措施”里写好长期措施，按“立为措施”；也可以直接新建。",
    TO_EVALUATE: "没有等着评估的措施。\n措施完成 30 天以后，由另一个人来评估有没有效。",
    ALL: "还没有措施。\n在抱怨单的“措施”里写好长期措施，按“立为措施”；也可以直接新建。",
}
_STATES = {RUNNING: (MeasureState.RUNNING, MeasureState.LATE), TO_EVALUATE: (MeasureState.TO_EVALUATE,)}


class MeasuresPage(Page):
    """The room 纠正预防. ``preview_wanted`` and its sisters carry the first and the last day, None where open.

    ``report_wanted``: the id of the measure, and .pdf, .xlsx or nothing for the screen.
    """

    saved = Signal(int)
    complaint_wanted = Signal(str)
    preview_wanted = Signal(object, object)
    pdf_wanted = Signal(object, object)
    excel_wanted = Signal(object, object)
    report_wanted = Signal(int, str)
    casebook_wanted = Signal(object, object, str)
    """The first and the last day, and a category; empty for all."""

    def __init__(self, desk: MeasureDesk, session: Session, messages: Messages) -> None:
        head = PageHead(SCREEN, "《纠正预防措施》")
        super().__init__(head)
        self._desk, self._session, self._messages = desk, session, messages
        self._line: MeasureLine | None = None
        self._came_from = ""

        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)
        self._period = ChoiceField([_EVER, *_spans(self._today())], _EVER)
        self._new = Button(NEW, icon="plus")
        self._casebook, self._chapters = Button(CASEBOOK), QMenu(self)
        self._pdf, self._excel = Button("导出 PDF"), Button("导出 Excel")
        self._preview = Button("打印预览", "Ctrl+P")
        self._lists: dict[str, RowTable[MeasureLine]] = {
            name: RowTable(name, COLUMNS, attrgetter("id"), {"状态": state_mark})
            for name in (RUNNING, TO_EVALUATE, ALL)
        }
        self._tabs = Book()
        self._panel = MeasurePanel(FilesButton(desk.attachments, session, messages, SCREEN))
        self._problems, self._problem = problem_list(), FrequentPanel()

        self._lay_out(head)
        self._connect()

    # -- what others may call ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the lists again; the measure at hand stays."""
        today, span = self._today(), self._span()
        lines = [MeasureLine(row, today) for row in self._desk.lists.rows(*span)]
        for place, (name, table) in enumerate(self._lists.items()):
            states = _STATES.get(name)
            found = [line for line in lines if states is None or line.state in states]
            table.set_rows(sorted(found, key=_due_first) if states else found[::-1])
            self._tabs.setTabText(place, f"{name} {len(found)}" if found else name)
        self._read_problems()
        first = self._open_list()
        if first is None:
            self._show_problem(self._problems.current_row())
        elif self._line is not None:
            self._show(self._line.id)
        elif first.count():
            first.selectRow(0)  # whoever comes in finds something at hand

    def take_focus(self) -> None:
        """The keyboard on the list that is open."""
        self._tabs.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_measure(self, measure_id: int) -> None:
        """Open one measure in the list it belongs to."""
        self._period.set_value(_EVER)
        self.refresh()
        for table in self._lists.values():
            self._tabs.setCurrentWidget(table)
            if table.choose(measure_id):
                break
        self._show(measure_id)
        self.take_focus()

    def show_problems(self) -> None:
        """高频预警, the first of them at hand."""
        self._tabs.setCurrentWidget(self._problems)
        self.refresh()
        self._problems.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_number(self, number: str) -> None:
        """Open the measure of this number; an unknown one is refused with a sentence."""
        found = next((row for row in self._desk.lists.rows() if row.number == number), None)
        if found is None:
            self._messages.refused(f"没有编号为“{number}”的措施，请核对。")
        else:
            self.show_measure(found.id)

    def show_of_complaint(self, number: str) -> None:
        """Open a measure that came from this complaint: one that still waits before one that is over."""
        rows = self._desk.lists.of_complaint(number)
        waiting = [row for row in rows if not row.cancelled and row.evaluation is None]
        if rows:
            self.show_measure((waiting or rows)[0].id)
        else:
            self._messages.note(f"{number} 还没有措施，按“立为措施”新建。")

    def new_measure(self, number: str = "") -> None:
        """Ask for a new measure, with what this complaint says already."""
        try:
            draft = self._desk.measures.draft_of(number) if number else MeasureDraft()
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._came_from = number
        self._set_up(draft)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_tab(self) -> None:
        table = self._open_list()
        if table is None:
            self._show_problem(self._problems.current_row())
        elif (line := table.current_row()) is not None:
            self._show(line.id)
        elif self._right.currentWidget() is self._problem:
            self._right.setCurrentIndex(0)  # beside a list of measures stands no problem

    def _on_chosen(self, line: MeasureLine | None) -> None:
        if line is not None and self.sender() is self._open_list():
            self._show(line.id)

    def _on_problem(self, problem: Frequent | None) -> None:
        if self._open_list() is None:
            self._show_problem(problem)

    def _on_problem_opened(self, problem: Frequent) -> None:
        """One key: one measure over all its complaints."""
        self._set_up(self._desk.frequent.draft(problem))

    def _on_opened(self, line: MeasureLine) -> None:
        self._show(line.id)
        self._panel.enter()

    def _on_given_up(self) -> None:
        """Whoever came here from a complaint only to set up its measure goes back to it."""
        number, self._came_from = self._came_from, ""
        if number:
            self.complaint_wanted.emit(number)

    def _on_stored(self, sentence: str) -> None:
        self._came_from = ""
        self.refresh()
        self._messages.done(sentence)
        self.saved.emit(self._line.id if self._line else 0)

    def _on_new(self) -> None:
        self.new_measure()

    def _on_finish(self) -> None:
        self._ask(questions.Finish(self._desk.measures, self._measure().row))

    def _on_evaluate(self) -> None:
        self._ask(Evaluate(self._desk.measures, self._desk.proofs, self._measure().row))

    def _on_give_up(self) -> None:
        row = self._measure().row
        self._ask(questions.GiveUp(self._desk.measures, row, self._owner(row.draft)))

    def _on_amend(self) -> None:
        row = self._measure().row
        self._ask(questions.Amend(self._desk.measures, row, self._owner(row.draft), lets_pass=self._lets_pass()))

    def _on_confirm(self) -> None:
        """本人确认 of what another entered for whoever sits here."""
        row = self._measure().row
        try:
            self._desk.measures.confirm(row.id, row.ver, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._on_stored(f"{row.number} 已由本人确认。")

    def _on_again(self) -> None:
        """What was found 无效, or only 部分有效, is answered by another measure."""
        row = self._measure().row
        self._set_up(replace(row.draft, what="", due_on=None, replaces=row.id))

    def _on_report(self, suffix: str) -> None:
        self.report_wanted.emit(self._measure().id, suffix)

    def _on_casebook(self, chapter: QAction) -> None:
        category = "" if chapter.text() == _ALL_CATEGORIES else chapter.text()
        self.casebook_wanted.emit(*self._span(), category)

    def _on_preview(self) -> None:
        self.preview_wanted.emit(*self._span())

    def _on_pdf(self) -> None:
        self.pdf_wanted.emit(*self._span())

    def _on_excel(self) -> None:
        self.excel_wanted.emit(*self._span())

    # -- helpers -------------------------------------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        self._asking.begin(question, SCREEN)

    def _set_up(self, draft: MeasureDraft) -> None:
        self._ask(questions.SetUp(self._desk.measures, draft, self._owner(draft), lets_pass=self._lets_pass()))

    def _owner(self, draft: MeasureDraft) -> str:
        """Who may decide about it; a measure may be a post's (技术总监), then whoever holds it."""
        act = self._session.act(SCREEN)
        return act.who if draft.who in act.roles else draft.who

    def _lets_pass(self) -> bool:
        return may(self._session.act(SCREEN), Right.OVERRIDE)

    def _show(self, measure_id: int) -> None:
        self._line = MeasureLine(self._desk.lists.get(measure_id), self._today())
        self._panel.show_measure(self._line)
        self._right.setCurrentWidget(self._panel)

    def _measure(self) -> MeasureLine:
        assert self._line is not None  # noqa: S101 - the panel is shown with a measure only
        return self._line

    def _show_problem(self, problem: Frequent | None) -> None:
        if problem is None:
            self._right.setCurrentIndex(0)
        else:
            self._problem.show_problem(problem)
            self._right.setCurrentWidget(self._problem)

    def _read_problems(self) -> None:
        found = self._desk.frequent.rows()
        self._problems.set_rows(found)
        if found and self._problems.current_row() is None:
            self._problems.selectRow(0)
        self._tabs.setTabText(len(self._lists), f"{PROBLEMS_TITLE} {len(found)}" if found else PROBLEMS_TITLE)

    def _open_list(self) -> RowTable[MeasureLine] | None:
        """The list of measures that is open; None while 高频预警 is."""
        tables = tuple(self._lists.values())
        return tables[self._tabs.currentIndex()] if self._tabs.currentIndex() < len(tables) else None

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _today(self) -> date:
        return local_day(self._now())

    def _span(self) -> tuple[date | None, date | None]:
        return _spans(self._today()).get(str(self._period.value()), (None, None))

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._period.changed.connect(self.refresh)
        for table in self._lists.values():
            table.chosen.connect(self._on_chosen)
            table.opened.connect(self._on_opened)
            table.begin_wanted.connect(self._on_new)
        self._problems.chosen.connect(self._on_problem)
        self._problems.opened.connect(self._on_problem_opened)
        self._problem.measure_wanted.connect(self._on_problem_opened)
        self._problem.complaint_wanted.connect(self.complaint_wanted)
        self._asking.stored.connect(self._on_stored)
        self._asking.given_up.connect(self._on_given_up)
        for button, slot in (
            (self._new, self._on_new),
            (self._pdf, self._on_pdf),
            (self._excel, self._on_excel),
            (self._preview, self._on_preview),
        ):
            button.clicked.connect(slot)
        self._chapters.triggered.connect(self._on_casebook)
        self._panel.finish_wanted.connect(self._on_finish)
        self._panel.evaluate_wanted.connect(self._on_evaluate)
        self._panel.again_wanted.connect(self._on_again)
        self._panel.amend_wanted.connect(self._on_amend)
        self._panel.give_up_wanted.connect(self._on_give_up)
        self._panel.confirm_wanted.connect(self._on_confirm)
        self._panel.report_wanted.connect(self._on_report)
        self._panel.complaint_wanted.connect(self.complaint_wanted)

    def _lay_out(self, head: PageHead) -> None:
        self._period.setAccessibleName("登记期间")
        head.add_widget(PlainLabel("登记期间", "label"))
        head.add_widget(self._period)
        self._casebook.setMenu(self._chapters)
        for category in (_ALL_CATEGORIES, *CATEGORIES):
            self._chapters.addAction(category)
        for button in (self._new, self._casebook, self._pdf, self._excel, self._preview):
            head.add_button(button)
        for name, table in self._lists.items():
            table.set_empty(_NOTHING[name], "" if name == TO_EVALUATE else NEW)
            self._tabs.addTab(table, name)
        self._tabs.addTab(self._problems, PROBLEMS_TITLE)
        left = Card()
        left.add(self._tabs, 1)
        self._right = QStackedWidget()
        self._right.addWidget(EmptyPage(_PURPOSE))
        self._right.addWidget(self._panel)
        self._right.addWidget(self._problem)
        self.body.addWidget(side_by_side(left, self._right, (740, 410), (3, 2)), 1)


def _due_first(line: MeasureLine) -> tuple[date, int]:
    return line.due or date.max, line.id


def _spans(today: date) -> dict[str, tuple[date, date]]:
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    year = today.replace(month=1, day=1)
    return {
        "本月": (month, today),
        "上月": (before.replace(day=1), before),
        "今年": (year, today),
        "去年": (date(today.year - 1, 1, 1), year - timedelta(days=1)),
    }
