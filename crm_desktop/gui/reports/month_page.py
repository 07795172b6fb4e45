"""《月度抱怨/投诉分析报告》 on screen: chapters left, one of them right; every number opens the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.monthly import month_before
from crm_desktop.domain.monthly_behind import Figures, figure_ids
from crm_desktop.domain.monthly_changes import Numbers, changed_since, numbers
from crm_desktop.domain.monthly_keys import OF_COMPLAINT, OF_NOW, month_text, split_words
from crm_desktop.domain.monthly_report import SECTIONS, report_blocks
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.report_sheet import Block, Heading, read_blocks
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.record_desk import PREVIEW, RecordWish
from crm_desktop.gui.reports.behind_dialog import BehindDialog
from crm_desktop.gui.reports.blocks import SectionView
from crm_desktop.gui.reports.month_questions import ChooseCases, Comment, Freeze, Review, Sign
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import LinkedLabel
from crm_desktop.gui.widgets.page import Page, PageHead
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.services.monthly_editions import FINAL, TO_REVIEW, TO_SIGN, Edition
from crm_desktop.services.monthly_lists import MonthlyLists
from crm_desktop.services.office import Office

TITLE, NOW = "月度分析报告", "现在的数字"
SCREEN = "报表"
_MONTHS = 36
_HINT = "点数字、柱子或条，打开后面的单；键盘用 Tab 和方向键走到数字，按回车。"
_CONTENTS, _ROW = 140, 28
_TONES = {TO_SIGN: Tone.SOON, TO_REVIEW: Tone.SOON, FINAL: Tone.DONE}
_WORDS = {"编制": "freeze", "服务总监签字": "sign", "总经理审阅": "review", "写评注": "comment", "换典型案例": "cases"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a month: the blocks and figures of now, and the editions."""

    period: str
    blocks: tuple[Block, ...]
    figures: Figures
    numbers: Numbers
    cases: tuple[str, ...]
    editions: tuple[Edition, ...]


def chapter_of(blocks: Sequence[Block], wanted: str) -> list[Block]:
    """The blocks of one section; all of them where the edition is from before sections had keys."""
    found, inside = list[Block](), False
    if not any(isinstance(block, Heading) and block.key for block in blocks):
        return [replace(block, part=True) if isinstance(block, Heading) else block for block in blocks]
    for block in blocks:
        if isinstance(block, Heading) and not block.part:
            inside = block.key == wanted
        elif inside:
            found.append(block)
    return found


class _Hint(LinkedLabel):
    """The line at the foot; two of them where it tells what has changed."""

    def hasHeightForWidth(self) -> bool:
        """Told otherwise, all of the page would ask for the height its chapter has when nothing is scrolled."""
        return False


