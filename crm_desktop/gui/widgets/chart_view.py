"""A chart on screen: painted from the same shapes as on paper; a click or Enter opens what a column stands for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.domain.chart_layout import drawn, height_of
from crm_desktop.domain.chart_shapes import NOWHERE, Box, Dot, Frame, Shape, Stroke, Words
from crm_desktop.domain.charts import Chart, ChartKind, Ink
from crm_desktop.gui.theme import Colours, colours, scaled
from crm_desktop.gui.widgets.line_field import ENTER

_SIZE = 12
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_TINT = 40


class ChartView(QWidget):
    """``opened`` carries the key of the label that was clicked, or on which Enter was pressed."""

    opened = Signal(str)

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self._place = NOWHERE
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.told())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(bool(chart.keys))
        if chart.keys:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(round(height_of(chart, 60 * self._size, self._size)))

    @property
    def chart(self) -> Chart:
        """What is shown."""
        return self._chart

    @property
    def _size(self) -> float:
        return float(scaled(_SIZE))

    def label_at(self, at: QPointF) -> int:
        """Which label a point belongs to, or ``NOWHERE``."""
        for place, area in enumerate(self._areas()):
            if area.contains(at):
                return place
        return NOWHERE

    def area_of(self, place: int) -> QRectF:
        """Where a label's column or bar may be clicked."""
        return self._areas()[place]

    # -- Qt's own ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(scaled(480), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wear = colours()
        if self._place != NOWHERE:
            painter.fillRect(self._areas()[self._place], QColor(wear.hover))
        for shape in self._shapes():
            _paint(painter, shape, wear)
        if self.hasFocus():
            painter.setPen(QPen(QColor(wear.accent), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._stand_on(self.label_at(event.position()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._opens() else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self._stand_on(NOWHERE)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._stand_on(self.label_at(event.position()))
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in ENTER:
            self._open()
        elif event.key() in step and self._chart.labels:
            self._stand_on((max(self._place, 0 if self._place >= 0 else -1) + step[Qt.Key(event.key())])
                           % len(self._chart.labels))  # fmt: skip
        else:
            super().keyPressEvent(event)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _stand_on(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.update()

    def _opens(self) -> bool:
        keys = self._chart.keys
        return 0 <= self._place < len(keys) and bool(keys[self._place])

    def _open(self) -> None:
        if self._opens():
            self.opened.emit(self._chart.keys[self._place])

    def _shapes(self) -> tuple[Shape, ...]:
        return drawn(self._chart, Frame(self.width() - 2.0, float(self.height()), self._size, self._measured))

    def _measured(self, text: str, size: float) -> float:
        return QFontMetricsF(_font(self.font(), size)).horizontalAdvance(text)

    def _areas(self) -> list[QRectF]:
        """Of every label: the whole slot of a column, the whole line of a bar, the surroundings of a radar's point."""
        many, height, width = len(self._chart.labels), float(self.height()), float(self.width())
        found = [QRectF() for _ in range(many)]
        for shape in self._shapes():
            if isinstance(shape, Box) and shape.place != NOWHERE:
                area = QRectF(shape.x - 4, 0, shape.width + 8, height)
                if self._chart.kind is ChartKind.BARS:
                    area = QRectF(0, shape.y - 2, width, shape.height + 4)
                found[shape.place] = found[shape.place].united(area)
            elif isinstance(shape, Dot) and shape.place != NOWHERE and found[shape.place].isNull():
                found[shape.place] = QRectF(shape.x - 12, shape.y - 12, 24, 24)
        return found


def _paint(painter: QPainter, shape: Shape, wear: Colours) -> None:
    ink = _colour(shape.ink, wear)
    match shape:
        case Box():
            painter.fillRect(QRectF(shape.x, shape.y, shape.width, shape.height), ink)
        case Stroke():
            _paint_stroke(painter, shape, ink)
        case Dot():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        case Words():
            painter.setPen(ink)
            painter.setFont(_font(painter.font(), shape.size, bold=shape.bold))
            wide = 2000.0
            left = {"left": shape.x, "centre": shape.x - wide / 2, "right": shape.x - wide}[shape.side]
            room = QRectF(left, shape.y - shape.size, wide, 2 * shape.size)
            painter.drawText(room, _ALIGNS[shape.side] | Qt.AlignmentFlag.AlignVCenter, shape.text)


def _paint_stroke(painter: QPainter, shape: Stroke, ink: QColor) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in shape.points])
    painter.setPen(QPen(ink, shape.width * 1.2, Qt.PenStyle.DashLine if shape.dashed else Qt.PenStyle.SolidLine))
    if shape.tint:
        breath = QColor(ink)
        breath.setAlpha(_TINT)
        painter.setBrush(breath)
        painter.drawPolygon(points)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)


def _font(like: QFont, size: float, *, bold: bool = False) -> QFont:
    font = QFont(like)
    font.setPixelSize(round(size))
    font.setBold(bold)
    return font


def _colour(ink: Ink, wear: Colours) -> QColor:
    names = {
        Ink.MAIN: wear.accent,
        Ink.SECOND: wear.second,
        Ink.LATE: wear.late,
        Ink.SOON: wear.soon,
        Ink.DONE: wear.done,
        Ink.QUIET: wear.strong_line,
        Ink.TEXT: wear.text,
        Ink.CAPTION: wear.caption,
        Ink.LINE: wear.line,
    }
    return QColor(names[ink])
