"""A box for each of a few words, several may be ticked: the roles of a person, the holders of a right."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

_BOXES_A_ROW = 5


class TickBoxes(QWidget):
    """``words`` in the order of the procedure, those in ``ticked`` ticked."""

    def __init__(self, words: Sequence[str], ticked: Collection[str]) -> None:
        super().__init__()
        self._boxes = {str(word): QCheckBox(str(word)) for word in words}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (word, box) in enumerate(self._boxes.items()):
            box.setAccessibleName(word)
            box.setChecked(word in ticked)
            grid.addWidget(box, place // _BOXES_A_ROW, place % _BOXES_A_ROW)

    def ticked(self) -> tuple[str, ...]:
        """The words ticked, in their order."""
        return tuple(word for word, box in self._boxes.items() if box.isChecked())

    def tick(self, words: Collection[str]) -> None:
        """These are ticked now, and no others."""
        for word, box in self._boxes.items():
            box.setChecked(word in words)

    def go_to_first(self) -> None:
        """The keyboard stands on the first box."""
        next(iter(self._boxes.values())).setFocus()
