"""Charts: round axes, the 80 % line, and the same shapes wherever they are drawn."""

from __future__ import annotations

import pytest

from crm_desktop.domain.chart_layout import NOTHING, drawn, height_of
from crm_desktop.domain.chart_shapes import Box, Dot, Frame, Shape, Stroke, Words
from crm_desktop.domain.charts import Chart, ChartKind, Ink, Series, bars, number_text, pareto, ticks, vital_few

COUNTS = [("维修质量", 12), ("服务态度", 5), ("维修价格", 2), ("环境/洗车", 1)]


def frame(width: float = 400, height: float = 160) -> Frame:
    """Room in which every character is as wide as its size."""
    return Frame(width, height, 8, lambda text, size: len(text) * size)


def of(kind: type[Shape], shapes: tuple[Shape, ...]) -> list[Shape]:
    return [shape for shape in shapes if isinstance(shape, kind)]


def texts(shapes: tuple[Shape, ...]) -> list[str]:
    return [shape.text for shape in shapes if isinstance(shape, Words)]


@pytest.mark.parametrize(
    ("largest", "expected"), [(0, (0, 1)), (1, (0, 1)), (7, (0, 2, 4, 6, 8)), (22, (0, 5, 10, 15, 20, 25))]
)
def test_an_axis_ends_on_a_round_number(largest: float, expected: tuple[float, ...]):
    assert ticks(largest) == expected


@pytest.mark.parametrize("largest", [1, 3, 9, 10, 11, 99, 480, 12_345, 10**7])
def test_an_axis_holds_its_largest_value_in_a_few_steps(largest: int):
    found = ticks(largest)
    assert found[-2] < largest <= found[-1]
    assert 2 <= len(found) <= 7


@pytest.mark.parametrize(
    ("counts", "few"), [((12, 5, 2, 1), 2), ((1, 1, 1, 1), 4), ((8, 2), 1), ((), 0), ((0, 0), 0), ((5,), 1)]
)
def test_the_vital_few_reach_eighty_per_cent(counts: tuple[int, ...], few: int):
    assert vital_few(counts) == few


def test_the_running_share_of_a_pareto_ends_at_a_hundred():
    shares = pareto("类别", COUNTS).series[1].values
    assert shares == (60.0, 85.0, 95.0, 100.0)


def test_columns_are_as_high_as_their_numbers():
    boxes = [box for box in of(Box, drawn(pareto("类别", COUNTS), frame())) if isinstance(box, Box) and box.place >= 0]
    heights = [box.height for box in boxes]
    assert heights == pytest.approx([heights[0] * count / 12 for _, count in COUNTS])


def test_the_running_share_begins_on_top_of_the_first_column():
    shapes = drawn(pareto("类别", COUNTS), frame())
    first = next(box for box in of(Box, shapes) if isinstance(box, Box) and box.place == 0)
    dots = [dot for dot in of(Dot, shapes) if isinstance(dot, Dot) and dot.place == 0]
    assert dots[0].y == pytest.approx(first.y)


def test_the_goal_is_a_dashed_line_in_red():
    lines = [line for line in of(Stroke, drawn(pareto("类别", COUNTS), frame())) if isinstance(line, Stroke)]
    assert [line.ink for line in lines if line.dashed] == [Ink.LATE]


def test_bars_tell_count_and_share():
    assert {"12（60 %）", "5（25 %）", "1（5 %）"} <= set(texts(drawn(bars("渠道", COUNTS), frame())))


def test_a_rate_tells_the_first_part_of_each_bar():
    series = (Series("按时", (9.0, 0.0), Ink.DONE), Series("超期", (3.0, 0.0), Ink.LATE))
    chart = Chart("时效", ChartKind.BARS, ("解决", "存档"), series, rate=True)
    assert {"9/12（75 %）", "0"} <= set(texts(drawn(chart, frame())))


def test_a_radar_has_an_axis_for_each_label_even_where_nothing_fell_to_it():
    chart = Chart("五度", ChartKind.RADAR, ("有形度", "同理度", "专业度"), (Series("本月", (3.0, 0.0, 1.0)),))
    shapes = drawn(chart, frame())
    assert {"有形度 3", "同理度 0", "专业度 1"} <= set(texts(shapes))
    assert len(of(Dot, shapes)) == 3


def test_a_month_without_answers_parts_the_line():
    chart = Chart("率", ChartKind.COLUMNS, tuple("abcd"), (Series("率", (1.0, None, 3.0, 4.0), line=True, share=True),))
    shapes = drawn(chart, frame())
    lines = [line for line in of(Stroke, shapes) if isinstance(line, Stroke) and line.width == 1.5]
    assert ([len(line.points) for line in lines], len(of(Dot, shapes))) == ([2], 3)


def test_a_chart_of_nothing_says_so():
    assert texts(drawn(bars("渠道", [("接待", 0)]), frame())) == [NOTHING]
    assert texts(drawn(pareto("类别", []), frame())) == [NOTHING]


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("many", [1, 2, 5, 12, 31])
@pytest.mark.parametrize("width", [120, 240, 900])
def test_nothing_leaves_its_frame(kind: ChartKind, many: int, width: float):
    labels = tuple(f"很长很长的名字{n}" for n in range(many))
    chart = Chart("图", kind, labels, (Series("件数", tuple(float(n) for n in range(1, many + 1))),))
    room = frame(width, height_of(chart, width, 8))
    for box in of(Box, drawn(chart, room)):
        assert isinstance(box, Box)
        assert box.x >= -1 and box.x + box.width <= width + 1
        assert box.y >= -1 and box.y + box.height <= room.height + 1


def test_words_that_are_too_long_are_cut_or_folded():
    assert frame().fitted("销售及其他问题", 32) == "销售及…"
    assert frame().folded("维修质量机电", 32) == ("维修质量", "机电")
    assert frame().folded("12月\n2025", 99) == ("12月", "2025")


def test_a_chart_can_be_heard():
    assert bars("渠道", COUNTS[:2]).told() == "渠道：维修质量 件数 12；服务态度 件数 5"


@pytest.mark.parametrize(("value", "text"), [(None, "–"), (3.0, "3"), (66.666, "66.7"), (0.0, "0")])
def test_values_are_written_short(value: float | None, text: str):
    assert number_text(value) == text
