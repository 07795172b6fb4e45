"""Rows of a call list become follow-up calls."""

from datetime import date, datetime
from pathlib import Path

import pytest

from crm_desktop.domain.imports import ImportKind
from tests.importers.makers_files import csv_file, read_rows


def call(tmp_path: Path, **cells: str):
    columns = {"联系电话": "13812345678"} | cells
    (draft,) = read_rows(ImportKind.FOLLOWUPS, csv_file(tmp_path, columns.keys(), columns.values()))
    return draft


def test_a_call_is_read_with_its_times_and_words(tmp_path: Path):
    draft = call(
        tmp_path,
        投诉编号="A1",
        回访时间="2020-06-08 10:20",
        回访人="王",
        回访结果="满意",
        客户反馈="好了",
        下次回访日期="2026-12-01",
    )
    assert (draft.complaint_number, draft.phone, draft.caller) == ("A1", "13812345678", "王")
    assert (draft.called_at, draft.called_has_time) == (datetime.fromisoformat("2020-06-08T10:20"), True)
    assert (draft.feedback, draft.next_on) == ("好了", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("result", "outcome", "satisfaction"),
    [
        ("满意", "成功", "满意"),
        ("非常满意", "成功", "满意"),
        ("一般", "成功", "一般"),
        ("不满意", "成功", "不满意"),
        ("不表态", "成功", "未表态"),
        ("成功回访", "成功", ""),
        ("无人接听", "无人接听", ""),
        ("关机", "无法接通", ""),
        ("客户信息错误", "电话有误", ""),
        ("空号", "空号", ""),
        ("再约", "", ""),
    ],
)
def test_a_result_is_sorted_into_outcome_and_satisfaction(tmp_path: Path, result: str, outcome: str, satisfaction: str):
    draft = call(tmp_path, 回访结果=result)
    assert (draft.outcome, draft.satisfaction, draft.result_text) == (outcome, satisfaction, result)


@pytest.mark.parametrize(
    ("cells", "satisfaction", "score"),
    [
        ({"满意度": "满意"}, "满意", None),
        ({"是否满意": "否"}, "不满意", None),
        ({"满意度": "9"}, "", 9),
        ({"满意度评分": "8分"}, "", 8),
        ({"评分": "10", "满意度": "非常满意"}, "满意", 10),
    ],
)
def test_satisfaction_may_be_a_word_or_a_number(
    tmp_path: Path, cells: dict[str, str], satisfaction: str, score: int | None
):
    draft = call(tmp_path, 回访结果="成功", **cells)
    assert (draft.outcome, draft.satisfaction, draft.score) == ("成功", satisfaction, score)


def test_an_opinion_nobody_knows_is_kept(tmp_path: Path):
    assert call(tmp_path, 满意度="理解").extra == {"满意度": "理解"}


@pytest.mark.parametrize("told", ["0", "11", "8.5", "高"])
def test_a_score_outside_one_to_ten_is_refused(tmp_path: Path, told: str):
    assert call(tmp_path, 评分=told).why == f"评分：“{told}”不是 1 到 10 的整数，请核对。"


def test_a_planned_call_needs_no_result(tmp_path: Path):
    draft = call(tmp_path, 预定回访日="2026-11-25")
    assert (draft.planned_on, draft.called_at) == (date(2026, 11, 25), None)


def test_a_row_without_anybody_or_anything_told_is_refused(tmp_path: Path):
    rows = [["联系电话", "回访结果"], ["", "满意"], ["13812345678", ""]]
    nobody, nothing = read_rows(ImportKind.FOLLOWUPS, csv_file(tmp_path, *rows))
    assert nobody.why.startswith("这一行没有抱怨单号、委托书号、联系电话")
    assert nothing.why.startswith("这一行没有计划回访日期、回访时间、回访结果")
