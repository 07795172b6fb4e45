"""One complaint with its tabs: opens what has its turn, saves the tab in hand, never loses what was typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.closing import Blocker, NotReady
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import OPEN_STATES, State
from crm_desktop.domain.papers import Paper
from crm_desktop.gui.attachments_dialog import Whose
from crm_desktop.gui.complaints.calls_tab import CallsTab
from crm_desktop.gui.complaints.case_head import CaseHead
from crm_desktop.gui.complaints.case_side import CaseSide
from crm_desktop.gui.complaints.case_steps import CaseSteps, Step
from crm_desktop.gui.complaints.case_tab import CaseTab
from crm_desktop.gui.complaints.course_steps import Close, HandOver, Respond
from crm_desktop.gui.complaints.field_tabs import HandlingTab, MeasuresTab, SolutionTab
from crm_desktop.gui.complaints.filing_tab import FilingTab
from crm_desktop.gui.complaints.history_tab import HistoryTab
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.received_tab import ReceivedTab
from crm_desktop.gui.complaints.repair_steps import ExplainLate
from crm_desktop.gui.complaints.reworks_tab import ReworksTab
from crm_desktop.gui.complaints.step_bar import StepBar
from crm_desktop.gui.complaints.tab_corner import TabCorner
from crm_desktop.gui.complaints.turns import CLOSING, ROOM, WORK, Turn, comes_before, screen, steps_of
from crm_desktop.gui.files_button import FilesButton
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.record_desk import PREVIEW, RecordWish
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.undoing import Undoing
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Card, Page
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.search import Search

# On a tall screen the buttons stay near what they save.
_HEIGHT = 620
_MINUTE_MS = 60_000
_LOCKED = "已存档，原文不能再改；写错的在“归档”里写更正说明"


class CaseView(Page):
    """``saved``, ``print_wanted``, ``pdf_wanted``, ``excel_wanted`` and the two of measures carry the number.

    ``record_wanted`` carries a ``RecordWish`` for a record beside the form.
    """

    saved = Signal(str)
    back_wanted = Signal()
    print_wanted = Signal(str)
    pdf_wanted = Signal(str)
    excel_wanted = Signal(str)
    record_wanted = Signal(object)
    measure_wanted = Signal(str)
    measures_wanted = Signal(str)
    customer_wanted = Signal(int)
    copy_wanted = Signal(str)

    def __init__(
        self,
        procedure: Procedure,
        follow_ups: FollowUps,
        search: Search,
        session: Session,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._services, self._search, self._messages = procedure, search, messages
        self._case: ComplaintCase | None = None
        self._cause_fault = ""

        self._steps = CaseSteps(procedure, session, messages, self)
        self._bar = StepBar(procedure)
        self._head = CaseHead(self._bar.more)
        self._side = CaseSide(procedure, session, messages)
        self._history = HistoryTab(procedure.cases, session, messages)
        self._tabs = self._build_tabs(follow_ups, session)
        self._minute = QTimer(self)
        self._book = Book()
        self._hint = ElidedLabel(role="caption")
        self._changes = Button("历史", weight=Weight.QUIET)
        self._files = FilesButton(procedure.attachments, session, messages, ROOM)
        self._save = Button("保存", "Ctrl+S", Weight.MAIN)
        self._state = PlainLabel(role="caption")
        back = (procedure.undo.case, procedure.undo.offers_case)
        self._undoing: Undoing[str] = Undoing(self, ROOM, back, self.unsaved, session, messages)
        self._print = Button("打印预览", "Ctrl+P")
        self._pdf = Button("导出 PDF")
        self._excel = Button("导出 Excel")

        self._lay_out()
        self._connect()

    # -- what others may call ------------------------------------------------------------------------------------

    def open(self, number: str) -> None:
        """Shows a case by its own or its source number.

        :raises NotFound: neither is known.
        """
        self._show(self._services.cases.case(number))

    def go_to(self, turn: Turn, field: str = "") -> None:
        """Opens a tab, with the keyboard where its work begins; before its turn, what comes first is opened."""
        if before := comes_before(turn, self.case, self._cause_fault):
            self._messages.note(f"“{turn}”还没有打开：{before.wish}。")
            self.go_to(before.turn, before.field)
            return
        tab = next(tab for tab in self._tabs if tab.turn is turn)
        self._book.setCurrentWidget(tab)
        tab.go_to(field)

    def go_to_work(self, step: str) -> None:
        """The keyboard where this ``NextStep`` is taken: the field, or the button of the step."""
        self.go_to(*WORK[step])
        self._bar.take_focus(step)

    def refresh(self) -> None:
        """Reads the case again; what was typed stays."""
        if self._case is not None:
            self._show(self._services.cases.case(self._case.number))

    @property
    def case(self) -> ComplaintCase:
        """The case shown."""
        assert self._case is not None  # noqa: S101 - nobody sees this page before a case is opened
        return self._case

    def unsaved(self) -> str:
        """Which tabs hold typed text that is not saved; empty when none does."""
        typed = [str(tab.turn) for tab in self._tabs if tab.dirty] + ["六步向导"] * self._side.dirty
        names = "、".join(f"“{name}”" for name in typed)
        return f"{self.case.number} 的{names}还没有保存" if names else ""

    def may_leave(self) -> bool:
        """Asks what becomes of unsaved text; no when the desk wants to stay, or saving was refused."""
        lost = self.unsaved()
        if not lost:
            return True
        answer = self._messages.choose("保存写好的内容？", f"{lost}。", ("保存", "不保存"))
        dirty = [tab for tab in self._tabs if tab.dirty]
        if answer == "保存":
            return all(tab.save() for tab in dirty) and self._side.keep()
        if answer == "不保存":
            for tab in dirty:
                tab.give_up()
            self._side.give_up()
            return True
        return False

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_stored(self, sentence: str) -> None:
        self.refresh()
        self._undoing.done(sentence)
        self.saved.emit(self.case.number)

    def _on_taken_back(self) -> None:
        self.refresh()
        self.saved.emit(self.case.number)

    def _on_save(self) -> None:
        self._current().save()

    def _on_turned(self) -> None:
        current = self._current()
        for tab in self._tabs:
            tab.bar.setVisible(tab is current)
        self._save.say(current.save_word)
        self._save.setVisible(current.can_save)
        self._state.setText(self._said_below())

    def _on_touched(self) -> None:
        for place, tab in enumerate(self._tabs):
            self._book.setTabText(place, f"{tab.turn} •" if tab.dirty else tab.turn.value)
        self._save.say(self._current().save_word)
        self._state.setText(self._said_below())

    def _on_changes(self) -> None:
        self.go_to(Turn.HISTORY)

    def _on_blocker(self, blocker: Blocker) -> None:
        """To the field; what is missing is a step itself where it has no field."""
        steps = {"hand_over": HandOver, "respond": Respond, "late_reason": ExplainLate}
        if blocker.field in steps:
            self._on_step(steps[blocker.field](self._services))
        else:
            self.go_to(Turn(blocker.tab.value), blocker.field)

    def _on_closing(self) -> None:
        self.go_to(Turn.FILING, CLOSING)

    def _on_step(self, step: Step) -> None:
        """A step is taken from what is stored, so what was typed is saved first."""
        if not self._settled():
            return
        missing = self._services.closing.blockers(self.case.number) if isinstance(step, Close) else ()
        if missing:
            self._messages.refused(NotReady("关闭", missing).sentence)
            self._side.go_to_first_blocker()
        else:
            self._steps.begin(step, self.case, screen(self._current().turn))

    def _on_word(self, step: Step) -> None:
        self._steps.begin(step, self.case, screen(self._current().turn))

    def _on_minute(self) -> None:
        if self.isVisible():
            self._side.tick()

    def _on_print(self) -> None:
        self._hand_out(self.print_wanted)

    def _on_pdf(self) -> None:
        self._hand_out(self.pdf_wanted)

    def _on_excel(self) -> None:
        self._hand_out(self.excel_wanted)

    def _on_paper(self, wish: RecordWish) -> None:
        """The form goes as ever; a record beside it shows what is stored, so what was typed is saved first."""
        own = {PREVIEW: self.print_wanted, ".pdf": self.pdf_wanted, ".xlsx": self.excel_wanted}
        if wish.paper is Paper.COMPLAINT:
            self._hand_out(own[wish.suffix])
        elif self._settled():
            self.record_wanted.emit(wish)

    def _on_make(self, word: str) -> None:
        if word == "写方案":
            self.go_to(Turn.SOLUTION, "solutions")
        elif word == "立为措施":
            self._on_measure()
        else:
            self._hand_out(self.measures_wanted)

    def _on_copy(self) -> None:
        self.copy_wanted.emit(self.case.number)

    def _on_measure(self) -> None:
        self._hand_out(self.measure_wanted)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _build_tabs(self, follow_ups: FollowUps, session: Session) -> tuple[CaseTab, ...]:
        """In the order of the paper."""
        procedure, messages = self._services, self._messages
        measures = MeasuresTab(procedure, session, messages)
        measures.measure_wanted.connect(self._on_measure)
        return (
            ReceivedTab(procedure, self._search, session, messages),
            HandlingTab(procedure, session, messages),
            SolutionTab(procedure, session, messages),
            ReworksTab(procedure, session, messages),
            CallsTab(follow_ups, procedure.dispatch, session, messages),
            measures,
            FilingTab(procedure, session, messages),
            self._history,
        )

    def _said_below(self) -> str:
        """Beside the buttons: what is not saved, or why nothing can be."""
        current = self._current()
        if current.dirty:
            return "有未保存的内容"
        return _LOCKED if current.writes and current.locked and self.case.state == State.FILED else ""

    def _current(self) -> CaseTab:
        return self._tabs[self._book.currentIndex()]

    def _show(self, case: ComplaintCase) -> None:
        self._case = case
        rules = self._services.rules.rulebook()
        rule = None if case.history else rules.rule(str(case.fields["channel"]), str(case.fields["severity"]))
        cause = str(case.fields["root_cause"] or "")
        self._cause_fault = self._services.closing.wording_fault("root_cause", cause, case.id)
        shown = case.state if case.history else self._services.closing.shown_state(case.number)
        judged = self._services.judgements.of_complaint(case.number)
        courtesy = self._services.banners.courtesy(case.customer_id)
        self._head.show_case(case, self._other_open(case), shown, steps_of(case, rule), courtesy)
        self._head.show_judgement(judged)
        links = self._services.joins.links(case.number)
        self._head.show_links(links)
        waiting = any(not row.decision for row in self._services.extensions.of_complaint(case.number))
        self._bar.show_case(case, rule, waiting=waiting, judged=judged is not None, linked=bool(links.counted_with))
        self._side.show_case(case)
        writable = case.state not in (State.FILED, State.VOID)
        self._files.show_those_of(Whose(case.number, case.number, writable=writable))
        for tab in self._tabs:
            tab.show_case(case)
        self._changes.say(f"{Turn.HISTORY} {self._history.count()} 条")
        self._undoing.turn_to((case.number, case.ver))
        self._open_turns(case)
        self._on_touched()
        self._on_turned()

    def _other_open(self, case: ComplaintCase) -> int:
        """How many more complaints of this customer or car are not closed."""
        known = self._search.exact(case.phone, case.plate, case.vin)
        counts = [k.open_complaints for k in known if k.customer_id == case.customer_id or k.plate == case.plate]
        is_open = not case.history and case.state in OPEN_STATES
        return max(0, max(counts, default=0) - is_open)

    def _open_turns(self, case: ComplaintCase) -> None:
        if comes_before(self._current().turn, case, self._cause_fault):
            self._book.setCurrentIndex(0)
        hints = []
        for place, tab in enumerate(self._tabs):
            before = comes_before(tab.turn, case, self._cause_fault)
            self._book.setTabEnabled(place, before is None)
            self._book.setTabToolTip(place, before.wish if before else "")
            hints += [f"{tab.turn}：{before.wish}"] if before else []
        self._hint.setText(hints[0] if hints else "")

    def _hand_out(self, wish: SignalInstance) -> None:
        """Paper shows what is stored, so what was typed is saved first."""
        if self._settled():
            wish.emit(self.case.number)

    def _settled(self) -> bool:
        """Saves the tab in hand; no where that was refused."""
        return not self._current().dirty or self._current().save()

    def _connect(self) -> None:
        for tab in self._tabs:
            tab.stored.connect(self._on_stored)
            tab.touched.connect(self._on_touched)
            tab.step_wanted.connect(self._on_step)
            tab.word_wanted.connect(self._on_word)
            tab.read_wanted.connect(self._book.tabBar().setFocus)
        self._book.currentChanged.connect(self._on_turned)
        self._head.back_wanted.connect(self.back_wanted)
        self._head.customer_wanted.connect(self.customer_wanted)
        self._side.blocker_wanted.connect(self._on_blocker)
        self._side.closing_wanted.connect(self._on_closing)
        self._side.paper_wanted.connect(self._on_paper)
        self._side.make_wanted.connect(self._on_make)
        self._bar.wanted.connect(self._on_step)
        self._bar.copy_wanted.connect(self._on_copy)
        self._steps.stored.connect(self._on_stored)
        self._undoing.taken.connect(self._on_taken_back)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start(_MINUTE_MS)
        self._changes.clicked.connect(self._on_changes)
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        self._pdf.clicked.connect(self._on_pdf)
        self._excel.clicked.connect(self._on_excel)

    def _lay_out(self) -> None:
        for tab in self._tabs:
            self._book.addTab(tab, tab.turn)
        # 历史 is no turn of the paper: it stands apart at the right and is opened by its button.
        self._book.setTabVisible(self._book.indexOf(self._history), False)
        TabCorner(self._book, self._hint, self._files, self._changes)
        self._book.tabBar().setAccessibleName("办理步骤")
        # From the last field of a tab the keyboard goes on to 保存.
        self.setTabOrder(self._book.tabBar(), self._files)
        self.setTabOrder(self._files, self._changes)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._save)
        foot.addWidget(self._bar)
        for tab in self._tabs:
            tab.bar.hide()
            foot.addWidget(tab.bar)
        foot.addWidget(self._undoing.button)
        foot.addWidget(self._state)
        foot.addStretch(1)
        for button in (self._print, self._pdf, self._excel):
            foot.addWidget(button)
        card = Card()
        card.add(self._book, 1)
        card.body.addLayout(foot)
        middle = QWidget()
        middle.setMaximumHeight(scaled(_HEIGHT))
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(self._side)
        self.body.addWidget(self._head)
        self.body.addWidget(middle, 1)
        self.body.addStretch(0)
