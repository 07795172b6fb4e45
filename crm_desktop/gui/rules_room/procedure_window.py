"""制度 to read (F1): the procedure in our own words, each sentence with the screen where it is done."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the procedure asks for, where it is done, and where the seed says so."""

    says: str
    screen: str
    source: str


def procedure() -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """The chapters in order (resources/help/procedure.json)."""
    told = json.loads(resource("help", "procedure.json").read_text(encoding="utf-8"))
    return tuple(
        (chapter["title"], tuple(Sentence(one["says"], one["screen"], one["source"]) for one in chapter["sentences"]))
        for chapter in told["chapters"]
    )


class ProcedureWindow(QDialog):
    """Read by scrolling; the keyboard scrolls, too."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("制度")
        page = QWidget()
        page.setProperty("role", "page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for title, sentences in procedure():
            grid.addWidget(PlainLabel(title, "heading"), grid.rowCount(), 0, 1, 3)
            for sentence in sentences:
                row = grid.rowCount()
                for column, (text, role) in enumerate(
                    ((sentence.says, ""), (f"在这里办：{sentence.screen}", "label"), (sentence.source, "caption"))
                ):
                    label = PlainLabel(text, role)
                    label.setWordWrap(True)
                    label.setAlignment(Qt.AlignmentFlag.AlignTop)
                    grid.addWidget(label, row, column)
        scroll = ScrollPage(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName("制度")
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.addWidget(PlainLabel("制度：抱怨/投诉怎样处理", "title"))
        body.addWidget(PlainLabel("每一条都写着在哪个页面办。时限、权限和词表可以在“设置 → 规则”里改。", "caption"))
        body.addWidget(scroll, 1)
        self.resize(scaled(940), scaled(600))
        scroll.setFocus()
