"""月度分析: every figure against a count of our own over a sample home, and the edges by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import to_local
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.imports import ImportedComplaint, ImportedVisit, ImportKind
from crm_desktop.domain.monthly import Amount, Figure, Monthly, Share, month_of
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.staff import Role
from crm_desktop.models.moments import moment
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.judgements import Judgements
from crm_desktop.services.monthly import MonthlyReports
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.samples import fill
from tests.makers import ANALYSED, PLATE, SOLVED, TODAY, act, at, closed, day, director, registered
from tests.services.records import care, measure

MONTHS = ("2026-09", "2026-10", "2026-11")
NOW = at("2026-11-21 08:00")
COLUMNS = ("channel", "severity", "category", "line", "responsible")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A quarter of a dealership, looked at by many tests and changed by none."""
    office = open_office(tmp_path_factory.mktemp("sample"))
    fill(office.desk, 60, 90, TODAY, 1)
    yield office
    office.desk.close()


@pytest.fixture(params=MONTHS)
def month(sample: Office, request: pytest.FixtureRequest) -> Monthly:
    return MonthlyReports(sample.desk).of(request.param, NOW)


def table(office: Office, name: str) -> list[dict[str, Any]]:
    """Every row of a table by its column names."""
    names = [row[1] for row in office.desk.rows(f"PRAGMA table_info({name})")]
    return [dict(zip(names, row, strict=True)) for row in office.desk.rows(f"SELECT * FROM {name} ORDER BY id")]


def local(stored: str) -> datetime:
    return to_local(moment(stored))


def of_month(office: Office, month: Monthly) -> list[dict[str, Any]]:
    """The complaints of the month as we count them ourselves: by local day, void ones apart."""
    rows = [row for row in table(office, "complaints") if f"{local(row['received_at']):%Y-%m}" == month.period]
    return [row for row in rows if row["state"] != "作废"]


def share(month: Monthly, label: str) -> tuple[int, int]:
    found = month.figure(label)
    assert isinstance(found, Share)
    return found.part.value, found.whole.value


def ids(month: Monthly, label: str) -> tuple[int, ...]:
    found = month.figure(label)
    assert isinstance(found, Figure)
    return found.ids


def test_the_month_counts_the_complaints_of_its_local_days(sample: Office, month: Monthly):
    assert list(ids(month, "抱怨/投诉件数")) == [row["id"] for row in of_month(sample, month)]
    registered_numbers = {row.number for row in sample.registers.rows(*_days(month)) if "【作废】" not in row.words}
    assert len(ids(month, "抱怨/投诉件数")) == len(registered_numbers - _void(sample))


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("接收渠道", "channel"),
        ("级别", "severity"),
        ("类别", "category"),
        ("责任线", "line"),
        ("责任人", "responsible"),
    ],
)
def test_each_breakdown_holds_every_complaint_once(sample: Office, month: Monthly, title: str, column: str):
    one = next(one for one in month.breakdowns if one.title == title)
    counted = Counter(row[column] or "未填" for row in of_month(sample, month))
    assert {figure.label: figure.value for figure in one.figures} == counted
    assert sorted(i for figure in one.figures for i in figure.ids) == sorted(ids(month, "抱怨/投诉件数"))


def test_models_are_counted_too_and_most_come_first(sample: Office, month: Monthly):
    values = [figure.value for figure in month.breakdowns[5].figures]
    assert values == sorted(values, reverse=True)
    assert sum(values) == len(of_month(sample, month))


def test_closing_is_counted_from_the_states(sample: Office, month: Monthly):
    rows = of_month(sample, month)
    done = sum(row["state"] in ("已关闭", "已存档") for row in rows)
    assert share(month, "关闭率") == (done, len(rows))


def test_each_step_in_time_is_what_the_complaints_own_clocks_say(sample: Office, month: Monthly):
    clocks = Clocks(sample.desk)
    kept, asked = Counter[str](), Counter[str]()
    for row in of_month(sample, month):
        for one in clocks.milestones_of(row["number"], NOW):
            asked[one.deadline.milestone.label] += 1
            kept[one.deadline.milestone.label] += one.late_minutes == 0
    told = {one.milestone: (one.in_time.part.value, one.in_time.whole.value) for one in month.timeliness}
    assert told == {step: (kept[step], asked[step]) for step in ("移交", "响应", "解决", "存档")}


