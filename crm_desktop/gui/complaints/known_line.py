"""The two lines above the intake: who stands at the counter and what matters of him, as soon as it is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import Known
from crm_desktop.domain.identity import masked_phone
from crm_desktop.gui.complaints.open_cases import OpenCases
from crm_desktop.gui.complaints.party_fields import who_is
from crm_desktop.gui.fact_line import HEIGHT, FactLine
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.labels import ElidedLabel
from crm_desktop.gui.widgets.signs import Banner, Part
from crm_desktop.services.banners import Banners
from crm_desktop.services.joins import Joins

_HEIGHT, _GAP = 38, 4
_HINT = "输入姓名、拼音首字母、电话尾号、车牌或 VIN 后几位，老客户会列出来，按回车带出。"


class KnownLine(QWidget):
    """Keeps its room, so that nothing jumps when somebody is recognised.

    ``case_wanted``, ``join_wanted`` and ``same_wanted`` carry the number of an open complaint, as in ``OpenCases``.
    """

    case_wanted = Signal(str)
    join_wanted = Signal(str)
    same_wanted = Signal(str)

    def __init__(self, banners: Banners, joins: Joins) -> None:
        super().__init__()
        self._banners, self._joins = banners, joins
        self._hint = ElidedLabel(_HINT, "caption")
        self._banner = Banner("客户")
        self._open = OpenCases()
        self._facts = FactLine()
        self._lay_out()
        self._open.case_wanted.connect(self.case_wanted)
        self._open.join_wanted.connect(self.join_wanted)
        self._open.same_wanted.connect(self.same_wanted)
        self._facts.case_wanted.connect(self.case_wanted)

    def say(self, who: Sequence[Known]) -> None:
        """Who was recognised, the nearest first; nobody brings the hint back."""
        first = who[0] if who else None
        banner = self._banners.of(first.customer_id, first.vehicle_id) if first else None
        offers = (
            self._joins.offers(first.phone, first.plate, first.vin, first.customer_id, first.vehicle_id)
            if first
            else []
        )
        self._hint.setVisible(first is None)
        self._open.offer(offers)
        self._facts.say(banner)
        self._banner.say(_parts(who, banner.grade if banner else ""), Tone.INFO)  # what warns stands below

    def _lay_out(self) -> None:
        self.setFixedHeight(scaled(_HEIGHT + HEIGHT + _GAP))
        who = QHBoxLayout()
        who.setSpacing(8)
        who.addWidget(self._banner, 1)
        who.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        layout.addLayout(who)
        layout.addWidget(self._facts)


def _parts(who: Sequence[Known], grade: str) -> list[Part]:
    if not who:
        return []
    first = who[0]
    parts = [Part(who_is(first), strong=True)]
    if grade:
        parts.append(Part(grade, tone=Tone.GREY))
    if first.phone:
        parts.append(Part(masked_phone(first.phone)))
    others = [known for known in who[1:] if known.customer_id != first.customer_id]
    if others:
        parts.append(Part(f"{others[0].why}：{who_is(others[0])}", tone=Tone.SOON))
    elif len(who) > 1:
        parts.append(Part(f"名下 {len(who)} 辆车", quiet=True))
    return parts
