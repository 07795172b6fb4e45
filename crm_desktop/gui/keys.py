"""Every key of the desk in one table: what it does and where. The last chapter of the manual is made of it, and tests
hold it against the keys that are really there.
"""

from __future__ import annotations

from typing import NamedTuple

EVERYWHERE, FIELDS, LISTS = "到处都能用", "填写的时候", "在列表里"


class KeyLine(NamedTuple):
    """One chord, as Qt writes it, and what it does. ``own``: an input or a list answers to it by itself."""

    chord: str
    does: str
    own: bool = False


KEYS: dict[str, tuple[KeyLine, ...]] = {
    EVERYWHERE: (
        KeyLine("Ctrl+N", "新建抱怨单"),
        KeyLine("Ctrl+K", "搜索"),
        KeyLine("Ctrl+1", "到今日；Ctrl+2 到 Ctrl+8 依次是左边的其他房间"),
        KeyLine("Ctrl+S", "保存，或这一页、这个小窗口的主要按钮（登记回访、记录移交……）"),
        KeyLine("Ctrl+P", "打印预览；在预览里是打印"),
        KeyLine("Ctrl+Z", "撤销上一次改动（在输入框里是撤销打字）"),
        KeyLine("F1", "使用手册，打开在正在用的那一页"),
        KeyLine("F9", "换人"),
        KeyLine("Esc", "返回，或关掉窗口"),
        KeyLine("Tab", "到下一处；Shift+Tab 到上一处", own=True),
    ),
    FIELDS: (
        KeyLine("Enter", "到下一栏；PIN 后面是确定。从来不会提交半张单", own=True),
        KeyLine("Ctrl+Enter", "从多行的栏到下一栏", own=True),
        KeyLine("1", "有选项的栏：数字 1 到 9 选第几项", own=True),
        KeyLine("Down", "列出可选的客户或词，再按 Enter 选中", own=True),
        KeyLine("Space", "按下光标所在的按钮，勾选方框", own=True),
    ),
    LISTS: (
        KeyLine("Up", "和 Down 选中一行，Ctrl+End 到最后一行", own=True),
        KeyLine("Enter", "打开选中的一行，和双击一样", own=True),
        KeyLine("Ctrl+C", "连表头复制选中的行，可以贴进 Excel", own=True),
        KeyLine("Ctrl+A", "全选", own=True),
        KeyLine("Ctrl+F", "筛选：只看有这些字的行，Esc 全部显示", own=True),
        KeyLine("Ctrl+L", "选择列", own=True),
        KeyLine("Shift+F10", "这些行能做的事（右键菜单）", own=True),
    ),
    "在抱怨投诉里": (
        KeyLine("F8", "判级（登记时，和单子的“受理”页）"),
        KeyLine("Ctrl+G", "采用建议的类别"),
    ),
    "在回访里": (
        KeyLine("F6", "话术"),
        KeyLine("F7", "转成抱怨单"),
    ),
    "在客户档案里": (
        KeyLine("Ctrl+F", "查找客户"),
        KeyLine("Ctrl+Shift+N", "新建客户"),
    ),
    "导入和附件的时候": (
        KeyLine("Ctrl+O", "选择文件"),
        KeyLine("Ctrl+Return", "下一步"),
        KeyLine("Alt+Left", "上一步"),
        KeyLine("Ctrl+V", "在附件窗口里：粘贴截图"),
    ),
}
_ROOMS = range(2, 9)


def shortcuts() -> set[str]:
    """The chords that shortcuts wait for, as Qt writes them; those of the rooms stand in one line of the table."""
    told = {line.chord for lines in KEYS.values() for line in lines if not line.own}
    return told | {f"Ctrl+{number}" for number in _ROOMS}


def chapter() -> str:
    """按键, as a chapter of the manual."""
    parts = ["# 按键", "鼠标能做的，键盘都能做。"]
    for where, lines in KEYS.items():
        rows = [f"| `{line.chord}` | {line.does} |" for line in lines]
        parts.append("\n".join((f"## {where}", "", "| 按 | 做什么 |", "|---|---|", *rows)))
    return "\n\n".join(parts) + "\n"
