"""恶意 and 无效 in the window: the director's word, with reason and evidence, shown at the head of the case."""

from __future__ import annotations

from tests.gui.test_procedure_window import DIRECTOR, chips, choose, desk, open_case, seat, texts

__all__ = ["desk"]


def judged(desk, kind="无效", **more):
    """判定, with the PIN of the director where another sits there."""
    dialog = choose(desk, "判定恶意/无效")
    for label, text in {"判定为": kind, "判定理由": "同行冒充客户", **more}.items():
        desk.fill(label, text, dialog)
    desk.click("判定", dialog)


def test_a_complaint_is_judged_by_the_director_with_his_pin(desk):
    open_case(desk)
    judged(desk, PIN="2468")
    row = desk.office.judgements.of_complaint(desk.number)
    assert (row.kind, row.who) == ("无效", DIRECTOR)
    assert "无效" in chips(desk)


def test_malice_asks_for_evidence(desk):
    open_case(desk)
    seat(desk, DIRECTOR)
    judged(desk, "恶意")
    assert desk.said() == "判定恶意要有证据：录音、照片、记录放在哪里。"
    assert desk.office.judgements.of_complaint(desk.number) is None


def test_a_judgement_is_taken_back_with_its_reason(desk):
    open_case(desk)
    seat(desk, DIRECTOR)
    judged(desk)
    dialog = choose(desk, "撤回判定")
    desk.fill("撤回理由", "查实是真车主", dialog)
    desk.click("撤回", dialog)
    assert "无效" not in chips(desk)


def test_the_level_goes_down_only_with_a_reason_and_may_go_up_again(desk):
    open_case(desk, severity="重大")
    desk.turn_to("受理")
    desk.click("判级")
    dialog = desk.dialog()
    desk.click("定为一般", dialog)
    assert "原因" in desk.said() or "理由" in desk.said()
    desk.fill("理由", "客户当场接受，没有安全隐患", dialog)
    desk.click("定为一般", dialog)
    assert desk.office.cases.case(desk.number).fields["severity"] == "一般"


def test_a_level_told_wrongly_is_corrected_with_its_reason_and_the_clocks_follow(desk):
    open_case(desk)
    desk.turn_to("受理")
    desk.click("更正")
    dialog = desk.dialog()
    desk.fill("级别", "重大", dialog)
    desk.fill("更正原因", "刹车失灵，登记时没问清", dialog)
    desk.click("更正", dialog)
    assert desk.office.cases.case(desk.number).fields["severity"] == "重大"
    assert "接待·重大" in texts(desk)
