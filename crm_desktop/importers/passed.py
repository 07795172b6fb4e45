"""Rows that are no records: totals, who made the list, headings of the next page, 必填 and 选填 under the headings.

They are passed over and told, never counted and never refused: nobody can mend them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from crm_desktop.domain.text import clean_line
from crm_desktop.importers.cells import Cells, cell_text, is_blank

_NO_RECORD = re.compile(
    r"(?:本页|本月|本年|全年)?(?P<total>合计|总计|小计|共计|累计)(?:[:：(（0-9].*)?"
    r"|(?P<signed>制表|填表|审核|复核|打印|导出|统计|编制|批准|备注|说明|注)(?:人|员|日期|时间|单位)?[:：].*"
)
_BEGIN = frozenset("本全合总小共累制填审复打导统编批备说注")
"""How they begin: most rows are told from them by one character."""
_HINTS = frozenset(("必填", "选填", "必填项", "选填项", "非必填", "可选", "可不填", "文本", "数字", "日期"))
_TOLD = 5


class Passed:
    """Judges row after row of one table and remembers which were passed over, and what they were."""

    def __init__(self, headers: tuple[str, ...], read: Collection[int]) -> None:
        """``read`` are the places of the columns that become something."""
        self._headers, self._read = headers, read
        self._rows: list[str] = []
        self._first = True

    def passes(self, row: int, cells: Cells) -> bool:
        """Whether this row, which is not blank, is none to be read."""
        word = self._word(cells)
        self._first = False
        if word:
            self._rows.append(f"第 {row} 行（{word}）")
        return bool(word)

    def notes(self) -> tuple[str, ...]:
        """One sentence for the desk; none where every row was read."""
        if not self._rows:
            return ()
        more = "等" if len(self._rows) > _TOLD else ""
        return (f"有 {len(self._rows)} 行不是记录，没有导入：{'、'.join(self._rows[:_TOLD])}{more}。",)

    def _word(self, cells: Cells) -> str:
        place = next(at for at, cell in enumerate(cells) if not is_blank(cell))
        told = cells[place]
        if isinstance(told, str):
            text = told.strip()
            if text[0] in _BEGIN and (found := _NO_RECORD.fullmatch("".join(text.split()))):
                return str(found["total"] or found["signed"])
            if place < len(self._headers) and text == self._headers[place] and self._repeats(cells):
                return "重复的表头"
            if self._first and text in _HINTS and self._hints(cells):
                return "填写说明"
        lone = place not in self._read and all(map(is_blank, cells[place + 1 :]))
        return "只有一格字" if lone else ""

    def _repeats(self, cells: Cells) -> bool:
        """Every cell that is filled says what the heading above it says, and more than one is."""
        told = [(clean_line(cell_text(cell)), title) for cell, title in zip(cells, self._headers, strict=False)]
        filled = [(text, title) for text, title in told if text]
        return len(filled) > 1 and all(text == title for text, title in filled)

    def _hints(self, cells: Cells) -> bool:
        return all("".join(cell_text(cell).split()) in _HINTS for cell in cells if not is_blank(cell))
