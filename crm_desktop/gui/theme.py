"""The look of the desk: every colour and size is named here once; palette, QSS and painted widgets read it.

Source: the look of the house (ground, card, accent and the four tones, each pair at least 4.5:1).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from crm_desktop.paths import resource

BASE_PX = 13
FIELD_HEIGHT = 29
ROW_HEIGHT = 34
NAVIGATION_WIDTH = 168
FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "DeskExtras.ttf")
FAMILIES = ("Noto Sans SC", "Desk Extras", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "sans-serif")

_IN_STYLE, _WORN = "in_style", "worn"
_KEPT_MODE, _KEPT_PERCENT = "look/mode", "look/percent"


class Mode(Enum):
    """Which of the two palettes the desk wears; ``SYSTEM`` follows the computer."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


SMALLEST, USUAL, LARGEST = 80, 100, 150
"""Size of type in percent."""


class Look(NamedTuple):
    """What a person may choose: one of the palettes, and the size of type (all lengths grow with it) in percent."""

    mode: Mode = Mode.SYSTEM
    percent: int = USUAL


class Tone(Enum):
    """What a coloured ground says. Never the only sign: a word always stands on it."""

    LATE = "late"
    SOON = "soon"
    DONE = "done"
    INFO = "info"
    GREY = "grey"


class Colours(NamedTuple):
    """The roles of one palette. ``*_ground`` lies under text of the colour before it.

    ``second`` stands beside ``accent`` in charts, never under or as text.
    """

    ground: str
    card: str
    line: str
    strong_line: str
    hover: str
    text: str
    caption: str
    accent: str
    accent_ground: str
    accent_hover: str
    on_accent: str
    on_accent_soft: str
    bar: str
    late: str
    late_ground: str
    badge: str
    on_badge: str
    soon: str
    soon_ground: str
    soon_line: str
    done: str
    done_ground: str
    grey: str
    grey_ground: str
    second: str

    def pair(self, tone: Tone) -> tuple[str, str]:
        """Text colour and ground of a tone."""
        if tone is Tone.INFO:
            return self.accent, self.accent_ground
        return getattr(self, tone.value), getattr(self, f"{tone.value}_ground")


LIGHT = Colours(
    ground="#f4f5f7",
    card="#ffffff",
    line="#dfe3e8",
    strong_line="#c3cad3",
    hover="#f4f7fa",
    text="#1d2530",
    caption="#5f6b79",
    accent="#0f5c8c",
    accent_ground="#e6f0f7",
    accent_hover="#0c4d76",
    on_accent="#ffffff",
    on_accent_soft="#c6dcea",
    bar="#ebf1f6",
    late="#a5281c",
    late_ground="#fbe9e7",
    badge="#c0392b",
    on_badge="#ffffff",
    soon="#855a08",
    soon_ground="#fdf3dc",
    soon_line="#f0dba5",
    done="#23663e",
    done_ground="#e5f3ea",
    grey="#55606d",
    grey_ground="#eef0f3",
    second="#8fb8d2",
)

DARK = Colours(
    ground="#171b20",
    card="#1f252c",
    line="#343c46",
    strong_line="#4b5663",
    hover="#262d36",
    text="#e6e9ed",
    caption="#9ba6b3",
    accent="#6db3e0",
    accent_ground="#1d3445",
    accent_hover="#8cc5ea",
    on_accent="#0d1c27",
    on_accent_soft="#223f53",
    bar="#1b2229",
    late="#f2968c",
    late_ground="#41231f",
    badge="#c0392b",
    on_badge="#ffffff",
    soon="#e5b865",
    soon_ground="#3b3018",
    soon_line="#5d4c24",
    done="#80c99f",
    done_ground="#1c3628",
    grey="#a9b4c0",
    grey_ground="#2b333c",
    second="#4a7894",
)


