"""The report of a seeded year, number by number, against a count by hand over the bare rows (``month_by_hand``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from random import Random
from statistics import mean

import pytest

from crm_desktop.domain.charts import ChartKind
from crm_desktop.domain.classification import Axis
from crm_desktop.domain.monthly import Counted, Figure, Monthly, Share
from crm_desktop.domain.monthly_behind import figure_ids
from crm_desktop.domain.monthly_keys import parts_of
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.domain.monthly_words import overview_words, satisfaction_words
from crm_desktop.domain.report_sheet import Cards, Pictures, spoken
from crm_desktop.services.monthly_lists import MonthlyLists
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.samples import fill
from tests.makers import TODAY, at, director
from tests.services.month_by_hand import ByHand, earlier, local
from tests.services.numbers_checked import agrees, numbers_of

MONTHS = ("2026-03", "2026-10", "2026-11")
NOW = at("2026-11-21 08:00")
_TABLES = (
    "complaints", "complaint_events", "complaint_links", "follow_ups", "reworks", "visits", "vehicles", "judgements",
    "extensions", "measures", "evaluations", "classifications", "signs",
)  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Fourteen months of a dealership, most of their complaints classified; changed by no test."""
    office = open_office(tmp_path_factory.mktemp("year"))
    fill(office.desk, 60, 150, TODAY, 5, days=400)
    chance, lists = Random(7), office.classifications.lists()  # noqa: S311 - words for sample cases
    for (number,) in office.desk.rows("SELECT number FROM complaints WHERE state IN ('已关闭', '已存档') ORDER BY id"):
        if chance.random() < 0.8:
            words = {axis: chance.choice(list(lists[axis])) for axis in Axis if axis is not Axis.CATEGORY}
            known = office.classifications.of_complaint(number)
            office.classifications.confirm(number, words, director(), known.ver if known else 0)
    yield office
    office.desk.close()


@pytest.fixture(scope="module")
def hand(office: Office) -> ByHand:
    """The same year as bare rows."""
    tables = {}
    for table in _TABLES:
        names = [row[1] for row in office.desk.rows(f"PRAGMA table_info({table})")]
        rows = office.desk.rows(f"SELECT * FROM {table} ORDER BY id")
        tables[table] = [dict(zip(names, row, strict=True)) for row in rows]
    return ByHand(tables)


@pytest.fixture(scope="module", params=MONTHS)
def month(office: Office, request: pytest.FixtureRequest) -> Monthly:
    return office.monthly.of(request.param, NOW)


def value(month: Monthly, label: str) -> int:
    found = month.figure(label)
    assert isinstance(found, Figure)
    return found.value


def share(month: Monthly, label: str) -> tuple[int, int]:
    found = month.figure(label)
    assert isinstance(found, Share)
    return found.part.value, found.whole.value


def counts(month: Monthly, title: str) -> dict[str, int]:
    """A breakdown without what nothing fell to."""
    found = next(one for one in month.breakdowns if one.title == title)
    return {figure.label: figure.value for figure in found.figures if figure.value}


def test_the_year_is_worth_counting(hand: ByHand):
    assert all(len(hand.counted(earlier("2026-11", ago))) >= 3 for ago in range(13))
    assert hand.reworks("2026-10") and hand.visits("2026-10")


def test_counts_of_the_overview(month: Monthly, hand: ByHand):
    rows = hand.counted(month.period)
    assert value(month, "抱怨/投诉件数") == len(rows)
    assert value(month, "重大件数") == sum(row["severity"] == "重大" for row in rows)
    assert share(month, "关闭率") == (sum(row["state"] in ("已关闭", "已存档") for row in rows), len(rows))
    assert share(month, "重复处理率") == (sum(hand.came_back(row["id"]) for row in rows), len(rows))
    assert share(month, "每百台进厂抱怨数") == (len(rows), len(hand.visits(month.period)))


def test_the_mean_time_to_solve(month: Monthly, hand: ByHand):
    rows = [(row, hand.ever_solved_at(row["id"])) for row in hand.counted(month.period)]
    hours = [(solved - _received(row)).total_seconds() / 3600 for row, solved in rows if solved]
    assert month.figure("平均处理时长").text.startswith(f"{mean(hours):.1f} 小时")


