"""What is typed into a form and never saved comes back to the same record, and to no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import crm_desktop
from crm_desktop.app.waiting import what_waits
from crm_desktop.gui.asking import Question
from crm_desktop.gui.complaints.case_steps import CaseSteps, Step
from crm_desktop.gui.complaints.procedure import Procedure, procedure_of
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import StepDialog
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import LineField, TextField
from crm_desktop.services.office import Office, open_office
from tests.gui.complaints_room import Room
from tests.gui.customers_room import entered, file_of
from tests.gui.every_step import every_question, every_step
from tests.gui.test_guide_panel import unfolded
from tests.makers import act, anonymous, complaint

TYPED = "写到一半的话"


@pytest.fixture
def numbers(office: Office) -> tuple[str, str]:
    """Two complaints of different customers."""
    return tuple(office.complaints.register(draft, act()).number for draft in (complaint(), anonymous()))


def kept(office: Office) -> list[tuple[str, str]]:
    """The forms that are put aside, and of what."""
    return [(row.form, row.record) for row in office.drafts.rows()]


def until_kept(qtbot: QtBot, office: Office) -> None:
    """Waits for what is put aside by itself."""
    qtbot.waitUntil(lambda: bool(kept(office)), timeout=3000)


def room_at(qtbot: QtBot, office: Office, number: str) -> Room:
    """A window of its own, on this case."""
    made = Room(qtbot, office)
    made.page.show_case(number)
    return made


# -- the mechanism -----------------------------------------------------------------------------------------------


@pytest.fixture
def form(qtbot: QtBot, office: Office) -> Iterator[Any]:
    """A form with a text and a PIN, and its keeping."""
    made: Any = FieldForm(columns=1)
    made.add_line("reason", "原因")
    made.add_secret("pin", "PIN")
    qtbot.addWidget(made)
    made.keeping, made.told = Keeping(Session(office.desk), "一张表", made, made), []
    made.keeping.told.connect(made.told.append)
    yield made


def test_words_are_put_aside_within_a_second_and_come_back(qtbot: QtBot, office: Office, form: Any) -> None:
    form.keeping.turn_to("1")
    form.field("reason").set_typed(TYPED)
    until_kept(qtbot, office)
    form.keeping.leave()
    form.set_values({"reason": ""})
    form.keeping.turn_to("2")
    assert form.field("reason").typed() == ""
    form.keeping.turn_to("1")
    assert form.field("reason").typed() == TYPED
    assert form.dirty
    assert form.told == ["11-21 14:00 写的、没有保存的“一张表”已放回。"]


def test_what_is_saved_or_given_up_leaves_nothing(qtbot: QtBot, office: Office, form: Any) -> None:
    form.keeping.turn_to("1")
    form.field("reason").set_typed(TYPED)
    until_kept(qtbot, office)
    form.mark_saved()
    assert kept(office) == []


def test_a_pin_is_never_put_aside(qtbot: QtBot, office: Office, form: Any) -> None:
    form.keeping.turn_to("1")
    form.field("pin").set_typed("2468")
    form.field("reason").set_typed(TYPED)
    until_kept(qtbot, office)
    assert office.drafts.get("一张表", "1") == {"reason": TYPED}


def test_what_somebody_stored_meanwhile_is_told_beside_the_words_that_come_back(
    qtbot: QtBot, office: Office, form: Any
) -> None:
    form.set_values({"reason": "原来的"})
    form.keeping.turn_to("1")
    form.field("reason").set_typed(TYPED)
    until_kept(qtbot, office)
    form.keeping.leave()
    form.set_values({"reason": "别人后来写的"})
    form.keeping.turn_to("1")
    assert form.field("reason").typed() == TYPED
    assert "别人存了“别人后来写的”" in form.told[0]


def test_what_nobody_came_back_to_is_forgotten(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.drafts.put("一张表", {"reason": TYPED}, "1")
    office.drafts.forget_old()
    assert kept(office)
    monkeypatch.setenv("CRM_NOW", "2027-02-01T09:00:00")
    later = open_office(office.desk.home)
    later.drafts.forget_old()
    assert kept(later) == []
    later.desk.close()


# -- every step of a case ----------------------------------------------------------------------------------------


class _Desk:
    """Steps asked over an empty window."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.office, self.qtbot = office, qtbot
        self.procedure: Procedure = procedure_of(office)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.steps = CaseSteps(self.procedure, Session(office.desk), Messages(), self.window)

    def asks(self, step: Step, number: str) -> StepDialog | None:
        """The dialog of this step about this case; None where the step has nothing to ask now."""
        self.steps.begin(step, self.office.cases.case(number), "抱怨投诉")
        found = self.window.findChildren(StepDialog)
        return found[-1] if found else None

    def leave(self, dialog: StepDialog) -> None:
        """Esc, and the dialog is gone."""
        self.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        self.qtbot.waitUntil(lambda: not self.window.findChildren(StepDialog))


