"""The red lines beside a case: each leads to its field, or to the step that is missing; none is a dead end."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from tests.gui.test_procedure_window import ADVISER, DIRECTOR, TECHNICIAN, by, desk, missing, seat
from tests.makers import anonymous, at, rework

__all__ = ["desk"]

ALWAYS = {
    "没有记录解决": "解决时间",
    "没有写缺点纠正": "缺点纠正",
    "没有写解决措施": "解决措施",
    "没有写安抚措施": "安抚措施",
    "没有写告知客户的内容": "告知客户的内容",
    "没有写抱怨产生根本原因分析": "抱怨产生根本原因分析",
    "没有写长期质量保证的措施": "抱怨产生根本原因分析",
    "客户信息没有填客户姓名": "客户姓名",
    "客户信息没有联系方式": "联系电话",
}
OF_A_ROUTE = {
    "媒体": {
        "没有记录移交": "交服务总监",
        "没有定责任人": "责任人",
        "没有写稿件是否撤销": "登记稿件",
        "重大投诉没有上报公关部的回执": "上报公关部",
    },
    "400热线": {
        "没有记录响应": "记录响应",
        "没有定责任人": "责任人",
        "没有填厂家工单号": "厂家工单号",
        "没有填厂家工单的关闭时间": "厂家工单关闭时间",
    },
    "接待": {"没有记录响应": "记录响应", "移交超期": "补超期原因", "还有 1 次返修没有修竣": "修竣日期"},
}


def begun(desk, channel):
    """A 重大 complaint of nobody in particular, some days old; that of the reception is with the workshop."""
    draft = anonymous(channel=channel, severity="重大", received_at=at("2026-11-17 13:44"))
    saved = desk.office.complaints.register(draft, by(desk, ADVISER))
    if channel == "接待":
        later = desk.office.complaints.hand_over(saved.number, 1, by(desk, ADVISER))
        desk.office.complaints.assign(saved.number, later.ver, by(desk, DIRECTOR), "技术", TECHNICIAN)
        desk.office.reworks.register(saved.number, rework(), by(desk, ADVISER))
    seat(desk, DIRECTOR)
    return saved.number


def led_to(desk, line):
    """Pressing a line: the step that is asked for, else what has the keyboard."""
    desk.click(line)
    asked = [dialog for dialog in desk.page.window().findChildren(QDialog) if dialog.isVisible()]
    for dialog in asked:
        dialog.reject()
    return asked[0].windowTitle() if asked else desk.page.window().focusWidget().accessibleName()


@pytest.mark.parametrize("channel", OF_A_ROUTE)
def test_every_red_line_leads_to_its_field_or_its_step(desk, channel):
    number = begun(desk, channel)
    desk.page.show_case(number)
    found = {}
    for line in missing(desk):
        desk.page.show_case(number)
        found[line.split("：")[0].split("，")[0]] = led_to(desk, line)
    assert found == ALWAYS | OF_A_ROUTE[channel]
