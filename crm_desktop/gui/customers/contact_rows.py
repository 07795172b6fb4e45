"""The ways to reach a customer as a small list that is edited in place: add, change, remove by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import ContactDraft, ContactKind
from crm_desktop.domain.identity import phone_doubt, phone_key
from crm_desktop.gui.customers.words import Words
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.fields import ChoiceField, LineField
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.scroll_page import bring_into_view

PHONES = (ContactKind.MOBILE, ContactKind.LANDLINE)
_KEPT = "contact."
_HEADS = ("方式", "联系电话 / 账号", "联系人", "身份")
_STRETCH = (3, 6, 4, 4)
_NOTE_HEIGHT = 16


class ContactLine(QObject):
    """One way to reach somebody: four inputs, a button that takes it away, a note below."""

    changed = Signal()
    value_changed = Signal()
    doubted = Signal(str)
    removed = Signal(object)
    advance = Signal()

    def __init__(self, contact: ContactDraft, roles: Sequence[str], parent: QWidget) -> None:
        """``roles``: whom a number belongs to; another word of the record is kept."""
        super().__init__(parent)
        self._id = contact.id
        self.kind = ChoiceField(ContactKind, contact.kind)
        self.value = LineField()
        self.name = LineField()
        self.role = ChoiceField(roles, contact.role)
        self.remove = Button("删除", weight=Weight.QUIET)
        self.note = ElidedLabel(role="note")
        self._dress(contact)
        for field in (self.kind, self.value, self.name, self.role):
            field.changed.connect(self._on_changed)
            field.advance.connect(self.advance)
        self.value.changed.connect(self._on_value_changed)
        self.value.editingFinished.connect(self._on_left)
        self.remove.clicked.connect(self._on_removed)

    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of the keyboard."""
        return self.kind, self.value, self.name, self.role, self.remove

    def draft(self) -> ContactDraft:
        """What stands here, unchecked."""
        return ContactDraft(
            self.value.text(), str(self.kind.value()), self.name.text(), str(self.role.value() or ""), self._id
        )

    def phone(self) -> str:
        """The number in its stored form; empty where this line is no phone."""
        return phone_key(self.value.text()) if self.kind.value() in PHONES else ""

    def say(self, sentence: str) -> None:
        """A sentence in amber below; an empty one takes it back."""
        self.note.setText(sentence)
        self.value.setAccessibleDescription(sentence)
        for widget, name, word in ((self.note, "tone", "soon"), (self.value, "trouble", "soon")):
            widget.setProperty(name, word if sentence else "")
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def doubt(self) -> str:
        """Say what looks wrong about the number, if anything does."""
        sentence = (phone_doubt(self.phone()) if self.phone() else None) or ""
        self.say(sentence)
        return sentence

    def delete(self) -> None:
        """Take the inputs off the window."""
        for widget in (*self.widgets(), self.note):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _on_changed(self) -> None:
        self.value.setAccessibleName(self._value_name())
        self.say("")
        self.changed.emit()

    def _on_value_changed(self) -> None:
        self.value_changed.emit()

    def _on_left(self) -> None:
        sentence = self.doubt()
        if sentence:
            self.doubted.emit(sentence)

    def _on_removed(self) -> None:
        self.removed.emit(self)

    def _value_name(self) -> str:
        return "联系电话" if self.kind.value() in PHONES else str(self.kind.value())

    def _dress(self, contact: ContactDraft) -> None:
        self.value.set_value(contact.value)
        self.name.set_value(contact.name)
        self.kind.setAccessibleName("方式")
        self.value.setAccessibleName(self._value_name())
        self.name.setAccessibleName("联系人")
        self.role.setAccessibleName("身份")
        self.remove.setToolTip("删除这条联系方式")
        self.note.setFixedHeight(scaled(_NOTE_HEIGHT))


class ContactRows(QWidget):
    """All of one customer. ``typed`` carries all phone numbers (stored form) while one is typed; ``doubted`` a sentence
    about a number that was left and looks wrong."""

    changed = Signal()
    typed = Signal(object)
    doubted = Signal(str)

    def __init__(self, roles: Words) -> None:
        super().__init__()
        self._roles = roles
        self._lines: list[ContactLine] = []
        self._next_row = 1

        self._add = Button("添加联系方式", weight=Weight.QUIET, icon="plus")

        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        for column, (word, stretch) in enumerate(zip(_HEADS, _STRETCH, strict=True)):
            self._grid.addWidget(PlainLabel(word, "caption"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("联系方式", "heading"))
        head.addStretch(1)
        head.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._grid)

        self._add.clicked.connect(self._on_add)

    def set_contacts(self, contacts: Sequence[ContactDraft]) -> None:
        """Show these; without any, one empty line is ready for the owner's mobile."""
        for line in self._lines:
            line.delete()
        self._lines = []
        for contact in contacts or (ContactDraft(""),):
            self._append(contact).doubt()

    def contacts(self) -> tuple[ContactDraft, ...]:
        """What stands here, unchecked, without the empty lines."""
        drafts = (line.draft() for line in self._lines)
        return tuple(draft for draft in drafts if draft.value.strip())

    def words(self) -> dict[str, str]:
        """A text for each line, by the number of its contact in the files, or its place among the new ones."""
        told = {}
        for place, draft in enumerate(self.contacts()):
            parts = (draft.kind, draft.value, draft.name, draft.role)
            told[f"{_KEPT}{draft.id or f'+{place}'}"] = "\t".join(part.replace("\t", " ") for part in parts)
        return told

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back: changed, new, and taken away where the text is empty."""
        mine = {name: text for name, text in texts.items() if name.startswith(_KEPT)}
        if not mine:
            return
        told = {**self.words(), **mine}
        self.set_contacts([_contact(name.removeprefix(_KEPT), text) for name, text in told.items() if text])
        self._on_typed()
        self.changed.emit()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        line = self._append(ContactDraft("", role="送修人" if self._lines else "车主"))
        line.value.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_view(line.value)
        self.changed.emit()

    def _on_removed(self, line: ContactLine) -> None:
        place = self._lines.index(line)
        self._lines.remove(line)
        line.delete()
        if self._lines:
            self._lines[max(0, place - 1)].value.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._add.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_typed()
        self.changed.emit()

    def _on_typed(self) -> None:
        self.typed.emit(tuple(line.phone() for line in self._lines))

    def _on_advance(self) -> None:
        self.focusNextChild()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _append(self, contact: ContactDraft) -> ContactLine:
        line = ContactLine(contact, self._roles.all(), self)
        for column, widget in enumerate(line.widgets()):
            self._grid.addWidget(widget, self._next_row, column)
            widget.show()  # at once, so that it can take the keyboard
            QWidget.setTabOrder(self._add.previousInFocusChain() or self, widget)
        self._grid.addWidget(line.note, self._next_row + 1, 0, 1, len(_HEADS))
        self._next_row += 2
        self._lines.append(line)
        line.changed.connect(self.changed)
        line.value_changed.connect(self._on_typed)
        line.doubted.connect(self.doubted)
        line.removed.connect(self._on_removed)
        line.advance.connect(self._on_advance)
        return line


def _contact(key: str, text: str) -> ContactDraft:
    kind, value, name, role = text.split("\t")
    return ContactDraft(value, kind, name, role, None if key.startswith("+") else int(key))