def test_every_late_step_is_listed_with_its_complaint(month: Monthly):
    for one in month.timeliness:
        assert len(one.late) == one.in_time.whole.value - one.in_time.part.value
        assert {line.id for line in one.late} == set(one.in_time.whole.ids) - set(one.in_time.part.ids)


def test_a_plain_complaint_is_solved_in_time_within_72_hours(sample: Office, month: Monthly):
    events = table(sample, "complaint_events")
    back = {event["complaint_id"] for event in events if event["kind"] in ("reopened", "returned")}
    late = {line.id for line in month.timeliness[2].late}
    for row in of_month(sample, month):
        solved = [local(e["at"]) for e in events if e["complaint_id"] == row["id"] and e["kind"] == "resolved"]
        if row["channel"] in ("回访", "接待", "其他") and row["id"] not in back and solved:
            over = solved[-1] > local(row["received_at"]) + timedelta(hours=72)
            assert (row["id"] in late) == over, row["number"]


def test_calls_are_counted_on_the_day_they_were_made(sample: Office, month: Monthly):
    made = [row for row in table(sample, "follow_ups") if row["called_at"]]
    of_it = [row for row in made if f"{local(row['called_at']):%Y-%m}" == month.period]
    reached = [row for row in of_it if row["outcome"] == "成功"]
    assert share(month, "回访成功率") == (len(reached), len(of_it))
    assert share(month, "一次成功回访率") == (sum(_at_once(row, made) for row in reached), len(of_it))
    assert share(month, "满意率") == (sum(row["satisfaction"] == "满意" for row in reached), len(reached))
    assert {f.label: f.value for f in month.failures.figures} == Counter(
        row["outcome"] for row in of_it if row["outcome"] != "成功"
    )


def test_the_last_answer_of_each_customer_makes_the_final_satisfaction(sample: Office, month: Monthly):
    made = sorted(table(sample, "follow_ups"), key=lambda row: row["called_at"] or "")
    last = {row["complaint_id"]: row["satisfaction"] for row in made if row["outcome"] == "成功"}
    answers = [last[row["id"]] for row in of_month(sample, month) if row["id"] in last]
    assert share(month, "最终满意率") == (answers.count("满意"), len(answers))


def test_reworks_are_counted_on_the_day_the_car_came(sample: Office, month: Monthly):
    rows = [row for row in table(sample, "reworks") if (row["came_on"] or "").startswith(month.period)]
    kinds = Counter(row["kind"] for row in rows)
    assert (len(ids(month, "外返")), len(ids(month, "内返"))) == (kinds["外返"], kinds["内返"])


def test_open_cases_are_all_open_cases(sample: Office, month: Monthly):
    still = {row["number"] for row in table(sample, "complaints") if row["state"] not in ("已关闭", "已存档", "作废")}
    assert {line.number for line in month.unfinished if line.what.startswith("抱怨单")} == still


def test_the_month_before_is_told_beside_it(sample: Office):
    october, november = (MonthlyReports(sample.desk).of(m, NOW) for m in ("2026-10", "2026-11"))
    told = november.figure("上月（环比）")
    assert isinstance(told, Amount)
    assert told.text.startswith(f"{len(ids(october, '抱怨/投诉件数'))} 件")


def test_void_complaints_are_in_no_figure_but_their_own(office: Office):
    saved = registered(office)
    office.complaints.void(saved.number, saved.ver, director(), "打错电话")
    month = MonthlyReports(office.desk).of("2026-11")
    assert ids(month, "作废") == (saved.id,)
    assert ids(month, "抱怨/投诉件数") == ()
    assert [one.in_time.whole.value for one in month.timeliness] == [0, 0, 0, 0]


def test_a_share_of_nothing_is_no_share(office: Office):
    month = MonthlyReports(office.desk).of("2026-11")
    assert {month.figure(label).text for label in ("关闭率", "回访成功率", "最终满意率", "返修率")} == {"–"}


def test_malicious_complaints_are_left_out_of_the_second_satisfaction(office: Office):
    happy, greedy = closed(office), closed(office, plate="沪C99999")
    for saved, said in ((happy, "满意"), (greedy, "一般")):
        office.follow_ups.call(saved.number, CallDraft(satisfaction=said), act())
    Judgements(office.desk).judge(greedy.number, "恶意", "索赔未成造谣", "录音", director())
    month = MonthlyReports(office.desk).of("2026-11")
    assert share(month, "最终满意率") == (1, 2)
    assert share(month, "最终满意率（不含恶意、无效）") == (1, 1)
    assert ids(month, "已关闭但不是满意") == (greedy.id,)


