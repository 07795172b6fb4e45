"""What opens beside the rooms: import, rules, the procedure, the sample home, the question of the first start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.paths import sample_home

if TYPE_CHECKING:
    from crm_desktop.gui.main_window import MainWindow
    from crm_desktop.services.office import Office

RULES, INTAKE = "规则", "新建抱怨单"
"""Where 制度 leads besides the rooms."""


class Beside(QObject):
    """Opens each over the window and forgets it.

    ``imported``: records came in, or were taken back. ``dealer_changed``: the dealership got its name. ``room_wanted``:
    制度 leads to this room. ``complaint_wanted``: it leads to a new complaint. ``hired``: the first colleague of this
    home came, with his recovery code.
    """

    imported = Signal()
    dealer_changed = Signal()
    room_wanted = Signal(str)
    complaint_wanted = Signal()
    hired = Signal(object)

    def __init__(self, window: MainWindow, office: Office, session: Session, jobs: Jobs, messages: Messages) -> None:
        super().__init__(window)
        self._window, self._office, self._session = window, office, session
        self._jobs, self._messages = jobs, messages

    def show_import(self) -> None:
        """导入已有记录."""
        from crm_desktop.domain.imports import ImportKind  # noqa: PLC0415 - only when a file is brought in
        from crm_desktop.gui.importing.dialog import ImportDialog  # noqa: PLC0415 - start-up pays for nothing unseen
        from crm_desktop.papers.imports import ImportPaper  # noqa: PLC0415 - start-up pays for nothing unseen

        desk = self._office.desk
        kinds = (ImportKind.COMPLAINTS, ImportKind.CUSTOMERS, ImportKind.VISITS, ImportKind.FOLLOWUPS)
        paper = ImportPaper(desk, self._office.imports)
        dialog = ImportDialog(desk, paper, kinds, self._session, self._jobs, self._messages, self._window)
        dialog.imported.connect(self.imported)
        dialog.open()

    def show_rules(self, title: str = "") -> None:
        """规则: what the dealership may set for itself, at the page of this title."""
        from crm_desktop.gui.rules_room.window import RulesWindow  # noqa: PLC0415 - when somebody looks at the rules

        office = self._office
        rules = RulesWindow(office.rules, office.staff, office.playbook, self._session, self._messages, self._window)
        rules.turn_to(title)
        rules.show()

    def show_procedure(self) -> None:
        """制度 (F1): the procedure to read."""
        from crm_desktop.gui.rules_room.procedure_window import ProcedureWindow  # noqa: PLC0415 - when somebody reads

        if not self._window.is_covered():
            read = ProcedureWindow(self._window)
            read.wanted.connect(self._lead_to)
            read.show()

    def open_sample(self) -> None:
        """The sample home in a window of its own; made first if it is not there."""
        from crm_desktop.app.sample_window import LABEL, is_being_made, make_sample  # noqa: PLC0415 - when wanted

        if is_being_made(self._jobs):
            return
        home = sample_home(self._office.desk.home)

        def work(progress: Progress, _cancelled: Cancelled) -> Path:
            make_sample(home, progress)
            return home

        self._jobs.run(work, self._on_sample_ready, label=LABEL)

    def set_up(self) -> None:
        """首次设置: dealership, people, second backup folder."""
        from crm_desktop.app.setting_up import SettingUp  # noqa: PLC0415 - once in a home's life

        asked = SettingUp(self._office, self._session, self._messages, self._window)
        asked.written.connect(self.dealer_changed)
        asked.hired.connect(self.hired)
        asked.sample_wanted.connect(self.open_sample)
        asked.dialog.tell_work(self._jobs)
        asked.dialog.open()

    def _lead_to(self, room: str, tab: str) -> None:
        """Where a sentence of 制度 is done: a room, or a page of 规则."""
        if room == RULES:
            self.show_rules(tab)
        elif room == INTAKE:
            self.complaint_wanted.emit()
        else:
            self.room_wanted.emit(room)

    def _on_sample_ready(self, home: Path) -> None:
        from crm_desktop.app.sample_window import open_beside  # noqa: PLC0415 - when it is made

        open_beside(home)
        self._messages.note("演示数据在另一个窗口里打开，上方有“演示数据”的标志。")
