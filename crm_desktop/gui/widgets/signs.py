"""Small signs: chips, banners, steps and figures. Colour never stands alone, a word is always on it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.gui import theme
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip, show_if


def dress(widget: QWidget, tone: Tone | None) -> None:
    """Give a widget the colours its QSS has for a tone; one that was never painted takes them by itself."""
    wanted = tone.value if tone else ""
    if wanted == (widget.property("tone") or ""):
        return
    widget.setProperty("tone", wanted)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Chip(PlainLabel):
    """A word on a coloured ground: 超期 18 分钟, VIP, 已解决."""

    def __init__(self, text: str = "", tone: Tone = Tone.GREY) -> None:
        super().__init__(text, "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setProperty("tone", tone.value)
        show_if(self, bool(text))

    def say(self, text: str, tone: Tone) -> None:
        """Another word; without one the chip is gone."""
        self.setText(text)
        dress(self, tone)
        show_if(self, bool(text))


class Part(NamedTuple):
    """One piece of a banner: plain, ``strong`` (who stands there), ``quiet``, or a chip where it has a ``tone``.

    ``tip`` is what a chip tells to whoever points at it.
    """

    text: str
    strong: bool = False
    quiet: bool = False
    tone: Tone | None = None
    tip: str = ""


# A stretch item asks for nothing itself: the others get their room, it takes what is left before the empty end does.
_FIRST_SERVED = 1000


class Banner(QFrame):
    """One line that says who stands there and what matters now; nothing at all if there is nothing."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName("banner")
        self._name = name
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(14, 7, 14, 7)
        self._line.setSpacing(16)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, parts: Sequence[Part], tone: Tone = Tone.SOON) -> None:
        """Say these pieces from left to right; where room is short the strong one gives way, cut in its middle."""
        _empty(self._line)
        for part in parts:
            self._line.addWidget(_made(part), _FIRST_SERVED if part.strong else 0)
        self._line.addStretch(1)
        dress(self, tone)
        words = "，".join(part.text for part in parts)
        self.setAccessibleName(f"{self._name} {words}".strip())
        show_if(self, bool(parts))


class StepState(Enum):
    """Where a step stands."""

    DONE = "已完成"
    CURRENT = "进行中"
    AHEAD = "未开始"


class StepRow(QWidget):
    """The milestones as a row of arrows: 登记 > 移交 > 响应 …, painted in the tone of their state."""

    def __init__(self, name: str = "进度") -> None:
        super().__init__()
        self._name = name
        self._steps: tuple[tuple[str, StepState], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[tuple[str, StepState]]) -> None:
        """The words and their states, first to last."""
        self._steps = tuple(steps)
        self.setAccessibleName(f"{self._name}：" + "，".join(f"{word} {state.value}" for word, state in steps))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._width(word) for word, _ in self._steps) + scaled(8), scaled(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        left = 0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, (word, state) in enumerate(self._steps):
                self._paint_step(painter, left, word, state, first=place == 0)
                left += self._width(word)

    def _paint_step(self, painter: QPainter, left: int, word: str, state: StepState, first: bool) -> None:
        ink, ground = _step_colours(state)
        width, height, tip = self._width(word) - 3, self.height(), scaled(8)
        corners = [QPoint(left, 0), QPoint(left + width, 0), QPoint(left + width + tip, height // 2)]
        corners += [QPoint(left + width, height), QPoint(left, height)]
        if not first:
            corners.append(QPoint(left + tip, height // 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawPolygon(QPolygon(corners))
        font = self.font()
        font.setPixelSize(scaled(12))
        font.setBold(state is StepState.CURRENT)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        room = self.rect().adjusted(left + (0 if first else tip // 2), 0, 0, 0)
        room.setWidth(width + tip - (0 if first else tip // 2))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)

    def _width(self, word: str) -> int:
        return self.fontMetrics().horizontalAdvance(word) + scaled(28)


class Figure(QPushButton):
    """A live number with its name; ``clicked`` to open the list it counts."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("figure")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name = name
        self._number = PlainLabel("–", "figure")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setSpacing(0)
        for label in (PlainLabel(name, "caption"), self._number):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def say(self, number: str, tone: Tone | None = None) -> None:
        """The number as text, coloured only where it calls for something."""
        self._number.setText(number)
        dress(self._number, tone)
        self.setAccessibleDescription(number)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()


def _made(part: Part) -> QWidget:
    if part.tone is not None:
        chip = Chip(part.text, part.tone)
        chip.setToolTip(plain_tooltip(part.tip))
        return chip
    cut = Qt.TextElideMode.ElideMiddle if part.strong else Qt.TextElideMode.ElideRight
    label = ElidedLabel(part.text, "heading" if part.strong else "quiet" if part.quiet else "", cut)
    label.setMaximumWidth(label.sizeHint().width() + 2)
    return label


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _step_colours(state: StepState) -> tuple[str, str]:
    colours = theme.colours()
    if state is StepState.CURRENT:
        return colours.on_accent, colours.accent
    return colours.pair(Tone.DONE if state is StepState.DONE else Tone.GREY)
