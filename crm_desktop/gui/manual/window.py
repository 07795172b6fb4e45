"""使用手册 to read beside the work: contents or what was found at the left, a chapter at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from crm_desktop.domain.manual import BETWEEN_CELLS, Chapter
from crm_desktop.domain.manual_search import Hit, ManualIndex
from crm_desktop.gui import theme
from crm_desktop.gui.manual.contents import ManualContents
from crm_desktop.gui.manual.typesetting import MEASURE, PICTURE, Typesetter
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.screens import free_room
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.line_field import LineField

TITLE = "使用手册"
_WIDTH, _HEIGHT = 1080, 720
_SOON_MS = 120
_NARROWEST = 320


class ManualWindow(QWidget):
    """Belongs to no window, so that no question of the desk holds it up; to ``owner`` where there is no desk yet, and
    then only reads.

    ``procedure_wanted``: 制度. ``pdf_wanted``: the manual as a file.
    """

    procedure_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, chapters: Sequence[Chapter], messages: Messages, owner: QWidget | None = None) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self._chapters = chapters
        self._homes = {heading.text: chapter for chapter in chapters for heading in chapter.headings()}
        self._anchors = {heading.anchor: heading.text for chapter in chapters for heading in chapter.headings()}
        self._index = ManualIndex(chapters)
        self._chapter = chapters[0]
        self._places: dict[str, int] = {}
        self._way: list[tuple[str, int]] = []
        self._picture = ""
        self._search = LineField()
        self._contents = ManualContents(chapters)
        self._page = QTextBrowser()
        self._back = Button("返回", icon="arrow-left")
        self._procedure = Button("制度")
        self._pdf = Button("另存为 PDF", icon="file-type-pdf")
        self._told = ElidedLabel(role="caption")
        self._asking = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._fitting = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._measure = scaled(MEASURE)
        self._lay_out()
        for button in (self._procedure, self._pdf):
            button.setVisible(owner is None)
        self._connect()
        messages.said.connect(self._on_said)
        self.show_heading(chapters[0].title)

    # -- what others may call ------------------------------------------------------------------------------------

    def show_heading(self, heading: str, marks: Sequence[str] = ()) -> None:
        """The page where this heading stands, and there the first of ``marks`` that stands on it.

        A heading that there is not shows the first page.
        """
        chapter = self._homes.get(heading, self._chapters[0])
        if chapter is not self._chapter or self._picture or not self._places:
            self._chapter = chapter
            self._set_page()
        self._contents.choose(chapter, heading)
        self._go_to(self._places.get(heading, 0), marks)

    def chosen(self) -> str:
        """The heading that was gone to last."""
        return self._contents.chosen_heading()

    def read(self, heading: str) -> None:
        """Come to the front with this page."""
        self._search.clear()
        self._way.clear()
        self.show_heading(heading)
        self._tell()
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self._contents.setFocus()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_asked(self) -> None:
        hits = self._index.find(self._search.text())
        self._contents.show_hits(hits, asked=bool(self._search.text().strip()))
        self._tell()

    def _on_enter(self) -> None:
        self._asking.stop()
        self._on_asked()
        self._contents.take_first()

    def _on_hit(self, hit: Hit) -> None:
        cells = [cell for cell in hit.sentence.split(BETWEEN_CELLS) if hit.mark in cell]
        self.show_heading(hit.heading, () if hit.is_heading else (hit.sentence, *cells, hit.mark))

    def _on_heading(self, heading: str) -> None:
        self.show_heading(heading)

    def _on_link(self, link: QUrl) -> None:
        self._way.append((self._chapter.title, self._page.verticalScrollBar().value()))
        told = link.toString()
        if told.startswith(PICTURE):
            self._picture = told.removeprefix(PICTURE)
            self._set_page()
        else:
            self.show_heading(self._anchors.get(told.removeprefix("#"), ""))
        self._tell()

    def _on_back(self) -> None:
        if not self._way:
            return
        title, height = self._way.pop()
        self._picture, self._places = "", {}
        self.show_heading(title)
        self._page.verticalScrollBar().setValue(height)
        self._tell()

    def _on_escape(self) -> None:
        """One step back: from a picture or a link, from what was searched, from the manual."""
        if self._way:
            self._on_back()
        elif self._search.text():
            self._search.clear()
            self._contents.setFocus()
        else:
            self.close()

    def _on_find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _on_down(self) -> None:
        self._contents.setFocus()

    def _on_said(self, message: Message) -> None:
        """The bar named 消息 is in the other window."""
        self._told.setText(message.text)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._places:
            self._fitting.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._free() != self._measure:
            self._fitting.start()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _free(self) -> int:
        """How wide a line may be: no wider than is good to read, no wider than there is room for."""
        return min(scaled(MEASURE), max(self._page.viewport().width(), scaled(_NARROWEST)))

    def _fit(self) -> None:
        """The page again, in the room and the clothes of now."""
        height = self._page.verticalScrollBar().value()
        self._measure = self._free()
        self._set_page()
        self._page.verticalScrollBar().setValue(height)

    def _set_page(self) -> None:
        document = self._page.document()
        document.clear()
        document.setDefaultFont(self._page.font())
        setter = Typesetter(document, self._measure, self._page.devicePixelRatioF())
        if self._picture:
            setter.set_picture(self._picture)
        else:
            setter.set_chapter(self._chapter)
        self._places = setter.places
        wrap = QTextEdit.LineWrapMode
        self._page.setLineWrapMode(wrap.NoWrap if self._picture else wrap.FixedPixelWidth)
        self._page.setLineWrapColumnOrWidth(self._measure)

    def _go_to(self, place: int, marks: Sequence[str]) -> None:
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(place)
        tried = (self._page.document().find(mark, cursor) for mark in marks)
        found = next((one for one in tried if not one.isNull()), QTextCursor())
        at = cursor if found.isNull() else found
        spot = QTextEdit.ExtraSelection()
        spot.cursor = found
        spot.format.setBackground(QColor(theme.colours().soon_ground))
        self._page.setExtraSelections([] if found.isNull() else [spot])
        self._page.setTextCursor(cursor)
        block = self._page.document().findBlock(at.selectionStart())
        top = self._page.document().documentLayout().blockBoundingRect(block).top()
        above = 0 if found.isNull() else self._page.viewport().height() // 3
        self._page.verticalScrollBar().setValue(max(0, round(top) - above - scaled(10)))

    def _tell(self) -> None:
        self._back.setEnabled(bool(self._way))

    def _connect(self) -> None:
        self._search.textChanged.connect(self._asking.start)
        self._search.advance.connect(self._on_enter)
        self._asking.timeout.connect(self._on_asked)
        self._fitting.timeout.connect(self._fit)
        self._contents.chosen.connect(self._on_heading)
        self._contents.hit.connect(self._on_hit)
        self._page.anchorClicked.connect(self._on_link)
        self._back.clicked.connect(self._on_back)
        self._procedure.clicked.connect(self.procedure_wanted)
        self._pdf.clicked.connect(self.pdf_wanted)
        for key, slot in (("Esc", self._on_escape), ("Alt+Left", self._on_back), ("F1", self._on_find)):
            QShortcut(key, self).activated.connect(slot)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._on_find)
        QShortcut("Down", self._search, context=Qt.ShortcutContext.WidgetShortcut).activated.connect(self._on_down)

    def _lay_out(self) -> None:
        self.setWindowTitle(TITLE)
        self.setObjectName("manual")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._search.setAccessibleName("在手册里找")
        self._search.setPlaceholderText("在手册里找：一个词，或拼音首字母（hf 找回访）")
        self._page.setAccessibleName("手册正文")
        self._page.setOpenLinks(False)
        self._page.setUndoRedoEnabled(False)
        head, body, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(PlainLabel(TITLE, "title"))
        head.addWidget(self._search, 1)
        for button in (self._back, self._procedure, self._pdf):
            head.addWidget(button)
        body.addWidget(self._contents)
        body.addWidget(self._page, 1)
        foot.addWidget(self._told, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 18, 10)
        for row in (head, body, foot):
            row.setSpacing(10)
            whole.addLayout(row, int(row is body))
        room = free_room(self)
        self.resize(min(scaled(_WIDTH), room.width()), min(scaled(_HEIGHT), room.height()))
