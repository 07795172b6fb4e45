"""空话拦截 on labelled sentences of workshops, and on the words of the rule itself."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.wording import (
    Result,
    check_cause,
    check_measure,
    explain,
    read_wording,
    shipped_lists,
    template,
)
from crm_desktop.domain.wording_marks import lists_from
from crm_desktop.paths import resource
from tests.domain.wording_sentences import PARTS, judged, right_sides, sentences

GOOD_MEASURE = "质检员王强自9月5日起对每台换胎车辆复紧5颗螺栓至120N·m，并在终检单签字"


@pytest.fixture
def data() -> dict[str, Any]:
    """The shipped lists as the dealership would edit them."""
    read: dict[str, Any] = json.loads(resource("rules", "wording.json").read_text(encoding="utf-8"))
    return copy.deepcopy(read)


@pytest.mark.parametrize("kind", ["measures", "causes"])
@pytest.mark.parametrize("part", PARTS)
def test_nineteen_of_twenty_sentences_are_right_in_both_directions(kind: str, part: str) -> None:
    for right, all_of_them in right_sides(kind, [r for r in sentences(kind) if r["part"] == part]).values():
        assert all_of_them >= 15
        assert right / all_of_them >= 0.95


@pytest.mark.parametrize("kind", ["measures", "causes"])
def test_there_are_two_hundred_labelled_sentences_before_the_rule_and_none_twice(kind: str) -> None:
    rows = sentences(kind)
    assert sum(row["part"] in ("tune", "held") for row in rows) >= 200
    assert len({row["text"] for row in rows}) == len(rows)


def test_pass_and_hint_are_told_apart() -> None:
    rows = [row for row in sentences("measures") if row["verdict"] in (Result.PASS, Result.HINT)]
    right = sum(judged("measures", row).result == row["verdict"] for row in rows)
    assert right / len(rows) >= 0.95


def test_what_is_missing_is_named() -> None:
    rows = [row for row in sentences("measures") if row["missing"]]
    named = sum(bool(set(judged("measures", row).missing) & set(row["missing"].split())) for row in rows)
    assert named / len(rows) >= 0.99


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("自9月5日起对每台换胎车辆复紧5颗螺栓至120N·m，并在终检单签字", ("who",)),
        ("质检员王强自9月5日起每台都严格把关，签字确认", ("what",)),
        ("质检员王强对换胎车辆复紧5颗螺栓至120N·m，并在终检单签字", ("when",)),
        ("质检员王强自9月5日起对每台换胎车辆复紧5颗螺栓至120N·m", ("verify",)),
        ("王强每天抽查", ("what", "verify")),
        ("加强检查，提高责任心", ("who", "what", "when", "verify")),
        ("", ("who", "what", "when", "verify")),
    ],
)
def test_a_measure_without_one_of_the_four_is_blocked(text: str, missing: tuple[str, ...]) -> None:
    verdict = check_measure(text, shipped_lists())
    assert (verdict.result, verdict.missing) == (Result.BLOCK, missing)


def test_twelve_characters_must_be_left_when_the_vague_words_go(data: dict[str, Any]) -> None:
    assert check_measure(GOOD_MEASURE, lists_from(data)).result is Result.PASS
    data["limits"]["least_left"] = 60
    assert check_measure(GOOD_MEASURE, lists_from(data)).missing == ("what",)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("配件主管每月盘点一次库存", Result.BLOCK),
        ("配件主管每月盘点一次库存，差异登记后交财务", Result.PASS),
        ("机修组长每天清洗油水分离器2台，再试车", Result.PASS),
    ],
)
def test_a_check_verifies_only_what_was_done_before_it(text: str, result: Result) -> None:
    assert check_measure(text, shipped_lists()).result is result


def test_a_wish_for_zero_is_no_verification() -> None:
    assert check_measure("前台主管每天接车时保证零差错", shipped_lists()).missing == ("what", "verify")


def test_a_vague_word_beside_all_four_is_a_hint() -> None:
    verdict = check_measure(GOOD_MEASURE + "，大家要高度重视", shipped_lists())
    assert (verdict.result, [found.word for found in verdict.found]) == (Result.HINT, ["高度重视"])


def test_no_number_at_all_is_a_hint() -> None:
    verdict = check_measure("质检员每台车交车前复核轮胎螺栓并在终检单上签字", shipped_lists())
    assert (verdict.result, verdict.found) == (Result.HINT, ())


def test_found_words_lie_where_they_were_typed() -> None:
    text = "质检员 9 月 5 日 起：加强检查，ＡＢＣ高度重视"
    for found in check_measure(text, shipped_lists()).found:
        assert text[found.at : found.at + len(found.word)] == found.word


def test_blame_alone_asks_for_the_next_why() -> None:
    verdict = check_cause("技师粗心大意，管理混乱", shipped_lists())
    assert (verdict.result, verdict.missing) == (Result.BLOCK, ("next_why",))
    assert {found.kind for found in verdict.found} == {"blame", "vague"}


def test_blame_with_a_reason_behind_it_passes_and_stays_marked() -> None:
    verdict = check_cause("技师漏检，因为终检单没有该项，流程没有要求", shipped_lists())
    assert (verdict.result, verdict.found[0].kind) == (Result.PASS, "blame")


@pytest.mark.parametrize(
    "text",
    [
        "技术能力不够，没有一次修好",
        "执行力差，制度没有落到实处",
        "是厂家的问题，和我们店没有关系",
        "年轻人不肯多检查一遍",
        "经办人玩忽职守，已罚款200元",
        "车辆本身设计缺陷，没办法",
        "综合分析，本次抱怨系人为因素与客观因素共同作用的结果",
        "客户等了4个小时很生气",
        "预约没有安排好，造成预约混乱",
        "本月接车1200台，投诉率仅0.08%，属于正常范围",
        "缺乏有效的监督机制和激励机制",
    ],
)
def test_what_came_of_it_and_who_was_punished_are_no_reason(text: str) -> None:
    assert check_cause(text, shipped_lists()).result is Result.BLOCK


def test_a_second_opinion_speaks_until_the_dealership_edits_its_words(data: dict[str, Any]) -> None:
    text = "客户不讲道理，非要免费，我们按规定办事没错。"
    assert check_cause(text, shipped_lists()).result is Result.BLOCK
    data["lists"]["blame"]["words"].append("自己的说法")
    assert check_cause(text, lists_from(data)).result is Result.PASS


def test_an_account_names_two_things_or_one_and_no_person() -> None:
    lists = replace(shipped_lists(), as_shipped=False)
    told = "技师用手摸判断皮带松紧，没有用张力计，后来一直打滑尖叫"
    assert check_cause(told, lists).result is Result.PASS
    assert check_cause(told.replace("皮带", "情况").replace("张力计", "方法"), lists).result is Result.BLOCK
    assert check_cause("制动液壶盖朝下放了一夜，里面全是空气", lists).result is Result.PASS
    assert check_cause("技师没把制动液壶盖盖回去，里面全是空气", lists).result is Result.BLOCK
    assert check_cause("随着业务不断发展，客户数量逐年增加，服务未能同步提升", lists).result is Result.BLOCK


def test_a_number_is_a_reason_where_it_was_measured() -> None:
    lists = shipped_lists()
    assert check_cause("报价报错了800元", lists).result is Result.BLOCK
    assert check_cause("支架孔位偏了2mm", lists).result is Result.PASS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("加强检查", "还没有写明谁来做、具体做什么、何时做或多久一次、怎么验证，“加强检查”不能代替具体措施。"),
        ("自9月5日起每台车换胎后复紧5颗螺栓到120，终检单签字", "还没有写明谁来做，请补上。"),
        (GOOD_MEASURE, "写得具体，可以提交。"),
        (GOOD_MEASURE + "，要举一反三", "可以提交，建议把“举一反三”改成具体做法。"),
        ("质检员每台车交车前复核轮胎螺栓并签字", "可以提交，建议加上数量、比例或标准值。"),
    ],
)
def test_a_measure_is_explained_in_one_sentence(text: str, said: str) -> None:
    assert explain(check_measure(text, shipped_lists())) == said


def test_a_cause_is_explained_in_one_sentence() -> None:
    said = explain(check_cause("员工粗心大意", shipped_lists()))
    assert said == "“粗心大意”只说了人或空话，请再问一层：为什么流程允许它发生、为什么没检出？"
    assert explain(check_cause("", shipped_lists())).startswith("这里还看不出根本原因")


@pytest.mark.parametrize("check", [check_measure, check_cause])
def test_an_empty_template_does_not_answer_its_own_questions(check: Any) -> None:
    blank = template(check("", shipped_lists()), shipped_lists())
    assert check(blank, shipped_lists()).missing == check("", shipped_lists()).missing


def test_a_filled_template_passes_even_with_a_name_nobody_knows() -> None:
    text = "谁：阿荣伯 · 做什么：给电瓶桩头抹2克凡士林 · 何时/多久一次：头伏起 · 怎么验证：老黄摸一把看油不油"
    verdict = check_measure(text, shipped_lists())
    assert (verdict.result, template(verdict, shipped_lists())) == (Result.PASS, "")


FILLED = "谁：张工 · 做什么：在终检单上增加变速箱油压一项并逐台测量 · 何时/多久一次：每周五 · 怎么验证：抽查10台记录"


@pytest.mark.parametrize("blank", ["____", "XX", "××", "某某", "【姓名】", "（哪一天）", "待定", "＿＿", "___"])
@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        ("张工", "who"),
        ("在终检单上增加变速箱油压一项并逐台测量", "what"),
        ("每周五", "when"),
        ("抽查10台记录", "verify"),
    ],
)
def test_a_place_of_the_template_left_open_is_missing(blank: str, answer: str, missing: str) -> None:
    verdict = check_measure(FILLED.replace(answer, blank), shipped_lists())
    assert (verdict.result, missing in verdict.missing) == (Result.BLOCK, True)
    assert "还空着，请写明" in explain(verdict)


def test_the_template_filled_to_its_last_place_passes() -> None:
    assert check_measure(FILLED, shipped_lists()).result is Result.PASS


def test_one_place_left_open_in_a_whole_sentence_is_told_by_its_mark() -> None:
    verdict = check_measure(GOOD_MEASURE + "，每月抽查__台", shipped_lists())
    assert (verdict.result, verdict.missing, verdict.found[0].word) == (Result.BLOCK, ("what",), "__")
    assert explain(verdict) == "“__”还空着，请写明具体做什么。"


@pytest.mark.parametrize(
    "text",
    [
        "因为____没有规定，所以没有检出",
        "终检单上没有【项目】一项，流程没有要求",
        "发生了什么：顿挫 · 为什么会发生：待定",
    ],
)
def test_a_cause_with_a_place_left_open_is_no_cause(text: str) -> None:
    verdict = check_cause(text, shipped_lists())
    assert (verdict.result, verdict.missing) == (Result.BLOCK, ("next_why",))
    assert "还空着，请写明为什么会发生" in explain(verdict)


@pytest.mark.parametrize("words", ["（写明扭矩值）", "（5×8 规格）", "，待定损后报价", "，XXL 号手套", "（详见附件）"])
def test_what_only_looks_like_a_place_left_open_is_let_pass(words: str) -> None:
    assert check_measure(GOOD_MEASURE + words, shipped_lists()).unfilled == ()


@pytest.mark.parametrize("kind", ["measure", "cause"])
def test_a_template_that_passes_unfilled_is_refused(data: dict[str, Any], kind: str) -> None:
    data["templates"][kind] = FILLED if kind == "measure" else "终检单上没有油压一项，所以没有检出"
    with pytest.raises(InvalidInput, match="不填也能通过"):
        read_wording(data)


def test_a_template_of_the_dealership_is_offered_and_never_passes_as_it_stands(data: dict[str, Any]) -> None:
    data["templates"]["measure"] = "由【姓名】从__月__日起在终检单上增加【项目】，每周抽查__台，记录由质检员签字"
    lists = read_wording(data)
    offered = template(check_measure("", lists), lists)
    assert offered == data["templates"]["measure"]
    assert check_measure(offered, lists).result is Result.BLOCK


def test_a_home_whose_lists_are_older_knows_the_open_places_too(data: dict[str, Any]) -> None:
    for added_later in ("unfilled", "checks", "measured", "specific"):
        del data["lists"][added_later]
    del data["templates"], data["limits"]["least_things"]
    assert check_measure(GOOD_MEASURE + "____", lists_from(data)).unfilled == ("____",)


def test_a_word_the_dealership_adds_counts_at_once(data: dict[str, Any]) -> None:
    data["lists"]["vague"]["words"].append("走心")
    assert check_measure(GOOD_MEASURE + "，要走心", lists_from(data)).found[0].word == "走心"


def test_an_emptied_list_finds_nothing(data: dict[str, Any]) -> None:
    data["lists"]["vague"] |= {"words": [], "patterns": [], "things": []}
    assert check_measure("加强检查", lists_from(data)).found == ()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lists: lists.pop("when"), "when"),
        (lambda lists: lists["when"]["patterns"].append("(每"), "写错的句式"),
        (lambda lists: lists.update(when=3), "结构不对"),
    ],
)
def test_spoilt_lists_are_refused_with_a_sentence(data: dict[str, Any], spoil: Any, said: str) -> None:
    spoil(data["lists"])
    with pytest.raises(InvalidInput, match=said):
        lists_from(data)


def test_every_list_names_its_source(data: dict[str, Any]) -> None:
    assert [key for key, entry in data["lists"].items() if not (entry["title"] and entry["source"])] == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("质检员王强每台签字加强检查，。：;~ 9月5日起谁·\n\t\x00🚗Ａ"), max_size=80))
def test_any_text_has_a_verdict_and_its_words_can_be_marked(text: str) -> None:
    for check in (check_measure, check_cause):
        verdict = check(text, shipped_lists())
        assert (verdict.result is Result.BLOCK) == bool(verdict.missing)
        assert all(text[found.at : found.at + len(found.word)] == found.word for found in verdict.found)
