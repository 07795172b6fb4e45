"""The look: colours that can be read, icons that exist, text of people that stays text, dialogs that take answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui import icons, theme
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.theme import DARK, LIGHT, Colours, Mode, Tone
from crm_desktop.gui.widgets.fields import LineField, TextField
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.signs import Banner, Chip, Part, StepRow, StepState
from crm_desktop.paths import resource
from tests.gui.furniture import COLUMNS, VISITS, Visit, small_form

QUIET_GROUNDS = (
    "ground",
    "card",
    "hover",
    "bar",
    "grey_ground",
    "accent_ground",
    "late_ground",
    "soon_ground",
    "done_ground",
)
"""Whatever text may come to stand on: bands, cards, a row under the pointer, a marked row, the four tones."""
INKS = ("text", "caption", "accent", "late", "soon", "done", "grey")
ON_STRONG = (
    ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("on_accent_soft", "accent"), ("on_accent_soft", "accent_hover"),
    ("on_badge", "badge"),
)  # fmt: skip
PAIRS = (*product(INKS, QUIET_GROUNDS), *ON_STRONG)
SIGN_OF_STYLE = re.compile(r'stroke="(#[0-9a-f]{6})"')


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = QColor(colour).getRgbF()[:3]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("colours", "pair"), list(product((LIGHT, DARK), PAIRS)))
def test_every_word_can_be_read_on_its_ground(colours: Colours, pair: tuple[str, str]) -> None:
    ink, ground = (getattr(colours, name) for name in pair)
    assert contrast(ink, ground) >= 4.5, pair


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", QUIET_GROUNDS)
def test_the_frame_of_what_has_the_keyboard_can_be_seen_on_every_ground(colours: Colours, ground: str) -> None:
    assert contrast(colours.accent, getattr(colours, ground)) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_frame_of_the_main_button_can_be_seen_around_it(colours: Colours) -> None:
    assert contrast(colours.text, colours.card) >= 3
    assert contrast(colours.text, colours.ground) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "role"), [("arrow-down", "caption"), ("arrow-up", "caption"), ("tick", "accent")])
def test_the_signs_the_style_sheet_draws_are_of_the_palette_and_can_be_seen(
    colours: Colours, name: str, role: str
) -> None:
    palette = "dark" if colours is DARK else "light"
    (ink,) = SIGN_OF_STYLE.findall(resource("icons", f"{name}-{palette}.svg").read_text("utf-8"))
    assert ink == getattr(colours, role)
    assert min(contrast(ink, colours.card), contrast(ink, colours.grey_ground)) >= 3


def test_no_rule_of_the_style_sheet_writes_in_a_colour_that_is_not_measured() -> None:
    inks = set(re.findall(r"[{; ]color: \$(\w+)", resource("desk.qss").read_text("utf-8")))
    assert inks - {*INKS, *(ink for ink, _ in ON_STRONG)} == set()


def test_every_kind_of_thing_that_takes_the_keyboard_shows_it_by_a_frame() -> None:
    style = re.sub(r"/\*.*?\*/", "", resource("desk.qss").read_text("utf-8"), flags=re.DOTALL)
    rules = [(kinds, body) for kinds, body in re.findall(r"([^{}]+)\{([^}]*)\}", style) if ":focus" in kinds]
    framed = " ".join(kinds for kinds, body in rules if re.search(r"border[^;]*\$(accent|late)", body))
    kinds = ("QLineEdit", "QPlainTextEdit", "QComboBox", "QCheckBox", "QPushButton", "QTableView", "QTabBar", "#figure")
    assert [kind for kind in kinds if kind not in framed] == []


@pytest.fixture
def undress(qapp: QApplication) -> Callable[[], None]:
    def back() -> None:
        theme.apply(qapp, Mode.LIGHT)

    return back


@pytest.mark.parametrize(("mode", "worn"), [(Mode.LIGHT, LIGHT), (Mode.DARK, DARK)])
def test_what_is_applied_is_worn(qapp: QApplication, undress: Callable[[], None], mode: Mode, worn: Colours) -> None:
    assert theme.apply(qapp, mode, 125) is worn
    assert theme.colours() is worn
    assert theme.scaled(13) == 16
    undress()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("field", [LineField, TextField])
def test_what_an_empty_field_says_of_itself_can_be_read(
    qapp: QApplication, qtbot: QtBot, undress: Callable[[], None], mode: Mode, field: type[LineField | TextField]
) -> None:
    worn, empty = theme.apply(qapp, mode), field(placeholder="客户想要什么")
    qtbot.addWidget(empty)
    empty.show()
    assert empty.palette().color(QPalette.ColorRole.PlaceholderText) == QColor(worn.caption)
    undress()


def test_the_style_sheet_names_no_colour_itself() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", resource("desk.qss").read_text("utf-8")) == []


def test_every_icon_can_be_drawn_in_a_colour(qapp: QApplication) -> None:
    for path in resource("icons").glob("*.svg"):
        drawn: QImage = icons.pixmap(path.stem, "#a5281c", 16, 2.0).toImage()
        inked = [1 for x in range(32) for y in range(32) if drawn.pixelColor(x, y).alpha() > 250]
        assert drawn.width() == 32
        assert inked, path.name


def test_text_of_people_never_becomes_markup(qtbot: QtBot) -> None:
    label = PlainLabel("<img src=x> & <b>李</b>")
    qtbot.addWidget(label)
    assert label.textFormat().name == "PlainText"
    assert plain_tooltip("<b>&") == "<p style='white-space:pre-wrap'>&lt;b&gt;&amp;</p>"


def test_a_line_too_long_for_its_room_shows_the_rest_as_a_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("返修后仍有异响，客户要求当面演示")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "当面演示" in label.toolTip()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_a_chip_without_a_word_is_not_there(qtbot: QtBot) -> None:
    card, chip = Card(), Chip()
    qtbot.addWidget(card)
    card.add(chip)
    card.show()
    assert not chip.isVisible()
    chip.say("超期 18 分钟", Tone.LATE)
    assert chip.isVisible()
    chip.say("", Tone.GREY)
    assert not chip.isVisible()


def test_no_piece_becomes_a_window_of_its_own(qapp: QApplication) -> None:
    card, chip, banner = Card("时限"), Chip("VIP", Tone.INFO), Banner()
    banner.say([Part("李建国")])
    assert [made for made in (card, chip, banner) if made.isVisible()] == []
    for piece in (chip, banner):
        card.add(piece)
    card.show()
    assert chip.isVisible()
    assert banner.isVisible()
    card.close()


def test_a_banner_says_who_stands_there_and_goes_when_there_is_nothing(qtbot: QtBot) -> None:
    page, banner = Card(), Banner("客户")
    qtbot.addWidget(page)
    page.add(banner)
    page.show()
    banner.say([Part("李建国", strong=True), Part("VIP", tone=Tone.INFO), Part("偏好微信", quiet=True)])
    assert banner.isVisible()
    assert banner.accessibleName() == "客户 李建国，VIP，偏好微信"
    banner.say([])
    assert not banner.isVisible()


def test_in_a_banner_a_very_long_name_gives_way_and_the_phone_stays_whole(qtbot: QtBot) -> None:
    page, banner = Card(), Banner("客户")
    qtbot.addWidget(page)
    page.add(banner)
    banner.say([Part("某" * 80 + " · 沪A·8K231", strong=True), Part("13816675521"), Part("38,620 km", quiet=True)])
    page.resize(700, 100)
    page.show()
    name, *others = banner.findChildren(ElidedLabel)
    assert page.width() == 700
    assert 300 < name.width() < name.sizeHint().width()
    assert all(label.width() >= label.sizeHint().width() for label in others)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_corner_between_two_scroll_bars_is_plain_ground(
    qapp: QApplication, qtbot: QtBot, undress: Callable[[], None], mode: Mode
) -> None:
    worn = theme.apply(qapp, mode)
    table: RowTable[Visit] = RowTable("来访", COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(VISITS * 20)
    table.resize(300, 200)
    table.show()
    qtbot.waitUntil(lambda: table.verticalScrollBar().isVisible() and table.horizontalScrollBar().isVisible())
    seen, side = table.grab().toImage(), table.verticalScrollBar().width()
    left, top = table.verticalScrollBar().parentWidget().x(), table.horizontalScrollBar().parentWidget().y()
    assert {seen.pixelColor(left + x, top + y).name() for x in range(side) for y in range(side)} == {worn.card}
    undress()


def test_steps_are_told_in_words_too(qtbot: QtBot) -> None:
    steps = StepRow()
    qtbot.addWidget(steps)
    steps.show_steps([("登记", StepState.DONE), ("移交", StepState.CURRENT), ("响应", StepState.AHEAD)])
    steps.grab()
    assert steps.accessibleName() == "进度：登记 已完成，移交 进行中，响应 未开始"


def fill_file_dialog(name: str, accept: bool = True) -> None:
    """Types a name into the next file dialog and answers it, once it is there."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.selectFile(name)
        dialog.accept() if accept else dialog.reject()

    QTimer.singleShot(100, fill)


