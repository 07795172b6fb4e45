"""backup, restore and backups from the command line (interface.md section 2)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import cli
from crm_desktop.models.database import SCHEMA
from crm_desktop.models.lock import WriterLock
from crm_desktop.services.office import open_office
from tests.makers import registered

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command on a small sample home, as 系统管理 with the right PIN."""
    monkeypatch.setenv("CRM_PIN", "2468")

    def command(*words: object) -> int:
        return cli.run(cli.parse(["--home", str(tmp_path / "home"), "--as", "服务总监", *map(str, words)]))

    command("demo", "--customers", "3", "--complaints", "3", "--until", "2026-11-20")
    return command


def test_a_backup_is_written_and_put_back(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", tmp_path / "备份.zip") == 0
    assert run("restore", tmp_path / "备份.zip") == 0
    assert "抱怨单 3 张" in capsys.readouterr().out
    assert run("check") == 0


def test_the_present_data_is_a_backup_after_a_restore(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("backup", tmp_path / "备份.zip")
    run("restore", tmp_path / "备份.zip")
    capsys.readouterr()
    assert run("backups", "--json") == 0
    assert [row["complaints"] for row in json.loads(capsys.readouterr().out)] == [3]


def test_a_damaged_home_is_restored_without_asking_it(run: Run, tmp_path: Path) -> None:
    run("backup", tmp_path / "备份.zip")
    (tmp_path / "home" / "crm.db").write_bytes(b"\0" * 9000)
    assert run("check") == 6
    assert run("restore", tmp_path / "备份.zip") == 0
    assert run("check") == 0


@pytest.mark.parametrize("content", [None, "", "ab" * 32])
def test_a_home_whose_key_is_gone_or_another_one_is_restored_without_its_code(
    run: Run, tmp_path: Path, content: str | None
) -> None:
    run("backup", tmp_path / "备份.zip")
    key = tmp_path / "home" / "history.key"
    key.unlink() if content is None else key.write_text(content)
    assert run("check") == 6
    assert run("restore", tmp_path / "备份.zip") == 0
    assert run("check") == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE credentials SET pin_hash = '00'",
        "UPDATE staff SET roles = 'x'",
        f"PRAGMA user_version = {SCHEMA + 1}",
    ],
)
def test_where_people_s_own_rows_are_damaged_nobody_is_asked(run: Run, tmp_path: Path, sql: str) -> None:
    run("backup", tmp_path / "备份.zip")
    with closing(sqlite3.connect(tmp_path / "home" / "crm.db")) as rows:
        rows.execute(sql)
        rows.commit()
    assert run("check") in (6, 7)
    assert run("restore", tmp_path / "备份.zip") == 0
    assert run("check") == 0


@pytest.mark.parametrize("name", ["crm.db", "crm.db-wal", "crm.db-shm", "crm.db-journal"])
def test_a_folder_where_the_data_should_lie_is_damage_and_a_backup_takes_its_place(
    run: Run, tmp_path: Path, name: str
) -> None:
    run("backup", tmp_path / "备份.zip")
    (tmp_path / "home" / name).unlink(missing_ok=True)
    (tmp_path / "home" / name).mkdir()
    assert run("check") == 6
    assert run("restore", tmp_path / "备份.zip") == 0
    assert run("check") == 0


def test_a_log_of_another_home_is_damage_and_a_backup_takes_its_place(run: Run, tmp_path: Path) -> None:
    run("backup", tmp_path / "备份.zip")
    other = open_office(tmp_path / "other")
    registered(other)
    shutil.copy(tmp_path / "other" / "crm.db-wal", tmp_path / "home" / "crm.db-wal")
    other.desk.close()
    assert run("check") == 6
    assert run("restore", tmp_path / "备份.zip") == 0
    assert run("check") == 0


def test_a_home_whose_data_is_gone_is_damaged_and_not_new(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "crm.db").unlink()
    assert run("check") == 6
    assert not (tmp_path / "home" / "crm.db").exists()


def test_over_sound_data_nobody_restores_without_his_pin(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", tmp_path / "备份.zip")
    monkeypatch.setenv("CRM_PIN", "1357")
    assert run("restore", tmp_path / "备份.zip") == 4


@pytest.mark.parametrize("name", ["no.zip", "text.zip"])
def test_what_is_no_backup_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "text.zip").write_text("nothing of the kind")
    capsys.readouterr()
    assert run("restore", tmp_path / name) in (6, 8)
    told = capsys.readouterr().err.strip()
    assert told.endswith("。")
    assert "\n" not in told


def test_a_restore_waits_for_the_window_to_close(run: Run, tmp_path: Path) -> None:
    run("backup", tmp_path / "备份.zip")
    with WriterLock(tmp_path / "home", "窗口"):
        assert run("backup", tmp_path / "另一份.zip") == 0
        assert run("restore", tmp_path / "备份.zip") == 5


def test_a_backup_needs_its_right(run: Run, tmp_path: Path) -> None:
    asked = ["--home", str(tmp_path / "home"), "--as", "服务顾问", "backup", str(tmp_path / "备份.zip")]
    assert cli.run(cli.parse(asked)) == 4
    assert not (tmp_path / "备份.zip").exists()


def test_a_folder_without_backups_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(cli.parse(["--home", str(tmp_path), "backups"])) == 0
    assert "还没有备份" in capsys.readouterr().out


def test_an_import_is_preceded_by_a_backup_where_there_is_something_to_lose(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f.csv").write_text("客户姓名,联系电话\n赵六,13700001111\n", encoding="utf-8")
    run("import", "customers", tmp_path / "f.csv", "--dry-run")
    run("import", "customers", tmp_path / "f.csv")
    capsys.readouterr()
    run("backups", "--json")
    assert [row["customers"] for row in json.loads(capsys.readouterr().out)] == [3]


def test_a_locked_backup_opens_with_its_password_on_another_computer(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_BACKUP_PASSWORD", "云杉 horse 42")
    assert run("backup", "--lock", tmp_path / "备份.locked") == 0
    monkeypatch.setenv("CRM_BACKUP_PASSWORD", "another one")
    other = ("--home", str(tmp_path / "other"), "restore", str(tmp_path / "备份.locked"))
    assert cli.run(cli.parse(list(other))) == 3
    assert "密码不对" in capsys.readouterr().err
    assert not (tmp_path / "other" / "crm.db").exists()
    monkeypatch.setenv("CRM_BACKUP_PASSWORD", "云杉 horse 42")
    assert cli.run(cli.parse([*other, "--code", "x"])) == 3
    assert "恢复码" in capsys.readouterr().err


def test_without_a_terminal_a_locked_backup_asks_for_the_environment(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", "--lock", tmp_path / "备份.locked") == 3
    assert "CRM_BACKUP_PASSWORD" in capsys.readouterr().err
