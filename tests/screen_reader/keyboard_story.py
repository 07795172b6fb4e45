"""From a customer at the desk and an old register to both files on disk, by keyboard alone.

Usage: keyboard_story.py PYTHON HOME OLD.csv OUT.xlsx OUT.pdf — the home has a dealership's name and nothing else.
"""

from __future__ import annotations

import sys

from keys import Keyboard
from reader import Reader, say

PAPER_ORDER = [
    "客户姓名", "联系电话", "送修人", "车牌号", "VIN", "行驶里程",
    "接收渠道", "级别", "受理时间", "类别", "诉求", "抱怨内容",
]  # fmt: skip
WINDOW = "客诉管家"


def main(python: str, home: str, old: str, *targets: str) -> None:
    """The whole way; ends with status 0 only when every step was seen to work."""
    reader = Reader(python, home)
    try:
        keyboard = Keyboard(reader)
        keyboard.at(WINDOW)
        register(reader, keyboard)
        bring_in(reader, keyboard, old)
        for target in targets:
            export(reader, keyboard, target)
    finally:
        reader.close()


def register(reader: Reader, keyboard: Keyboard) -> None:
    """A new complaint: Tab leads through the fields in the order of the paper."""
    keyboard.press("ctrl+n")
    reader.node("抱怨内容", "text")
    keyboard.type("Li Jianguo")
    passed = keyboard.walk_to("车牌号")
    keyboard.type("WJ12345")
    passed += keyboard.walk_to("抱怨内容")[1:]
    assert passed == PAPER_ORDER, passed
    keyboard.type("gearbox jerks from second to third")
    keyboard.press("ctrl+s")
    say(reader.until_read("消息", "已登记"))


def bring_in(reader: Reader, keyboard: Keyboard, old: str) -> None:
    """设置 → 导入已有记录: the file by its path, its columns, tried first, then brought in."""
    keyboard.press("ctrl+8")
    reader.node("每张纸上的内容")
    keyboard.walk_to("导入已有记录")
    keyboard.press("space")
    keyboard.at("导入已有记录")
    keyboard.press("ctrl+o")
    name_file(keyboard, "选择要导入的文件", old)
    keyboard.at("导入已有记录")
    keyboard.walk_to("下一步")
    keyboard.press("space")
    keyboard.walk_to("试导入")
    keyboard.press("space")
    reader.node("每一行都通过了。")
    keyboard.walk_to("导入")
    keyboard.press("space")
    say(reader.until_read("消息", "已导入：读到 2 行，新增 2"))
    keyboard.press("Escape")


def export(reader: Reader, keyboard: Keyboard, target: str) -> None:
    """The register of this month as a file, its path typed into the file dialog."""
    keyboard.at(WINDOW)
    keyboard.press("ctrl+7")
    reader.node("顾客抱怨及返修记录", "table")
    keyboard.walk_to("导出 Excel" if target.endswith(".xlsx") else "导出 PDF")
    keyboard.press("space")
    name_file(keyboard, "导出", target)
    say(reader.until_read("消息", f"已导出：{target.rsplit('/', 1)[-1]}"))


def name_file(keyboard: Keyboard, title: str, path: str) -> None:
    """The file dialog opens with the keyboard in its line 文件名."""
    keyboard.at(title)
    assert keyboard.stands_at() == "文件名"
    keyboard.replace(path)
    keyboard.press("Return")


if __name__ == "__main__":
    main(*sys.argv[1:])
