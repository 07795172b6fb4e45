"""Sets a chapter of 使用手册 as Qt's own blocks, lists and tables: nothing is parsed as markup, nothing is loaded."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)

from crm_desktop.domain.manual import Block, Chapter, Grid, Heading, Items, Picture, Run, Runs, Words, picture_bytes
from crm_desktop.gui import theme
from crm_desktop.gui.theme import scaled

PICTURE = "picture:"
"""How a link to a picture begins; its name follows."""
MEASURE = 760
"""How wide a line of the manual is, at the base size."""
_TEXT, _SMALL = 14, 12
_HEADINGS = {1: (21, 0, 6), 2: (17, 22, 4), 3: (15, 14, 2)}
"""Size, space above and below, of each level."""
_LEADING, _MARGIN = 115.0, 20
_INDENT = 24
_PADDING = 7.0
_NARROWEST, _WIDEST = 6, 30
"""Letters by which the columns of a table share its width."""


class Typesetter:
    """One chapter into one empty document, in the present palette and size of type."""

    def __init__(self, document: QTextDocument, measure: int, ratio: float) -> None:
        """``measure``: how wide a line is; ``ratio``: how many pixels of the display a logical one has."""
        self.places: dict[str, int] = {}
        """Where each heading begins."""
        self._document, self._ratio = document, ratio
        self._widest = measure - scaled(2 * _MARGIN)
        self._wear = theme.colours()
        document.setIndentWidth(scaled(_INDENT))
        document.setDocumentMargin(scaled(_MARGIN))
        self._cursor = QTextCursor(document)

    def set_chapter(self, chapter: Chapter) -> None:
        """Everything of it."""
        self._cursor.beginEditBlock()
        for block in chapter.blocks:
            self._set(block)
        self._cursor.endEditBlock()

    def set_picture(self, name: str) -> None:
        """A picture alone, in its own size."""
        self._begin(_spaced(0, 8))
        self._image(name)

    # -- kinds of blocks -----------------------------------------------------------------------------------------

    def _set(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Words():
                self._words(block)
            case Items():
                self._items(block)
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)

    def _heading(self, block: Heading) -> None:
        size, above, below = _HEADINGS[block.level]
        shape = _spaced(above, below)
        shape.setHeadingLevel(block.level)
        self._begin(shape)
        self.places[block.text] = self._cursor.position()
        look = self._look(size)
        look.setFontWeight(QFont.Weight.Bold)
        if block.level == 2:
            look.setForeground(QColor(self._wear.accent))
        self._cursor.insertText(block.text, look)

    def _words(self, block: Words) -> None:
        if not block.note:
            self._begin(_spaced(4, 4))
            self._runs(block.runs)
            return
        shape = self._table_shape([100.0])
        shape.setBackground(QColor(self._wear.accent_ground))
        shape.setBorder(0)
        self._space()
        self._cursor.insertTable(1, 1, shape)
        self._cursor.setBlockFormat(_spaced(0, 0))
        self._runs(block.runs)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _items(self, block: Items) -> None:
        shape = QTextListFormat()
        shape.setIndent(1)
        shape.setStyle(QTextListFormat.Style.ListDecimal if block.first else QTextListFormat.Style.ListDisc)
        if block.first:
            shape.setStart(block.first)
        held = None
        for row in block.rows:
            self._begin(_spaced(2, 2))
            self._cursor.setBlockCharFormat(self._look(_TEXT))  # the mark is as large as the words
            if held is None:
                held = self._cursor.createList(shape)
            else:
                held.add(self._cursor.block())
            self._runs(row)

    def _grid(self, block: Grid) -> None:
        self._space()
        table = self._cursor.insertTable(
            len(block.rows) + 1, len(block.head), self._table_shape(_shares(block), header=True)
        )
        for column, word in enumerate(block.head):
            look = self._look(_SMALL, QColor(self._wear.caption))
            self._cell(table.cellAt(0, column).firstCursorPosition(), (Run(word),), look)
            ground = table.cellAt(0, column).format()
            ground.setBackground(QColor(self._wear.grey_ground))
            table.cellAt(0, column).setFormat(ground)
        for row, cells in enumerate(block.rows, 1):
            for column, runs in enumerate(cells):
                self._cell(table.cellAt(row, column).firstCursorPosition(), runs, self._look(_TEXT))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _picture(self, block: Picture) -> None:
        shape = _spaced(10, 0)
        shape.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        self._begin(shape)
        self._image(block.name, self._widest)
        self._begin(_spaced(2, 12))
        self._cursor.insertText(f"{block.caption}（点图看大图）", self._look(_SMALL, QColor(self._wear.caption)))

    # -- pieces --------------------------------------------------------------------------------------------------

    def _begin(self, shape: QTextBlockFormat) -> None:
        """A new block, or the empty one that the document begins with and every table leaves behind it."""
        if self._cursor.block().length() > 1:
            self._cursor.insertBlock(shape, QTextCharFormat())
        else:
            self._cursor.setBlockFormat(shape)

    def _space(self) -> None:
        """A narrow line before a table, which has no space of its own above it."""
        shape = _spaced(0, 0)
        shape.setLineHeight(scaled(6), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._begin(shape)

    def _cell(self, cursor: QTextCursor, runs: Runs, look: QTextCharFormat) -> None:
        cursor.setBlockFormat(_spaced(0, 0))
        self._runs(runs, cursor, look)

    def _runs(self, runs: Runs, cursor: QTextCursor | None = None, usual: QTextCharFormat | None = None) -> None:
        for run in runs:
            look = QTextCharFormat(usual or self._look(_TEXT))
            if run.label:
                look.setFontWeight(QFont.Weight.Bold)
            if run.key:
                look.setBackground(QColor(self._wear.grey_ground))
            if run.link:
                look.setAnchor(True)
                look.setAnchorHref(f"#{run.link}")
                look.setForeground(QColor(self._wear.accent))
                look.setFontUnderline(True)
            (cursor or self._cursor).insertText(run.text, look)

    def _image(self, name: str, widest: int = 0) -> None:
        """No wider than ``widest``, a link to itself; without it the picture in its own size."""
        whole = QImage.fromData(picture_bytes(name))
        if whole.isNull():
            return
        width = min(whole.width(), widest) if widest else whole.width()
        wanted = round(width * self._ratio)
        if wanted < whole.width():
            whole = whole.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
        look = QTextImageFormat()
        look.setName(name)
        look.setWidth(width)
        look.setHeight(round(whole.height() * width / whole.width()))
        if widest:
            look.setAnchor(True)
            look.setAnchorHref(f"{PICTURE}{name}")
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), whole)
        self._cursor.insertImage(look)

    def _look(self, size: int, ink: QColor | None = None) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setProperty(QTextCharFormat.Property.FontPixelSize.value, scaled(size))
        look.setForeground(ink or QColor(self._wear.text))
        return look

    def _table_shape(self, shares: list[float], *, header: bool = False) -> QTextTableFormat:
        shape = QTextTableFormat()
        shape.setCellPadding(scaled(int(_PADDING)))
        shape.setCellSpacing(0)
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QBrush(QColor(self._wear.line)))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        shape.setHeaderRowCount(int(header))
        return shape


def _spaced(above: int, below: int) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setTopMargin(scaled(above))
    shape.setBottomMargin(scaled(below))
    shape.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return shape


def _shares(block: Grid) -> list[float]:
    """The columns share the width by their longest cells, none of them getting next to nothing."""
    cells = [[len(word)] for word in block.head]
    for row in block.rows:
        for column, runs in enumerate(row):
            cells[column].append(sum(len(run.text) for run in runs))
    letters = [min(max(*column, _NARROWEST), _WIDEST) for column in cells]
    return [100 * count / sum(letters) for count in letters]
