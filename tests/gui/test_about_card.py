"""关于: version, the way to a newer one, and the licences of what others made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from crm_desktop import __version__
from crm_desktop.gui.settings_room.about_card import AboutCard, own, parts, update_address
from tests.gui.answered import Answered
from tests.gui.hands import Hands


def test_every_part_is_told_with_its_licence() -> None:
    told = {part.name: part.licence for part in parts()}
    assert told["peewee"] == "MIT"
    assert "LGPL" in told["Qt for Python (PySide6, shiboken6) and Qt 6"]
    assert {"Open Font License" in licence for name, licence in told.items() if name.startswith("Noto")} == {True}
    assert all(told.values())
    assert [part.name for part in parts() if part.use.isascii()] == []  # the desk reads Chinese


def test_the_frozen_program_says_where_the_texts_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "许可证全文" not in own()
    (tmp_path / "licences").mkdir()
    monkeypatch.setattr("crm_desktop.paths.resource", (tmp_path / "resources").joinpath)
    assert own().endswith(f"许可证全文在 {tmp_path / 'licences'}。")


def test_without_an_address_it_says_whom_to_ask(qtbot: QtBot, answered: Answered) -> None:
    hands = Hands(qtbot, AboutCard(""), answered)
    assert not hands.button("检查更新").isEnabled()
    assert update_address() == ""  # nobody has set one yet
    assert f"客诉管家 {__version__}" in hands.texts()


def test_with_an_address_the_browser_is_handed_it(
    qtbot: QtBot, answered: Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    Hands(qtbot, AboutCard("https://example.invalid/neu"), answered).click("检查更新")
    assert opened == [QUrl("https://example.invalid/neu")]
