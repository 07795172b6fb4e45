"""The four other records of the procedure from the command line, over a sample home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop import cli
from crm_desktop.services.office import open_office

Run = Callable[..., int]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample home, read by every command here and changed by none."""
    home = tmp_path_factory.mktemp("sample")
    filling = ["demo", "--customers", "12", "--complaints", "12", "--until", "2026-11-21"]
    cli.run(cli.parse(["--home", str(home), *filling]))
    return home


@pytest.fixture
def run(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """One command on the sample home, signed by the director."""
    monkeypatch.setenv("CRM_PIN", "2468")

    def command(*words: object) -> int:
        return cli.run(cli.parse(["--home", str(sample), "--as", "服务总监", *map(str, words)]))

    return command


@pytest.fixture
def number(sample: Path) -> str:
    """The first complaint of the sample."""
    office = open_office(sample)
    found = office.desk.rows("SELECT number FROM complaints ORDER BY id LIMIT 1")[0][0]
    office.desk.close()
    return str(found)


def words(path: Path) -> str:
    """What a PDF or workbook says, without blanks."""
    if path.suffix == ".pdf":
        return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)
    sheets = openpyxl.load_workbook(path).worksheets
    return "".join("".join(str(v or "").split()) for sheet in sheets for row in sheet.values for v in row)


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_solution_and_confirmation_of_a_complaint(run: Run, number: str, tmp_path: Path, suffix: str):
    assert run("export", "solution", number, tmp_path / f"方案{suffix}") == 0
    told = words(tmp_path / f"方案{suffix}")
    assert "抱怨/投诉解决方案" in told
    assert "客户投诉解决确认书" in told
    assert number in told


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_the_evaluation_of_a_complaint(run: Run, number: str, tmp_path: Path, suffix: str):
    assert run("export", "evaluation", number, tmp_path / f"评估{suffix}") == 0
    assert number in words(tmp_path / f"评估{suffix}")


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_the_measures_of_a_period_and_all(run: Run, tmp_path: Path, suffix: str):
    assert run("export", "measures", tmp_path / f"措施{suffix}") == 0
    assert run("export", "measures", "--from", "2026-11-01", "--to", "2026-11-30", tmp_path / f"月{suffix}") == 0
    assert "2026年11月" in words(tmp_path / f"月{suffix}")


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_the_report_of_a_month(run: Run, tmp_path: Path, suffix: str):
    assert run("export", "monthly", "2026-11", tmp_path / f"月报{suffix}") == 0
    told = words(tmp_path / f"月报{suffix}")
    for word in ("月度抱怨/投诉分析报告", "2026年11月", "未定稿", "接收渠道", "及时关闭率", "总经理审阅："):
        assert word in told


def test_a_frozen_month_prints_as_it_was(run: Run, tmp_path: Path):
    assert run("export", "monthly", "2026-10", tmp_path / "月报.pdf") == 0
    told = words(tmp_path / "月报.pdf")
    assert "第1版" in told
    assert "数据截至2026-11-03" in told


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("solution", "TS19990101-001", "a.pdf"), 3),
        (("evaluation", "TS19990101-001", "a.xlsx"), 3),
        (("monthly", "2026-13", "a.pdf"), 3),
        (("monthly", "2026-10", "a.docx"), 3),
        (("measures", "--from", "2026-12-01", "--to", "2026-11-01", "a.pdf"), 3),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], code: int
):
    capsys.readouterr()
    assert run("export", *asked[:-1], tmp_path / asked[-1]) == code
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / asked[-1]).exists()
