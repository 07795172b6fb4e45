"""What the guards count in a sheet before a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class SheetFacts:
    """What a sheet holds, counted without reading its values; ``last_row`` and ``last_column`` count from 1."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: int = 0
    blank_formulas: int = 0
    error_cells: int = 0

    def notes(self) -> tuple[str, ...]:
        """Sentences for the desk about what the eye does not see in the sheet."""
        found = (
            (self.hidden_rows, "有 {} 行被隐藏或筛选掉，也会一起导入。"),
            (self.blank_formulas, "有 {} 格公式没有保存结果，按空白读入；请用表格软件打开并保存一次再导入。"),
            (self.error_cells, "有 {} 格是错误值（如 #VALUE!），按空白读入。"),
        )
        return tuple(sentence.format(count) for count, sentence in found if count)
