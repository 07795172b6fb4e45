"""Files through the door, and the door as another program opens it: its first line, its lock, its end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.models.lock import WriterLock
from crm_desktop.services.backups import listing
from crm_desktop.services.office import Office
from tests.door.conftest import Caller


def opened(home: Path, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The door as another program opens it, says this, and closes its end."""
    words = [sys.executable, "-m", "crm_desktop", "--home", str(home), "serve"]
    return subprocess.run(words, check=False, input=asked, capture_output=True, timeout=60)


@pytest.mark.parametrize("name", ["register.xlsx", "register.pdf"])
def test_a_register_is_written(adviser: Caller, tmp_path: Path, name: str) -> None:
    span = {"from": "2026-11-01", "to": "2026-11-21"}
    told = adviser.get("exports.write", paper="register", out=str(tmp_path / name), **span)
    assert Path(told["path"]).stat().st_size > 5_000


def test_full_numbers_need_the_right_and_a_reason(adviser: Caller, tmp_path: Path) -> None:
    out = str(tmp_path / "客户.xlsx")
    assert adviser.ask("exports.write", paper="customers", out=out, unmasked=True)["code"] in (3, 4)
    assert not Path(out).exists()


def test_a_file_comes_in_and_goes_out_again(director: Caller, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "客户.csv"
    source.write_text("客户姓名,联系电话\n赵六,13700001111\n,\n", encoding="utf-8")
    told = director.get("imports.run", kind="customers", file=str(source), key="nightly-1")
    assert (told["added"], told["run"] > 0) == (1, True)
    assert director.get("imports.run", kind="customers", file=str(source), key="nightly-1") == told
    assert director.get("imports.undo", run=told["run"]) == {"removed": {"客户": 1}, "restored": 0}
    assert office.desk.rows("SELECT COUNT(*) FROM contacts WHERE value = '13700001111'") == [(0,)]


def test_an_import_a_merge_and_their_undoing_are_preceded_by_backups(
    director: Caller, office: Office, tmp_path: Path
) -> None:
    source = tmp_path / "客户.csv"
    source.write_text("客户姓名,联系电话\n赵六,13700001111\n赵七,13700002222\n", encoding="utf-8")
    director.get("imports.run", kind="customers", file=str(source), dry_run=True)
    assert listing(tmp_path) == []
    director.get("imports.run", kind="customers", file=str(source))
    kept, merged = (found for (found,) in office.desk.rows("SELECT id FROM customers ORDER BY id DESC LIMIT 2"))
    before = len(listing(tmp_path))
    director.get("merging.merge", kept_id=kept, merged_id=merged, reason="本人确认")
    assert (before, len(listing(tmp_path))) == (1, 2)


def test_without_its_backup_no_import_begins(director: Caller, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "客户.csv"
    source.write_text("客户姓名,联系电话\n赵六,13700001111\n", encoding="utf-8")
    (tmp_path / "backups").write_text("a file where the folder should be", encoding="utf-8")
    answer = director.ask("imports.run", kind="customers", file=str(source))
    assert (answer["code"], "导入没有开始" in answer["error"]) == (8, True)
    assert office.desk.rows("SELECT COUNT(*) FROM contacts WHERE value = '13700001111'") == [(0,)]


def test_another_program_opens_the_door_and_closes_it(tmp_path: Path) -> None:
    asked = b'{"id": "a", "op": "complaints.register", "args": {"words": "\xe6\xbc\x8f\xe6\xb2\xb9", "name": "A"}}\n'
    done = opened(tmp_path / "home", asked)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.returncode, done.stderr, first["ready"]) == (0, b"", True)
    assert (second["id"], second["ok"], second["result"]["state"]) == ("a", True, "登记")


def test_a_second_door_to_the_same_home_is_told_who_holds_it(office: Office, tmp_path: Path) -> None:
    with WriterLock(tmp_path, "窗口"):
        done = opened(tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, told["ready"], told["code"]) == (5, False, 5)
    assert "窗口" in told["error"]


def test_a_damaged_home_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "crm.db").write_bytes(b"\0" * 5000)
    done = opened(tmp_path)
    assert (done.returncode, json.loads(done.stdout)["ready"]) == (6, False)
