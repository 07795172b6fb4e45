"""The column beside a case: its clocks, what closing still wants, which of the five records exist; or the 六步向导."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.clock import Clock, local_day, to_local
from crm_desktop.domain.closing import Blocker
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import EVENT_LABELS, OPEN_STATES, State
from crm_desktop.domain.procedure import effective, of_this_round, round_of
from crm_desktop.gui.complaints.clock_rows import SOON_AFTER, ClockRow, clock_rows
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.guide_panel import TITLE, GuidePanel
from crm_desktop.gui.complaints.letters_button import LettersButton
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.records_card import RecordsCard
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel, plain_tooltip
from crm_desktop.gui.widgets.moments import short_moment
from crm_desktop.gui.widgets.page import GAP, Card
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.gui.widgets.signs import Chip

_BESIDE = 112
_WIDTH, _WIDTH_OF_GUIDE = 268, 320
_LINE, _LINES_SEEN = 24, 2
"""Of what closing still lacks so much is seen without scrolling in the smallest window."""
_KEPT = "guide"
_OVER = (State.CLOSED, State.FILED, State.VOID)


class CaseSide(QWidget):
    """``blocker_wanted`` carries the ``Blocker`` somebody wants to do away with, ``closing_wanted``: none is left.

    The others are ``RecordsCard``'s.
    """

    blocker_wanted = Signal(object)
    closing_wanted = Signal()
    paper_wanted = Signal(object)
    make_wanted = Signal(str)

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        super().__init__()
        self._services, self._clock = procedure, desk_clock(session)
        self._case: ComplaintCase | None = None
        self._times, self._missing, self._records = ClockCard(), BlockerCard(), RecordsCard()
        self._guide = GuidePanel(procedure, session, messages)
        self._letters = LettersButton(procedure, session, messages)
        self._records.add_last(self._letters)
        self._unfold = Button(TITLE, weight=Weight.QUIET, icon="chevron-up")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._times)
        layout.addWidget(self._missing, 1)
        layout.addWidget(self._records)
        layout.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._guide, 1)
        layout.addStretch(0)
        self._missing.wanted.connect(self.blocker_wanted)
        self._missing.closing_wanted.connect(self.closing_wanted)
        self._records.paper_wanted.connect(self.paper_wanted)
        self._records.make_wanted.connect(self.make_wanted)
        self._letters.paper_wanted.connect(self.paper_wanted)
        self._unfold.clicked.connect(self._on_unfold)
        self._guide.folded.connect(self._on_fold)
        self._guided = QSettings(str(procedure.memory), QSettings.Format.IniFormat).value(_KEPT) == "1"

    def show_case(self, case: ComplaintCase) -> None:
        """Another complaint, or a newer state of the same."""
        self._case = case
        self.tick()
        if self._guided:
            self._guide.show_case(case)
        self._letters.show_case(case)
        self._show_pieces()
        over = case.history or case.state in _OVER
        self._missing.show_blockers(() if over else self._services.closing.blockers(case.number))
        month = f"{local_day(case.received_at):%Y-%m}"
        self._records.show_marks(case.number, month, self._services.records.marks_of(case.number))

    @property
    def dirty(self) -> bool:
        """Whether something is typed in the 六步向导 that is not noted."""
        return self._guide.dirty

    def keep(self) -> bool:
        """Notes what is typed there; no where that was refused."""
        return self._guide.keep()

    def give_up(self) -> None:
        """What is typed there is not wanted."""
        self._guide.give_up()

    def tick(self) -> None:
        """A minute has gone by."""
        if self._case is not None:
            now = to_local(self._clock())
            rows = clock_rows(self._services, self._case, now)
            self._times.show_rows(_received(self._case, self._clock), rows, _came_back(self._case, now))

    def hasHeightForWidth(self) -> bool:
        """No: a page that scrolls would give such a widget all it could use, instead of letting the lines scroll."""
        return False

    def go_to_first_blocker(self) -> bool:
        """The keyboard on the first thing that is missing; no where nothing is."""
        if self._guided and self._guide.keep():
            self._turn(guided=False)
        return self._missing.take_focus()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_unfold(self) -> None:
        self._turn(guided=True)
        self._guide.take_focus()

    def _on_fold(self) -> None:
        self._turn(guided=False)
        self._unfold.setFocus()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _turn(self, *, guided: bool) -> None:
        """This computer remembers it: whoever wants the guide has it beside every case."""
        self._guided = guided
        if guided and self._case is not None:
            self._guide.show_case(self._case)
        QSettings(str(self._services.memory), QSettings.Format.IniFormat).setValue(_KEPT, "1" if guided else "0")
        self._show_pieces()

    def _show_pieces(self) -> None:
        case = self._case
        assert case is not None  # noqa: S101 - nobody sees this column before a case is opened
        over = case.history or case.state in _OVER
        self._times.setVisible(not self._guided)
        self._missing.setVisible(not self._guided and not over)
        self._records.setVisible(not self._guided and not case.history)
        self._unfold.setVisible(not self._guided and not case.history)
        self._guide.setVisible(self._guided)
        self.setFixedWidth(scaled(_WIDTH_OF_GUIDE if self._guided else _WIDTH))


class ClockCard(Card):
    """时限: each milestone with its due time and a chip; below, why the most urgent one is due then."""

    def __init__(self) -> None:
        super().__init__("时限")
        self._received = PlainLabel(role="caption")
        self._received.setWordWrap(True)
        self._back = PlainLabel(role="note")
        self._back.setProperty("tone", Tone.LATE.value)
        self._back.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._why = PlainLabel(role="caption")
        self._why.setWordWrap(True)
        self._cells: list[tuple[PlainLabel, PlainLabel, Chip]] = []
        self.add(self._received)
        self.add(self._back)
        self.body.addLayout(self._grid)
        self.add(self._why)

    def show_rows(self, received: str, rows: tuple[ClockRow, ...], back: str = "") -> None:
        """These clocks, the most urgent one explained; ``back`` says why the case is in hand once more."""
        self._received.setText(received)
        self._back.setText(back)
        self._back.setVisible(bool(back))
        while len(self._cells) < len(rows):
            self._add_line()
        for place, cells in enumerate(self._cells):
            row = rows[place] if place < len(rows) else None
            for cell in cells:
                cell.setVisible(row is not None)
            if row is not None:
                _fill(cells, row)
                self._place_chip(place, cells[-1])
        urgent = next((row for row in rows if row.urgent), None)
        self._why.setText(urgent.why if urgent else "")
        self._why.setVisible(urgent is not None)

    def _add_line(self) -> None:
        cells = (PlainLabel(role="label"), PlainLabel(), Chip())
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, 2 * len(self._cells), column)
        self._cells.append(cells)

    def _place_chip(self, place: int, chip: Chip) -> None:
        """Beside the due time, or below it where it says more than there is room for: 11-17 14:09 迟 2 小时 5 分."""
        below = chip.sizeHint().width() > scaled(_BESIDE)
        self._grid.removeWidget(chip)
        self._grid.addWidget(chip, 2 * place + below, 1 if below else 2, 1, 2 if below else 1)


class BlockerCard(Card):
    """关闭还缺 N 项: red lines, each leads to its field; more than there is room for are scrolled to.

    Where nothing is missing it leads to the closing itself.
    """

    wanted = Signal(object)
    closing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[BlockerLine, Blocker] = {}
        inside = QWidget()
        inside.setProperty("role", "page")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.body.setSpacing(4)
        self._scroll = ScrollPage(inside)
        self.add(self._scroll, 1)
        self._close = Button("去关闭", weight=Weight.QUIET)
        self._close.clicked.connect(self.closing_wanted)
        self.body.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        # As tall as its lines and no taller: what is to spare stays ground.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_blockers(self, blockers: tuple[Blocker, ...]) -> None:
        """What is missing, in the order of the form."""
        self.say(f"关闭还缺 {len(blockers)} 项" if blockers else "不缺什么，可以关闭")
        self._close.setVisible(not blockers)
        if tuple(self._lines.values()) == blockers:
            return
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = {BlockerLine(blocker): blocker for blocker in blockers}
        for place, line in enumerate(self._lines):
            line.clicked.connect(self._on_clicked)
            self._list.insertWidget(place, line)
            line.show()
        self._scroll.setMinimumHeight(min(len(blockers), _LINES_SEEN) * scaled(_LINE))
        self._scroll.setVisible(bool(blockers))
        self._scroll.updateGeometry()

    def take_focus(self) -> bool:
        """The keyboard on the first line, if there is one."""
        for line in self._lines:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    def _on_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, BlockerLine):
            self.wanted.emit(self._lines[line])


class BlockerLine(QPushButton):
    """One thing that is missing, in red; its whole sentence is its name."""

    def __init__(self, blocker: Blocker) -> None:
        sentence = blocker.sentence.rstrip("。")
        super().__init__(f"✕  {sentence.split('：', 1)[0]}")
        self.setProperty("role", "blocker")
        self.setAccessibleName(sentence)
        self.setToolTip(plain_tooltip(blocker.sentence))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)


def _received(case: ComplaintCase, clock: Clock) -> str:
    now = to_local(clock())
    when = short_moment(to_local(case.received_at), now) if case.received_has_time else f"{local_day(case.received_at)}"
    entered = to_local(case.entered_at)
    same_day = entered.date() == to_local(case.received_at).date()
    typed = f"，{entered:%H:%M} 补录" if same_day else f"，{short_moment(entered, now)} 补录"
    later = (case.entered_at - case.received_at).total_seconds() > SOON_AFTER
    return f"受理 {when} {case.received_by}{typed if later and not case.history else ''}"


def _came_back(case: ComplaintCase, now: datetime) -> str:
    """Which round this is and why: 第 2 轮：11-22 03:07 程立群退回：客户没有认可; empty in the first one."""
    steps = effective(case.events)
    rounds = round_of(step.kind for step in steps)
    if rounds == 1 or case.state not in OPEN_STATES:
        return ""
    back = of_this_round(steps)[0]
    told = f"第 {rounds} 轮：{short_moment(to_local(back.at), now)} {back.who}{EVENT_LABELS[back.kind]}"
    return f"{told}：{back.note}" if back.note else told


def _fill(cells: tuple[PlainLabel, PlainLabel, Chip], row: ClockRow) -> None:
    label, due, chip = cells
    label.setText(row.label)
    due.setText(row.due)
    if row.chip:
        chip.say(row.chip, row.tone)
    else:
        chip.hide()
    for cell in cells:
        cell.setToolTip(plain_tooltip(row.why))
