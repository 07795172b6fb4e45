"""扫描件: what lies in the scan folder and belongs to no case yet, each sheet with the case its code or name tells."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.identity import complaint_number_key
from crm_desktop.domain.scans import Scan
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.scan_reader import codes, pictures
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import closing_foot
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.office import Office
from crm_desktop.services.settings import SCAN_FOLDER

TITLE = "扫描件"
NO_FOLDER = "还没有设扫描文件夹，请先在“设置”里填好。"
_NONE = "扫描文件夹里没有还没归好的扫描件。"
_HOW = "单号来自纸上的二维码，其次是文件名；都没有的，选中后在下面填单号。原文件留在文件夹里不动。"
_NO_CASE = "这是{what}，不属于某一张抱怨单；要放到一张单里，在上面填单号。"
_NO_PICTURE = "没有可以预览的页面。"
_WIDTH, _HEIGHT, _PREVIEW = 1080, 560, 300
_COLUMNS: tuple[Column[Scan], ...] = (
    Column("文件", attrgetter("path.name"), width=15),
    Column("种类", attrgetter("label"), width=5),
    Column("抱怨单", attrgetter("number"), width=18),
    Column("怎么找到的", attrgetter("how"), width=10),
    Column("是什么", attrgetter("what"), width=24, wrap=True),
)


class ScansDialog(DeskDialog):
    """Sheets that tell their case go there all at once; another one is shown and given a number by hand."""

    def __init__(
        self, office: Office, scans: Sequence[Scan], session: Session, messages: Messages, window: QWidget
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._attachments, self._session, self._messages = office.attachments, session, messages
        self._scans = list(scans)
        self._kept: set[tuple[Path, str]] = set()
        self._table: RowTable[Scan] = RowTable(TITLE, _COLUMNS, key=attrgetter("path"))
        self._table.set_empty(_NONE)
        self._preview = PlainLabel()
        self._form = FieldForm(columns=1)
        self._form.add_line("number", "抱怨单号", "如 TS20261121-003")
        self._one = Button("放到这张单")
        self._all = Button("把有单号的都放好", weight=Weight.MAIN)
        self._table.offer(self._one)
        self._told = PlainLabel(role="caption")
        self._told.setWordWrap(True)
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._one.clicked.connect(self._on_one)
        self._all.clicked.connect(self._on_all)
        self._show()

    def _on_chosen(self, scan: Scan | None) -> None:
        self._form.set_values({"number": scan.numbers[0] if scan and scan.numbers else ""})
        self._told.setText(_NO_CASE.format(what=scan.what) if scan and scan.what and not scan.has_place else "")
        shown = pictures(scan.path) if scan else []
        if shown:
            size = scaled(_PREVIEW)
            fit, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._preview.setPixmap(QPixmap.fromImage(shown[0].scaled(size, size, fit, smooth)))
        else:
            self._preview.setText(_NO_PICTURE if scan else "")

    def _on_one(self) -> None:
        scan = self._table.current_row()
        if scan is None:
            return
        number = complaint_number_key(str(self._form.values()["number"]))
        if not number:
            self._form.show_errors({"number": "请填这张扫描件属于哪张抱怨单。"})
            return
        self._keep([(scan, (number,))])

    def _on_all(self) -> None:
        self._keep([(scan, scan.numbers) for scan in self._scans if scan.has_place])

    def _keep(self, pairs: Sequence[tuple[Scan, tuple[str, ...]]]) -> None:
        """Each by itself: what is refused stays on the list with its reason."""
        kept, refusals = 0, []
        for scan, numbers in pairs:
            try:
                self._add(scan, numbers)
            except DeskError as refusal:
                refusals.append(f"{scan.path.name}：{refusal.sentence}")
            else:
                self._scans.remove(scan)
                kept += 1
        if kept:
            self._messages.done(f"{kept} 个扫描件已放到附件里。")
        if refusals:
            self._messages.refused(" ".join(refusals))
        self._show()
        if refusals:
            self._told.setText(" ".join(refusals))

    def _add(self, scan: Scan, numbers: tuple[str, ...]) -> None:
        """With its measure and every case it is of; a second try passes over those that have it since the first."""
        told: dict[str, dict[str, Any]] = {number: {"number": number} for number in numbers}
        if scan.measure_id is not None:
            told = {scan.what: {"measure_id": scan.measure_id}, **told}
        note = f"{TITLE} {scan.what}".strip()
        for name, whose in told.items():
            if (scan.path, name) not in self._kept:
                self._attachments.add(scan.path, scan.path.name, self._session.act(TITLE), note=note, **whose)
                self._kept.add((scan.path, name))

    def _show(self) -> None:
        self._table.set_rows(self._scans)
        if self._scans and self._table.current_row() is None:
            self._table.selectRow(0)
        self._on_chosen(self._table.current_row())
        self._one.setEnabled(bool(self._scans))
        self._all.setEnabled(any(scan.has_place for scan in self._scans))

    def _lay_out(self) -> None:
        self._preview.setFixedWidth(scaled(_PREVIEW))
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setAccessibleName("预览")
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._table, 1)
        middle.addWidget(self._preview)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(TITLE, "title"))
        body.addWidget(PlainLabel(_HOW, "caption"))
        body.addLayout(middle, 1)
        body.addWidget(self._form)
        body.addWidget(self._told)
        body.addLayout(closing_foot(self, self._all, self._one))
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))


class ScanDesk(QObject):
    """Looks through the scan folder when it is asked to, and shows what it found."""

    def __init__(self, office: Office, session: Session, jobs: Jobs, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._session, self._jobs, self._messages = office, session, jobs, messages
        self._window = window

    def begin(self) -> None:
        """Reads every new sheet on a thread of its own: a page of 300 dpi takes its time."""
        folder = self._office.settings.value(SCAN_FOLDER)
        if not folder:
            self._messages.refused(NO_FOLDER)
            return

        def look(progress: Progress, _cancelled: Cancelled) -> list[Scan]:
            return self._office.scans.rows(Path(folder), codes, progress)

        self._jobs.run(look, self._on_found, label="看扫描文件夹")

    def _on_found(self, scans: list[Scan]) -> None:
        ScansDialog(self._office, scans, self._session, self._messages, self._window).open()
