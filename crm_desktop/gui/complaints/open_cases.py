"""The button that offers the open complaints of whoever stands at the counter, before a second one is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services.joins import JoinOffer

_WORDS = 20
_SHOWN = 4


class OpenCases(Button):
    """Gone where nothing is open. Each signal carries the number of the complaint chosen from its menu.

    ``case_wanted``: look at it. ``join_wanted``: what is typed goes into it. ``same_wanted``: what is typed becomes a
    complaint of its own that is counted with it, as the same event told by another channel.
    """

    case_wanted = Signal(str)
    join_wanted = Signal(str)
    same_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self._offers: Sequence[JoinOffer] = ()
        self.hide()
        self.clicked.connect(self._on_clicked)

    def offer(self, offers: Sequence[JoinOffer]) -> None:
        """These are open, the latest first."""
        self._offers = offers
        self.say(f"该客户有 {len(offers)} 张未关闭的单")
        self.setVisible(bool(offers))

    def _on_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("未关闭的单")
        for place, offer in enumerate(self._offers[:_SHOWN]):
            if place:
                menu.addSeparator()
            words = offer.words if len(offer.words) <= _WORDS else f"{offer.words[:_WORDS]}…"
            self._add(menu, f"打开 {offer.number}  {offer.state}  {words}（{offer.why}）", self.case_wanted, offer)
            self._add(menu, f"加到 {offer.number}：刚写的内容并入，不另立一张", self.join_wanted, offer)
            self._add(menu, f"和 {offer.number} 是同一事件：照常登记，只计一次", self.same_wanted, offer)
        menu.triggered.connect(self._on_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _add(self, menu: QMenu, text: str, wish: object, offer: JoinOffer) -> None:
        menu.addAction(text.replace("&", "&&")).setData((wish, offer.number))

    def _on_chosen(self, action: QAction) -> None:
        wish, number = action.data()
        wish.emit(number)
