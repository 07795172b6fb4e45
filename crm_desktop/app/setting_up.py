"""首次设置 over an open window: of a home whose folder is settled, asked for on the empty 今日."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.first_run import DEALERSHIP, FirstDraft
from crm_desktop.gui.first_run.pages import BackupPage, DealerPage
from crm_desktop.gui.first_run.people_page import PeoplePage
from crm_desktop.gui.first_run.wizard import FirstRunDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.services.first_run import FirstRun
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.office import Office


class SettingUp(QObject):
    """What was said before stands in the pages; people are asked for only where there are none.

    ``written``: the dealership's words may have changed. ``hired``: the first colleague with his recovery code.
    """

    written = Signal()
    hired = Signal(object)
    sample_wanted = Signal()

    def __init__(self, office: Office, session: Session, messages: Messages, window: QWidget) -> None:
        super().__init__()
        self._office, self._session, self._messages = office, session, messages
        settings = office.settings
        dealer = DealerPage({name: settings.value(f"dealership.{name}") for name in DEALERSHIP})
        people = () if office.staff.people() else (PeoplePage(),)
        backup = BackupPage(messages, self._home, settings.value(SECOND_FOLDER))
        self.dialog = FirstRunDialog((dealer, *people, backup), window)
        self.setParent(self.dialog)
        self.dialog.begun.connect(self._on_begun)
        self.dialog.sample_wanted.connect(self.sample_wanted)

    def _home(self) -> str:
        return str(self._office.desk.home)

    def _on_begun(self, draft: FirstDraft) -> None:
        try:
            hired = FirstRun(self._office.desk).begin(draft, self._session.act("首次设置"))
        except DeskError as refusal:
            self.dialog.refuse(refusal)
            return
        self.dialog.accept()
        self._messages.done("首次设置已保存；以后要改，到“设置”里改。")
        self.written.emit()
        if hired is not None:
            self.hired.emit(hired)
