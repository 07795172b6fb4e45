"""Workbooks are read by a child process: what it gives is the same, and what kills it kills nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers import apart
from crm_desktop.importers.apart import read_table_apart
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import COMPLAINTS, shared_text, xlsx_file


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Five thousand rows of text, numbers and days."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["客户姓名", "联系电话", "购车日期", "行驶里程"])
    for number in range(5_000):
        sheet.append([f"客户{number}", f"138{number:08d}", datetime(2024, 1, 2), number])
    book.save(tmp_path / "客户.xlsx")
    return tmp_path / "客户.xlsx"


def test_the_child_reads_what_we_would_read(workbook: Path) -> None:
    here, there = read_table(workbook), read_table_apart(workbook)
    assert (there.headers, there.row_count, there.notes) == (here.headers, here.row_count, here.notes)
    assert list(there.rows) == list(here.rows)
    assert list(there.rows) == list(here.rows)  # walked a second time


def test_a_refusal_of_the_child_is_a_refusal_here(workbook: Path) -> None:
    with pytest.raises(WorkbookRefused, match="没有名为“别的”"):
        read_table_apart(workbook, sheet="别的")


def test_a_long_text_is_read_by_the_child_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (f"客户{number},138{number:08d}\n" for number in range(60_000))
    text = tmp_path / "客户.csv"
    text.write_text("客户姓名,联系电话\n" + "".join(rows), encoding="utf-8")
    here, there = read_table(text), read_table_apart(text)
    assert (there.headers, there.row_count, list(there.rows)) == (here.headers, here.row_count, list(here.rows))
    monkeypatch.setattr(apart, "reader_command", lambda: [sys.executable, "-c", "import os; os.abort()"])
    with pytest.raises(WorkbookRefused, match="读不出来"):
        read_table_apart(text)


def test_short_plain_text_needs_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "客户.csv").write_text("客户姓名,联系电话\n王五,13900001111\n", encoding="utf-8")
    monkeypatch.setattr(subprocess, "Popen", None)
    assert read_table_apart(tmp_path / "客户.csv").row_count == 1


@pytest.mark.parametrize("script", ["import os; os.abort()", "pass", "print('x' * 9000)", "import sys; sys.exit(3)"])
def test_a_child_that_dies_refuses_the_file_and_no_more(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(apart, "reader_command", lambda: [sys.executable, "-c", script])
    with pytest.raises(WorkbookRefused, match="读不出来"):
        read_table_apart(workbook)


@pytest.mark.parametrize("rows", [5_000, 20_000])
def test_one_long_text_that_many_cells_name_is_refused(tmp_path: Path, rows: int) -> None:
    with pytest.raises(WorkbookRefused, match=r"读不下|读不出来"):
        read_table_apart(shared_text(xlsx_file(tmp_path, *COMPLAINTS), 30_000, rows))


def test_a_child_that_stays_away_is_ended(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "reader_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with pytest.raises(WorkbookRefused, match="已停止"):
        read_table_apart(workbook)


def test_a_child_gone_astray_is_not_obeyed(workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import os, pickle, struct, sys\n"
        f"class Astray:\n    def __reduce__(self): return os.mkdir, ({str(tmp_path / 'astray')!r},)\n"
        "frame = pickle.dumps(Astray())\n"
        "sys.stdout.buffer.write(struct.pack('>I', len(frame)) + frame)\n"
    )
    monkeypatch.setattr(apart, "reader_command", lambda: [sys.executable, "-c", script])
    with pytest.raises(WorkbookRefused):
        read_table_apart(workbook)
    assert not (tmp_path / "astray").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_workbook_that_wants_all_memory_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 20_000_000)
    with pytest.raises(WorkbookRefused):
        read_table_apart(bomb)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_the_child_may_not_take_three_gigabytes(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    script = (
        "import pathlib, sys\n"
        "from crm_desktop.importers import apart\n"
        "def greedy(*_, **__):\n"
        "    room = bytearray(3 << 30)\n"
        f"    pathlib.Path({str(taken)!r}).touch()\n"
        "apart.read_table = greedy\n"
        "sys.exit(apart.serve())\n"
    )
    monkeypatch.setattr(apart, "reader_command", lambda: [sys.executable, "-c", script])
    with pytest.raises(WorkbookRefused, match="大得不合理"):
        read_table_apart(workbook)
    assert not taken.exists()