def test_a_file_to_write_gets_the_ending_of_its_kind(qtbot: QtBot, tmp_path: Path) -> None:
    fill_file_dialog(str(tmp_path / "登记表"))
    path = Messages().choose_save("导出", "登记表", ["Excel 工作簿 (*.xlsx)", "PDF (*.pdf)"])
    assert path == tmp_path / "登记表.xlsx"


def test_a_dialog_that_was_left_gives_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    fill_file_dialog(str(tmp_path), accept=False)
    assert Messages().choose_open("导入", ["表格 (*.xlsx *.xls *.csv)"]) is None


def test_a_file_dialog_opened_from_a_dialog_belongs_to_it(qtbot: QtBot, tmp_path: Path) -> None:
    window, dialog, owners = QWidget(), QDialog(), list[QWidget | None]()
    for widget in (window, dialog):
        qtbot.addWidget(widget)
    dialog.open()
    qtbot.waitActive(dialog)
    QTimer.singleShot(50, lambda: owners.append(QApplication.activeModalWidget().parentWidget()))
    fill_file_dialog(str(tmp_path), accept=False)
    Messages(window).choose_open("导入", ["表格 (*.xlsx)"])
    assert owners == [dialog]


def test_praise_is_green_and_gives_way_to_a_doubt(qtbot: QtBot) -> None:
    form = small_form()
    qtbot.addWidget(form)
    form.show_praise({"words": "写得具体。"})
    said = [label for label in form.findChildren(PlainLabel) if label.text() == "写得具体。"]
    assert [label.property("tone") for label in said] == ["done"]
    form.show_doubts({"words": "太空。"})
    assert said[0].property("tone") == "soon"
