"""First start: three words about the dealership, or a look at the sample data first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.settings import Settings


class WelcomeDialog(QDialog):
    """Asks for name, code and brand; ``sample_wanted`` opens the sample home instead."""

    sample_wanted = Signal()

    def __init__(self, settings: Settings, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._session = session
        self._form = FieldForm(columns=1)
        self._sample = Button("先看看演示数据")
        self._begin = Button("开始使用", "Ctrl+S", Weight.MAIN)
        self._lay_out()
        self._sample.clicked.connect(self._on_sample)
        self._begin.clicked.connect(self._on_begin)

    def _on_begin(self) -> None:
        values = self._form.values()
        try:
            if not str(values["name"]).strip():
                raise InvalidInput({"name": "请填经销商名称，它会印在每张单子和报表上。"})
            changes = {f"dealership.{name}": str(value) for name, value in values.items()}
            self._settings.change(changes, self._session.act("首次启动"))
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields or {"name": refusal.sentence})
            return
        except DeskError as refusal:
            self._form.show_errors({"name": refusal.sentence})
            return
        self.accept()

    def _on_sample(self) -> None:
        self.sample_wanted.emit()
        self.reject()

    def _lay_out(self) -> None:
        self.setWindowTitle("客诉管家 – 首次启动")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form.add_line("name", "经销商名称", "如 某某汽车销售服务有限公司")
        self._form.add_line("code", "经销商代码")
        self._form.add_line("brand", "品牌")
        buttons = QHBoxLayout()
        buttons.addWidget(self._sample)
        buttons.addStretch(1)
        buttons.addWidget(self._begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel("欢迎使用客诉管家", "title"))
        told = PlainLabel("先写上店名，它会印在每张单子和报表上；以后可以在“设置”里改。", "caption")
        told.setWordWrap(True)
        layout.addWidget(told)
        layout.addWidget(self._form)
        layout.addLayout(buttons)
        self.setMinimumWidth(460)
