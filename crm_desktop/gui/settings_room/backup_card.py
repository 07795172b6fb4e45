"""备份 in 设置: how they are, the list of them, one now, a trial, one put back, everything for another computer."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import Signal, qVersion
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.backups import BackupRow
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.jobs import Cancelled, Done, Jobs, Progress, Work
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.settings_room.password_dialog import SET, PasswordDialog
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.backup_line import health_words, space_words
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services import diagnostics
from crm_desktop.services.backups import Backups, check_fits
from crm_desktop.services.desk import Desk
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.settings import Settings

SCREEN = "设置"
_ZIP = ("备份 (*.zip *.zip.locked)",)
_LEAST_HEIGHT = 260
_LOCK, _LOCKED = "加密码…", "改密码…"
_NO_SECOND = "没有第二个文件夹。U 盘或共享文件夹里再放一份，这台电脑坏了也不怕。"


def _made(row: BackupRow) -> str:
    return f"{to_local(row.made_at):%Y-%m-%d %H:%M}" if row.made_at else ""


def _size(row: BackupRow) -> str:
    return f"{row.size / 1_000_000:,.1f} MB"


def _customers(row: BackupRow) -> str:
    return "" if row.trouble else f"{row.customers:,}"


def _complaints(row: BackupRow) -> str:
    return "" if row.trouble else f"{row.complaints:,}"


def _told(row: BackupRow) -> str:
    return row.trouble or row.path.name


BACKUP_COLUMNS: tuple[Column[BackupRow], ...] = (
    Column("备份时间", _made, width=18),
    Column("客户", _customers, width=10),
    Column("抱怨单", _complaints, width=10),
    Column("大小", _size, width=12),
    Column("程序版本", attrgetter("program"), width=10),
    Column("说明", _told, width=44),
)


class BackupCard(Card):
    """``restore_wanted`` carries a backup that was proven, and the recovery code it was opened with."""

    restore_wanted = Signal(object, str)

    def __init__(
        self, desk: Desk, backups: Backups, settings: Settings, session: Session, jobs: Jobs, messages: Messages
    ) -> None:
        super().__init__("备份")
        self._desk, self._backups, self._settings = desk, backups, settings
        self._session, self._jobs, self._messages = session, jobs, messages
        self._state, self._trouble = PlainLabel(), PlainLabel(role="caption")
        self._second, self._space = PlainLabel(role="caption"), PlainLabel(role="caption")
        self._table: RowTable[BackupRow] = RowTable("备份", BACKUP_COLUMNS, key=attrgetter("path"))
        self._now, self._try = Button("立即备份", weight=Weight.MAIN), Button("测试恢复")
        self._restore, self._other = Button("恢复所选备份…"), Button("恢复其他备份…")
        self._table.offer(self._restore)
        self._choose, self._drop = Button("选文件夹…"), Button("不用了", weight=Weight.QUIET)
        self._lock = Button(_LOCK)
        self._asked: PasswordDialog | None = None
        self._opening: tuple[Path, str] = (Path(), "")
        self._move, self._diagnose = Button("换电脑…"), Button("导出诊断…")
        self._lay_out()
        for button, slot in (
            (self._now, self._on_now), (self._try, self._on_try), (self._restore, self._on_restore),
            (self._other, self._on_other), (self._choose, self._on_choose), (self._drop, self._on_drop),
            (self._move, self._on_move), (self._diagnose, self._on_diagnose), (self._lock, self._on_lock),
        ):  # fmt: skip
            button.clicked.connect(slot)
        self._table.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        """Reads the folder again."""
        health, second = self._backups.health(), self._settings.value(SECOND_FOLDER)
        self._state.setText(health_words(health, self._desk.now()))
        told = health.stopped or health.trouble or health.also
        self._trouble.setText(told)
        self._trouble.setVisible(bool(told))
        locked = self._backups.locks()
        self._second.setText(f"第二个文件夹：{second}{'（加了密码）' if locked else ''}" if second else _NO_SECOND)
        self._drop.setVisible(bool(second))
        self._lock.say(_LOCKED if locked else _LOCK)
        self._space.setText(space_words(self._backups.space()))
        self._table.set_rows(self._backups.listing())
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)
        self._on_chosen(self._table.current_row())

    def showEvent(self, event: QShowEvent) -> None:
        """The folder is read when somebody looks at it."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, row: BackupRow | None) -> None:
        self._restore.setEnabled(row is not None and not row.trouble)

    def _on_now(self) -> None:
        act = self._allowed()
        if act is None:
            return

        def work(progress: Progress, _cancelled: Cancelled) -> str:
            with self._desk.reading():
                return f"已备份并核对：{self._backups.make(act, told=progress).name}。"

        self._run(work, self._on_done, "备份")

    def _on_try(self) -> None:
        def work(progress: Progress, _cancelled: Cancelled) -> str:
            with self._desk.reading():
                return self._backups.try_out(progress)

        self._run(work, self._on_done, "测试恢复")

    def _on_choose(self) -> None:
        folder = self._messages.choose_folder("备份的第二个文件夹")
        if folder is not None:
            self._keep_second(str(folder), "以后每次备份都在第二个文件夹里再放一份，附件也在内。")

    def _on_drop(self) -> None:
        self._keep_second("", "不再往第二个文件夹里放；那里已有的不会动。")

    def _on_move(self) -> None:
        folder = self._messages.choose_folder("换电脑：打包到哪里（如 U 盘）")
        act = self._allowed() if folder is not None else None
        if folder is None or act is None:
            return

        def work(progress: Progress, _cancelled: Cancelled) -> Path:
            with self._desk.reading():
                return self._backups.pack(folder, act, progress)

        self._run(work, self._on_packed, "打包换电脑")

    def _on_diagnose(self) -> None:
        target = self._messages.choose_save("导出诊断", "客诉管家诊断.zip", ("压缩包 (*.zip)",))
        if target is None:
            return
        try:
            written = diagnostics.write(self._desk.home, target, f"Qt {qVersion()}")
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._messages.done("诊断已导出，里面没有客户资料，可以发给技术支持。", written)

    def _on_restore(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._begin_restore(row.path)

    def _on_other(self) -> None:
        bundle = self._messages.choose_open("选择备份", _ZIP)
        if bundle is not None:
            self._begin_restore(bundle)

    def _on_done(self, sentence: str) -> None:
        self._messages.done(sentence)
        self.refresh()

    def _on_packed(self, place: Path) -> None:
        self._messages.done(f"已打包到“{place.name}”，把它整个带到新电脑；怎样恢复写在里面的“请先看.txt”。", place)
        self.refresh()

    def _on_failed(self, sentence: str) -> None:
        self._messages.refused(sentence)
        self.refresh()

    def _on_lock(self) -> None:
        if self._allowed() is None:
            return
        locked = self._backups.locks()
        dialog = PasswordDialog("备份加密码", SET, "用这个密码", self.window(), twice=True, drops=locked)
        dialog.given.connect(self._on_password)
        dialog.dropped.connect(self._on_password_dropped)
        self._asked = dialog
        dialog.open()

    def _on_password(self, password: str) -> None:
        dialog = self._asked
        try:
            self._backups.set_password(password, self._session.act(SCREEN))
        except DeskError as refusal:
            if dialog is not None:
                dialog.refuse(refusal.sentence)
            return
        self._close_asked()
        self._on_done(
            "密码设好了：下一次备份起，第二个文件夹里的都用这个密码；只有本机已经没有的旧备份仍用原来的密码。"
        )

    def _on_password_dropped(self) -> None:
        self._backups.set_password("", self._session.act(SCREEN))
        self._close_asked()
        self._on_done("以后的备份不再加密码；第二个文件夹里已经加了的，仍要原来的密码才打得开。")

    def _on_given(self, password: str) -> None:
        bundle, code = self._opening
        self._close_asked()
        self._check(bundle, code, password)

    def _on_checked(self, answer: tuple[Path, str, set[str], str]) -> None:
        bundle, code, wanted, sentence = answer
        if not wanted:
            self.restore_wanted.emit(bundle, code)
        elif "password" in wanted:
            self._opening = (bundle, code)
            title = f"打开 {bundle.name}"
            self._asked = PasswordDialog(title, sentence, "打开", self.window(), twice=False, drops=False)
            self._asked.given.connect(self._on_given)
            self._asked.open()
        else:
            told, given = QInputDialog.getText(self.window(), "恢复码", sentence)
            if given and told.strip():
                self._check(bundle, told.strip())

    # -- helpers -------------------------------------------------------------------------------------------------

    def _allowed(self) -> Act | None:
        """What is done now, None where whoever sits here may not; that was said then."""
        try:
            return require(self._session.act(SCREEN), Right.BACKUP)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return None

    def _begin_restore(self, bundle: Path) -> None:
        """First whether he may, then whether he means it; then the backup is proven, and only then the window goes."""
        if self._allowed() is None:
            return
        told = "现在的数据先备份一次，再整个换成这份备份里的；之后写的要从备份里找回。窗口会关闭，恢复好以后自动打开。"
        if self._messages.ask(f"恢复 {bundle.name}？", told, "恢复"):
            self._check(bundle, "")

    def _close_asked(self) -> None:
        if self._asked is not None:
            self._asked.accept()
            self._asked = None

    def _check(self, bundle: Path, code: str, password: str = "") -> None:
        def work(progress: Progress, _cancelled: Cancelled) -> tuple[Path, str, set[str], str]:
            try:
                check_fits(self._desk.home, bundle, code, password, progress)
            except InvalidInput as refusal:
                if not refusal.fields.keys() & {"code", "password"}:
                    raise
                return bundle, code, set(refusal.fields), refusal.sentence
            return bundle, code, set(), ""

        self._run(work, self._on_checked, "核对备份")

    def _keep_second(self, folder: str, sentence: str) -> None:
        try:
            self._settings.change({SECOND_FOLDER: folder}, self._session.act(SCREEN))
        except DeskError as refusal:
            self._on_failed(refusal.sentence)
        else:
            self._on_done(sentence)

    def _run(self, work: Work, done: Done, label: str) -> None:
        self._jobs.run(work, done, self._on_failed, label)

    def _lay_out(self) -> None:
        self._trouble.setWordWrap(True)
        self._table.set_empty("还没有备份。\n改了东西以后每半小时、关闭窗口时和导入、合并之前会自动备份。")
        self._table.setMinimumHeight(scaled(_LEAST_HEIGHT))
        self.add(self._state)
        self.add(self._trouble)
        self.body.addLayout(_line(self._now, self._try, None, self._move, self._diagnose))
        self.add(self._table, 1)
        self.body.addLayout(_line(self._restore, self._other))
        self._space.setWordWrap(True)
        self.add(self._space)
        self.body.addLayout(_line(self._second, None, self._drop, self._lock, self._choose))


def _line(*pieces: PlainLabel | Button | None) -> QHBoxLayout:
    """Pieces beside one another; None is the room between left and right."""
    line = QHBoxLayout()
    line.setSpacing(8)
    for piece in pieces:
        if piece is None:
            line.addStretch(1)
        else:
            line.addWidget(piece)
    if None not in pieces:
        line.addStretch(1)
    return line