def words_of(dialog: StepDialog) -> list[LineField | TextField]:
    """The inputs for words that can be seen."""
    found = [*dialog.findChildren(LineField), *dialog.findChildren(TextField)]
    return [one for one in found if one.isVisibleTo(dialog) and not one.isReadOnly()]


@pytest.mark.parametrize("step", every_step(), ids=lambda step: step.__name__)
def test_the_words_of_a_step_come_back_to_its_case_only(
    qtbot: QtBot, office: Office, numbers: tuple[str, str], step: type[Step]
) -> None:
    desk, (mine, other) = _Desk(qtbot, office), numbers
    dialog = desk.asks(step(desk.procedure), mine)
    if dialog is None or not words_of(dialog):
        return  # idle in this state, or it asks for no words
    words_of(dialog)[0].set_typed(TYPED)
    name = words_of(dialog)[0].accessibleName()
    desk.leave(dialog)
    again, elsewhere = desk.asks(step(desk.procedure), mine), None
    assert again is not None
    assert TYPED in [one.typed() for one in words_of(again) if one.accessibleName() == name]
    desk.leave(again)
    elsewhere = desk.asks(step(desk.procedure), other)
    assert elsewhere is None or TYPED not in [one.typed() for one in words_of(elsewhere)]


def test_a_step_given_up_by_its_button_is_not_offered_again(
    qtbot: QtBot, office: Office, numbers: tuple[str, str]
) -> None:
    room = room_at(qtbot, office, numbers[0])
    room.seat_director()
    room.click("交服务总监")
    room.fill("移交给", TYPED, room.dialog())
    until_kept(qtbot, office)
    room.click("取消", room.dialog())
    assert kept(office) == []
    room.page.close()


# -- rooms: the window is dropped and opened again ----------------------------------------------------------------


def test_a_tab_of_a_case_gets_its_words_back_and_no_other_case_does(
    qtbot: QtBot, office: Office, numbers: tuple[str, str]
) -> None:
    room = room_at(qtbot, office, numbers[0])
    room.turn_to("处理")
    room.fill("责任人", TYPED)
    until_kept(qtbot, office)
    again = room_at(qtbot, office, numbers[1])
    again.turn_to("处理")
    assert again.field("责任人").typed() == ""
    again.page.show_case(numbers[0])
    again.turn_to("处理")
    assert again.field("责任人").typed() == TYPED
    assert "没有保存的“处理”已放回" in again.said()


def test_a_tab_that_was_saved_keeps_nothing(qtbot: QtBot, office: Office, numbers: tuple[str, str]) -> None:
    room = room_at(qtbot, office, numbers[0])
    room.turn_to("处理")
    room.fill("委托书号", "WT-1")
    until_kept(qtbot, office)
    room.save()
    assert kept(office) == []
    assert office.cases.case(numbers[0]).fields["order_number"] == "WT-1"


