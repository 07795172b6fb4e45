"""``python -m crm_desktop``: a command runs without a window, no command opens it."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """The entrance of the installed and of the frozen program, and of the child that reads a workbook."""
    if sys.argv[1:] == ["--read-table"]:
        from crm_desktop.importers import apart  # noqa: PLC0415 - a child that does nothing else

        return apart.serve()
    from crm_desktop import cli  # noqa: PLC0415 - nothing is imported before it is needed

    asked = cli.parse(sys.argv[1:])
    if asked.command is not None:
        return cli.run(asked)
    gc.disable()  # thousands of objects come, and all of them stay; ``app/program.py`` lets it in again
    from crm_desktop.app import run_window  # noqa: PLC0415 - commands pay for no window

    return run_window(asked.home, named=asked.named)


if __name__ == "__main__":
    sys.exit(main())
