"""The register to PDF against a reportlab LongTable of Paragraphs: the same rows, texts, widths and type size.

    python -m benchmarks.bench_register_pdf [ROWS ...]

Each contender is a child process that imports first and then takes the time of the work alone. Ours draws more
(letterhead, page numbers that say how many, signatures); the peer draws heading and cells.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from benchmarks.side_by_side import Cost, in_turn, measured, print_table, ratio, report, work_of
from crm_desktop.domain.register import PAPER_COLUMNS, RegisterRow
from tests.makers_sheets import register_rows, register_sheet

GOALS = {1_000: 0.30, 10_000: 0.12}
MEMORY_MB = 200
ROUNDS = {1_000: 5, 10_000: 2}  # the peer takes minutes for 10,000 rows


def ours(rows: list[RegisterRow], target: Path) -> Callable[[], object]:
    """The program's own exporter."""
    from crm_desktop.exporters.register_pdf import write_register  # noqa: PLC0415 - not in the peer's process

    return partial(write_register, register_sheet(*rows), target)


def peer(rows: list[RegisterRow], target: Path) -> Callable[[], object]:
    """What the manual of reportlab would make of it: every cell paragraphs that wrap by themselves."""
    from reportlab.lib import colors  # noqa: PLC0415 - not in our process
    from reportlab.lib.pagesizes import A4, landscape  # noqa: PLC0415 - not in our process
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 - not in our process
    from reportlab.lib.units import mm  # noqa: PLC0415 - not in our process
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 - not in our process
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - not in our process
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate  # noqa: PLC0415 - not in our process

    from crm_desktop.paths import resource  # noqa: PLC0415 - beside the fonts it is used for

    registerFont(TTFont("face", str(resource("fonts", "NotoSansSC-Regular.ttf"))))
    style = ParagraphStyle("cell", fontName="face", fontSize=7.5, leading=10, wordWrap="CJK")
    look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]

    def build() -> None:
        heading = [Paragraph(escape(column.title).replace("\n", "<br/>"), style) for column in PAPER_COLUMNS]
        body = [[Paragraph(cell(column.lines(row)), style) for column in PAPER_COLUMNS] for row in rows]
        table = LongTable([heading, *body], [column.width * mm for column in PAPER_COLUMNS], style=look, repeatRows=1)
        pages = SimpleDocTemplate(
            str(target), pagesize=landscape(A4), leftMargin=4 * mm, rightMargin=4 * mm, topMargin=20 * mm
        )
        pages.build([table])

    return build


def cell(paragraphs: tuple[str, ...]) -> str:
    """A cell's paragraphs as markup."""
    return "<br/>".join(escape(text).replace("\n", "<br/>") for text in paragraphs if text)


def child(name: str, count: int) -> Callable[[], Cost]:
    """One contender in a process of its own."""
    return partial(work_of, [sys.executable, "-m", "benchmarks.bench_register_pdf", name, str(count)])


def run_child(name: str, count: int) -> None:
    """Make the rows and the imports, then measure the work."""
    with TemporaryDirectory() as folder:
        contender = {"ours": ours, "peer": peer}[name]
        measured(contender(list(register_rows(count)), Path(folder) / "register.pdf"))


def main(counts: list[int]) -> None:
    """Every size in turn."""
    for count in counts:
        print(f"\nregister to PDF, {count:,} rows")
        costs = in_turn({name: child(name, count) for name in ("ours", "peer")}, ROUNDS.get(count, 3))
        print_table(costs, base="peer")
        report(f"{count:,} rows", ratio(costs["ours"], costs["peer"]), GOALS.get(count, 0.30))
        report("memory over start", max(cost.peak_mb for cost in costs["ours"]), MEMORY_MB, "MB")


if __name__ == "__main__":
    if sys.argv[1:2] in (["ours"], ["peer"]):
        run_child(sys.argv[1], int(sys.argv[2]))
    else:
        main([int(number) for number in sys.argv[1:]] or list(GOALS))
