"""Whatever breaks inside a command or at the door: one sentence, the right status, and no traceback."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import cli
from crm_desktop.services.office import open_office
from tests.makers import registered

LOG = Path("logs") / "crash.log"
NO_SUCH_STATE = "PRAGMA ignore_check_constraints = 1; UPDATE complaints SET received_at = 'some day'"
EXPORT = ("export", "register", "--from", "2020-01-01", "--to", "2030-12-31", "out.xlsx")


@pytest.fixture
def used(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home with one complaint, closed now."""
    office = open_office(home)
    registered(office)
    office.desk.close()
    monkeypatch.chdir(tmp_path)
    return home


def ran(home: Path, *words: str) -> int:
    return cli.run(cli.parse(["--home", str(home), *words]))


def behind_the_back(home: Path, script: str) -> None:
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        rows.executescript(script)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (NO_SUCH_STATE, ("find", "TS")),
        ("PRAGMA foreign_keys = OFF; DROP TABLE customers", EXPORT),
        ("INSERT INTO settings VALUES (1, 1, 'x', 'dealership.name', '{not')", EXPORT),
        ("CREATE TRIGGER evil AFTER INSERT ON history BEGIN DELETE FROM facts; END", ("check",)),
    ],
)
def test_damaged_data_is_called_by_its_name(
    used: Path, capsys: pytest.CaptureFixture[str], script: str, words: tuple[str, ...]
) -> None:
    behind_the_back(used, script)
    assert ran(used, *words) == 6
    told = capsys.readouterr()
    assert told.err.strip().endswith("。")
    assert "Traceback" not in told.err


def test_a_fault_of_our_own_is_said_and_logged(
    used: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.services.search.Search.find", lambda *_a, **_k: 1 / 0)
    assert ran(used, "find", "13800000000") == 1
    assert "logs/crash.log" in capsys.readouterr().err
    assert "ZeroDivisionError" in (used / LOG).read_text(encoding="utf-8")


def test_a_door_that_cannot_open_says_so_in_its_first_line(
    used: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.cli.commands.filling", lambda _asked: 1 / 0)
    assert ran(used, "serve") == 1
    assert json.loads(capfdbinary.readouterr().out)["ready"] is False


def test_a_folder_in_the_way_is_named(used: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (used / "writer.lock").unlink(missing_ok=True)
    (used / "writer.lock").mkdir()
    assert ran(used, "restore", str(used / "crm.db")) == 8
    assert "writer.lock" in capsys.readouterr().err


@pytest.mark.parametrize("now", ["gestern", "0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_clock_set_to_no_time_is_refused(
    used: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, now: str
) -> None:
    (used / ".crm-test").touch()
    monkeypatch.setenv("CRM_NOW", now)
    assert ran(used, "due", "--json") == 3
    assert "CRM_NOW" in capsys.readouterr().err


def test_a_link_that_leads_nowhere_hides_no_other_backup(used: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (used / "backups").mkdir(exist_ok=True)
    (used / "backups" / "crm-20261122-000002-s17-aaaaaaaa.zip").symlink_to(used / "gone")
    assert ran(used, "backups", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