def test_words_let_pass_are_told_with_their_reason(office: Office):
    office.measures.register(measure(what="加强培训"), director(), on_behalf_of="技术总监", override="厂家原文")
    (line,) = MonthlyReports(office.desk).of("2026-11").passed
    assert (line.number, line.about, line.who, line.reason) == ("JY2026-001", "措施", "程立群", "厂家原文")


def test_who_filled_the_form_is_compared_with_the_post_the_route_names(office: Office):
    for name, role in (("谢文杰", Role.ADVISER), ("叶清扬", Role.CARE_AGENT)):
        office.staff.add(name, (role,), act())
    kept = registered(office, channel="接待")
    registered(office, channel="接待", received_by="叶清扬")
    registered(office, received_by="临时来帮忙的")
    found = MonthlyReports(office.desk).of("2026-11").figure("按岗位填单")
    assert isinstance(found, Share)
    assert (found.part.ids, found.whole.value) == ((kept.id,), 2)


def test_more_time_is_counted_when_asked_for_and_when_granted(office: Office):
    saved, later = registered(office), at("2026-11-25 12:00")
    saved = office.extensions.ask(saved.number, saved.ver, director(), later, "等配件")
    saved = office.extensions.decide(saved.number, saved.ver, director(), granted=False, note="先借件")
    office.extensions.cannot_resolve_now(saved.number, saved.ver, director(), "厂家未定", later, director().at)
    month = MonthlyReports(office.desk).of("2026-11")
    assert [ids(month, label) for label in ("申请延期", "暂不能解决", "批准延期")] == [(saved.id,), (saved.id,), ()]


def test_a_step_late_in_an_earlier_round_is_late_in_the_month_once(office: Office):
    received, solved = at("2026-11-02 09:00"), at("2026-11-06 09:00")
    verbs, saved = office.complaints, registered(office, received_at=received)
    saved = verbs.hand_over(saved.number, saved.ver, act(), "程立群", received)
    saved = verbs.assign(saved.number, saved.ver, director(), "技术", "冯学勤", received)
    saved = verbs.amend(saved.number, saved.ver, ANALYSED, act())
    saved = verbs.resolve(saved.number, saved.ver, act(), at=solved, fields=SOLVED, late_reason="等配件")
    saved = verbs.close(saved.number, saved.ver, director())
    verbs.reopen(saved.number, saved.ver, director(), "客户不满意")
    step = next(one for one in MonthlyReports(office.desk).of("2026-11").timeliness if one.milestone == "解决")
    assert (step.in_time.part.value, step.in_time.whole.value) == (0, 1)
    assert [(line.late_minutes, line.done, line.reason) for line in step.late] == [(1440, to_local(solved), "等配件")]


def test_history_is_in_figures_of_punctuality_only_where_its_file_told_the_times(office: Office):
    timed = ImportedComplaint(
        row=2, digest="d1", received_at=datetime(2020, 8, 28, 9), received_has_time=True, words="漏油",
        done_on=date(2020, 9, 2), done_at=datetime(2020, 9, 2, 9),
    )  # fmt: skip
    days = replace(timed, row=3, digest="d2", done_at=None)
    no_time = replace(timed, row=4, digest="d3", received_has_time=False)
    office.imports.run(ImportKind.COMPLAINTS, (timed, days, no_time), "旧单.xlsx", act())
    steps = {one.milestone: one for one in MonthlyReports(office.desk).of("2020-08").timeliness}
    assert [steps[name].in_time.whole.value for name in ("移交", "响应", "解决", "存档")] == [0, 0, 1, 0]
    assert [(line.number, line.late_minutes) for line in steps["解决"].late] == [("TS20200828-001", 2880)]


def test_a_second_rework_of_a_complaint_is_told(office: Office):
    number = registered(office).number
    for order in ("RO1", "RO2"):
        office.reworks.register(number, ReworkDraft(order_number=order, came_on=day(-1)), act())
    assert len(ids(MonthlyReports(office.desk).of("2026-11"), "同单再次返修")) == 2


