"""苗头 by hand: what was noticed of a customer who has not complained, and what was done about it."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import NAMELESS, CustomerProfile, Known
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Question
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.suggest_line import Suggestion, SuggestLine
from crm_desktop.services.search import Search
from crm_desktop.services.signs import Signs

_WHAT, _EXAMPLE = "发现了什么", "如 等了两小时，脸色不好；结账时说下次不来了"
_NOBODY = "档案里没有找到“{typed}”；不知道是谁就留空，在下面写清楚。"
_SEVERAL = "符合“{typed}”的不止一位客户，请从列表里选一位。"


class NoteOwnSign(Question):
    """记苗头 of the customer whose file is open."""

    title, word, right = "记苗头", "保存", Right.REGISTER
    sentence = "客户还没投诉，但您看出他不满意。记下来，有人补救。"

    def __init__(self, signs: Signs, profile: CustomerProfile) -> None:
        self._signs, self._profile = signs, profile

    def about(self) -> str:
        return f"customer:{self._profile.id}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        cars = ((car.id, shown_plate(car.plate) or car.vin or car.model) for car in self._profile.draft.vehicles)
        form.add_choice("vehicle_id", "车辆", ((0, "不限车辆"), *((i, told) for i, told in cars if i is not None)), 0)
        form.new_row()
        form.add_text("what", _WHAT, rows=2, placeholder=_EXAMPLE)

    def do(self, answer: Answer, act: Act) -> str:
        self._signs.note(str(answer.values["what"]), act, self._profile.id, answer.values["vehicle_id"] or None)
        return "苗头已记下，列在“回访”的“苗头”里。"


class NoteSign(Question):
    """记苗头 of somebody who is looked up by name, phone or plate, or of nobody known."""

    title, word, right = NoteOwnSign.title, NoteOwnSign.word, NoteOwnSign.right
    sentence = NoteOwnSign.sentence

    def __init__(self, signs: Signs, search: Search) -> None:
        self._signs, self._search = signs, search
        self._line: SuggestLine | None = None
        self._picked: Known | None = None

    def about(self) -> str:
        return ""

    def ask(self, form: FieldForm, now: datetime) -> None:
        self._line = form.add_suggest("customer", "客户", self._offered, span=2)
        self._line.setPlaceholderText("姓名、电话或车牌；不知道就留空")
        self._line.picked.connect(self._on_picked)
        form.add_text("what", _WHAT, rows=2, placeholder=_EXAMPLE)

    def do(self, answer: Answer, act: Act) -> str:
        typed = str(answer.values["customer"])
        known = self._meant(typed) if typed else None
        who = (known.customer_id, known.vehicle_id) if known else (None, None)
        self._signs.note(str(answer.values["what"]), act, *who)
        return "苗头已记下。"

    def _offered(self, text: str) -> list[Suggestion]:
        return [Suggestion(_told(known), known.why, known) for known in self._search.known(text)]

    def _on_picked(self, known: Known) -> None:
        assert self._line is not None  # noqa: S101 - it offered this one
        self._picked = known
        self._line.set_value(_told(known))

    def _meant(self, typed: str) -> Known:
        """Whoever was picked and still stands there, else the only one it can be."""
        if self._picked is not None and typed == _told(self._picked):
            return self._picked
        found = self._search.known(typed)
        if len({known.customer_id for known in found}) != 1:
            raise InvalidInput({"customer": (_SEVERAL if found else _NOBODY).format(typed=typed)})
        return found[0]


class SettleSign(Question):
    """记补救: what was done about a sign that was noted; it leaves the list."""

    title, word, right = "记补救", "保存", Right.REGISTER

    def __init__(self, signs: Signs, sign_id: int, what: str) -> None:
        self._signs, self._id, self._what = signs, sign_id, what

    def about(self) -> str:
        return f"sign:{self._id}"

    def explain(self) -> str:
        return f"苗头：{self._what}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_text("remedy", "补救", rows=2, placeholder="怎样补救的，客户怎么说")

    def do(self, answer: Answer, act: Act) -> str:
        self._signs.settle(self._id, str(answer.values["remedy"]), act)
        return "补救已记下，这条苗头不再列出。"


def _told(known: Known) -> str:
    parts = (known.name or NAMELESS, shown_plate(known.plate), masked_phone(known.phone))
    return "  ".join(part for part in parts if part)