def test_the_months_it_is_compared_with(month: Monthly, hand: ByHand):
    for past, ago in zip(month.past, (1, 12), strict=True):
        period = earlier(month.period, ago)
        begun = any(f"{_received(row):%Y-%m}" <= period for row in hand.tables["complaints"])
        assert (past.period, past.known) == (period, begun)
        assert past.value("抱怨/投诉件数") == (len(hand.counted(period)) if begun else None)


def test_the_sentences_say_the_numbers(month: Monthly, hand: ByHand):
    now, before = len(hand.counted(month.period)), len(hand.counted(earlier(month.period, 1)))
    first = spoken(overview_words(month)[0]).text
    assert f"受理抱怨/投诉 {now} 件" in first
    assert (f"比上月（{before} 件）{'增加' if now > before else '减少'} {abs(now - before)} 件" in first) == (
        now != before
    )
    happy, answered = hand.final(hand.counted(month.period))
    assert f"最终满意率 {100 * happy / answered:.1f} %（{happy}/{answered}）" in spoken(satisfaction_words(month)).text


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
def test_what_stands_on_the_form_is_counted(month: Monthly, hand: ByHand, title: str, column: str):
    assert counts(month, title) == Counter(row[column] or "未填" for row in hand.counted(month.period))


def test_kilometres_and_years_of_the_cars(month: Monthly, hand: ByHand):
    assert counts(month, "行驶里程") == hand.mileage(month.period)
    assert counts(month, "购车年限") == hand.age(month.period)


@pytest.mark.parametrize(
    ("title", "column"),
    [("五度", "dimension"), ("性质", "kind"), ("发生环节", "stage"), ("责任判定", "liability"), ("抱怨类型", "matter")],
)
def test_classes_are_counted_by_their_words_of_then(month: Monthly, hand: ByHand, title: str, column: str):
    words = {row["complaint_id"]: row[column].split("·")[0] for row in hand.tables["classifications"]}
    assert counts(month, title) == Counter(words.get(row["id"]) or "未归类" for row in hand.counted(month.period))


def test_how_long_the_first_response_took(month: Monthly, hand: ByHand):
    wanted: Counter[str] = Counter()
    for row in hand.counted(month.period):
        times = [local(step["at"]) for step in hand.steps(row["id"]) if step["kind"] == "responded"]
        minutes = (times[0] - _received(row)).total_seconds() / 60 if times else None
        bands = ("30 分钟内", 30), ("30 分钟至 3 小时", 180), ("3 至 24 小时", 1440), ("24 小时以上", 10**9)
        wanted[next(word for word, most in bands if minutes <= most) if minutes is not None else "没有记响应"] += 1
    assert counts(month, "响应时长") == wanted
    assert len(wanted) > 1


def test_every_breakdown_adds_up_to_all_complaints(month: Monthly, hand: ByHand):
    ids = {row["id"] for row in hand.counted(month.period)}
    for one in month.breakdowns:
        found = [row for figure in one.figures for row in figure.ids]
        if one.title != "处理时长":  # imported history without a time stands in none of its bands
            assert (one.title, sorted(found)) == (one.title, sorted(ids))


def test_twelve_months_of_the_trend(month: Monthly, hand: ByHand):
    begun = min(f"{_received(row):%Y-%m}" for row in hand.tables["complaints"])
    wanted = [earlier(month.period, ago) for ago in range(11, -1, -1) if earlier(month.period, ago) >= begun]
    assert [one.period for one in month.trend] == wanted
    for one in month.trend:
        rows = hand.counted(one.period)
        assert one.counted.value == len(rows)
        assert one.major.value == sum(row["severity"] == "重大" for row in rows)
        assert (one.satisfied.value, one.answered.value) == hand.final(rows)
        ago = earlier(one.period, 12)
        before = one.year_ago and one.year_ago.value
        assert before == (len(hand.counted(ago)) if ago >= begun else None)


