"""What is typed into a customer's history: an order of the workshop, a payment, a contract; the same to be amended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.dealings import ContractDraft, ContractRow, PaymentDraft, PaymentRow
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import half_width, shown_plate
from crm_desktop.domain.rights import Right
from crm_desktop.domain.visits import VisitDraft, VisitRow
from crm_desktop.gui.asking import Question
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.customers.words import add_words
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm

_MONEY = re.compile(r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?\s*元?")


def fen_of(typed: object) -> int | None:
    """1280, 1,280.5 or ¥1280.50 in fen; None for nothing typed.

    :raises InvalidInput: anything else.
    """
    text = half_width(str(typed)).strip()
    if not text:
        return None
    found = _MONEY.fullmatch(text)
    if found is None:
        raise InvalidInput({"amount": "金额请写数字，单位是元，如 1280 或 1280.50。"})
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


class _Typed(Question):
    """Something of one customer, kept by the right of whoever keeps files."""

    word, right = "保存", Right.PROFILE

    def __init__(
        self, desk: ProfileDesk, profile: CustomerProfile, known: VisitRow | PaymentRow | ContractRow | None
    ) -> None:
        """``known``: what stands there already."""
        self._desk, self._profile = desk, profile
        self._known = known.id if known else ""

    def about(self) -> str:
        return f"customer:{self._profile.id}/{self._known}"

    def _cars(self) -> list[tuple[int, str]]:
        cars = ((car.id, shown_plate(car.plate) or car.vin or car.model) for car in self._profile.draft.vehicles)
        return [(found, told) for found, told in cars if found is not None]


class TypeVisit(_Typed):
    """记进厂: an order of one of his cars; or one that stands there already, whichever car it is of."""

    title = "记进厂"
    sentence = "一张委托书记一次；金额计入评级，里程比档案里大时更新档案。"

    def __init__(self, desk: ProfileDesk, profile: CustomerProfile, row: VisitRow | None = None) -> None:
        super().__init__(desk, profile, row)
        self._row = row
        self.title = "改进厂" if row else self.title

    def ask(self, form: FieldForm, now: datetime) -> None:
        cars = self._cars()
        if self._row is None:
            form.add_choice("vehicle_id", "车辆", cars, cars[0][0] if cars else None)
        form.add_line("order_number", "委托书号")
        form.add_day("came_on", "进厂日期").set_value(local_day(now))
        form.add_day("promised_on", "预计交车")
        form.add_day("left_on", "出厂日期")
        form.add_line("kind", "维修类别", "如 保养、事故、质保")
        form.add_number("mileage", "行驶里程", "km")
        form.add_line("amount", "结算金额", "元")
        form.add_line("adviser", "服务顾问")
        form.add_text("items", "维修项目", rows=2)
        if self._row is not None:
            form.set_values(_stored(form, self._row.draft))

    def do(self, answer: Answer, act: Act) -> str:
        values: dict[str, Any] = dict(answer.values)
        vehicle, fen = values.pop("vehicle_id", None), fen_of(values.pop("amount"))
        values["came_on"] = _day(values["came_on"], "came_on", "请填进厂日期。")
        if self._row is not None:
            draft = replace(self._row.draft, **values, amount_fen=fen)
            self._desk.visits.amend(self._row.id, self._row.ver, draft, act)
            return "进厂已保存。"
        if vehicle is None:
            raise InvalidInput({"vehicle_id": "请先在“档案”里添加车辆，再记进厂。"})
        self._desk.visits.register(vehicle, VisitDraft(**values, amount_fen=fen), act)
        return "进厂已记入历史。"


class TypePayment(_Typed):
    """记付款: made, or due; or one that stands there already, also to say that it was made."""

    title = "记付款"
    sentence = "已付的填付款日期；还没付的只填应付日期。"

    def __init__(self, desk: ProfileDesk, profile: CustomerProfile, row: PaymentRow | None = None) -> None:
        super().__init__(desk, profile, row)
        self._row = row
        self.title = "改付款" if row else self.title

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("amount", "付款金额", "元")
        add_words(form, self._desk.rules, "method", "付款方式")
        form.add_day("due_on", "应付日期")
        form.add_day("paid_on", "付款日期").set_value(local_day(now))
        form.add_line("note", "备注", span=2)
        if self._row is not None:
            form.set_values(_stored(form, self._row.draft))

    def do(self, answer: Answer, act: Act) -> str:
        values: dict[str, Any] = dict(answer.values)
        values["amount_fen"] = fen_of(values.pop("amount")) or 0
        if self._row is not None:
            draft = replace(self._row.draft, **values)
            self._desk.dealings.amend_payment(self._row.id, self._row.ver, draft, act)
            return "付款已保存。"
        draft = PaymentDraft(**values)
        self._desk.dealings.add_payment(self._profile.id, draft, act)
        return "付款已记入历史。"


class TypeContract(_Typed):
    """记合同: signed by him, for one of his cars or none; or one that stands there already."""

    title = "记合同"
    sentence = "如保养套餐、延保、大客户协议。"

    def __init__(self, desk: ProfileDesk, profile: CustomerProfile, row: ContractRow | None = None) -> None:
        super().__init__(desk, profile, row)
        self._row = row
        self.title = "改合同" if row else self.title

    def ask(self, form: FieldForm, now: datetime) -> None:
        add_words(form, self._desk.rules, "kind", "合同类型")
        form.add_line("number", "合同编号")
        form.add_day("signed_on", "签订日期").set_value(local_day(now))
        form.add_day("ends_on", "到期日期")
        form.add_line("amount", "合同金额", "元")
        form.add_choice("vehicle_id", "车辆", ((0, "不限车辆"), *self._cars()), 0)
        form.add_line("note", "备注", span=2)
        if self._row is not None:
            form.set_values({**_stored(form, self._row.draft), "vehicle_id": self._row.draft.vehicle_id or 0})

    def do(self, answer: Answer, act: Act) -> str:
        values: dict[str, Any] = dict(answer.values)
        values["signed_on"] = _day(values["signed_on"], "signed_on", "请填签订日期。")
        values["vehicle_id"] = values["vehicle_id"] or None
        values["amount_fen"] = fen_of(values.pop("amount"))
        if self._row is not None:
            draft = replace(self._row.draft, **values)
            self._desk.dealings.amend_contract(self._row.id, self._row.ver, draft, act)
            return "合同已保存。"
        draft = ContractDraft(**values)
        self._desk.dealings.add_contract(self._profile.id, draft, act)
        return "合同已记入历史。"


class TakeBack(Question):
    """撤回 of what was typed by mistake: gone from lists and figures, kept in the history with its reason."""

    word, right = "撤回", Right.PROFILE

    def __init__(self, desk: ProfileDesk, row: VisitRow | PaymentRow | ContractRow) -> None:
        self._desk, self._row = desk, row
        self._what = _WHAT[type(row)]
        self.title = f"撤回{self._what}"

    def about(self) -> str:
        return f"{self._what}:{self._row.id}"

    def explain(self) -> str:
        kept = "撤回后不再列出，也不计入评级；记录和原因都留在历史里。"
        return f"{kept}车辆档案里的里程不会退回，请核对。" if isinstance(self._row, VisitRow) else kept

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "原因", "如 记到别的客户名下了", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        row, reason = self._row, str(answer.values["reason"])
        if isinstance(row, VisitRow):
            self._desk.visits.take_back(row.id, row.ver, reason, act)
        elif isinstance(row, PaymentRow):
            self._desk.dealings.take_back_payment(row.id, row.ver, reason, act)
        else:
            self._desk.dealings.take_back_contract(row.id, row.ver, reason, act)
        return f"{self._what}已撤回。"


_WHAT: Mapping[type[VisitRow | PaymentRow | ContractRow], str] = {
    VisitRow: "进厂", PaymentRow: "付款", ContractRow: "合同",
}  # fmt: skip


def _stored(form: FieldForm, draft: VisitDraft | PaymentDraft | ContractDraft) -> dict[str, object]:
    """What stands there, for the fields of a form; the amount in yuan."""
    fen = draft.amount_fen
    amount = "" if fen is None else f"{fen // 100}.{fen % 100:02d}".removesuffix(".00")
    return {name: amount if name == "amount" else getattr(draft, name) for name in form.typed()}


def _day(value: object, name: str, sentence: str) -> date:
    if not isinstance(value, date):
        raise InvalidInput({name: sentence})
    return value
