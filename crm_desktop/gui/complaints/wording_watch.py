"""空话拦截 while it is typed: vague words amber, blame red, and one sentence about what is missing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from crm_desktop.domain.wording import Found, Result, Verdict, check_cause, check_measure, explain, left_open, template
from crm_desktop.domain.wording_marks import WordLists, shipped_lists
from crm_desktop.gui import theme
from crm_desktop.gui.widgets.fields import TextField

_CHECKS = {"root_cause": check_cause, "long_term_measure": check_measure}


class WordMarks(QSyntaxHighlighter):
    """Colours the words found; a wavy line stands with the colour, for those who do not see it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._found: tuple[tuple[int, int, str], ...] = ()

    def mark(self, text: str, found: tuple[Found, ...]) -> None:
        """These words of this text, and no others."""
        places = tuple((_units(text[: one.at]), _units(one.word), one.kind) for one in found)
        if places != self._found:
            self._found = places
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        start = self.currentBlock().position()
        for at, length, kind in self._found:
            if start <= at < start + len(text) + 1:
                self.setFormat(at - start, length, _look(kind))


class WordingWatch(QObject):
    """Reads one field at every key. ``judged`` tells the sentence about it, empty while nothing is written."""

    judged = Signal(str)

    def __init__(self, name: str, field: TextField) -> None:
        super().__init__(field)
        self._check, self._field = _CHECKS[name], field
        self._lists = shipped_lists()
        self._marks = WordMarks(field.document())
        self._verdict = Verdict(Result.PASS)
        field.changed.connect(self._on_changed)

    @property
    def blocks(self) -> bool:
        """Whether what stands there would not do."""
        return self._verdict.result is Result.BLOCK

    def use(self, lists: WordLists) -> None:
        """The word lists in force."""
        self._lists = lists
        self._on_changed()

    def apply_template(self) -> None:
        """The questions to be answered, below what was written, with the keyboard behind the first one."""
        questions = template(self._check(self._field.typed(), self._lists), self._lists)
        if not questions:
            return
        before = self._field.typed().rstrip()
        self._field.set_typed(f"{before}\n{questions}" if before else questions)
        cursor = self._field.textCursor()
        begins, ends = _first_place(questions, self._lists)
        start = _units(before) + bool(before)
        cursor.setPosition(start + _units(questions[:ends]))
        cursor.setPosition(start + _units(questions[:begins]), cursor.MoveMode.KeepAnchor)
        self._field.setTextCursor(cursor)
        self._field.setFocus()

    def _on_changed(self) -> None:
        text = self._field.typed()
        self._verdict = self._check(text, self._lists)
        self._marks.mark(text, self._verdict.found)
        self.judged.emit(explain(self._verdict) if text.strip() else "")


def _first_place(questions: str, lists: WordLists) -> tuple[int, int]:
    """What the first answer takes the place of: the first mark, else nothing behind the first label."""
    marks = left_open(questions, lists)
    at = questions.find(marks[0]) if marks else -1
    return (at, at + len(marks[0])) if at >= 0 else (questions.find("：") + 1,) * 2


def _units(text: str) -> int:
    """Qt counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _look(kind: str) -> QTextCharFormat:
    colours = theme.colours()
    ink, ground = (colours.late, colours.late_ground) if kind == "blame" else (colours.soon, colours.soon_ground)
    look = QTextCharFormat()
    look.setForeground(QColor(ink))
    look.setBackground(QColor(ground))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(QColor(ink))
    return look
