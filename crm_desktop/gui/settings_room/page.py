"""设置: what stands on every print, who works here, and the backups."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.settings_room.backup_card import BackupCard
from crm_desktop.gui.settings_room.people_card import PeopleCard, PeopleDesk
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card, Page, PageHead
from crm_desktop.services.settings import SCAN_FOLDER, Settings

SCREEN = "设置"
_DEALERSHIP = (
    ("name", "经销商名称", 2),
    ("code", "经销商代码", 1),
    ("brand", "品牌", 1),
    ("address", "地址", 3),
    ("phone", "服务电话", 1),
)
_SHORT = {
    Paper.REGISTER: "登记表",
    Paper.COMPLAINT: "投诉单",
    Paper.SOLUTION: "解决方案",
    Paper.CONFIRMATION: "解决确认书",
    Paper.EVALUATION: "有效性评估",
    Paper.MONTHLY: "月度报告",
}
"""Where the whole title of a paper is too long for a label."""


class SettingsPage(Page):
    """``saved``: the dealership's words changed. ``staff_changed``: somebody came or left. ``import_wanted``,
    ``sample_wanted``, ``rules_wanted``, ``procedure_wanted``, ``surveys_wanted``: the buttons of those names.
    ``code_wanted``: a recovery code and whose it is are to be printed. ``restore_wanted``: a backup and its code."""

    saved = Signal()
    staff_changed = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()
    blank_wanted = Signal()
    rules_wanted = Signal()
    code_wanted = Signal(str, str)
    procedure_wanted = Signal()
    surveys_wanted = Signal()
    restore_wanted = Signal(object, str)

    def __init__(
        self, settings: Settings, people: PeopleDesk, backups: BackupCard, session: Session, messages: Messages
    ) -> None:
        head = PageHead("设置")
        super().__init__(head)
        self._settings, self._session, self._messages = settings, session, messages
        self._form = FieldForm(columns=4)
        self._shown: dict[str, str] = {}
        self._logo = PlainLabel(role="caption")
        self._choose_logo = Button("选择标志图片")
        self._drop_logo = Button("去掉标志", weight=Weight.QUIET)
        self._choose_folder = Button("选文件夹…")
        self._people, self._backups = PeopleCard(people, settings, session, messages), backups
        self._tabs = Book()
        self._rules = head.add_button(Button("规则"))
        self._procedure = head.add_button(Button("制度"))
        self._surveys = head.add_button(Button("电话调查"))
        self._import = head.add_button(Button("导入已有记录"))
        self._blank = head.add_button(Button("打印空白单"))
        self._sample = head.add_button(Button("打开演示数据"))
        self._save = Button("保存", "Ctrl+S", Weight.MAIN)
        self._lay_out()
        self._connect()
        self.refresh()
        keeping = Keeping(session, "设置", self._form, self)
        keeping.told.connect(messages.note)
        keeping.turn_to("")

    def refresh(self) -> None:
        """Shows what is kept."""
        self._shown = kept = self._settings.values()
        self._form.set_values({name.replace(".", "_"): value for name, value in kept.items() if name in self._names()})
        self._show_logo()
        self._people.refresh()

    def turn_to(self, title: str) -> None:
        """One of the tabs, by its word."""
        self._tabs.setCurrentIndex([self._tabs.tabText(place) for place in range(self._tabs.count())].index(title))

    def unsaved(self) -> str:
        """What would be lost on leaving."""
        held = ("店名和文件编号还没有保存" if self._form.dirty else "", self._people.unsaved())
        return "，".join(filter(None, held))

    def add_tab(self, title: str, card: Card) -> None:
        """Another tab behind those of the dealership."""
        self._tabs.addTab(card, title)

    def _names(self) -> dict[str, str]:
        papers = {f"paper.{p}.{part}": "" for p in Paper for part in ("document_number", "version")}
        return {**{f"dealership.{part}": "" for part, _label, _span in _DEALERSHIP}, **papers, SCAN_FOLDER: ""}

    def _on_save(self) -> None:
        try:
            values = self._form.values()
            typed = {name: str(values[name.replace(".", "_")]) for name in self._names()}
            mine = {name: text for name, text in typed.items() if text != self._shown.get(name, "")}
            self._settings.change(mine, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._shown |= mine
        self._form.mark_saved()
        self._messages.done("设置已保存，之后打印的每张纸都用新的内容。")
        self.saved.emit()

    def _on_choose_logo(self) -> None:
        path = self._messages.choose_open("选择标志图片", ["图片 (*.png *.jpg *.jpeg)"])
        if path is not None:
            try:
                self._keep_logo(path.read_bytes())
            except OSError:
                self._messages.refused(f"读不出图片“{path.name}”，请换一张。")

    def _on_choose_folder(self) -> None:
        path = self._messages.choose_folder("扫描文件夹")
        if path is not None:
            self._form.field("scan_folder").set_typed(str(path))

    def _on_drop_logo(self) -> None:
        self._keep_logo(b"")

    def _keep_logo(self, picture: bytes) -> None:
        try:
            self._settings.set_logo(picture, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._show_logo()
        self._messages.done("标志已保存，之后打印的每张纸都带上它。" if picture else "标志已去掉。")

    def _show_logo(self) -> None:
        has_logo = self._settings.letterhead(Paper.COMPLAINT).logo is not None
        self._logo.setText("已设标志，会印在每张纸上" if has_logo else "没有标志")
        self._drop_logo.setEnabled(has_logo)

    def _lay_out(self) -> None:
        for name, label, span in _DEALERSHIP:
            self._form.add_line(f"dealership_{name}", label, span=span)
        for paper in Paper:
            self._form.add_line(f"paper_{paper}_document_number", f"{_short(paper)}文件编号")
            self._form.add_line(f"paper_{paper}_version", f"{_short(paper)}版本")
        self._form.new_row()
        self._form.add_line("scan_folder", "扫描文件夹", "签过字的单子扫描到哪个文件夹，如 D:\\扫描", span=4)
        self._form.put_beside("scan_folder", self._choose_folder)
        prints = Card("每张纸上的内容")
        prints.add(self._form)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._save)
        foot.addStretch(1)
        for widget in (self._logo, self._choose_logo, self._drop_logo):
            foot.addWidget(widget)
        prints.body.addLayout(foot)
        prints.body.addStretch(1)
        self._tabs.tabBar().setAccessibleName("设置")
        for card, title in ((prints, "每张纸"), (self._people, "员工"), (self._backups, "备份")):
            self._tabs.addTab(card, title)
        self.body.addWidget(self._tabs, 1)

    def _connect(self) -> None:
        self._backups.restore_wanted.connect(self.restore_wanted)
        self._save.clicked.connect(self._on_save)
        self._choose_logo.clicked.connect(self._on_choose_logo)
        self._drop_logo.clicked.connect(self._on_drop_logo)
        self._choose_folder.clicked.connect(self._on_choose_folder)
        self._people.moved.connect(self.staff_changed)
        self._people.code_wanted.connect(self.code_wanted)
        self._rules.clicked.connect(self.rules_wanted)
        self._procedure.clicked.connect(self.procedure_wanted)
        self._surveys.clicked.connect(self.surveys_wanted)
        self._import.clicked.connect(self.import_wanted)
        self._blank.clicked.connect(self.blank_wanted)
        self._sample.clicked.connect(self.sample_wanted)


def _short(paper: Paper) -> str:
    return _SHORT.get(paper, PAPER_TITLES[paper])