class MonthPage(Page):
    """``complaint_wanted``: a number; ``month_wanted``: a ``RecordWish``; ``back_wanted``: to the register."""

    complaint_wanted = Signal(str)
    month_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self, office: Office, session: Session, jobs: Jobs, messages: Messages) -> None:
        self._head = PageHead(TITLE)
        super().__init__(self._head)
        self._office, self._session, self._jobs, self._messages = office, session, jobs, messages
        self._asking = Asking(office.access, office.staff, session, office.desk.now, messages, self)
        self._read: _Read | None = None
        self._state = self._head.add_chip()
        self._month, self._edition = ChoiceField(()), ChoiceField(())
        self._contents = QListWidget()
        self._place = QVBoxLayout()
        self._shown: QWidget | None = None
        self._hint = _Hint(_HINT, (), "caption")
        self._back = Button("登记表", icon="arrow-left", weight=Weight.PLAIN)
        self._work = Button("编制和签字", icon="edit")
        self._preview = Button("打印预览", "Ctrl+P", Weight.MAIN)
        self._pdf, self._excel = Button("导出 PDF"), Button("导出 Excel")
        self._acts = {word: QAction(word, self) for word in _WORDS}
        self._lay_out()
        self._connect()

    # -- what others may call ------------------------------------------------------------------------------------

    def show_month(self, period: str) -> None:
        """The report of a month written 2026-11: its latest edition, or the numbers of now."""
        with QSignalBlocker(self._month):
            self._month.set_value(period)
        self.refresh()

    def refresh(self) -> None:
        """Reads the month again, off the UI thread."""
        period = str(self._month.value())
        office = self._office

        def work(progress: Progress, _cancelled: Cancelled) -> _Read:
            with office.desk.reading():
                month = office.monthly.of(period, progress=progress)
                cases = tuple(case.number for case in month.typical)
                editions = tuple(office.editions.of(period))
                return _Read(period, report_blocks(month), figure_ids(month), numbers(month), cases, editions)

        self._jobs.run(work, self._on_read, self._messages.refused, label="读取月报")

    def take_focus(self) -> None:
        """The keyboard on the chapters."""
        self._contents.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_read(self, read: _Read) -> None:
        if read.period != self._month.value():
            return
        latest = read.editions[0].edition if read.editions else 0
        same = self._read is not None and self._read.period == read.period
        self._read = read
        options = [(0, NOW), *((one.edition, f"第 {one.edition} 版 {one.state}") for one in read.editions)]
        with QSignalBlocker(self._edition):
            self._edition.set_options(options, self._edition.value() if same else latest)
        self._on_edition()

    def _on_edition(self) -> None:
        edition = self._chosen()
        latest = self._read.editions[0] if self._read and self._read.editions else None
        state = edition.state if edition else "未编制" if latest is None else NOW
        self._state.say(state, _TONES.get(state, Tone.GREY))
        changes = self._changes(edition)
        self._hint.say(*split_words(changes or _HINT))
        self._hint.setFixedHeight(self._hint.fontMetrics().lineSpacing() * (2 if changes else 1) + scaled(4))
        waits = latest.state if latest else ""
        self._acts["服务总监签字"].setEnabled(waits == TO_SIGN)
        self._acts["总经理审阅"].setEnabled(waits == TO_REVIEW)
        self._show_chapter()

    def _on_work(self, action: QAction) -> None:
        if self._read is not None:
            self._asking.begin(self._question(_WORDS[action.text()], self._read), SCREEN)

    def _on_stored(self, sentence: str) -> None:
        self._messages.done(sentence)
        self._read = None  # the edition that came of it is shown, whatever was looked at before
        self.refresh()

    def _on_link(self, link: str) -> None:
        if link.startswith(OF_COMPLAINT):
            self.complaint_wanted.emit(link.removeprefix(OF_COMPLAINT))
            return
        try:
            behind = MonthlyLists(self._office.desk).opened(link, self._figures())
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        dialog = BehindDialog(behind, self.window())
        dialog.complaint_wanted.connect(self.complaint_wanted)
        dialog.open()

    def _on_preview(self) -> None:
        self._hand_out(PREVIEW)

    def _on_pdf(self) -> None:
        self._hand_out(".pdf")

    def _on_excel(self) -> None:
        self._hand_out(".xlsx")

    # -- Qt ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _chosen(self) -> Edition | None:
        """The edition shown; None for the numbers of now."""
        editions = self._read.editions if self._read else ()
        return next((one for one in editions if one.edition == self._edition.value()), None)

    def _changes(self, edition: Edition | None) -> str:
        """What an edition tells otherwise than it is now; nothing while the numbers of now are shown."""
        if edition is None or self._read is None:
            return ""
        told = changed_since(edition.content, self._read.numbers, self._read.figures)
        return f"编制以后数据有变化：{'，'.join(told)}；要改就编制新的一版，这一版照样能看。" if told else ""

    def _blocks(self) -> tuple[Block, ...]:
        edition = self._chosen()
        if edition is not None:
            return read_blocks(edition.content["blocks"])
        return self._read.blocks if self._read else ()

    def _section(self) -> str:
        item = self._contents.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else next(iter(SECTIONS))

    def _show_chapter(self) -> None:
        wanted = self._section()
        view = SectionView(SECTIONS[wanted], chapter_of(self._blocks(), wanted))
        view.link_wanted.connect(self._on_link)
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = ScrollPage(view)
        self._place.addWidget(self._shown)

    def _figures(self) -> Figures:
        """The rows behind the numbers shown: those of then where an edition is, and beside them those of now."""
        now, edition = self._read.figures if self._read else {}, self._chosen()
        if edition is None:
            return now
        return {**edition.content["figures"], **{OF_NOW + label: entry for label, entry in now.items()}}

    def _question(self, what: str, read: _Read) -> Question:
        office, period = self._office, read.period
        makers: dict[str, Question] = {
            "freeze": Freeze(office.monthly, period),
            "sign": Sign(office.editions, period),
            "review": Review(office.editions, period),
            "comment": Comment(office.editions, period, self._section()),
            "cases": ChooseCases(office.editions, period, read.cases),
        }
        return makers[what]

    def _hand_out(self, suffix: str) -> None:
        self.month_wanted.emit(RecordWish(Paper.MONTHLY, str(self._month.value()), suffix))

    def _lay_out(self) -> None:
        today = self._office.desk.today().replace(day=1)
        months = [f"{month_before(today, ago):%Y-%m}" for ago in range(_MONTHS)]
        self._month.set_options([(month, month_text(month)) for month in months], months[0])
        self._month.setAccessibleName("月份")
        self._edition.set_options([(0, NOW)], 0)
        self._edition.setAccessibleName("版本")
        for widget, letters in ((self._month, 9), (self._edition, 14)):
            widget.setMinimumContentsLength(letters)
            self._head.add_widget(widget)
        menu = QMenu(self)
        menu.addActions(list(self._acts.values()))
        menu.triggered.connect(self._on_work)
        self._work.setMenu(menu)
        for button in (self._back, self._work, self._pdf, self._excel, self._preview):
            self._head.add_button(button)
        self._contents.setObjectName("contents")
        self._contents.setAccessibleName("章节")
        self._contents.setFrameShape(QFrame.Shape.NoFrame)
        self._contents.setFixedWidth(scaled(_CONTENTS))
        for number, (key, title) in enumerate(SECTIONS.items(), 1):
            item = QListWidgetItem(f"{number:\u2002>2}　{title}", self._contents)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, scaled(_ROW)))
        self._contents.setCurrentRow(0)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._contents)
        row.addLayout(self._place, 1)
        self.body.addLayout(row, 1)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._hint)

    def _connect(self) -> None:
        self._month.changed.connect(self.refresh)
        self._edition.changed.connect(self._on_edition)
        self._hint.opened.connect(self._on_link)
        self._contents.currentItemChanged.connect(self._show_chapter)
        self._asking.stored.connect(self._on_stored)
        self._back.clicked.connect(self.back_wanted)
        self._preview.clicked.connect(self._on_preview)
        self._pdf.clicked.connect(self._on_pdf)
        self._excel.clicked.connect(self._on_excel)
