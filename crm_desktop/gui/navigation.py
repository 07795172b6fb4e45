"""The band at the left: who we are, the rooms with their counters, and who is at the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.gui import icons, theme
from crm_desktop.gui.theme import NAVIGATION_WIDTH, ROW_HEIGHT, scaled
from crm_desktop.gui.widgets.buttons import press_by
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel


class Entry(NamedTuple):
    """One room: its name, its icon, and how it is built when it is first entered."""

    name: str
    icon: str
    build: Callable[[], QWidget]


class Navigation(QFrame):
    """The list of rooms. ``wanted`` carries the name of the one pressed; Ctrl+1 to Ctrl+9 press them too."""

    wanted = Signal(str)

    def __init__(self, product: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self._product = PlainLabel(product)
        self._product.setObjectName("product")
        self._dealer = ElidedLabel(role="caption")
        self._person = ElidedLabel()
        self._clock = PlainLabel(role="caption")
        self._buttons = {entry.name: NavigationButton(entry) for entry in entries}
        for number, button in enumerate(self._buttons.values(), 1):
            press_by(button, f"Ctrl+{number}")
            button.clicked.connect(self._on_clicked)
        self._lay_out()

    def mark(self, name: str) -> None:
        """Show which room is open."""
        for other, button in self._buttons.items():
            button.set_current(other == name)

    def set_count(self, name: str, count: int) -> None:
        """The red number behind a room's name: what waits there; 0 takes it away."""
        self._buttons[name].set_count(count)

    def set_dealer(self, name: str) -> None:
        """The dealership under the product's name."""
        self._dealer.setText(name)

    def set_person(self, words: str) -> None:
        """Who is at the desk: 王敏 · 服务顾问."""
        self._person.setText(words)

    def set_foot(self, words: str) -> None:
        """The line under the person: F9 换人 · 14:32."""
        self._clock.setText(words)

    def fit(self) -> None:
        """Take the width that belongs to the present font."""
        self.setFixedWidth(scaled(NAVIGATION_WIDTH))

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QAbstractButton)  # noqa: S101 - only our buttons are connected
        self.wanted.emit(button.text())

    def _lay_out(self) -> None:
        self.fit()
        head = QVBoxLayout()
        head.setContentsMargins(10, 0, 10, 8)
        head.setSpacing(1)
        head.addWidget(self._product)
        head.addWidget(self._dealer)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 0)
        foot.setSpacing(1)
        foot.addWidget(self._person)
        foot.addWidget(self._clock)
        line = QFrame()
        line.setProperty("role", "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 16, 8, 16)
        layout.setSpacing(2)
        layout.addLayout(head)
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(line)
        layout.addLayout(foot)


class NavigationButton(QPushButton):
    """One room in the list, painted by itself: icon, name, and a red badge with what waits there."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.name)
        self._icon = entry.icon
        self._count = 0
        self._current = False
        self.setAccessibleName(entry.name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """What waits there; 0 shows nothing."""
        self._count = count
        self._tell()

    def set_current(self, current: bool) -> None:
        """Whether this room is the open one."""
        self._current = current
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(0, scaled(ROW_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.colours()
        ink = colours.accent if self._current else colours.text
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            size = scaled(icons.SIZE)
            picture = icons.pixmap(self._icon, ink if self._current else colours.caption, size, self.devicePixelRatio())
            painter.drawPixmap(scaled(10), (self.height() - size) // 2, picture)
            font = self.font()
            font.setBold(self._current)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            room = self.rect().adjusted(scaled(35), 0, 0, 0)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self.text())
            if self._count:
                self._paint_badge(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        colours = theme.colours()
        inside = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(QColor(colours.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self._current or self.isDown():
            painter.setBrush(QColor(colours.accent_ground))
        elif self.underMouse():
            painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(inside, 6, 6)

    def _paint_badge(self, painter: QPainter) -> None:
        colours = theme.colours()
        words = str(self._count) if self._count < 100 else "99+"
        font = self.font()
        font.setPixelSize(scaled(11))
        font.setBold(True)
        painter.setFont(font)
        height = scaled(17)
        width = max(height + 1, painter.fontMetrics().horizontalAdvance(words) + scaled(11))
        place = QRect(self.width() - width - scaled(8), (self.height() - height) // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.badge))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(QColor(colours.on_badge))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _tell(self) -> None:
        words = ["当前页"] if self._current else []
        words += [f"{self._count} 件"] if self._count else []
        self.setAccessibleDescription("，".join(words))
        self.update()
