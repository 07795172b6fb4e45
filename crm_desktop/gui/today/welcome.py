"""What an empty desk says: what this page will show, and the ways to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.today import NAME
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card

_SET_UP = "店名印在单子上，移交、关闭要有员工：几步填好，店名以外都可以跳过。"
_REST = "还没有填{}；几步填好，每步都可以跳过。"
_WAYS = (
    "有客户在面前：记下他的原话，再加姓名、电话、车牌中的一项就能登记。",
    "已有 Excel 或 CSV 台账：选文件、看结果，原来的单号都会保留。",
    "先看看用起来怎样：打开一份单独的演示数据，和真实数据不会混在一起。",
)


class Welcome(QWidget):
    """Stands in the middle of the page while nothing has been entered; its signals are wishes."""

    set_up_wanted = Signal()
    new_complaint_wanted = Signal()
    import_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._set_up, self._rest = Button("首次设置"), PlainLabel(_SET_UP, "label")
        self._register = Button("新建抱怨单", weight=Weight.MAIN)
        self._import = Button("导入已有记录")
        self._demo = Button("打开演示数据")
        self._lay_out()
        self._set_up.clicked.connect(self.set_up_wanted)
        self._register.clicked.connect(self.new_complaint_wanted)
        self._import.clicked.connect(self.import_wanted)
        self._demo.clicked.connect(self.demo_wanted)

    def show_untold(self, words: Sequence[str]) -> None:
        """首次设置 stands there only for what it has not been told; before anything is told it says what it is for."""
        self._set_up.setVisible(bool(words))
        self._rest.setVisible(bool(words))
        self._rest.setText(_REST.format("、".join(words)) if NAME not in words else _SET_UP)

    def take_focus(self) -> None:
        """The keyboard on the first way to begin."""
        self._register.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        card = Card()
        card.setFixedWidth(scaled(620))
        card.body.setContentsMargins(32, 24, 32, 32)
        card.body.setSpacing(6)
        card.add(PlainLabel("这里每天告诉您先办哪几件", "title"))
        card.add(PlainLabel("未关闭的抱怨单、今天要打的回访、还在修的返修车，都会列在这一页。", "caption"))
        card.body.addSpacing(14)
        ways = QGridLayout()
        ways.setHorizontalSpacing(16)
        ways.setVerticalSpacing(14)
        ways.setColumnStretch(1, 1)
        labels = (self._rest, *(PlainLabel(words, "label") for words in _WAYS))
        buttons = (self._set_up, self._register, self._import, self._demo)
        for row, (button, label) in enumerate(zip(buttons, labels, strict=True)):
            label.setWordWrap(True)
            ways.addWidget(button, row, 0, Qt.AlignmentFlag.AlignVCenter)
            ways.addWidget(label, row, 1)
        card.body.addLayout(ways)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
