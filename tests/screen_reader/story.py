"""From a customer at the desk to the register on disk, through AT-SPI alone.

Usage: story.py PYTHON HOME OUT SOURCE.csv; writes OUT.pdf and OUT.xlsx. The home has a dealership's name only.
"""

from __future__ import annotations

import sys

from reader import Reader, say

ROOMS = ("今日", "客户档案", "抱怨投诉", "返修", "回访", "纠正预防", "报表", "设置")


def main(python: str, home: str, target: str, source: str) -> None:
    """The whole way; ends with status 0 only when every step was seen to work."""
    reader = Reader(python, home)
    try:
        assert reader.titles()[0].startswith("客诉管家"), reader.titles()
        for room in ROOMS:
            reader.node(room)
        say("rooms have their names")
        register(reader)
        handle(reader)
        export(reader, target)
        bring_in(reader, source)
    finally:
        reader.close()


def register(reader: Reader) -> None:
    """A new complaint: name, phone, plate, the customer's words."""
    reader.press("新建抱怨单")
    reader.write("客户姓名", "李建国")
    reader.write("联系电话", "13816675521")
    reader.write("车牌号", "沪A8K231")
    for name in ("送修人", "VIN", "行驶里程", "接收渠道", "级别", "受理时间", "类别", "诉求"):
        reader.node(name)
    reader.write("抱怨内容", "变速箱二挡升三挡一顿一顿的")
    reader.press("保存")
    say(reader.until_read("消息", "已登记"))


def handle(reader: Reader) -> None:
    """The case is open: what was corrected and why it came about."""
    reader.write("缺点纠正", "更换滑阀箱，试车 20 公里正常")
    reader.write("抱怨产生根本原因分析", "滑阀箱油道有毛刺，入库检验没有这一项")
    reader.press("保存")
    say(reader.until_read("消息", "已保存"))


def bring_in(reader: Reader, source: str) -> None:
    """An old list, through the import dialog and the file dialog."""
    reader.press("设置")
    reader.press("导入已有记录")
    reader.press("选择文件")
    reader.write("文件名", source)
    reader.press("打开")
    reader.press("下一步")
    reader.press("试导入", "button")
    reader.node("每一行都通过了。")
    reader.press("导入", "button")
    say(reader.until_read("消息", "已导入"))
    reader.press("关闭", "button")


def export(reader: Reader, target: str) -> None:
    """The register as PDF and as a workbook, through the file dialog."""
    reader.press("报表")
    reader.node("顾客抱怨及返修记录", "table")
    reader.node("接待", "table cell")
    for button, ending in (("导出 PDF", ".pdf"), ("导出 Excel", ".xlsx")):
        reader.press(button)
        reader.write("文件名", target + ending)
        reader.press("保存")
        say(reader.until_read("消息", ending))


if __name__ == "__main__":
    main(*sys.argv[1:])
