"""The words of a dictionary offered while they are typed; what is written stays free."""

from __future__ import annotations

from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.suggest_line import Suggestion
from crm_desktop.services.rules import Rules


class Words:
    """One dictionary of 规则·字典, read when it is asked."""

    def __init__(self, rules: Rules, dictionary: str) -> None:
        self._rules, self._dictionary = rules, dictionary

    def all(self) -> tuple[str, ...]:
        """Every word in the order of the dictionary."""
        return self._rules.profile().dictionaries.get(self._dictionary, ())

    def suggest(self, text: str) -> list[Suggestion]:
        """Those that contain what is typed. Nothing is forced: another word is as good."""
        return [Suggestion(word, value=word) for word in self.all() if text in word and text != word]


def add_words(form: FieldForm, rules: Rules, name: str, label: str, span: int = 1) -> None:
    """A line that offers the dictionary of its label; Down opens it, and what is taken stands in the line."""
    line = form.add_suggest(name, label, Words(rules, label).suggest, span=span, eager=False)
    line.listed = True
    line.setPlaceholderText("按 ↓ 可选")
    line.picked.connect(line.set_value)
