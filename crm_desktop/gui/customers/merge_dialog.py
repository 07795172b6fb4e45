"""查重与合并: suspected pairs, one of them side by side, merged or dismissed; and every merge with its undo."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.customers.merge_columns import MERGES, PAIRS, pair_key
from crm_desktop.gui.customers.merge_preview import MergeSides
from crm_desktop.gui.customers.merge_questions import MergeFiles, UndoMerge
from crm_desktop.gui.customers.profile_desk import SCREEN
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.duplicates import Pair
from crm_desktop.services.merging import MergeRow
from crm_desktop.services.office import Office

TITLE = "查重与合并"
_LOOKING = "正在全部客户里查找……"
_NONE = "没有找到像同一位客户的两份档案。"
_MOST = 200
_WIDTH, _HEIGHT = 1120, 640


class MergeDialog(QDialog):
    """``merged`` carries the id of the file that was kept, or that stands again; lists are to be read anew."""

    merged = Signal(int)

    def __init__(
        self, office: Office, session: Session, jobs: Jobs, messages: Messages, window: QWidget, customer: int | None
    ) -> None:
        """Pairs of one ``customer``, or of the whole customer base, which takes a while and is a job."""
        super().__init__(window)
        self._office, self._session, self._jobs, self._messages = office, session, jobs, messages
        self._customer, self._job = customer, None if customer else self._looked_up()
        self._done_with = 0
        self._asking = Asking(office.access, office.staff, session, office.desk.now, messages, self)
        self._pairs: RowTable[Pair] = RowTable("疑似重复", PAIRS, key=pair_key)
        self._sides = MergeSides(office.merging)
        self._merges: RowTable[MergeRow] = RowTable("合并记录", MERGES, key=attrgetter("id"))
        self._merge, self._dismiss = Button("合并", weight=Weight.MAIN), Button("不是同一人")
        self._undo, self._close = Button("撤销合并"), Button("关闭", "Esc")
        self._told = PlainLabel(role="caption")
        self._tabs = QTabWidget()
        self._lay_out()
        self.resize(min(scaled(_WIDTH), window.width()), min(scaled(_HEIGHT), window.height()))
        self._connect()
        self._fill()

    def reject(self) -> None:
        """Nothing goes on behind a closed dialog."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_found(self, pairs: list[Pair]) -> None:
        self._pairs.set_empty(_NONE)
        self._show_pairs(pairs)

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.is_cancelled():
                self._pairs.set_empty("已取消查找。")

    def _on_pair(self, pair: Pair | None) -> None:
        self._sides.show_pair(pair)
        for button in (self._merge, self._dismiss):
            button.setEnabled(self._sides.preview is not None)

    def _on_merge(self) -> None:
        told = self._sides.preview
        if told is not None:
            self._done_with = told.kept_id
            self._asking.begin(MergeFiles(self._office.merging, told, self._sides.taken), SCREEN)

    def _on_dismiss(self) -> None:
        pair = self._pairs.current_row()
        if pair is None:
            return
        names = f"“{pair.kept.name or NAMELESS}”和“{pair.merged.name or NAMELESS}”"
        if not self._messages.ask(f"{names}不是同一人？", "以后查重不再列出这一对。", "不是同一人"):
            return
        try:
            self._office.duplicates.dismiss(pair.kept.id, pair.merged.id, self._session.act(SCREEN))
        except DeskError as refusal:
            self._on_refused(refusal.sentence)
        else:
            self._say(f"{names}记为两位客户，不再列出。")
            self._without(pair)

    def _on_undo(self) -> None:
        row = self._merges.current_row()
        if row is not None:
            self._done_with = row.merged_id
            self._asking.begin(UndoMerge(self._office.merging, row), SCREEN)

    def _on_stored(self, sentence: str) -> None:
        self._say(sentence)
        pair = self._pairs.current_row()
        if self._tabs.currentIndex() == 0 and pair is not None:
            self._without(pair)
        self._fill_merges()
        self.merged.emit(self._done_with)

    def _on_merge_row(self, row: MergeRow | None) -> None:
        self._undo.setEnabled(row is not None and not row.undone)

    def _on_turned(self) -> None:
        first = self._tabs.currentIndex() == 0
        for button, here in ((self._merge, first), (self._dismiss, first), (self._undo, not first)):
            button.setVisible(here)

    def _on_refused(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.refused(sentence)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.done(sentence)

    def _looked_up(self) -> Job:
        office = self._office

        def work(_progress: Progress, _cancelled: Cancelled) -> list[Pair]:
            with office.desk.reading():
                return office.duplicates.pairs(_MOST)

        return self._jobs.run(work, self._on_found, self._on_refused, label="查找重复客户")

    def _fill(self) -> None:
        self._fill_merges()
        self._on_pair(None)
        self._on_turned()
        if self._customer is None:
            self._pairs.set_empty(_LOOKING)
        else:
            self._on_found(self._office.duplicates.of(self._customer))

    def _show_pairs(self, pairs: list[Pair]) -> None:
        self._found = pairs
        self._pairs.set_rows(pairs)
        if self._pairs.current_row() is None and pairs:
            self._pairs.selectRow(0)
        self._on_pair(self._pairs.current_row())
        self._pairs.setFocus()

    def _without(self, gone: Pair) -> None:
        """The merged file is in other pairs no more either."""
        still = {row.merged_id for row in self._office.merging.merges() if not row.undone}
        left = [pair for pair in self._found if pair is not gone and still.isdisjoint(pair_key(pair))]
        self._show_pairs(left)

    def _fill_merges(self) -> None:
        self._merges.set_rows(self._office.merging.merges())
        if self._merges.current_row() is None and self._merges.count():
            self._merges.selectRow(0)
        self._on_merge_row(self._merges.current_row())

    def _connect(self) -> None:
        self._jobs.ended.connect(self._on_ended)
        self._asking.stored.connect(self._on_stored)
        self._sides.refused.connect(self._on_refused)
        self._pairs.chosen.connect(self._on_pair)
        self._merges.chosen.connect(self._on_merge_row)
        self._merge.clicked.connect(self._on_merge)
        self._dismiss.clicked.connect(self._on_dismiss)
        self._undo.clicked.connect(self._on_undo)
        self._close.clicked.connect(self.reject)
        self._tabs.currentChanged.connect(self._on_turned)

    def _lay_out(self) -> None:
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._merges.set_empty("还没有合并过。")
        pairs = QWidget()
        pairs.setProperty("role", "page")
        inside = QVBoxLayout(pairs)
        inside.setContentsMargins(0, 10, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self._pairs, 1)
        inside.addWidget(self._sides, 2)
        self._tabs.addTab(pairs, "疑似重复")
        self._tabs.addTab(self._merges, "合并记录")
        self._told.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._merge, self._dismiss, self._undo):
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
