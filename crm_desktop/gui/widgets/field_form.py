"""A form of labelled fields in columns: its own reading, its errors at the field, its order of Enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crm_desktop.clock import Clock, system_clock
from crm_desktop.gui.theme import FIELD_HEIGHT, Tone, scaled
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.fields import ChoiceField, Field, Option, TextField, read_all
from crm_desktop.gui.widgets.file_field import CHOOSE, FileField
from crm_desktop.gui.widgets.form_cell import FormCell
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.read_fields import DayField, MomentField, NumberField
from crm_desktop.gui.widgets.scroll_page import bring_into_view
from crm_desktop.gui.widgets.suggest_line import Suggest, SuggestLine

AnyField = TypeVar("AnyField", bound=Field)


class FieldForm(QWidget):
    """Fields by name, filled from left to right. ``changed`` carries the name of the field a person changed.

    Names are those of the draft, so that a room writes ``ComplaintDraft(**form.values())``.
    """

    changed = Signal(str)
    rested = Signal()
    """Nothing here is unsaved any more."""
    file_wanted = Signal(object)
    """Somebody wants to choose a file; carries the ``FileField`` that takes it."""

    def __init__(self, columns: int = 3, clock: Clock = system_clock) -> None:
        super().__init__()
        self._columns = columns
        self._clock = clock
        self._fields: dict[str, Field] = {}
        self._cells: dict[str, FormCell] = {}
        self._clean: dict[str, str] = {}
        self._filling = False
        self._optional: frozenset[str] = frozenset()
        self._row, self._column = 0, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    # -- building ------------------------------------------------------------------------------------------------

    def add_line(self, name: str, label: str, placeholder: str = "", span: int = 1) -> LineField:
        """One line of text; ``span`` counts columns of the form."""
        return self._add(name, label, LineField(placeholder), span)

    def add_secret(self, name: str, label: str) -> LineField:
        """One line that shows dots."""
        field = self._add(name, label, LineField())
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def add_suggest(self, name: str, label: str, suggest: Suggest, span: int = 1, eager: bool = True) -> SuggestLine:
        """One line that offers what is already in the files; take its ``picked``. ``eager``: see ``SuggestLine``."""
        return self._add(name, label, SuggestLine(suggest, eager=eager), span)

    def add_file(self, name: str, label: str, placeholder: str = "", span: int = 1) -> FileField:
        """A file, chosen or dropped: gives its Path, or the words typed instead. Take ``file_wanted``."""
        field = self._add(name, label, FileField(placeholder), span)
        choose = Button(CHOOSE)
        choose.clicked.connect(field.choose_wanted)
        field.choose_wanted.connect(self._on_choose)
        self.put_beside(name, choose)
        return field

    def add_number(self, name: str, label: str, unit: str = "") -> NumberField:
        """A whole number: gives int or None."""
        return self._add(name, label, NumberField(label, unit))

    def add_moment(self, name: str, label: str) -> MomentField:
        """A time: gives UTC or None."""
        return self._add(name, label, MomentField(label, self._clock))

    def add_day(self, name: str, label: str) -> DayField:
        """A calendar day: gives date or None."""
        return self._add(name, label, DayField(label, self._clock))

    def add_choice(self, name: str, label: str, options: Iterable[Option], default: object = None) -> ChoiceField:
        """One of few words; a StrEnum is a good list of options."""
        return self._add(name, label, ChoiceField(options, default))

    def add_text(self, name: str, label: str, rows: int = 3, placeholder: str = "") -> TextField:
        """Several lines across the full width."""
        self.new_row()
        return self._add(name, label, TextField(rows, placeholder), self._columns)

    def put_beside(self, name: str, widget: QWidget) -> None:
        """Something small at the right of a field: a button that helps to fill it."""
        self._cells[name].put_beside(widget)

    def may_stay_empty(self, *names: str) -> None:
        """Nobody has to fill these: the keyboard does not begin there."""
        self._optional |= set(names)

    def new_row(self) -> None:
        """The next field begins at the left."""
        if self._column:
            self._row, self._column = self._row + 1, 0

    # -- values --------------------------------------------------------------------------------------------------

    def field(self, name: str) -> Field:
        """The input itself, for what a form cannot know."""
        return self._fields[name]

    def values(self) -> dict[str, Any]:
        """What was typed, by name: str, int, date, datetime (UTC) or the option chosen.

        :raises InvalidInput: with a sentence per field that cannot be read; pass it to ``show_errors``.
        """
        return read_all(self._fields)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; names the form does not have are skipped. What is shown now counts as saved."""
        self._filling = True
        for name, field in self._fields.items():
            if name in values:
                field.set_value(values[name])
        self._filling = False
        self.mark_saved()
        self.clear_errors()

    def typed(self) -> dict[str, str]:
        """The raw text of every field, for a draft: never refuses."""
        return {name: field.typed() for name, field in self._fields.items()}

    def words(self) -> dict[str, str]:
        """As ``typed``, without what shows dots: a PIN is never put aside."""
        return {name: field.typed() for name, field in self._fields.items() if not _is_secret(field)}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring a draft back; it counts as not yet saved."""
        for name, text in texts.items():
            if name in self._fields:
                self._fields[name].set_typed(text)

    @property
    def dirty(self) -> bool:
        """Whether something differs from what was last filled in or saved."""
        return any(field.typed() != self._clean[name] for name, field in self._fields.items())

    def mark_saved(self) -> None:
        """What stands here now is saved."""
        self._clean = self.typed()
        self.rested.emit()

    def lock(self, locked: bool, *names: str) -> None:
        """Make fields readable only (all of them without names); they keep their place and can be copied from."""
        for name in names or tuple(self._fields):
            field = self._fields[name]
            if isinstance(field, ChoiceField):
                field.setEnabled(not locked)
            else:
                field.setReadOnly(locked)

    def offer(self, offered: bool, *names: str) -> None:
        """Show fields only where they are asked for; hidden ones keep their values."""
        for name in names:
            self._cells[name].offer(offered)

    # -- what is wrong -------------------------------------------------------------------------------------------

    def first_to_fill(self) -> str | None:
        """The first field that waits for a text; None where all that is wanted stands here."""
        waiting = (name for name, field in self._fields.items() if not field.typed() and name not in self._optional)
        return next((name for name in waiting if self._fields[name].isVisibleTo(self)), None)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """A sentence in red at each field named, the first of them gets the keyboard."""
        self.clear_errors()
        for name in self._fields:
            if name in errors:
                self._cells[name].say(errors[name], Tone.LATE)
        first = next((name for name in self._fields if name in errors), None)
        if first:
            self.go_to(first)

    def show_doubts(self, doubts: Mapping[str, str]) -> None:
        """A sentence in amber at each field named: never blocks, and gives way to an error."""
        for name, cell in self._cells.items():
            if cell.tone is not Tone.LATE:
                cell.say(doubts.get(name, ""), Tone.SOON)

    def show_hints(self, hints: Mapping[str, str]) -> None:
        """A quiet word below fields (同一问题第 3 次), where nothing else is said."""
        for name, cell in self._cells.items():
            if name in hints and cell.tone in (None, Tone.GREY):
                cell.say(hints[name], Tone.GREY)

    def show_praise(self, sentences: Mapping[str, str]) -> None:
        """A word in green below fields whose text will do; an error or a doubt there has been answered."""
        for name, sentence in sentences.items():
            self._cells[name].say(sentence, Tone.DONE)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for cell in self._cells.values():
            cell.say("", Tone.GREY)

    def go_to(self, name: str) -> None:
        """Give a field the keyboard."""
        field = self._fields[name]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(field)
        if isinstance(field, LineField):
            field.selectAll()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        if not self._filling:
            self.changed.emit(self._name_of(self.sender()))

    def _on_choose(self) -> None:
        self.file_wanted.emit(self.sender())

    def _on_advance(self) -> None:
        order = list(self._fields)
        for name in order[order.index(self._name_of(self.sender())) + 1 :]:
            field = self._fields[name]
            if field.isVisibleTo(self) and field.isEnabled():
                self.go_to(name)
                return
        self.focusNextChild()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _name_of(self, sender: object) -> str:
        return next(name for name, field in self._fields.items() if field is sender)

    def _add(self, name: str, label: str, field: AnyField, span: int = 1) -> AnyField:
        if self._column + span > self._columns:
            self.new_row()
        cell = FormCell(label, field)
        tall = isinstance(field, TextField)
        cell.label.setFixedHeight(scaled(FIELD_HEIGHT))
        self._grid.addWidget(cell.label, self._row, 2 * self._column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(cell, self._row, 2 * self._column + 1, 1, 2 * span - 1)
        self._fields[name], self._cells[name] = field, cell
        self._clean[name] = field.typed()
        self._column += span
        if self._column >= self._columns or tall:
            self._row, self._column = self._row + 1, 0
        field.changed.connect(self._on_changed)
        field.advance.connect(self._on_advance)
        return field


def _is_secret(field: Field) -> bool:
    return isinstance(field, QLineEdit) and field.echoMode() is QLineEdit.EchoMode.Password
