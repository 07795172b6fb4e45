"""What is typed into an open form and not saved: put aside within a second, brought back to the same record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel

_WAIT_MS = 800
_WAS = ".was"
_SHOWN_OF_A_TEXT = 12


class Words(Protocol):
    """A form whose words can be put aside: ``changed`` while somebody types, ``rested`` once nothing is unsaved."""

    @property
    def changed(self) -> SignalInstance: ...

    @property
    def rested(self) -> SignalInstance: ...

    def words(self) -> dict[str, str]:
        """The raw texts by name; no PIN is among them."""
        ...

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Some of them come back; they count as not saved."""
        ...


class Keeping(QObject):
    """Of one form, for one record at a time. ``told`` carries the sentence about what came back.

    Only what differs from the stored record is put aside, and beside it what stood there: somebody may have changed
    that meanwhile, which is then told.
    """

    told = Signal(str)

    def __init__(self, session: Session, form: str, words: Words, place: QObject) -> None:
        """``form`` is its name at the desk; ``place`` is what it lives as long as."""
        super().__init__(place)
        self._drafts, self._form, self._words = session.drafts, form, words
        self._record: str | None = None
        self._clean: dict[str, str] = {}
        self._held, self._typed = False, False
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self.put)
        words.changed.connect(self._on_changed)
        words.rested.connect(self.settle)

    def leave(self) -> None:
        """The form is about to show another record: what is unsaved of this one stays put aside."""
        self.put()
        self._record, self._held = None, False

    def turn_to(self, record: str) -> None:
        """The form shows this record as it is stored; what was typed into it before and never saved comes back."""
        if record == self._record:
            return
        self._rest()
        self._record, self._clean, self._held = record, self._words.words(), False
        kept = self._drafts.get(self._form, record)
        told = {name: text for name, text in kept.items() if not name.endswith(_WAS)}
        texts = {name: text for name, text in told.items() if text != self._clean.get(name, "")}
        if texts:
            moved = [was for name in texts if (was := self._moved(name, kept))]
            self._words.set_typed(texts)
            self._held = True
            self.told.emit(self._sentence(moved))

    def put(self) -> None:
        """Puts aside what is unsaved now; a refusal by the disk is no reason to disturb whoever types."""
        if not self._typed or self._record is None:
            return
        self._rest()
        now = self._words.words()
        mine = {
            name: now.get(name, "") for name in (*now, *self._clean) if now.get(name, "") != self._clean.get(name, "")
        }
        before = {f"{name}{_WAS}": self._clean[name] for name in mine if self._clean.get(name)}
        try:
            self._drafts.put(self._form, mine | before, self._record)
            self._held = bool(mine)
        except DeskError:
            self._on_changed()

    def settle(self) -> None:
        """What stands in the form is stored, or was given up: nothing is kept of it."""
        self._rest()
        self._clean = self._words.words()
        if self._held and self._record is not None:
            self._held = False
            self._drafts.drop(self._form, self._record)

    def give_up(self) -> None:
        """The stored texts stand in the form again."""
        self._words.set_typed(self._clean)
        self._held = True
        self.settle()

    def _on_changed(self) -> None:
        self._typed = True
        if self._record is not None and not self._wait.isActive():
            self._wait.start()

    def _rest(self) -> None:
        self._wait.stop()
        self._typed = False

    def _moved(self, name: str, kept: Mapping[str, str]) -> str:
        """What somebody saved in this field since the words were put aside."""
        now = self._clean.get(name, "")
        return _short(now) if now and now != kept.get(f"{name}{_WAS}", "") else ""

    def _sentence(self, moved: list[str]) -> str:
        at = self._drafts.put_at(self._form, self._record or "")
        when = f"{to_local(at):%m-%d %H:%M} " if at else ""
        since = f"；这期间别人存了“{'”“'.join(moved)}”，请对照" if moved else ""
        return f"{when}写的、没有保存的“{self._form}”已放回{since}。"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_OF_A_TEXT else f"{text[:_SHOWN_OF_A_TEXT]}…"


class KeptLine(QWidget):
    """In a dialog: what came back, and a button that takes it away again."""

    def __init__(self, keeping: Keeping) -> None:
        super().__init__()
        self._keeping = keeping
        self._says = PlainLabel(role="note")
        self._says.setProperty("tone", Tone.SOON.value)
        self._says.setWordWrap(True)
        away = Button("不要了", weight=Weight.QUIET)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._says, 1)
        row.addWidget(away)
        self.hide()
        keeping.told.connect(self._on_told)
        away.clicked.connect(self._on_away)

    def _on_told(self, sentence: str) -> None:
        self._says.setText(sentence)
        self.show()

    def _on_away(self) -> None:
        self._keeping.give_up()
        self.hide()


def keep_dialog(dialog: AskDialog, session: Session, form: str, words: Words, record: str) -> Keeping:
    """Keeps what is typed into a dialog: done or 取消 lets go of it, Esc, a closed window and a crash do not."""
    keeping = Keeping(session, form, words, dialog)
    line = KeptLine(keeping)
    dialog.body.insertWidget(2, line)
    dialog.accepted.connect(keeping.settle)
    dialog.given_up.connect(keeping.settle)
    dialog.rejected.connect(keeping.put)
    keeping.turn_to(record)
    if line.isVisibleTo(dialog):
        dialog.resize(dialog.width(), max(dialog.height(), dialog.body.totalHeightForWidth(dialog.width())))
    return keeping
