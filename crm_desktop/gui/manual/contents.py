"""The left side of 使用手册: chapters and the headings of the one that is open, or the sentences that were found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.manual import Chapter
from crm_desktop.domain.manual_search import Hit
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import PlainLabel

_WIDTH, _ROW, _LINE = 260, 27, 19
_LETTERS = 17
"""Of a sentence stand on one line."""
_INDENT = "　"
_HELD = Qt.ItemDataRole.UserRole
_NOTHING = "没有找到。换一个词，或换成短一点的词。"


class ManualContents(QWidget):
    """``chosen`` carries a heading, ``hit`` what was found and where."""

    chosen = Signal(str)
    hit = Signal(object)

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        super().__init__()
        self._chapters = chapters
        self._open: Chapter | None = None
        self._contents, self._hits = _List("目录"), _List("找到的")
        self._told = PlainLabel("", "caption")
        self._stack = QStackedWidget()
        self._lay_out()
        self._contents.currentItemChanged.connect(self._on_heading)
        self._contents.itemActivated.connect(self._on_heading)
        self._hits.currentItemChanged.connect(self._on_hit)
        self._hits.itemActivated.connect(self._on_hit)

    def choose(self, chapter: Chapter, heading: str) -> None:
        """Show where one is, without going anywhere."""
        self._contents.blockSignals(True)
        if chapter is not self._open:
            self._fill(chapter)
        for row in range(self._contents.count()):
            if self._contents.item(row).data(_HELD) == heading:
                self._contents.setCurrentRow(row)
        self._contents.blockSignals(False)

    def chosen_heading(self) -> str:
        """Where one is."""
        item = self._contents.currentItem()
        return str(item.data(_HELD)) if item is not None else ""

    def show_hits(self, hits: Sequence[Hit], *, asked: bool) -> None:
        """What was found; the contents again where nothing is asked."""
        self._hits.blockSignals(True)
        self._hits.clear()
        for one in hits:
            words = one.heading if one.is_heading else f"{one.glimpse}\n{_INDENT}{one.heading}"
            self._hits.add(words, one, 1 if one.is_heading else 2 + len(one.glimpse) // _LETTERS)
        self._hits.blockSignals(False)
        self._told.setText(f"找到 {len(hits)} 处，Enter 到那里" if hits else _NOTHING)
        self._told.setVisible(asked)
        shown = self._hits if asked else self._contents
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)

    def take_first(self) -> None:
        """Go to the best hit."""
        if self._stack.currentWidget() is self._hits and self._hits.count():
            self._hits.setCurrentRow(0)
            self._hits.setFocus()

    def _on_heading(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_HELD))

    def _on_hit(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.hit.emit(item.data(_HELD))

    def _fill(self, wanted: Chapter) -> None:
        self._open = wanted
        self._contents.clear()
        for chapter in self._chapters:
            self._contents.add(chapter.title, chapter.title)
            for heading in chapter.headings()[1:] if chapter is wanted else ():
                self._contents.add(f"{_INDENT * (heading.level - 1)}{heading.text}", heading.text)

    def _lay_out(self) -> None:
        self._told.setWordWrap(True)
        self._told.hide()
        for one in (self._contents, self._hits):
            self._stack.addWidget(one)
        self.setFixedWidth(scaled(_WIDTH))
        self.setFocusProxy(self._contents)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self._told)
        body.addWidget(self._stack, 1)


class _List(QListWidget):
    """Rows of one or more lines, as high as their words need."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("contents")
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def add(self, words: str, held: object, lines: int = 1) -> None:
        """A row that stands for something."""
        item = QListWidgetItem(words, self)
        item.setData(_HELD, held)
        item.setSizeHint(QSize(0, scaled(_ROW + (lines - 1) * _LINE)))
