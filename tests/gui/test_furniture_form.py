"""A form: what it reads, how the keyboard walks through it, and how it says what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.widgets.field_form import FieldForm
from tests.gui.furniture import small_form


@pytest.fixture
def form(qtbot: QtBot) -> FieldForm:
    made = small_form()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def local(*parts: int) -> datetime:
    return datetime(*parts).astimezone(UTC)


def test_an_untouched_form_gives_its_defaults(form: FieldForm) -> None:
    assert form.values() == {
        "name": "",
        "mileage": None,
        "channel": "接待",
        "received_at": None,
        "bought_on": None,
        "words": "",
        "demand": "",
    }


@pytest.mark.parametrize("typed", ["38620", "38,620", "38620 km", " 38 620公里", "３８６２０"])
def test_a_mileage_may_be_typed_in_every_usual_way(form: FieldForm, typed: str) -> None:
    form.set_typed({"mileage": typed})
    assert form.values()["mileage"] == 38620


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:05", local(2026, 11, 21, 9, 5)),
        ("11-20 13:44", local(2026, 11, 20, 13, 44)),
        ("昨天 08:00", local(2026, 11, 20, 8, 0)),
        ("1/5 8:00", local(2027, 1, 5, 8, 0)),
        ("2025-03-01 13：44", local(2025, 3, 1, 13, 44)),
        ("11月20日", local(2026, 11, 20)),
    ],
)
def test_a_time_is_read_as_the_desk_writes_it_and_handed_on_in_utc(
    form: FieldForm, typed: str, meant: datetime
) -> None:
    form.set_typed({"received_at": typed})
    assert form.values()["received_at"] == meant


def test_a_day_shown_is_the_day_read_back(form: FieldForm) -> None:
    form.set_values({"bought_on": date(2023, 2, 28)})
    assert form.values()["bought_on"] == date(2023, 2, 28)


def test_a_time_shown_is_the_time_read_back(form: FieldForm) -> None:
    form.set_values({"received_at": local(2026, 11, 21, 13, 44)})
    assert form.typed()["received_at"] == "11-21 13:44"
    assert form.values()["received_at"] == local(2026, 11, 21, 13, 44)


def test_what_cannot_be_read_is_refused_with_a_sentence_for_each_field(form: FieldForm) -> None:
    form.set_typed({"mileage": "三万", "received_at": "刚才", "bought_on": "2-30"})
    with pytest.raises(InvalidInput) as refusal:
        form.values()
    assert set(refusal.value.fields) == {"mileage", "received_at", "bought_on"}
    assert "行驶里程应是数字" in refusal.value.sentence


def test_every_input_is_named_by_its_visible_label(form: FieldForm) -> None:
    inputs = form.findChildren(QLineEdit) + form.findChildren(QComboBox) + form.findChildren(QPlainTextEdit)
    shown = {label.text() for label in form.findChildren(QLabel)}
    names = {found.accessibleName() for found in inputs}
    assert names == {"客户姓名", "行驶里程", "接收渠道", "受理时间", "购车日期", "抱怨内容", "诉求"}
    assert names <= shown


def test_a_screen_reader_hears_the_label_of_a_choice_and_its_word(form: FieldForm) -> None:
    spoken = QAccessible.queryAccessibleInterface(form.field("channel"))
    assert spoken.text(QAccessible.Text.Name) == "接收渠道"
    assert spoken.text(QAccessible.Text.Value) == "接待"
    assert spoken.role() == QAccessible.Role.ComboBox


def test_enter_walks_through_the_fields_in_their_order(form: FieldForm, qtbot: QtBot) -> None:
    form.go_to("name")
    walked = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        walked.append(QApplication.focusWidget().accessibleName())
    assert walked == ["行驶里程", "接收渠道", "受理时间", "购车日期", "抱怨内容"]


def test_enter_in_several_lines_is_a_new_line_and_ctrl_enter_moves_on(form: FieldForm, qtbot: QtBot) -> None:
    words = form.field("words")
    form.go_to("words")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert words.typed() == "\n"
    qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is form.field("demand")


def test_tab_leaves_the_field_of_several_lines(form: FieldForm, qtbot: QtBot) -> None:
    form.go_to("words")
    qtbot.keyClick(form.field("words"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.field("demand")


def test_enter_does_not_move_on_while_a_word_is_being_composed(form: FieldForm, qtbot: QtBot) -> None:
    name = form.field("name")
    form.go_to("name")
    QApplication.sendEvent(name, QInputMethodEvent("li", []))
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is name


def test_the_wheel_changes_nothing(form: FieldForm) -> None:
    channel = form.field("channel")
    channel.setFocus()
    down = QPoint(0, -120)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        down,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(channel, turn)
    assert form.values()["channel"] == "接待"


def test_an_error_stands_at_its_field_and_takes_the_keyboard_there(form: FieldForm) -> None:
    form.show_errors({"words": "请记下客户原话。", "mileage": "里程太大。"})
    assert QApplication.focusWidget() is form.field("mileage")
    assert form.field("words").accessibleDescription() == "请记下客户原话。"
    assert "请记下客户原话。" in {label.text() for label in form.findChildren(QLabel)}


def test_nothing_jumps_when_an_error_is_said(form: FieldForm) -> None:
    before = form.field("demand").mapTo(form, QPoint(0, 0))
    form.show_errors({"name": "请填客户姓名。"})
    assert form.field("demand").mapTo(form, QPoint(0, 0)) == before


def test_errors_go_when_they_are_cleared(form: FieldForm) -> None:
    form.show_errors({"name": "请填客户姓名。"})
    form.clear_errors()
    assert form.field("name").accessibleDescription() == ""


def test_a_doubt_gives_way_to_an_error(form: FieldForm) -> None:
    form.show_errors({"name": "请填客户姓名。"})
    form.show_doubts({"name": "名字像单位。", "demand": "诉求很长。"})
    assert form.field("name").accessibleDescription() == "请填客户姓名。"
    assert form.field("demand").accessibleDescription() == "诉求很长。"


def test_a_hint_stands_where_nothing_else_is_said(form: FieldForm) -> None:
    form.show_doubts({"name": "名字像单位。"})
    form.show_hints({"name": "老客户", "demand": "同一问题第 3 次"})
    assert form.field("name").accessibleDescription() == "名字像单位。"
    assert form.field("demand").accessibleDescription() == "同一问题第 3 次"


def test_filling_in_is_no_change_and_typing_is(form: FieldForm, qtbot: QtBot) -> None:
    changes: list[str] = []
    form.changed.connect(changes.append)
    form.set_values({"name": "李建国"})
    assert (changes, form.dirty) == ([], False)
    qtbot.keyClicks(form.field("demand"), "x")
    assert (changes, form.dirty) == (["demand"], True)
    form.mark_saved()
    assert not form.dirty


def test_a_draft_brings_every_raw_text_back_and_counts_as_unsaved(form: FieldForm) -> None:
    texts = {**form.typed(), "name": "李", "mileage": "三万", "channel": "400热线", "words": "a\nb"}
    form.set_typed(texts)
    assert form.typed() == texts
    assert form.dirty


def test_an_old_word_that_is_no_longer_offered_is_kept(form: FieldForm) -> None:
    form.set_values({"channel": "传真"})
    assert form.values()["channel"] == "传真"


def test_a_locked_form_can_be_read_only(form: FieldForm, qtbot: QtBot) -> None:
    form.set_values({"name": "李建国"})
    form.lock(True)
    qtbot.keyClicks(form.field("name"), "x")
    assert form.values()["name"] == "李建国"
