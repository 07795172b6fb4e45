"""晨会单, 交班单, 季度机制评估: one page each, however much there is; the quarter's numbers by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_desktop.clock import to_local
from crm_desktop.domain.desk_papers import CarInWork, DeskDay, Done, handover_blocks, morning_blocks
from crm_desktop.domain.due import OpenMilestone
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.mechanism import Stage, bottleneck, quarter_before, quarter_of
from crm_desktop.domain.report_sheet import ReportSheet
from crm_desktop.domain.standing import ClockState
from crm_desktop.exporters.report_pdf import write_report
from crm_desktop.papers.desk_papers import HANDOVER, MECHANISM, MORNING, TITLES, DeskPapers
from crm_desktop.services.desk_days import DeskDays
from crm_desktop.services.mechanism import Mechanism
from crm_desktop.services.office import Office
from tests.makers import ANALYSED, SOLVED, act, at, closed, director, registered
from tests.makers_sheets import letterhead

NOON = datetime(2026, 11, 21, 12)


def full_day() -> DeskDay:
    """More of everything than a page holds."""
    clocks = tuple(
        OpenMilestone(f"TS20261121-{n:03d}", "resolve", NOON + timedelta(hours=n - 40), max(0, 40 - n) * 60,
                      ClockState.LATE if n < 40 else ClockState.RUNNING, 0.9, "", "总经理")
        for n in range(80)
    )  # fmt: skip
    cars = tuple(CarInWork(f"TS{n}", "沪A8K231", "换阀体，" * 30, date(2026, 11, 1), "吴晓东") for n in range(20))
    done = tuple(Done(f"TS{n}", NOON, "解决", "冯学勤") for n in range(50))
    return DeskDay(NOON, clocks, cars, done, 80, tuple((f"TS{n}", "不满意：" + "还是响，" * 40) for n in range(30)))


def words(path: Path) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(path).pages]


@pytest.mark.parametrize("make", [morning_blocks, handover_blocks])
def test_a_day_of_too_much_still_takes_one_page(tmp_path: Path, make):
    sheet = ReportSheet(MORNING, letterhead(), "2026-11-21", make(full_day()), ("主持", "记录"))
    pages = words(write_report(sheet, tmp_path / "单.pdf").path)
    assert len(pages) == 1
    assert "已超期" in pages[0] and "共40项，这里印" in pages[0]


@pytest.mark.parametrize("title", TITLES)
def test_every_desk_paper_of_an_empty_home_is_a_page_that_says_so(office: Office, tmp_path: Path, title: str):
    papers = DeskPapers(office.desk)
    (page,) = words(papers.write(title, tmp_path / "单.pdf").path)
    assert title in page
    assert {MORNING: "没有超期的事", HANDOVER: "今天还没有办理记录", MECHANISM: "还没有客户答复"}[title] in page


def test_the_morning_sheet_tells_what_is_late_and_who_hears_of_it(office: Office, tmp_path: Path):
    number = registered(office, received_at=at("2026-11-16 09:00")).number
    (page,) = words(DeskPapers(office.desk).write(MORNING, tmp_path / "晨会.pdf").path)
    assert number in page and "总经理" in page


def test_the_handover_sheet_tells_what_was_done_today(office: Office, tmp_path: Path):
    saved = registered(office)
    office.complaints.hand_over(saved.number, saved.ver, act(), "程立群", act().at)
    (page,) = words(DeskPapers(office.desk).write(HANDOVER, tmp_path / "交班.pdf").path)
    assert f"{saved.number}移交" in page


def test_what_is_done_is_told_in_the_order_of_the_day(office: Office):
    registered(office)
    day = DeskDays(office.desk).now()
    assert [(one.what, one.at) for one in day.done] == [("登记", to_local(act().at))]
    assert day.open_cases == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)), ("2024-q1", date(2024, 1, 1), date(2024, 3, 31))],
)
def test_a_quarter_has_its_first_and_last_day(text: str, first: date, last: date):
    assert quarter_of(text) == (first, last)


@pytest.mark.parametrize("text", ["2026-Q5", "2026-11", "Q4", "", "二零-Q1"])
def test_what_is_no_quarter_is_refused(text: str):
    with pytest.raises(InvalidInput):
        quarter_of(text)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 11, 21), "2026-Q3"), (date(2026, 1, 2), "2025-Q4"), (date(2026, 3, 31), "2025-Q4"),
     (date(2026, 4, 1), "2026-Q1")],
)  # fmt: skip
def test_the_last_whole_quarter(day: date, quarter: str):
    assert quarter_before(day) == quarter


def test_the_slowest_stage_is_the_bottleneck():
    stages = (Stage("受理 → 移交", (1.0, 3.0)), Stage("响应 → 解决", (40.0,)), Stage("关闭 → 存档", ()))
    assert bottleneck(stages) == stages[1]
    assert bottleneck(stages[2:]) is None


def test_the_stages_are_measured_from_the_steps(office: Office):
    received, solved = at("2026-11-02 09:00"), at("2026-11-03 15:00")
    verbs, saved = office.complaints, registered(office, received_at=received)
    saved = verbs.hand_over(saved.number, saved.ver, act(), "程立群", at("2026-11-02 11:00"))
    saved = verbs.assign(saved.number, saved.ver, director(), "技术", "冯学勤", at("2026-11-02 13:00"))
    saved = verbs.amend(saved.number, saved.ver, ANALYSED, act())
    verbs.resolve(saved.number, saved.ver, act(), at=solved, fields=SOLVED)
    stages = {stage.name: stage.hours for stage in Mechanism(office.desk).of("2026-Q4").stages}
    assert stages["受理 → 移交"] == (2.0,)
    assert stages["解决 → 关闭"] == ()


def test_a_car_that_comes_again_after_closing_counts_as_a_return(office: Office):
    closed(office)
    quarter = Mechanism(office.desk).of("2026-Q4")
    assert (quarter.returned.part.value, quarter.returned.whole.value) == (0, 1)
    assert quarter.received == (0, 1, 0)


def test_a_quarter_to_come_has_no_evaluation(office: Office):
    with pytest.raises(InvalidInput, match="还没有到"):
        Mechanism(office.desk).of("2027-Q1")


def test_the_desk_papers_carry_no_document_number(office: Office):
    assert replace(DeskPapers(office.desk).quarter().letterhead, dealer_name="").document_number == ""
