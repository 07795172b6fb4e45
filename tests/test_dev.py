"""The front door for developers: what it asks of the system, and that a second start installs nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def bare_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux that lacks one of Qt's libraries and is not ours to change."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libNobodyHasThis.so.1": "libnobody1"})
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own that was set up with the [dev] extra."""
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(dev, "install", lambda extras: None)
    dev.ensure_environment("dev")
    return tmp_path


@pytest.mark.usefixtures("bare_system")
def test_who_may_not_install_is_told_one_command_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.SetupError, match="sudo apt-get install -y --no-install-recommends libnobody1"):
        dev.ensure_system()


@pytest.mark.usefixtures("bare_system")
def test_other_systems_are_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(dev.SetupError, match=r"libNobodyHasThis\.so\.1"):
        dev.ensure_system()


def test_a_window_that_nobody_could_see_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert not dev.has_display()  # the suite runs offscreen
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert dev.has_display()
    monkeypatch.delenv("DISPLAY")
    assert not dev.has_display()


@pytest.mark.usefixtures("environment")
def test_a_second_start_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(dev, "install", asked.append)
    dev.ensure_environment()
    dev.ensure_environment("dev")
    assert asked == []


@pytest.mark.usefixtures("environment")
def test_a_further_extra_is_added_to_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(dev, "install", asked.append)
    dev.ensure_environment("bench")
    assert asked == [{"bench", "dev"}]


@pytest.mark.usefixtures("environment")
def test_other_dependencies_are_installed_at_the_next_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(dev, "install", asked.append)
    (tmp_path / "pyproject.toml").write_text('[build-system]\n[project]\ndependencies = ["more"]', encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    dev.ensure_environment()
    assert asked == [set()]


def test_an_unknown_verb_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert "python3 dev.py run" in capsys.readouterr().out


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(("arguments", "spread"), [([], True), (["-rs"], True), (["tests/test_dev.py::one"], False)])
def test_the_whole_suite_runs_in_two_processes(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], *, spread: bool
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "ensure_environment", lambda *_: None)
    monkeypatch.setattr(dev, "python", lambda *words, **_: asked.append(words) or 0)
    assert dev.test(arguments) == 0
    assert ("-n" in asked[0]) is spread