def colours() -> Colours:
    """The palette the program wears, for what QSS cannot draw."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def scaled(px: int) -> int:
    """A length drawn for the base size of 13 px, in the size the person has chosen."""
    base = QApplication.font().pixelSize()
    return round(px * base / BASE_PX) if base > 0 else px


def application(arguments: Sequence[str]) -> QApplication:
    """Qt's application in the one style our look is written for, with the shipped faces loaded; ``apply`` it next.

    The style is named on Qt's own command line: ``setStyle`` would hand a QStyle to Python, which costs start-up time.
    """
    app = QApplication([*arguments[:1], "-style", "fusion", *arguments[1:]])
    app.setProperty(_IN_STYLE, True)
    load_fonts()
    app.styleHints().colorSchemeChanged.connect(follow)
    return app


def kept_look(memory: Path) -> Look:
    """What was chosen on this computer: ``memory`` is the ini file of the window. What makes no sense is as usual."""
    if not memory.is_file():
        return Look()
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - when the window was closed before

    kept = QSettings(str(memory), QSettings.Format.IniFormat)
    mode, percent = str(kept.value(_KEPT_MODE) or ""), str(kept.value(_KEPT_PERCENT) or "")
    return Look(
        Mode(mode) if mode in {one.value for one in Mode} else Mode.SYSTEM,
        max(SMALLEST, min(int(percent), LARGEST)) if percent.isdecimal() else USUAL,
    )


def keep_look(memory: Path, look: Look) -> None:
    """For the next start on this computer."""
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - when somebody chooses

    kept = QSettings(str(memory), QSettings.Format.IniFormat)
    kept.setValue(_KEPT_MODE, look.mode.value)
    kept.setValue(_KEPT_PERCENT, str(look.percent))


def apply(app: QApplication, mode: Mode = Mode.LIGHT, percent: int = USUAL) -> Colours:
    """Dress the whole program: another mode at any time, another size of type before the window is built."""
    app.setProperty(_WORN, Look(mode, percent))
    return _dress(app, _wanted(mode, app.styleHints().colorScheme()), percent)


def follow(scheme: Qt.ColorScheme) -> None:
    """The computer has turned light or dark: so does a program that follows it."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and (worn := app.property(_WORN)) and worn[0] is Mode.SYSTEM:
        _dress(app, _wanted(Mode.SYSTEM, scheme), worn[1])


def load_fonts() -> None:
    """Make the shipped faces known to Qt, once a process; missing files leave the system's own Chinese face."""
    for name in FACES:
        path = resource("fonts", name)
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def _wanted(mode: Mode, scheme: Qt.ColorScheme) -> Colours:
    if mode is Mode.SYSTEM:
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    return DARK if mode is Mode.DARK else LIGHT


def _dress(app: QApplication, wanted: Colours, percent: int) -> Colours:
    base_px = round(BASE_PX * max(SMALLEST, min(percent, LARGEST)) / USUAL)
    if not app.property(_IN_STYLE):
        app.setStyle("Fusion")
        app.setProperty(_IN_STYLE, True)
    app.setFont(_font(base_px))
    app.setPalette(_palette(wanted))
    app.setStyleSheet(_style_sheet(wanted, base_px))
    return wanted


def _font(base_px: int) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(base_px)
    return font


def _palette(wear: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(wear.card), QColor(wear.ground))
    for name, colour in (
        (role.Window, wear.ground),
        (role.WindowText, wear.text),
        (role.Base, wear.card),
        (role.AlternateBase, wear.hover),
        (role.Text, wear.text),
        (role.Button, wear.card),
        (role.ButtonText, wear.text),
        (role.PlaceholderText, wear.caption),
        (role.Highlight, wear.accent),
        (role.HighlightedText, wear.on_accent),
        (role.Accent, wear.accent),
        (role.Link, wear.accent),
        (role.LinkVisited, wear.accent),
        (role.ToolTipBase, wear.card),
        (role.ToolTipText, wear.text),
        (role.Light, wear.card),
        (role.Midlight, wear.line),
        (role.Mid, wear.line),
        (role.Dark, wear.strong_line),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(wear.caption))
    return palette


def _style_sheet(wear: Colours, base_px: int) -> str:
    factor = base_px / BASE_PX
    sizes = {f"px{n}": f"{round(n * factor)}px" for n in (*range(1, 49), 360)}
    template = Template(resource("desk.qss").read_text(encoding="utf-8"))
    icons = resource("icons").as_posix()
    palette = (Mode.DARK if wear is DARK else Mode.LIGHT).value  # of the signs QSS draws there is a file for each
    return template.substitute(wear._asdict(), **sizes, icons=icons, palette=palette)
