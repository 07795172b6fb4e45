"""The contender of ``bench_start``: the program itself on the home it is told, until 今日 is painted with its data."""

from __future__ import annotations

import gc
import os
import sys

from crm_desktop import cli

asked = cli.parse(sys.argv[1:])
gc.disable()

from crm_desktop.app import open_program, start_qt  # noqa: E402 - in the order of ``python -m crm_desktop``
from crm_desktop.gui.messages import Messages  # noqa: E402 - see above
from crm_desktop.models.lock import NOTE_NAME  # noqa: E402 - see above

# isort: split
from PySide6.QtCore import QTimer  # noqa: E402 - see above
from PySide6.QtWidgets import QWidget  # noqa: E402 - see above

application = start_qt()
program = open_program(asked.home, Messages())


def paint_and_end() -> None:
    """The page has its rows: paint it once, as a screen would, and leave."""
    program.window.grab()
    (asked.home / NOTE_NAME).unlink(missing_ok=True)  # as an orderly end would: else the next start proves every record
    os._exit(0)


def on_shown(name: str, page: QWidget) -> None:
    """The first page is entered and told to read its data; everybody who waits for that signal comes first."""
    QTimer.singleShot(0, paint_and_end)


program.window.page_shown.connect(on_shown)
program.show()
application.exec()