def test_reworks_and_what_was_repaired_at_once(month: Monthly, hand: ByHand):
    rows = hand.reworks(month.period)
    assert (value(month, "外返"), value(month, "内返")) == tuple(
        sum(row["kind"] == kind for row in rows) for kind in ("外返", "内返")
    )
    assert share(month, "返修率") == (len(rows), len(hand.visits(month.period)))
    assert share(month, "一次修复率") == hand.repaired_once(month.period)


def test_who_was_passed_on_and_what_never_became_a_complaint(month: Monthly, hand: ByHand):
    named = [row for row in hand.counted(month.period) if row["origin"] == "desk"]
    taken = [sum(step["kind"] == "taken_up" for step in hand.steps(row["id"])) for row in named]
    assert value(month, "换过责任人") == sum(times > 1 for times in taken)
    noted = [row for row in hand.tables["signs"] if row["complaint_id"] is None]
    assert value(month, "苗头（没有来投诉）") == sum(
        f"{local(row['entered_at']):%Y-%m}" == month.period for row in noted
    )


def test_satisfaction_of_all_and_of_the_fair(month: Monthly, hand: ByHand):
    rows = hand.counted(month.period)
    assert share(month, "最终满意率") == hand.final(rows)
    fair = [row for row in rows if row["id"] not in hand.judged()]
    assert share(month, "最终满意率（不含恶意、无效）") == hand.final(fair)


def test_plain_complaints_are_late_after_72_hours(month: Monthly, hand: ByHand):
    late = {line.id for step in month.timeliness if step.milestone == "解决" for line in step.late}
    told = hand.late_over_72_hours(month.period, datetime(2026, 11, 21, 8))
    assert {number: number in late for number in told} == told


def test_measures_by_their_days(month: Monthly, hand: ByHand):
    rows, judged = hand.tables["measures"], hand.tables["evaluations"]
    assert value(month, "本月完成措施") == sum((row["done_on"] or "").startswith(month.period) for row in rows)
    last = {row["measure_id"]: row for row in judged}
    for word in ("有效", "部分有效", "无效"):
        of_word = [row for row in last.values() if row["conclusion"] == word]
        assert value(month, f"本月评估{word}") == sum(row["evaluated_on"].startswith(month.period) for row in of_word)


def test_every_number_opens_exactly_the_rows_it_counts(month: Monthly, office: Office):
    lists = MonthlyLists(office.desk)
    for label, told in figure_ids(month).items():
        ids = told["ids"]
        assert isinstance(ids, list)
        assert [row.id for row in lists.behind(Counted(str(told["of"])), ids)] == ids, label
    for one in month.trend:
        assert len(lists.of_month(one.period)) == one.counted.value


def test_every_number_of_the_report_has_a_list_that_gives_it(month: Monthly, office: Office, hand: ByHand):
    """Tables, large numbers, sentences and pictures."""
    lists, told, found = MonthlyLists(office.desk), figure_ids(month), Counter[str]()
    for number in numbers_of(report_blocks(month)[1:]):  # the first line tells when and of what it was made
        behind = lists.opened(number.link, told) if number.link else None
        assert behind is not None, number
        assert agrees(number, behind, hand), (number, [(name, len(rows)) for name, rows in behind.lists])
        found[number.behind] += 1
    assert min(found[title] for title in ("本月", "件数", "占比", "累计", "超期", "应办", "一般")) > 0
    assert found.total() > 150


def test_pictures_draw_what_the_tables_say(month: Monthly):
    told = figure_ids(month)
    charts = [chart for block in report_blocks(month) if isinstance(block, Pictures) for chart in block.charts]
    assert {chart.kind for chart in charts} == set(ChartKind)
    for chart in charts:
        for place, key in enumerate(chart.keys):
            first = parts_of(key)[0]
            if len(chart.piled) == 1:
                assert chart.piled[0].values[place] == len(told[first]["ids"]), key


def test_the_large_numbers_are_those_of_the_table(month: Monthly):
    cards = [card for block in report_blocks(month) if isinstance(block, Cards) for card in block.cards]
    assert len(cards) == 9
    for card in cards:
        assert month.figure(parts_of(card.link)[0]).text.startswith(card.number.removesuffix(" 件").removesuffix(" 项"))


def _received(row: dict[str, str]) -> datetime:
    return local(row["received_at"])
