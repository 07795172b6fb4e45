"""Web pages renamed to .xls, as many dealer-management systems export them: their biggest table."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers.cells import MAX_COLUMNS, Down, Grid, check_size
from crm_desktop.importers.encodings import decoded

MAX_HTML_BYTES = 20_000_000
_MERGED_NOTE = "有合并单元格：上下合并的每一行都按同一个值读入，左右合并的只算左边一格。"
_BLANKS = re.compile(r"[ \t\r\n]+")


def html_grid(data: bytes) -> Grid:
    """The rows of the biggest table of a page.

    :raises WorkbookRefused: no table in it, or one that is too big.
    """
    if len(data) > MAX_HTML_BYTES:
        raise WorkbookRefused("网页表格超过 20 MB，请用表格软件打开后另存为 xlsx 再导入。")
    parser = _Tables()
    parser.feed(decoded(data))
    parser.close()
    best = max(parser.tables, key=len, default=None)
    if not best:
        raise WorkbookRefused("文件是网页，里面没有表格，请换一个 xlsx、xls 或 csv 文件导入。")
    check_size(len(best), max(map(len, best)))
    rows = [(number, tuple(row)) for number, row in enumerate(best, 1)]
    downs = tuple(parser.downs[parser.tables.index(best)])
    return Grid(rows, notes=(_MERGED_NOTE,) if parser.merged else (), downs=downs)


class _Tables(HTMLParser):
    """Collects every table; the text of a nested one belongs to the cell around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.downs: list[list[Down]] = []
        self.merged = False
        self._depth = 0
        self._words: list[str] | None = None
        self._exact: str | None = None
        self._span = (1, 1)
        self._held: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self.downs.append([])
                self._held = {}
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._start_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self._words:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def close(self) -> None:
        super().close()
        self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(_BLANKS.sub(" ", data))

    def _start_cell(self, attrs: dict[str, str | None]) -> None:
        if not self.tables[-1]:
            self.tables[-1].append([])
        self._words = []
        self._exact = attrs.get("x:num")  # the whole number where the text shows 1.38E+10
        self._span = (_span(attrs.get("colspan")), _span(attrs.get("rowspan")))

    def _end_cell(self) -> None:
        if self._words is None:
            return
        row, (across, down) = self.tables[-1][-1], self._span
        self._fill_held(row)
        text = self._exact or "".join(self._words).replace("\u00a0", " ").strip()
        if down > 1:
            top = len(self.tables[-1])
            self.downs[-1].append((len(row), top, top + down - 1))
        for column in range(len(row), len(row) + across):
            if down > 1:
                self._held[column] = down - 1
        row.extend([text] + [""] * (across - 1))
        self.merged = self.merged or self._span != (1, 1)
        self._words = None

    def _fill_held(self, row: list[str]) -> None:
        """Blanks for the cells a merged cell above reaches down into."""
        while self._held.get(len(row), 0) > 0:
            self._held[len(row)] -= 1
            row.append("")


def _span(raw: str | None) -> int:
    return min(int(raw), MAX_COLUMNS) if raw and raw.isascii() and raw.isdigit() and int(raw) > 0 else 1
