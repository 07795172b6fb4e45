"""查重与合并: suspected pairs, merged or dismissed; every merge with its undo; what was dismissed, with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.customers.merge_columns import DISMISSED, MERGES
from crm_desktop.gui.customers.merge_pairs import TITLE as PAIRS
from crm_desktop.gui.customers.merge_pairs import PairsTab
from crm_desktop.gui.customers.merge_questions import MergeFiles, UndoMerge
from crm_desktop.gui.customers.profile_desk import SCREEN
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.duplicates import Dismissed, Pair
from crm_desktop.services.merging import MergeRow
from crm_desktop.services.office import Office

TITLE = "查重与合并"
_LOOKING = "正在全部客户里查找……"
_MOST = 200
_WIDTH, _HEIGHT = 1120, 640
_PAIR = 2


class MergeDialog(DeskDialog):
    """``merged`` carries the id of the file that was kept, or that stands again; lists are to be read anew."""

    merged = Signal(int)

    def __init__(
        self,
        office: Office,
        session: Session,
        jobs: Jobs,
        messages: Messages,
        window: QWidget,
        ids: Sequence[int] = (),
    ) -> None:
        """Pairs of the one customer in ``ids``, the two picked, or of the whole base, which takes a while: a job."""
        super().__init__(window)
        self._office, self._session, self._jobs, self._messages = office, session, jobs, messages
        self._job = None if ids else self._looked_up()
        self._done_with = 0
        self._asking = Asking(office.access, office.staff, session, office.desk.now, messages, self, jobs)
        self._pairs = PairsTab(office.duplicates, office.merging, office.search, ids)
        self._merges: RowTable[MergeRow] = RowTable("合并记录", MERGES, key=attrgetter("id"))
        self._dismissed: RowTable[Dismissed] = RowTable("已排除", DISMISSED, key=attrgetter("id"))
        self._merge, self._dismiss = Button("合并", weight=Weight.MAIN), Button("不是同一人")
        self._undo, self._restore = Button("撤销合并"), Button("恢复查重")
        self._close = Button("关闭", "Esc")
        self._told = PlainLabel(role="caption")
        self._tabs = Book()
        self._lay_out()
        self.resize(min(scaled(_WIDTH), window.width()), min(scaled(_HEIGHT), window.height()))
        self._connect()
        self._fill(ids)

    def reject(self) -> None:
        """Nothing goes on behind a closed dialog."""
        if self._job is not None:
            self._job.give_up()
        super().reject()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_found(self, pairs: list[Pair]) -> None:
        self._pairs.show_pairs(pairs)

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.is_cancelled():
                self._pairs.show_pairs((), "已取消查找。")

    def _on_pair(self) -> None:
        for button in (self._merge, self._dismiss):
            button.setEnabled(self._pairs.sides.preview is not None)

    def _on_merge(self) -> None:
        sides = self._pairs.sides
        if sides.preview is not None:
            self._done_with = sides.preview.kept_id
            self._asking.begin(MergeFiles(self._office, sides.preview, sides.taken), SCREEN)

    def _on_dismiss(self) -> None:
        pair = self._pairs.pair()
        if pair is None:
            return
        names = f"“{pair.kept.name or NAMELESS}”和“{pair.merged.name or NAMELESS}”"
        if not self._messages.ask(f"{names}不是同一人？", "以后查重不再列出这一对；“已排除”里可以恢复。", "不是同一人"):
            return
        try:
            self._office.duplicates.dismiss(pair.kept.id, pair.merged.id, self._session.act(SCREEN))
        except DeskError as refusal:
            self._on_refused(refusal.sentence)
        else:
            self._say(f"{names}记为两位客户，不再列出；认错了可在“已排除”里恢复。")
            self._pairs.drop(pair, ())
            self._fill_dismissed()

    def _on_restore(self) -> None:
        row = self._dismissed.current_row()
        if row is None:
            return
        try:
            self._office.duplicates.restore(row.id, self._session.act(SCREEN))
        except DeskError as refusal:
            self._on_refused(refusal.sentence)
        else:
            self._say(f"“{row.one_name or NAMELESS}”和“{row.other_name or NAMELESS}”重新列在“{PAIRS}”里。")
            self._pairs.add(row.one_id, row.other_id)
            self._fill_dismissed()

    def _on_undo(self) -> None:
        row = self._merges.current_row()
        if row is not None:
            self._done_with = row.merged_id
            self._asking.begin(UndoMerge(self._office, row), SCREEN)

    def _on_stored(self, sentence: str) -> None:
        self._say(sentence)
        pair = self._pairs.pair()
        if self._tabs.currentIndex() == 0 and pair is not None:
            self._pairs.drop(pair, {row.merged_id for row in self._office.merging.merges() if not row.undone})
        self._fill_merges()
        self._fill_dismissed()
        self.merged.emit(self._done_with)

    def _on_merge_row(self, row: MergeRow | None) -> None:
        self._undo.setEnabled(row is not None and not row.undone)

    def _on_dismissed_row(self, row: Dismissed | None) -> None:
        self._restore.setEnabled(row is not None)

    def _on_turned(self) -> None:
        here = self._tabs.currentIndex()
        for button, at in ((self._merge, 0), (self._dismiss, 0), (self._undo, 1), (self._restore, 2)):
            button.setVisible(here == at)

    def _on_refused(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.refused(sentence)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.done(sentence)

    def _looked_up(self) -> Job:
        office = self._office

        def work(progress: Progress, _cancelled: Cancelled) -> list[Pair]:
            with office.desk.reading():
                return office.duplicates.pairs(_MOST, progress)

        return self._jobs.run(work, self._on_found, self._on_refused, label="查找重复客户")

    def _fill(self, ids: Sequence[int]) -> None:
        self._fill_merges()
        self._fill_dismissed()
        self._on_turned()
        if not ids:
            self._pairs.show_pairs((), _LOOKING)
        elif len(ids) == _PAIR:
            self._pairs.show_pairs(())
            self._pairs.add(*ids)
        else:
            self._pairs.show_pairs(self._office.duplicates.of(ids[0]))

    def _fill_merges(self) -> None:
        self._merges.set_rows(self._office.merging.merges())
        if self._merges.current_row() is None and self._merges.count():
            self._merges.selectRow(0)
        self._on_merge_row(self._merges.current_row())

    def _fill_dismissed(self) -> None:
        self._dismissed.set_rows(self._office.duplicates.dismissed())
        if self._dismissed.current_row() is None and self._dismissed.count():
            self._dismissed.selectRow(0)
        self._on_dismissed_row(self._dismissed.current_row())

    def _connect(self) -> None:
        self._jobs.ended.connect(self._on_ended)
        self._asking.stored.connect(self._on_stored)
        self._pairs.refused.connect(self._on_refused)
        self._pairs.chosen.connect(self._on_pair)
        self._merges.chosen.connect(self._on_merge_row)
        self._dismissed.chosen.connect(self._on_dismissed_row)
        self._merge.clicked.connect(self._on_merge)
        self._dismiss.clicked.connect(self._on_dismiss)
        self._undo.clicked.connect(self._on_undo)
        self._restore.clicked.connect(self._on_restore)
        self._close.clicked.connect(self.reject)
        self._tabs.currentChanged.connect(self._on_turned)

    def _lay_out(self) -> None:
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._merges.set_empty("还没有合并过。")
        self._dismissed.set_empty("还没有哪一对记为“不是同一人”。")
        self._tabs.addTab(self._pairs, PAIRS)
        self._tabs.addTab(self._merges, "合并记录")
        self._tabs.addTab(self._dismissed, "已排除")
        self._told.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._merge, self._dismiss, self._undo, self._restore):
            foot.addWidget(button)
        foot.addWidget(self._told, 1)
        foot.addWidget(JobProgress(self._jobs))
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(TITLE, "title"))
        layout.addWidget(self._tabs, 1)
        layout.addLayout(foot)
