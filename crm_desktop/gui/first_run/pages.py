"""The pages of 首次设置 that hold one form: the dealership, where the data lies, the second folder of the backups."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.first_run import DEALERSHIP, checked_name
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel

CheckPlace = Callable[[str], Path]
_CHOOSE = "选文件夹…"
_EXAMPLES = {
    "name": "如 某某汽车销售服务有限公司",
    "address": "印在单子和函件上，客户照着来",
    "phone": "印在单子和函件上，客户照着打",
}
_WIDE = 2


class FirstPage(QWidget):
    """``step``: its word in the row of steps. ``sentence``: what is asked, and what it is for."""

    step = ""
    sentence = ""
    skip = ""
    """The word that leaves the page empty, where that is sensible."""

    def __init__(self) -> None:
        super().__init__()
        self.form = FieldForm(columns=2)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)

    @abstractmethod
    def check(self) -> None:
        """:raises InvalidInput: what cannot be taken as it stands."""

    @abstractmethod
    def begin(self) -> None:
        """The keyboard stands where one writes first."""

    def clear(self) -> None:
        """Skipped: nothing was said here."""

    def told(self) -> tuple[tuple[str, str], ...]:
        """What will be written, for the last page: label and words."""
        return ()

    def refuse(self, refusal: InvalidInput) -> bool:
        """Shows what is wrong where it was written; False where it is no matter of this page."""
        self.form.show_errors(refusal.fields)
        return bool(refusal.fields.keys() & self.form.typed().keys())

    def add_note(self, text: str) -> PlainLabel:
        """A quiet sentence below what was added so far."""
        note = PlainLabel(text, "caption")
        note.setWordWrap(True)
        self.body.addWidget(note)
        return note


class DealerPage(FirstPage):
    """您的店: what stands on papers."""

    step = "您的店"
    sentence = "店名会印在每张单子和报表上；其余的可以以后在“设置”里补。"

    def __init__(self, kept: Mapping[str, str]) -> None:
        super().__init__()
        for name, label in DEALERSHIP.items():
            wide = name in ("name", "address", "phone")
            self.form.add_line(name, label, _EXAMPLES.get(name, ""), span=_WIDE if wide else 1)
        self.form.set_values(kept)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def check(self) -> None:
        checked_name(self.values())

    def begin(self) -> None:
        self.form.go_to("name")

    def values(self) -> dict[str, str]:
        """What was typed, by the names of ``DEALERSHIP``."""
        return self.form.typed()

    def told(self) -> tuple[tuple[str, str], ...]:
        return tuple((DEALERSHIP[name], text) for name, text in self.values().items() if text.strip())


class _FolderPage(FirstPage):
    """A page with one folder, chosen or typed."""

    name, label, title = "", "", ""

    def __init__(self, messages: Messages, typed: str) -> None:
        super().__init__()
        self._messages = messages
        self._choose = Button(_CHOOSE)
        self.form.add_line(self.name, self.label, span=_WIDE)
        self.form.put_beside(self.name, self._choose)
        self.form.set_values({self.name: typed})
        self.body.addWidget(self.form)
        self._choose.clicked.connect(self._on_choose)

    def begin(self) -> None:
        self.form.go_to(self.name)

    def text(self) -> str:
        """The folder as it stands there."""
        return self.form.typed()[self.name].strip()

    def _on_choose(self) -> None:
        folder = self._messages.choose_folder(self.title)
        if folder is not None:
            self.form.field(self.name).set_typed(str(folder))
            self.form.clear_errors()


class PlacePage(_FolderPage):
    """数据: where it lies; ``check_place`` refuses networks and folders that a sync program copies about."""

    step = "数据"
    sentence = "客户和单据都放在这一个文件夹里，只在这台电脑上；不要放进 OneDrive、坚果云或网络盘。"
    skip = "用推荐的文件夹"
    name, label, title = "place", "数据文件夹", "数据放在哪个文件夹"

    def __init__(self, messages: Messages, proposed: Path, check_place: CheckPlace, shared: bool) -> None:
        super().__init__(messages, str(proposed))
        self._proposed, self._check_place = proposed, check_place
        if shared:
            self.add_note("推荐的文件夹由这台电脑的所有 Windows 账户共用：换个账户登录，看到的是同一份数据。")
        self.add_note("以后换电脑，在“设置 → 备份”里打包带走。")
        self.body.addStretch(1)

    def check(self) -> None:
        if not self.text():
            self.clear()
        self._check_place(self.text())

    def clear(self) -> None:
        self.form.set_values({self.name: str(self._proposed)})

    def told(self) -> tuple[tuple[str, str], ...]:
        return ((self.label, self.text()),)


class BackupPage(_FolderPage):
    """备份: a second folder beside the one that every home has."""

    step = "备份"
    sentence = "数据每半小时、关闭窗口时自动备份在本机；第二个文件夹（U 盘、网络盘）再放一份，电脑坏了也不怕。"
    skip = "先不设"
    name, label, title = "second_folder", "第二个文件夹", "备份的第二个文件夹"

    def __init__(self, messages: Messages, home: Callable[[], str], kept: str = "") -> None:
        """``home`` tells where the data will lie."""
        super().__init__(messages, kept)
        self._home = home
        self.add_note("可以以后在“设置 → 备份”里设、换或取消。")
        self.body.addStretch(1)

    def check(self) -> None:
        text = self.text()
        if not text:
            return
        folder = Path(text)
        if not folder.is_absolute():
            raise InvalidInput({self.name: "请写完整的文件夹，或用“选文件夹…”选。"})
        if self._home() and folder.is_relative_to(self._home()):
            raise InvalidInput({self.name: "第二个文件夹不能在数据文件夹里：那块盘坏了会一起丢。请换一个。"})
        if folder.exists() and not folder.is_dir():
            raise InvalidInput({self.name: f"“{folder.name}”是一个文件，请选一个文件夹。"})

    def clear(self) -> None:
        self.form.set_values({self.name: ""})

    def told(self) -> tuple[tuple[str, str], ...]:
        return ((self.label, self.text() or "先不设，只在本机备份"),)
