"""What is done on the page of a folder that cannot be opened: a backup restored, a diagnosis written, or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QInputDialog, QLineEdit

from crm_desktop.app.restoring import restored
from crm_desktop.domain.errors import DeskError, InvalidInput, StorageRefused
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.opening import open_outside
from crm_desktop.gui.trouble_page import TroublePage
from crm_desktop.services import diagnostics
from crm_desktop.services.backups import listing


class TroubleDesk(QObject):
    """``open`` shows the page and says whether the folder may be tried again."""

    def __init__(self, home: Path, refusal: DeskError, messages: Messages) -> None:
        super().__init__()
        self._home, self._messages, self._restored = home, messages, False
        self._page = TroublePage(refusal, listing(home))
        self._page.restore_wanted.connect(self._on_restore)
        self._page.other_wanted.connect(self._on_other)
        self._page.diagnostics_wanted.connect(self._on_diagnostics)
        self._page.folder_wanted.connect(self._on_folder)
        messages.stand_on(self._page)
        QShortcut("F1", self._page).activated.connect(self._on_help)

    def open(self) -> bool:
        """True once a backup was put in place."""
        self._page.exec()
        self._page.deleteLater()
        return self._restored

    def _on_restore(self, bundle: Path) -> None:
        asked = f"恢复 {bundle.name}？现在的数据文件会整个移到 before-restore 文件夹里留着。"
        if self._messages.ask("恢复备份", asked, "恢复"):
            self._restore(bundle)

    def _on_other(self) -> None:
        bundle = self._messages.choose_open("选择备份", ("备份 (*.zip *.zip.locked)",))
        if bundle is not None:
            self._on_restore(bundle)

    def _restore(self, bundle: Path, code: str = "", password: str = "") -> None:
        wanted, sentence = set[str](), ""
        self._page.setEnabled(False)
        try:
            restored(self._home, bundle, code, password)
        except InvalidInput as refusal:
            wanted, sentence = set(refusal.fields), refusal.sentence
        except DeskError as refusal:
            sentence = refusal.sentence
        else:
            self._restored = True
            self._page.accept()
        finally:
            self._page.setEnabled(True)
        self._ask(bundle, code, wanted, sentence)

    def _ask(self, bundle: Path, code: str, wanted: set[str], sentence: str) -> None:
        """What the backup takes to be opened: the password of its copy, or the code of its home."""
        if "password" in wanted:
            hidden = QLineEdit.EchoMode.Password
            password, told = QInputDialog.getText(self._page, "密码", sentence, hidden)
            if told and password:
                self._restore(bundle, code, password)
        elif "code" in wanted:
            code, told = QInputDialog.getText(self._page, "恢复码", sentence)
            if told and code.strip():
                self._restore(bundle, code)
        elif sentence:
            self._page.say(sentence)

    def _on_diagnostics(self) -> None:
        target = self._messages.choose_save("导出诊断", "客诉管家诊断.zip", ("压缩包 (*.zip)",))
        if target is None:
            return
        try:
            written = diagnostics.write(self._home, target, f"Qt {qVersion()}")
        except StorageRefused as refusal:
            self._page.say(refusal.sentence)
        else:
            self._page.say(f"诊断已写到 {written}，里面没有客户资料，可以发给技术支持。")

    def _on_help(self) -> None:
        from crm_desktop.gui.manual.places import heading_of  # noqa: PLC0415 - when somebody asks
        from crm_desktop.gui.manual.window import ManualWindow  # noqa: PLC0415 - with it
        from crm_desktop.papers.manuals import chapters  # noqa: PLC0415 - with it

        ManualWindow(chapters(), self._messages, self._page).read(heading_of(self._page))

    def _on_folder(self) -> None:
        """There is no bar here yet: where it cannot be opened, the page says where it lies."""
        if not open_outside(self._home, self._messages) and self._messages.last is not None:
            self._page.say(self._messages.last.text)