def test_the_six_steps_get_their_words_back_by_step(qtbot: QtBot, office: Office, numbers: tuple[str, str]) -> None:
    room = room_at(qtbot, office, numbers[0])
    unfolded(room)
    room.field("记录").set_typed(TYPED)
    until_kept(qtbot, office)
    again = room_at(qtbot, office, numbers[0])
    if again.has("六步向导"):
        unfolded(again)
    assert again.field("记录").typed() == TYPED
    assert kept(office) == [("六步向导", f"{numbers[0]}/1")]


def test_a_customer_s_file_gets_names_contacts_and_cars_back(qtbot: QtBot, office: Office) -> None:
    customer = file_of(office)
    hands = entered(qtbot, office)
    hands.page.show_customer(customer)
    hands.fill("地址", "长宁路 1 号")
    hands.fields("联系电话")[0].set_typed("13900001111")
    hands.fill("颜色", "白")
    until_kept(qtbot, office)
    again = entered(qtbot, office)
    again.page.show_customer(customer)
    assert again.field("地址").typed() == "长宁路 1 号"
    assert again.field("联系电话").typed() == "13900001111"
    assert again.field("颜色").typed() == "白"
    again.save()
    assert [contact.value for contact in office.customers.profile(customer).draft.contacts] == ["13900001111"]
    assert kept(office) == []


def test_the_intake_gets_its_judgement_back_too(qtbot: QtBot, office: Office) -> None:
    room = Room(qtbot, office)
    room.page.new_complaint()
    room.fill("抱怨内容", TYPED)
    room.press(Qt.Key.Key_F8)
    room.fill("理由", "客户提到起诉", room.dialog())
    room.click("定为重大", room.dialog())
    texts = room.page.typed()
    again = Room(qtbot, office)
    again.page.new_complaint()
    again.page.set_typed(texts)
    again.fill("客户姓名", "曾小明")
    again.click("保存")
    fields = office.cases.case("TS20261121-001").fields
    assert (fields["severity"], fields["severity_reason"]) == ("重大", "客户提到起诉")


# -- at the next start -------------------------------------------------------------------------------------------


def test_whoever_sits_down_is_told_what_was_not_finished(office: Office, numbers: tuple[str, str]) -> None:
    customer = office.cases.case(numbers[0]).customer_id
    office.drafts.put("处理", {"responsible": TYPED}, numbers[1])
    office.drafts.put("客户档案", {"address": TYPED}, f"customer:{customer}")
    told = what_waits(office, act())
    assert told == f"写了没保存、打开就接着写：{numbers[1]} 处理、曾小明的客户档案。"


# -- none is forgotten -------------------------------------------------------------------------------------------

ROOT = Path(crm_desktop.__file__).parent
ASKS = re.compile(
    r"(FieldForm|LineField|TextField|QPlainTextEdit|QLineEdit|SuggestLine|QInputDialog\.\w+)\(\S|\((Long)?Question\)|\(Step\)"
)
LINE = re.compile(r"^\| `((?:gui|app)/\S+\.py)` \| (.+) \|$", re.MULTILINE)


def told_in_docs() -> dict[str, str]:
    """What docs/furniture.md says of each module with inputs."""
    return dict(LINE.findall((ROOT.parent / "docs" / "furniture.md").read_text(encoding="utf-8")))


def with_inputs() -> set[str]:
    """Every module of rooms and entrance that asks for something to be typed."""
    paths = [path for floor in ("gui", "app") for path in (ROOT / floor).rglob("*.py") if "widgets" not in path.parts]
    return {path.relative_to(ROOT).as_posix() for path in paths if ASKS.search(path.read_text(encoding="utf-8"))}


def test_every_module_with_inputs_says_whether_they_are_kept() -> None:
    assert with_inputs() - set(told_in_docs()) == set(), "docs/furniture.md: What is typed and not saved"


def test_a_question_without_a_record_is_one_of_the_few_that_keep_nothing() -> None:
    silent = {found.__name__ for found in every_question() if found.about is Question.about}
    assert silent == {"LongQuestion", "Freeze", "NarrowList", "ErasePerson"}
