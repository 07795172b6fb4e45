"""Who gives a command: once a home has staff, customers are read and written under a name and its PIN only."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop import cli
from crm_desktop.services.office import open_office

Run = Callable[..., int]
NEED_A_PERSON = (
    ("find", "TS2026"),
    ("due",),
    ("import", "complaints", "x.csv"),
    ("export", "register", "--from", "2026-11-01", "--to", "2026-11-20", "r.pdf"),
    ("export", "complaint", "TS20261101-001", "c.pdf"),
    ("export", "customers", "c.xlsx"),
)
NEED_NOBODY = (
    ("check",),
    ("deadlines", "--channel", "接待", "--severity", "一般", "--received", "2026-11-23T18:05"),
    ("check-wording", "--kind", "cause", "搭铁螺栓力矩没有列入检查表，出厂时没有人复紧"),
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command on a small sample home, from a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object) -> int:
        return cli.run(cli.parse(["--home", str(tmp_path / "home"), *map(str, words)]))

    command("demo", "--customers", "3", "--complaints", "3", "--until", "2026-11-20")
    return command


@pytest.fixture
def pin(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Tells a PIN in the environment."""

    def tell(digits: str) -> None:
        monkeypatch.setenv("CRM_PIN", digits)

    return tell


def one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on stderr, proven to be one sentence."""
    told = capsys.readouterr().err.strip()
    assert told.endswith("。")
    assert "\n" not in told
    return told


@pytest.mark.parametrize("words", NEED_A_PERSON, ids=" ".join)
def test_customers_are_nobodys_business_without_a_name(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(*words) == 4
    assert "--as" in one_sentence(capsys)


@pytest.mark.parametrize("words", NEED_NOBODY, ids=lambda words: words[0])
def test_rules_and_the_check_need_no_name(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words) == 0


@pytest.mark.parametrize("digits", ["2469", "", "二四六八"])
def test_a_wrong_pin_is_refused_with_one_sentence(
    run: Run, pin: Callable[[str], None], capsys: pytest.CaptureFixture[str], digits: str
) -> None:
    pin(digits)
    assert run("--as", "服务总监", "find", "TS2026") == 4
    assert "PIN 不对" in one_sentence(capsys)


def test_without_a_terminal_a_missing_pin_is_refused_not_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("--as", "服务总监", "find", "TS2026") == 4
    assert "CRM_PIN" in one_sentence(capsys)


def test_a_name_nobody_has_is_refused(run: Run, pin: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    pin("2468")
    assert run("--as", "张三", "find", "TS2026") == 4
    assert "张三" in one_sentence(capsys)


@pytest.mark.parametrize("role", ["服务总监", "服务顾问", "总经理"])
def test_in_a_sample_home_every_role_is_somebody_with_the_same_pin(
    run: Run, pin: Callable[[str], None], role: str
) -> None:
    pin("2468")
    assert run("--as", role, "find", "TS2026") == 0


def test_what_a_role_may_not_do_is_refused_here_as_in_the_window(
    run: Run, pin: Callable[[str], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pin("2468")
    (tmp_path / "f.csv").write_text("投诉日期,投诉内容\n2026-10-01,异响\n", "utf-8")
    assert run("--as", "索赔员", "import", "complaints", "f.csv") == 4
    assert "导入" in one_sentence(capsys)
    assert run("--as", "服务顾问", "export", "customers", "--unmasked", "c.xlsx") == 4
    assert not (tmp_path / "c.xlsx").exists()


def test_what_is_done_stands_in_the_history_under_that_name(
    run: Run, pin: Callable[[str], None], tmp_path: Path
) -> None:
    pin("2468")
    (tmp_path / "f.csv").write_text("投诉日期,投诉内容\n2026-10-01,异响\n", "utf-8")
    assert run("--as", "服务总监", "import", "complaints", "f.csv") == 0
    office = open_office(tmp_path / "home")
    director = office.staff.find("服务总监")
    assert office.desk.rows("SELECT who FROM imports ORDER BY id DESC LIMIT 1") == [(director.name,)]
    assert office.desk.rows("SELECT who, staff_id FROM history ORDER BY id DESC LIMIT 1") == [
        (director.name, director.id)
    ]
    office.desk.close()


def test_wrong_pins_cost_time_between_commands_too(
    run: Run, pin: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    pin("1111")
    for _ in range(3):
        run("--as", "服务总监", "find", "x")
    capsys.readouterr()
    pin("2468")
    assert run("--as", "服务总监", "find", "x") == 4
    assert "再试" in one_sentence(capsys)
