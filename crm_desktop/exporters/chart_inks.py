"""What the colours of a chart look like on paper and in a workbook: those of the window's light theme."""

from __future__ import annotations

from crm_desktop.domain.charts import Ink

INKS = {
    Ink.MAIN: "0f5c8c",
    Ink.SECOND: "8fb8d2",
    Ink.LATE: "a5281c",
    Ink.SOON: "b57d14",
    Ink.DONE: "3c8a5c",
    Ink.QUIET: "b9c2cc",
    Ink.TEXT: "1d2530",
    Ink.CAPTION: "5f6b79",
    Ink.LINE: "dfe3e8",
}
"""Six hex digits each."""
