"""The command line of interface.md section 2, used as a script would use it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop import cli
from crm_desktop.domain.register import COLUMNS
from crm_desktop.models.lock import WriterLock
from crm_desktop.services.office import open_office

Run = Callable[..., int]


@pytest.fixture
def run(home: Path) -> Run:
    """Runs one command on this test's home and gives its exit status."""

    def command(*words: object) -> int:
        return cli.run(cli.parse(["--home", str(home), *map(str, words)]))

    return command


@pytest.fixture
def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """The PIN of everybody in a sample home, told in the environment."""
    monkeypatch.setenv("CRM_PIN", "2468")


@pytest.fixture
def csv(shared_data: Path) -> Path:
    """The 600 real public complaints."""
    return shared_data / "car_complaints_2020-08.csv"


def in_one_line(text: str) -> str:
    """Without the white space a page or cell may put between."""
    return re.sub(r"\s+", "", text)


def test_six_hundred_public_complaints_come_in_once(run: Run, csv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", "complaints", csv, "--json") == 0
    first = json.loads(capsys.readouterr().out)
    run("import", "complaints", csv, "--json")
    again = json.loads(capsys.readouterr().out)
    assert (first["read"], first["added"], first["errors"], first["empty"]) == (600, 600, [], ["id", "type"])
    assert (again["added"], again["skipped"]) == (0, 600)


def test_a_dry_run_changes_nothing(run: Run, csv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", "complaints", csv, "--dry-run")
    capsys.readouterr()
    run("import", "complaints", csv, "--json")
    assert json.loads(capsys.readouterr().out)["added"] == 600


def test_the_register_workbook_has_the_29_titles_and_every_complaint(run: Run, csv: Path, tmp_path: Path) -> None:
    run("import", "complaints", csv)
    assert run("export", "register", "--from", "2020-08-01", "--to", "2020/8/31", tmp_path / "r.xlsx") == 0
    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows(values_only=True))
    titles = tuple(column.title for column in COLUMNS)
    place = rows.index(titles)
    assert len(titles) == 29
    assert len(rows) - place - 1 == 600


def test_the_register_pdf_holds_every_complaints_words(run: Run, csv: Path, tmp_path: Path) -> None:
    run("import", "complaints", csv)
    run("export", "register", "--from", "2020-08-01", "--to", "2020-08-31", tmp_path / "r.pdf")
    paper = in_one_line("".join(page.extract_text() for page in PdfReader(tmp_path / "r.pdf").pages))
    told = [line.split(",")[3] for line in csv.read_text("utf-8-sig").splitlines()[1:]]
    assert [words for words in told if in_one_line(words) not in paper] == []


def test_the_source_number_is_accepted_wherever_a_number_is(run: Run, csv: Path, tmp_path: Path) -> None:
    run("import", "complaints", csv)
    assert run("export", "complaint", "515594", tmp_path / "c.pdf") == 0
    assert "长安马自达昂克赛拉发动机变速箱漏油" in in_one_line(PdfReader(tmp_path / "c.pdf").pages[0].extract_text())


def test_imported_history_is_never_due(run: Run, csv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", "complaints", csv)
    capsys.readouterr()
    assert run("due", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_bad_row_is_told_with_its_number_while_the_good_rows_go_in(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f.csv").write_text("投诉日期,投诉内容\n2026-10-01,异响\n2999-01-01,漏油\n", "utf-8")
    assert run("import", "complaints", tmp_path / "f.csv", "--json", "--errors", tmp_path / "bad.xlsx") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], [error["row"] for error in told["errors"]]) == (1, [3])
    given_back = list(openpyxl.load_workbook(tmp_path / "bad.xlsx").active.iter_rows(values_only=True))
    assert "漏油" in given_back[-1]


def test_where_nothing_was_refused_no_workbook_of_refused_rows_is_written(
    run: Run, csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", "complaints", csv, "--errors", tmp_path / "bad.xlsx") == 0
    assert "没有未通过的行，不写“bad.xlsx”。" in capsys.readouterr().out
    assert not (tmp_path / "bad.xlsx").exists()


def test_a_cell_no_workbook_can_hold_is_named_in_the_rows_given_back(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f.csv").write_text(f"投诉日期,投诉内容\n2026-10-01,{'啊' * 40_000}\n", "utf-8")
    assert run("import", "complaints", tmp_path / "f.csv", "--errors", tmp_path / "bad.xlsx") == 0
    assert "未通过 1" in capsys.readouterr().out
    row = list(openpyxl.load_workbook(tmp_path / "bad.xlsx").active.iter_rows(values_only=True))[-1]
    assert "原文 40000 字" in str(row[-1])


def test_a_channel_nobody_knows_is_told_and_kept(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.csv").write_text("投诉日期,投诉内容,投诉来源\n2026-10-01,异响,总裁信箱\n", "utf-8")
    run("import", "complaints", tmp_path / "f.csv")
    assert "接收渠道“总裁信箱”没有对应（1 行），记为“其他”" in capsys.readouterr().out


def test_a_demonstration_fills_only_an_empty_home(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--customers", "5", "--complaints", "5", "--until", "2026-11-20") == 0
    assert run("demo") == 3
    assert "。" in capsys.readouterr().err


def test_everything_is_well_after_a_demonstration(run: Run) -> None:
    run("demo", "--customers", "5", "--complaints", "5", "--until", "2026-11-20")
    assert run("check") == 0


def test_a_search_says_what_met(run: Run, capsys: pytest.CaptureFixture[str], csv: Path) -> None:
    run("import", "complaints", csv)
    capsys.readouterr()
    run("find", "515594", "--json")
    hits = json.loads(capsys.readouterr().out)
    assert [(hit["kind"], hit["why"]) for hit in hits] == [("complaint", "来源单号含“515594”")]


def test_a_search_index_that_lost_something_is_told_and_made_anew(
    run: Run, capsys: pytest.CaptureFixture[str], csv: Path, home: Path
) -> None:
    run("import", "complaints", csv)
    connection = sqlite3.connect(home / "crm.db")
    connection.execute("INSERT INTO search_grams (search_grams) VALUES ('delete-all')")
    connection.commit()
    connection.close()
    capsys.readouterr()
    assert run("check") == 6
    assert "记录完好，搜索索引有" in capsys.readouterr().err
    assert (run("reindex"), run("check"), run("find", "515594")) == (0, 0, 0)
    assert "515594" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("export", "register", "--from", "2026-11-02", "--to", "2026-11-01", "r.pdf"), 3),
        (("export", "register", "--from", "昨天", "--to", "2026-11-01", "r.pdf"), 3),
        (("export", "register", "--from", "2026-11-01", "--to", "2026-11-01", "r.docx"), 3),
        (("export", "register", "--from", "2026-11-01", "--to", "2026-11-01", "r" * 300 + ".xlsx"), 8),
        (("export", "complaint", "TS20990101-001", "c.pdf"), 3),
        (("export", "complaint", "TS20990101-001", "no/such/folder/c.pdf"), 3),
        (("due", "--at", "bald"), 3),
        (("import", "complaints", "missing.csv"), 9),
    ],
)
@pytest.mark.usefixtures("pin")
def test_bad_wishes_get_one_sentence(
    run: Run, words: tuple[str, ...], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    run("demo", "--customers", "1", "--complaints", "1", "--until", "2026-11-20")
    capsys.readouterr()
    assert run("--as", "服务总监", *words) == status
    told = capsys.readouterr().err.strip()
    assert told.endswith("。")
    assert "\n" not in told


def test_a_missing_home_is_told_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(cli.parse(["--home", str(tmp_path / "nowhere"), "find", "x"])) == 8
    assert not (tmp_path / "nowhere").exists()


def test_wrong_usage_ends_with_status_two() -> None:
    with pytest.raises(SystemExit) as ended:
        cli.parse(["import", "nonsense", "x.csv"])
    assert ended.value.code == 2


@pytest.mark.parametrize("words", [["frobnicate"], ["find"], ["find", "a", "b"], ["export", "register", "--from"]])
def test_wrong_usage_is_told_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.parse(words)
    told = capsys.readouterr().err
    assert told.startswith("命令写得不对：")
    assert not re.search(r"argument|required|invalid|expected", told)


@pytest.mark.usefixtures("pin")
def test_a_second_writer_is_told_who_holds_the_home(run: Run, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("demo", "--customers", "1", "--complaints", "1", "--until", "2026-11-20")
    with WriterLock(home, "另一个窗口"):
        assert run("--as", "服务总监", "import", "complaints", "x.csv") == 5
        assert run("check") == 0
    assert "另一个窗口" in capsys.readouterr().err


@pytest.mark.usefixtures("pin")
def test_full_phones_leave_a_line_in_the_history(run: Run, home: Path, tmp_path: Path) -> None:
    run("demo", "--customers", "3", "--complaints", "3", "--until", "2026-11-20")
    told = ("--unmasked", "--reason", "厂家召回通知", tmp_path / "c.xlsx")
    assert run("--as", "服务总监", "export", "customers", *told) == 0
    office = open_office(home)
    lines = office.desk.rows("SELECT new, reason FROM history WHERE field = 'unmasked'")
    office.desk.close()
    assert lines == [("客户档案清单 → c.xlsx", "厂家召回通知")]


@pytest.mark.usefixtures("pin")
def test_full_phones_that_leave_without_a_reason_leave_a_line_that_says_so(
    run: Run, home: Path, tmp_path: Path
) -> None:
    run("demo", "--customers", "3", "--complaints", "3", "--until", "2026-11-20")
    assert run("--as", "服务总监", "export", "customers", "--unmasked", tmp_path / "c.xlsx") == 0
    office = open_office(home)
    lines = office.desk.rows("SELECT reason FROM history WHERE field = 'unmasked'")
    assert lines == [("命令行导出，没有写明原因",)]
    office.desk.close()


@pytest.mark.usefixtures("pin")
def test_the_reason_is_asked_for_on_a_terminal(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("demo", "--customers", "3", "--complaints", "3", "--until", "2026-11-20")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _asked: "厂家召回通知")
    assert run("--as", "服务总监", "export", "customers", "--unmasked", tmp_path / "c.xlsx") == 0
    office = open_office(home)
    lines = office.desk.rows("SELECT reason FROM history WHERE field = 'unmasked'")
    office.desk.close()
    assert lines == [("厂家召回通知",)]
