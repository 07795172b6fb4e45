"""Where data lies when nobody names a folder: as chosen at the first start, else the platform's place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crm_desktop import cli
from crm_desktop.paths import choose_home, chosen_home, default_home, named_home, proposed_home, usual_home


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The notes of this computer are nobody's business here."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "PROGRAMDATA", "LOCALAPPDATA", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def test_before_the_first_start_it_is_the_place_of_the_platform() -> None:
    assert chosen_home() is None
    assert default_home() == usual_home()


def test_what_was_chosen_is_found_again_by_window_and_commands(tmp_path: Path) -> None:
    choose_home(tmp_path / "客诉 数据")
    assert default_home() == tmp_path / "客诉 数据"
    asked = cli.parse(["check"])
    assert (asked.home, asked.named) == (tmp_path / "客诉 数据", False)


def test_another_choice_takes_its_place(tmp_path: Path) -> None:
    choose_home(tmp_path / "a")
    choose_home(tmp_path / "b")
    assert chosen_home() == tmp_path / "b"


def test_a_named_folder_goes_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_home(tmp_path / "chosen")
    monkeypatch.setenv("CRM_HOME", str(tmp_path / "named"))
    assert default_home() == named_home() == tmp_path / "named"
    assert cli.parse([]).named
    assert cli.parse(["--home", str(tmp_path / "told")]).home == tmp_path / "told"


def test_on_windows_all_accounts_share_folder_and_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert proposed_home() == tmp_path / "PROGRAMDATA" / "crm_desktop" / "data"
    choose_home(tmp_path / "d")
    assert (tmp_path / "PROGRAMDATA" / "crm_desktop" / "home.txt").read_text(encoding="utf-8").strip() == str(
        tmp_path / "d"
    )


def test_where_the_shared_note_cannot_be_left_the_account_keeps_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    (tmp_path / "PROGRAMDATA").touch()
    choose_home(tmp_path / "d")
    assert chosen_home() == tmp_path / "d"
