"""打印 in 设置: 套打 of 《抱怨/投诉单》 on this computer, with its millimetres and a test page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.print_style import FARTHEST, Shift
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.print_memory import PrintMemory
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card

KIND = "抱怨投诉单"
_TOLD = (
    "套打只印填写的内容，单子本身已经印在纸上（照“打印空白单”印制的）。预览里单子是灰的，打出来只有内容；续页仍印在白纸上。",
    "先按“打印测试页”，把它和印好的单子对着光重叠：红框偏左、偏上几毫米，右移、下移就各加几毫米，偏右、偏下就写负数。",
    "打印机和份数不用在这里设：每种单子上次用哪台打印机、打几份、是不是一式两联，这台电脑都记着。",
)
_WRONG = "请填毫米数，如 1.5 或 -2，最多 30。"


class PrintCard(Card):
    """``test_wanted`` carries the ``Shift`` the test page is to be printed with."""

    test_wanted = Signal(object)

    def __init__(self, memory: PrintMemory, messages: Messages) -> None:
        super().__init__()
        self._memory, self._messages = memory, messages
        shift = memory.shift(KIND)
        self._form = FieldForm(columns=3)
        self._form.add_choice("on", "投诉单套打", ((False, "不用"), (True, "用")), memory.uses_stock(KIND))
        self._form.add_line("right", "右移（毫米）")
        self._form.add_line("down", "下移（毫米）")
        self._form.set_values({"right": f"{shift.right:g}", "down": f"{shift.down:g}"})
        self._save = Button("保存套打", weight=Weight.MAIN)
        self._test = Button("打印测试页")
        self._save.clicked.connect(self._on_save)
        self._test.clicked.connect(self._on_test)
        self._lay_out()

    def _shift(self) -> Shift | None:
        """The millimetres as typed; None, and told at the field, where they are none."""
        found, wrong = [], {}
        for name in ("right", "down"):
            try:
                found.append(float(self._form.typed()[name].strip().replace("，", ".") or 0))
            except ValueError:
                wrong[name] = _WRONG
                continue
            if not abs(found[-1]) <= FARTHEST:
                wrong[name] = _WRONG
        self._form.show_errors(wrong)
        return None if wrong else Shift(*found)

    def _on_save(self) -> None:
        shift = self._shift()
        if shift is not None:
            on = self._form.field("on").value() is True
            self._memory.keep_stock(KIND, on, shift)
            self._form.mark_saved()
            told = "预览投诉单时可以勾“套打”。" if on else "投诉单照常整张打印。"
            self._messages.done(f"已保存在这台电脑上：{told}")

    def _on_test(self) -> None:
        shift = self._shift()
        if shift is not None:
            self.test_wanted.emit(shift)

    def _lay_out(self) -> None:
        self.add(self._form)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self._save, self._test):
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        for sentence in _TOLD:
            label = PlainLabel(sentence, "caption")
            label.setWordWrap(True)
            self.add(label)
        self.body.addStretch(1)