def test_measures_are_told_by_where_they_stand(office: Office):
    made = office.measures.register(measure(due_on=day(-1)), act())
    office.measures.register(measure(), act())
    month = MonthlyReports(office.desk).of("2026-11")
    assert ids(month, "超期未完成") == (made.id,)
    assert [line.what for line in month.unfinished] == ["措施 已超期", "措施 进行中"]


def test_a_frozen_report_stays_as_it_was_and_names_its_rows(office: Office):
    reports, saved = MonthlyReports(office.desk), registered(office)
    reports.freeze("2026-11", care())
    registered(office, plate="沪C99999")
    reports.freeze("2026-11", care())
    latest, first = reports.frozen("2026-11")
    assert (latest.edition, first.edition, first.frozen_by) == (2, 1, "叶清扬")
    assert first.content["figures"]["抱怨/投诉件数"] == {"of": "complaints", "ids": [saved.id]}
    assert len(latest.content["figures"]["抱怨/投诉件数"]["ids"]) == 2


def test_a_month_to_come_is_not_frozen(office: Office):
    with pytest.raises(InvalidInput):
        MonthlyReports(office.desk).freeze("2026-12", care())


def test_a_month_to_come_has_no_figures_and_the_running_one_says_how_far_it_goes(office: Office, tmp_path: Path):
    paper = MonthlyPaper(office.desk)
    with pytest.raises(InvalidInput, match="2026-12 还没有到，没有月度分析可看"):
        paper.write("2026-12", tmp_path / "月报.pdf")
    assert not list(tmp_path.glob("月报*"))
    first = MonthlyReports(office.desk).of("2026-11")
    assert "数据截至 2026" in str(report_blocks(first)[0])


def test_only_the_care_department_freezes(office: Office):
    with pytest.raises(NotAllowed):
        MonthlyReports(office.desk).freeze("2026-11", director())


def _at_once(call: dict[str, Any], made: list[dict[str, Any]]) -> bool:
    """Whether this call was no repetition of one that reached nobody."""
    earlier = [
        row for row in made if row["complaint_id"] == call["complaint_id"] and row["called_at"] < call["called_at"]
    ]
    return not earlier or max(earlier, key=lambda row: row["called_at"])["outcome"] == "成功"


def _days(month: Monthly) -> tuple[Any, Any]:
    return month_of(month.period)


def _void(office: Office) -> set[str]:
    return {row["number"] for row in table(office, "complaints") if row["state"] == "作废"}


def test_in_time_is_what_the_clock_of_solving_says(month: Monthly):
    late = {line.id for line in month.timeliness[2].late}
    share_of = month.figure("及时关闭率")
    assert isinstance(share_of, Share)
    assert set(share_of.part.ids) == set(share_of.whole.ids) - late


def test_cars_that_left_by_the_day_they_were_promised_are_in_time(office: Office):
    days = (("RO1", 20, 20), ("RO2", 20, 21), ("RO3", 22, 21), ("RO4", 21, None), ("RO5", None, 21))
    visits = [
        ImportedVisit(
            row=row, digest=number, order_number=number, plate=PLATE, came_on=date(2026, 10, 19),
            promised_on=promised and date(2026, 10, promised), left_on=left and date(2026, 10, left),
        )
        for row, (number, promised, left) in enumerate(days, start=2)
    ]  # fmt: skip
    office.imports.run(ImportKind.VISITS, visits, "工单.xlsx", act())
    assert share(MonthlyReports(office.desk).of("2026-10"), "准时交车率") == (2, 3)


def test_a_car_that_comes_back_in_the_next_month_was_not_repaired_at_once(office: Office):
    car = registered(office, received_at=at("2026-11-05 09:00"), order_number="RO9")
    visit = ImportedVisit(
        row=2, digest="v1", order_number="RO9", plate=PLATE, came_on=date(2026, 10, 20), left_on=date(2026, 10, 21)
    )
    office.imports.run(ImportKind.VISITS, (visit,), "工单.xlsx", act())
    assert share(MonthlyReports(office.desk).of("2026-10"), "一次修复率") == (1, 1)
    office.reworks.register(car.number, ReworkDraft("外返", "RO10", came_on=date(2026, 11, 5)), act())
    assert share(MonthlyReports(office.desk).of("2026-10"), "一次修复率") == (0, 1)
