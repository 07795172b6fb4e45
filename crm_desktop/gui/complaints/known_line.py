"""The line above the intake that says who stands at the counter, as soon as it is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm_desktop.domain.complaint_rows import ComplaintRow
from crm_desktop.domain.customers import Known
from crm_desktop.domain.identity import masked_phone
from crm_desktop.gui.complaints.party_fields import who_is
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import ElidedLabel
from crm_desktop.gui.widgets.signs import Banner, Part
from crm_desktop.services.cases import OPEN, Cases, ComplaintFilter

_HEIGHT = 38
_HINT = "输入姓名、拼音首字母、电话尾号、车牌或 VIN 后几位，老客户会列出来，按回车带出。"


class KnownLine(QWidget):
    """Keeps its room, so that nothing jumps when somebody is recognised. ``case_wanted`` carries a number."""

    case_wanted = Signal(str)

    def __init__(self, cases: Cases) -> None:
        super().__init__()
        self._cases = cases
        self._known: Known | None = None
        self._hint = ElidedLabel(_HINT, "caption")
        self._banner = Banner("客户")
        self._open = Button("")
        self._open.hide()
        self.setFixedHeight(scaled(_HEIGHT))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._banner, 1)
        layout.addWidget(self._open)
        self._open.clicked.connect(self._on_open)

    def say(self, who: Sequence[Known]) -> None:
        """Who was recognised, the nearest first; nobody brings the hint back."""
        self._known = who[0] if who else None
        self._hint.setVisible(not who)
        count = self._known.open_complaints if self._known else 0
        self._open.say(f"该客户有 {count} 张未关闭的单")
        self._open.setVisible(count > 0)
        self._banner.say(_parts(who), Tone.SOON if count else Tone.INFO)

    def _on_open(self) -> None:
        rows = self._open_cases()
        if len(rows) == 1:
            self.case_wanted.emit(rows[0].number)
        elif rows:
            self._offer(rows)

    def _offer(self, rows: Sequence[ComplaintRow]) -> None:
        menu = QMenu(self)
        for row in rows:
            action = menu.addAction(f"{row.number}  {row.state}  {row.words[:24]}".replace("&", "&&"))
            action.setData(row.number)
        menu.triggered.connect(self._on_offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._open.mapToGlobal(QPoint(0, self._open.height() + 2)))

    def _on_offered(self, action: QAction) -> None:
        self.case_wanted.emit(str(action.data()))

    def _open_cases(self) -> list[ComplaintRow]:
        known = self._known
        if known is None:
            return []
        rows = self._cases.fetch(self._cases.ids(ComplaintFilter(OPEN)))
        return [row for row in rows if _concerns(row, known)]


def _parts(who: Sequence[Known]) -> list[Part]:
    if not who:
        return []
    first = who[0]
    parts = [Part(who_is(first), strong=True)]
    if first.phone:
        parts.append(Part(masked_phone(first.phone)))
    others = [known for known in who[1:] if known.customer_id != first.customer_id]
    if others:
        parts.append(Part(f"{others[0].why}：{who_is(others[0])}", tone=Tone.SOON))
    elif len(who) > 1:
        parts.append(Part(f"名下 {len(who)} 辆车", quiet=True))
    return parts


def _concerns(row: ComplaintRow, known: Known) -> bool:
    if known.phone or known.plate:
        return bool(known.phone and row.phone == known.phone) or bool(known.plate and row.plate == known.plate)
    return row.customer_name == known.name
