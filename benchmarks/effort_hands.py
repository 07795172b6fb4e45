"""Hands at the real window that count what they do: key chords and clicks, typed words, and what both cost a person.

The seconds follow the keystroke-level model of S. K. Card, T. P. Moran and A. Newell, «The keystroke-level model for
user performance time with interactive systems», Communications of the ACM 23(7), 1980, 396-410, with its published
operators:

    K  0.28 s  one keystroke of an average non-secretary typist (40 words a minute); a chord of two keys is two
    P  1.10 s  pointing with a mouse at something on the display
    B  0.10 s  pressing or releasing its button; a click is P and two B (the button was added by D. Kieras, «Using the
               keystroke-level model to estimate execution times», 1993)
    H  0.40 s  the hand goes from the keyboard to the mouse or back
    M  1.35 s  making up one's mind

M stands before every text that is typed and before every chord or click (rule 0 of the paper), but not before the same
chord once more (what is fully anticipated, rule 1) nor before Enter or Tab behind a text (the end of a string, rule 3).

An action is one key chord or one click: going from field to field counts, typed words do not. A Chinese character is
reckoned at three keystrokes of an input method: this is our own assumption, which only the column with words depends
on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

KEY, POINT, BUTTON, HOME, MIND = 0.28, 1.10, 0.10, 0.40, 1.35
KEYS_OF_A_CHARACTER = 3
"""Of an input method, for one Chinese character."""
_PATIENCE_MS, _BLINK_MS = 20_000, 10
_ENDS_A_TEXT = ("Return", "Tab")


@dataclass
class Tally:
    """What one job took. ``steps`` says it in order; a text is «…» there, for its words do not count."""

    chords: int = 0
    clicks: int = 0
    seconds: float = 0.0
    words_seconds: float = 0.0
    steps: list[str] = field(default_factory=list)

    @property
    def actions(self) -> int:
        """Chords and clicks."""
        return self.chords + self.clicks


class Hands:
    """Keys go where the keyboard is, as a person's do; the mouse clicks what it is shown."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._at_mouse = False
        self.tally = Tally()

    def begin(self) -> None:
        """From here on it counts."""
        self.tally, self._at_mouse = Tally(), False

    def press(self, *chords: str) -> None:
        """Key chords one after the other, as Qt writes them: ``Ctrl+N``, ``Return``, ``Shift+Tab``."""
        for chord in chords:
            self._count_chord(chord)
            pressed = QKeySequence(chord)[0]
            QTest.keyClick(self.place(), pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Words as an input method hands them over, where the keyboard is."""
        self._reach(mouse=False)
        keys = sum(KEYS_OF_A_CHARACTER if char > "\u2e7f" else 1 for char in text)
        self.tally.seconds += MIND
        self.tally.words_seconds += keys * KEY
        self.tally.steps.append("…")
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.place(), event)

    def click(self, target: QWidget) -> None:
        """One click of the left button."""
        self._reach(mouse=True)
        self.tally.clicks += 1
        self.tally.seconds += MIND + POINT + 2 * BUTTON
        self.tally.steps.append(f"click {target.accessibleName()}")
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)

    def place(self) -> QWidget:
        """What has the keyboard: an open menu, else the input or button in hand.

        A screen that nobody sees does not hand it back when a dialog goes; every desktop does.
        """
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        if QApplication.focusWidget() is None:
            (QApplication.activeModalWidget() or self._window).activateWindow()
        self.until(lambda: QApplication.focusWidget() is not None, "something to have the keyboard")
        here = QApplication.focusWidget()
        assert here is not None
        return here

    def stands_at(self, name: str) -> None:
        """Waits until what has the keyboard bears this name; a person would look, which costs nothing."""
        self.until(lambda: self.place().accessibleName() == name, name)

    def until(self, seen: Callable[[], object], what: str) -> None:
        """Waits until something is to be seen.

        :raises AssertionError: it did not come; ``what`` tells it.
        """
        waited = 0
        while not seen() and waited < _PATIENCE_MS:
            QTest.qWait(_BLINK_MS)
            waited += _BLINK_MS
        if not seen():
            here = QApplication.focusWidget()
            where = here.accessibleName() if here is not None else "nowhere"
            raise AssertionError(f"waited for {what}; the keyboard is at {where!r} after {self.tally.steps}")

    def _count_chord(self, chord: str) -> None:
        self._reach(mouse=False)
        before = self.tally.steps[-1] if self.tally.steps else ""
        anticipated = chord == before or (before == "…" and chord in _ENDS_A_TEXT)
        self.tally.chords += 1
        self.tally.seconds += (0 if anticipated else MIND) + KEY * (chord.count("+") + 1)
        self.tally.steps.append(chord)

    def _reach(self, *, mouse: bool) -> None:
        if mouse != self._at_mouse:
            self.tally.seconds += HOME
            self._at_mouse = mouse
