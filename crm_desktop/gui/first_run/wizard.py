"""首次设置: page after page forth and back, then everything at once on one page, and only then it is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.first_run import FirstDraft
from crm_desktop.gui.first_run.pages import BackupPage, DealerPage, FirstPage, PlacePage
from crm_desktop.gui.first_run.people_page import PeoplePage
from crm_desktop.gui.first_run.summary import Summary
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel, show_if
from crm_desktop.gui.widgets.line_field import ENTER
from crm_desktop.gui.widgets.signs import StepRow, StepState, dress

_SIZE = (760, 560)
_LAST_STEP = "核对"
_LAST_SENTENCE = "都对就按“开始使用”，这时才一次写进去；不对就回到那一步改。"


class FirstRunDialog(DeskDialog):
    """``begun`` carries the ``FirstDraft`` and expects ``accept`` or ``refuse``. ``sample_wanted``: look at the sample
    data first. ``later_wanted``: begin without any of it. Esc goes back, from the first page it leaves."""

    begun = Signal(object)
    sample_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, pages: Sequence[FirstPage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = tuple(pages)
        self._place = 0
        self._row = StepRow("首次设置")
        self._sentence = PlainLabel(role="caption")
        self._stack = QStackedWidget()
        self._summary = Summary()
        self._wrong, self._work = PlainLabel(role="note"), QVBoxLayout()
        self._sample = Button("先看看演示数据")
        self._later = Button("以后再设", weight=Weight.QUIET)
        self._skip = Button("", weight=Weight.QUIET)
        self._back = Button("上一步", "Alt+Left")
        self._forward = Button("下一步", "Ctrl+Return", Weight.MAIN)
        self._lay_out()
        self._sample.clicked.connect(self.sample_wanted)
        self._later.clicked.connect(self._on_later)
        self._skip.clicked.connect(self._on_skip)
        self._back.clicked.connect(self.reject)
        self._forward.clicked.connect(self._on_forward)
        self._go(0)

    def refuse(self, refusal: DeskError) -> None:
        """It could not be written: the sentence stands at its field, everything typed is still there."""
        if isinstance(refusal, InvalidInput):
            for place, page in enumerate(self._pages):
                if page.refuse(refusal):
                    self._go(place)
                    page.refuse(refusal)
                    return
        self.say(refusal.sentence)

    def say(self, sentence: str) -> None:
        """What the present page cannot tell at a field: there is no bar named 消息 yet."""
        self._wrong.setText(sentence)
        dress(self._wrong, Tone.LATE)
        show_if(self._wrong, bool(sentence))

    def tell_work(self, jobs: Jobs) -> None:
        """What is being made beside the questions shows here how far it is, with 取消: there may be no bar yet."""
        self._work.addWidget(JobProgress(jobs), 0, Qt.AlignmentFlag.AlignLeft)

    def reject(self) -> None:
        """One page back; the first page is left for good, with nothing written."""
        if self._place:
            self._go(self._place - 1)
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, and else goes on; it never ends the questions."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        here = QApplication.focusWidget()
        if isinstance(here, Button):
            here.click()
        elif isinstance(here, QCheckBox):
            self.focusNextChild()

    def _on_forward(self) -> None:
        if self._place == len(self._pages):
            self.begun.emit(self._draft())
            return
        page = self._pages[self._place]
        try:
            page.check()
        except InvalidInput as refusal:
            if not page.refuse(refusal):
                self.say(refusal.sentence)
            return
        self._go(self._place + 1)

    def _on_skip(self) -> None:
        page = self._pages[self._place]
        page.form.clear_errors()
        page.clear()
        self._go(self._place + 1)

    def _on_later(self) -> None:
        self.later_wanted.emit()
        super().reject()

    def _draft(self) -> FirstDraft:
        dealer = next(page for page in self._pages if isinstance(page, DealerPage))
        people = [page.people for page in self._pages if isinstance(page, PeoplePage)]
        folders = {page.name: page.text() for page in self._pages if isinstance(page, BackupPage | PlacePage)}
        return FirstDraft(dealer.values(), people[0] if people else (), **folders)

    def _go(self, place: int) -> None:
        self._place = place
        last = place == len(self._pages)
        words = [*(page.step for page in self._pages), _LAST_STEP]
        states = [StepState.DONE] * place + [StepState.CURRENT] + [StepState.AHEAD] * (len(words) - place - 1)
        self._row.show_steps(list(zip(words, states, strict=True)))
        self._sentence.setText(_LAST_SENTENCE if last else self._pages[place].sentence)
        self._stack.setCurrentIndex(place)
        self.say("")
        skip = "" if last else self._pages[place].skip
        self._skip.say(skip)
        for button, wanted in ((self._skip, bool(skip)), (self._back, place > 0)):
            button.setVisible(wanted)
        for button in (self._sample, self._later):
            button.setVisible(not place)
        self._forward.say("开始使用" if last else "下一步")
        if last:
            self._sum_up()
            self._forward.setFocus()
        else:
            self._pages[place].begin()

    def _sum_up(self) -> None:
        self._summary.say(line for page in self._pages for line in page.told())

    def _lay_out(self) -> None:
        self.setWindowTitle("客诉管家 – 首次设置")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for page in (*self._pages, self._summary):
            self._stack.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._sample, self._later):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self._skip, self._back, self._forward):
            foot.addWidget(button)
        for label in (self._sentence, self._wrong):
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel("欢迎使用客诉管家", "title"))
        for widget, stretch in ((self._row, 0), (self._sentence, 0), (self._stack, 1), (self._wrong, 0)):
            layout.addWidget(widget, stretch)
        layout.addLayout(self._work)
        layout.addLayout(foot)
        self.resize(*map(scaled, _SIZE))
