"""导出客户档案清单: phones masked; full ones after the right, a reason, and the line that stays in the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.jobs import Cancelled, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.papers.customer_lists import CustomerList
from crm_desktop.papers.written import Written
from crm_desktop.services.office import Office

_NAME = "客户档案清单"
_MASKED, _FULL = "号码打码", "完整号码"


class FullNumbers(Question):
    """The reason why full numbers leave the house."""

    title, word, right = "导出完整号码", "写明原因并导出", Right.UNMASK
    sentence = "完整号码离开这台电脑后就管不住了。谁、什么时候、为什么导出，会留在历史里。"
    columns = 1

    def __init__(self, office: Office, file_name: str) -> None:
        self._office, self._file_name = office, file_name

    def about(self) -> str:
        return ""

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "导出原因")

    def do(self, answer: Answer, act: Act) -> str:
        self._office.upkeep.note_unmasked_customers(self._file_name, str(answer.values["reason"]), act)
        return "导出原因已记入历史。"


class CustomerExport(QObject):
    """One for the window; the room says which customers."""

    def __init__(
        self, office: Office, papers: PaperDesk, session: Session, messages: Messages, window: QWidget
    ) -> None:
        super().__init__(window)
        self._office, self._papers, self._messages = office, papers, messages
        self._list = CustomerList(office.customers, office.settings)
        self._asking = Asking(office.access, office.staff, session, office.desk.now, messages, window)
        self._asking.stored.connect(self._on_allowed)
        self._ids: Sequence[int] | None = None
        self._path: Path | None = None

    def begin(self, ids: Sequence[int] | None) -> None:
        """Those customers, in this order, or everybody; asks where to, and how the numbers are to look."""
        self._ids = ids
        self._path = self._papers.ask_path(f"{_NAME} {self._office.desk.today():%Y%m%d}.xlsx", ".xlsx")
        if self._path is None:
            return
        count = self._office.customers.count() if ids is None else len(ids)
        text = "打码的写成 138****1234。完整号码要有“看完整号码”的权限，写明原因，并留在历史里。"
        answer = self._messages.choose(f"导出 {count:,} 位客户", text, (_MASKED, _FULL))
        if answer == _MASKED:
            self._export(unmasked=False)
        elif answer == _FULL:
            self._asking.begin(FullNumbers(self._office, self._path.name), "客户档案")

    def _on_allowed(self, _sentence: str) -> None:
        self._export(unmasked=True)

    def _export(self, *, unmasked: bool) -> None:
        path, ids = self._path, self._ids
        if path is None:
            return

        def write(target: Path, progress: Progress, cancelled: Cancelled) -> Written:
            return self._list.write(target, ids=ids, unmasked=unmasked, progress=progress, cancelled=cancelled)

        self._papers.export(write, path, f"导出{_NAME}")
