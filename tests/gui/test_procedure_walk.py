"""One 重大 media complaint with a rework from 登记 to 存档 through the window alone, and every shortcut refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm_desktop.domain.staff import Role
from tests.gui.test_procedure_window import by, missing, seat, stored, texts
from tests.makers import ANALYSED, at, complaint, day
from tests.services.people import hired

DIRECTOR, TECHNICIAN, CARER, ADVISER, MARKETING = "程立群", "冯学勤", "叶清扬", "谢文杰", "罗思远"
_STAFF = (
    (ADVISER, Role.ADVISER),
    (TECHNICIAN, Role.TECHNICAL_DIRECTOR),
    (CARER, Role.CARE_AGENT),
    (MARKETING, Role.MARKETING_MANAGER),
)


@pytest.fixture
def desk(room):
    """Everybody the procedure names has a PIN; 罗思远 (市场经理) sits there."""
    hired(room.office, DIRECTOR, Role.DIRECTOR)
    first = room.office.staff.act(room.office.staff.find(DIRECTOR), "设置")
    for name, role in _STAFF:
        hired(room.office, name, role, by=first)
    seat(room, MARKETING)
    return room


def registered_by_hand(desk):
    """受理 typed into the form."""
    desk.page.new_complaint()
    for label, text in (("客户姓名", "曾小明"), ("联系电话", "13800005521"), ("车牌号", "沪A8K231")):
        desk.fill(label, text)
    desk.fill("接收渠道", "媒体")
    desk.fill("级别", "重大")
    desk.fill("抱怨内容", "网上发帖：变速箱修了三次还是顿挫")
    desk.save()
    desk.number = desk.office.cases.fetch([1])[0].number


def answer(desk, button, word, **values):
    """Presses a button, fills its dialog and confirms."""
    desk.click(button)
    dialog = desk.dialog()
    for label, text in values.items():
        desk.fill(label, text, dialog)
    desk.click(word, dialog)


def handled(desk):
    """移交, 责任人, cause and measure, each by who may."""
    answer(desk, "交服务总监", "记录移交")
    seat(desk, DIRECTOR)
    desk.turn_to("处理")
    desk.fill("责任线", "技术")
    desk.fill("责任人", TECHNICIAN)
    desk.fill("缺点纠正", "更换阀体总成，试车 20 公里换挡平顺")
    desk.save()
    seat(desk, TECHNICIAN)
    desk.fill("抱怨产生根本原因分析", ANALYSED["root_cause"])
    desk.save()
    desk.turn_to("措施")
    desk.fill("长期质量保证的措施", ANALYSED["long_term_measure"])
    desk.save()


def reworked(desk):
    """One rework, finished."""
    desk.turn_to("返修")
    desk.fill("返修委托书号", "RO2611210009")
    desk.fill("返修项目", "更换阀体")
    desk.fill("修竣日期", "今天")
    desk.click("登记返修")


def settled_outside(desk):
    """撤稿 and 上报 with its receipt."""
    seat(desk, MARKETING)
    desk.turn_to("处理")
    answer(desk, "登记稿件", "登记稿件", 媒体="汽车之家")
    answer(desk, "撤稿结果", "保存")
    answer(desk, "上报公关部", "记录上报", 上报方式="邮件")
    answer(desk, "收到回执", "保存", 回执="GG-0921")


def solved(desk):
    """One option agreed, the customer told, 解决 recorded."""
    desk.turn_to("方案")
    answer(desk, "写方案", "保存方案", 方案内容="免费更换阀体总成，质保一年", 店方成本="3200")
    answer(desk, "商定方案", "客户同意这一个")
    desk.fill("安抚措施", "当面道歉，提供代步车")
    desk.fill("告知客户的内容", "阀体已更换，质保一年")
    desk.save()
    desk.click("记录解决")


def test_a_major_media_complaint_with_a_rework_goes_from_the_first_word_to_the_archive(desk):
    registered_by_hand(desk)
    handled(desk)
    reworked(desk)
    settled_outside(desk)
    solved(desk)
    assert (stored(desk).state, missing(desk)) == ("已解决", [])
    assert "待关闭" in texts(desk)
    desk.turn_to("归档")
    answer(desk, "关闭", "关闭", PIN="2468")
    seat(desk, CARER)
    answer(desk, "存档", "存档", 存放位置="2026-11 盒")
    assert stored(desk).state == "已存档"
    kinds = [event.kind for event in stored(desk).events]
    assert kinds[0] == "registered"
    assert kinds[-2:] == ["closed", "filed"]
    assert [call.planned_on.day for call in desk.office.follow_ups.of_complaint(desk.number)] == [24, 28]


def test_every_shortcut_is_refused_with_a_sentence(desk):
    registered_by_hand(desk)
    desk.turn_to("方案")
    desk.click("记录解决")
    assert desk.said().startswith("还不能记录解决，缺 ")
    assert not desk.is_open("措施")
    assert not desk.is_open("归档")
    answer(desk, "交服务总监", "记录移交", 移交时间="11-20 09:00")
    assert "早于受理时间" in desk.said()


def test_closing_without_the_receipt_or_with_empty_words_is_refused(desk):
    desk.number = desk.office.complaints.register(
        complaint(channel="媒体", severity="重大", received_at=at("2026-11-21 13:40")), by(desk, MARKETING)
    ).number
    desk.page.show_case(desk.number)
    handled(desk)
    seat(desk, TECHNICIAN)
    desk.turn_to("措施")
    desk.fill("长期质量保证的措施", "加强培训，提高认识")
    desk.save()
    solved(desk)
    desk.turn_to("归档")
    desk.click("关闭")
    assert "长期质量保证的措施没有通过" in desk.said()
    assert "重大投诉没有上报公关部的回执" in desk.said()


def test_a_wrong_pin_closes_nothing(desk):
    registered_by_hand(desk)
    handled(desk)
    settled_outside(desk)
    solved(desk)
    desk.turn_to("归档")
    answer(desk, "关闭", "关闭", PIN="0000")
    assert (stored(desk).state, "PIN 不对" in desk.said()) == ("已解决", True)


def refused(desk, *words):
    """The bar 消息 says so in a sentence."""
    assert desk.said().endswith("。")
    assert [word for word in words if word not in desk.said()] == []


def closing(desk, *words):
    """关闭 is tried, and these words say why not."""
    desk.turn_to("归档")
    desk.click("关闭")
    refused(desk, "还不能关闭，缺 ", *words)


def written(desk, who, tab, **texts):
    """Fields of a tab, saved by this person."""
    seat(desk, who)
    desk.turn_to(tab)
    for label, text in texts.items():
        desk.fill(label, text)
    desk.save()


def before_its_turn(desk):
    """解决 at once, 移交 before 受理, a measure before its cause."""
    desk.turn_to("方案")
    desk.click("记录解决")
    refused(desk, "还不能记录解决，缺 ")
    answer(desk, "交服务总监", "记录移交", 移交时间="11-20 09:00")
    refused(desk, "早于受理时间")
    desk.click("取消", desk.dialog())
    desk.click("没有写长期质量保证的措施")
    refused(desk, "“措施”还没有打开：先在“处理”里写明抱怨产生根本原因分析")


def without_words_that_say_something(desk):
    """No root cause, only blame, and 加强培训 for a measure."""
    answer(desk, "交服务总监", "记录移交")
    written(desk, DIRECTOR, "处理", 责任线="技术", 责任人=TECHNICIAN, 缺点纠正="更换阀体总成，试车 20 公里换挡平顺")
    solved(desk)
    closing(desk, "抱怨产生根本原因分析")
    written(desk, TECHNICIAN, "处理", 抱怨产生根本原因分析="技师粗心大意")
    closing(desk, "抱怨产生根本原因分析没有通过")
    desk.turn_to("处理")
    written(desk, TECHNICIAN, "处理", 抱怨产生根本原因分析=ANALYSED["root_cause"])
    written(desk, TECHNICIAN, "措施", 长期质量保证的措施="加强培训，提高认识")
    closing(desk, "长期质量保证的措施没有通过")
    written(desk, TECHNICIAN, "措施", 长期质量保证的措施=ANALYSED["long_term_measure"])


def without_the_outside(desk):
    """A car still in the workshop, nothing withdrawn, no receipt of the maker's public relations."""
    desk.turn_to("返修")
    desk.fill("返修委托书号", "RO2611210009")
    desk.click("登记返修")
    closing(desk, "返修", "重大投诉没有上报公关部的回执")
    rework = desk.office.reworks.of_complaint(desk.number)[0]
    done = replace(rework.draft, finished_on=day(0), items="更换阀体")
    desk.office.reworks.amend(rework.id, rework.ver, done, by(desk, DIRECTOR))
    settled_outside(desk)


def without_who_decides(desk):
    """Closing without the director, filing without the care department, changing what is filed."""
    desk.turn_to("归档")
    answer(desk, "关闭", "关闭", PIN="0000")
    refused(desk, "程立群的 PIN 不对")
    desk.dialog().reject()
    seat(desk, DIRECTOR)
    answer(desk, "关闭", "关闭", PIN="2468")
    seat(desk, TECHNICIAN)
    answer(desk, "存档", "存档", 存放位置="我的抽屉", PIN="0000")
    refused(desk, "叶清扬的 PIN 不对")
    desk.dialog().reject()
    seat(desk, CARER)
    answer(desk, "存档", "存档", 存放位置="2026-11 盒")
    desk.turn_to("受理")
    assert desk.field("抱怨内容").isReadOnly()
    assert "已存档，原文不能再改" in texts(desk)


def test_every_shortcut_on_the_way_to_the_archive_is_refused_with_a_sentence(desk):
    registered_by_hand(desk)
    before_its_turn(desk)
    without_words_that_say_something(desk)
    without_the_outside(desk)
    without_who_decides(desk)
    assert stored(desk).state == "已存档"
