"""首次设置: asked before this computer has any data, or later in a home where nothing was said yet.

``FirstStart`` asks before there is a folder and answers with the home in which the window is to open; nothing is
written, and no folder made, before the last page. ``begin_home`` writes all of it, or takes away what it made.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from crm_desktop.app.sample_window import LABEL, is_being_made, make_sample, open_beside
from crm_desktop.domain.duties import Hired
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.first_run import FirstDraft
from crm_desktop.gui import icons
from crm_desktop.gui.first_run.pages import BackupPage, DealerPage, PlacePage
from crm_desktop.gui.first_run.people_page import PeoplePage
from crm_desktop.gui.first_run.wizard import FirstRunDialog
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.messages import Message, Messages, Mood
from crm_desktop.gui.session import NOBODY
from crm_desktop.models.database import FILE_NAME, KEY_NAME, SPARE_NAME
from crm_desktop.models.faults import translated
from crm_desktop.models.lock import LOCK_NAME, WriterLock
from crm_desktop.models.tail import END_NAME
from crm_desktop.paths import choose_home, proposed_home, sample_home, usual_home
from crm_desktop.services.first_run import FirstRun, checked_first
from crm_desktop.services.ground import open_to_all
from crm_desktop.services.office import open_office
from crm_desktop.services.places import checked_place, is_begun

SCREEN = "首次设置"
_MADE = (
    FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", f"{Path(FILE_NAME).stem}.new", KEY_NAME, SPARE_NAME, END_NAME,
    LOCK_NAME,
)  # fmt: skip
_NOT_SHARED = "这台电脑的其他 Windows 账户还写不了数据文件夹，请管理员给“Users”这个组加上“修改”的权限：{}。"
_THERE_ALREADY = "这个文件夹里已有客诉管家的数据，打开的就是它；刚才填的没有写进去。"


@dataclass(frozen=True, slots=True)
class Start:
    """Where the window opens, who sits there first with his recovery code, and what is to be told."""

    home: Path
    hired: Hired | None = None
    told: str = ""

    @property
    def message(self) -> Message | None:
        """For the bar of the window."""
        return Message(Mood.NOTE, self.told) if self.told else None


class FirstStart(QObject):
    """``ask`` shows the questions and gives the answer; None: somebody left, and nothing was made."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._messages = messages
        self._jobs = Jobs(messages.refused, messages.note, self)
        self._start: Start | None = None
        proposed = proposed_home()
        place = PlacePage(messages, proposed, checked_place, shared=proposed != usual_home())
        pages = (DealerPage({}), PeoplePage(), place, BackupPage(messages, place.text))
        QGuiApplication.setWindowIcon(icons.program_icon())
        self.dialog = FirstRunDialog(pages)
        self.dialog.tell_work(self._jobs)
        messages.stand_on(self.dialog)
        messages.said.connect(self._on_said)
        self.dialog.begun.connect(self._on_begun)
        self.dialog.later_wanted.connect(self._on_later)
        self.dialog.sample_wanted.connect(self._on_sample)

    def ask(self) -> Start | None:
        """Waits for the last page."""
        self.dialog.exec()
        self._jobs.stop_all()
        return self._start

    def _on_begun(self, draft: FirstDraft) -> None:
        try:
            self._start = begin_home(draft)
        except DeskError as refusal:
            self.dialog.refuse(refusal)
        else:
            self.dialog.accept()

    def _on_later(self) -> None:
        """The desk begins at once, where data is proposed to lie, or where this account may write at any rate."""
        home = proposed_home()
        try:
            self._start = begin_home(None, str(home))
        except DeskError:
            self._start = Start(usual_home())

    def _on_sample(self) -> None:
        if is_being_made(self._jobs):
            return
        home = sample_home(proposed_home())

        def work(progress: Progress, _cancelled: Cancelled) -> Path:
            make_sample(home, progress)
            return home

        self._jobs.run(work, self._on_sample_ready, label=LABEL)

    def _on_sample_ready(self, home: Path) -> None:
        open_beside(home)
        self._messages.note("演示数据在另一个窗口里打开；看完再回到这里设置。")

    def _on_said(self, message: Message) -> None:
        self.dialog.say(message.text)


def begin_home(draft: FirstDraft | None, place: str = "") -> Start:
    """Makes the folder, writes everything that was said, and remembers it as this computer's; a folder with data of a
    dealership is only remembered. Without ``draft`` the home is begun empty.

    :raises InvalidInput: naming the field; nothing was made. :raises DeskError: what was made is taken away again.
    """
    if draft is not None:
        checked_first(draft)
    home = checked_place(draft.place if draft else place)
    hired, told = None, ""
    if is_begun(home):
        told = _THERE_ALREADY if draft else ""
    else:
        fresh = not (home / FILE_NAME).exists()
        try:
            hired, shared = _written(home, draft)
        except DeskError:
            if fresh:
                _take_away(home)
            raise
        told = "" if shared else _NOT_SHARED.format(home)
    with translated(home / FILE_NAME):
        choose_home(home)
    return Start(home, hired, told)


def _written(home: Path, draft: FirstDraft | None) -> tuple[Hired | None, bool]:
    """Who came first, and whether every account may write there."""
    with translated(home / FILE_NAME):
        home.mkdir(parents=True, exist_ok=True)
        shared = open_to_all(home)
        with WriterLock(home, SCREEN):
            office = open_office(home)
            try:
                act = office.desk.act(NOBODY, SCREEN)
                hired = FirstRun(office.desk).begin(draft, act) if draft else None
            finally:
                office.desk.close()
    return hired, shared


def _take_away(home: Path) -> None:
    """What was made of a home that could not be begun; the folder was empty before."""
    with suppress(OSError):
        for name in _MADE:
            (home / name).unlink(missing_ok=True)
        home.rmdir()
