"""The command line of interface.md section 2: the same services as the window, no window."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from crm_desktop.cli.options import options
from crm_desktop.domain.errors import DeskError
from crm_desktop.paths import default_home, named_home


def parse(arguments: Sequence[str]) -> Namespace:
    """What was asked; ``command`` is None where the window is wanted, ``named`` says whether somebody told the folder.

    Wrong usage ends with status 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    asked, further = options().parse_known_args(arguments)
    if further:
        from crm_desktop.cli.parser import build_parser  # noqa: PLC0415 - the window pays for no command

        asked = build_parser().parse_args(arguments)
    asked.named = asked.home is not None or named_home() is not None
    asked.home = asked.home or default_home()
    return asked


def run(asked: Namespace) -> int:
    """Runs one command. Exit status: 0 done, 1 a check found something or a fault of our own, 3 to 9 refused
    (interface.md section 4)."""
    try:
        status: int = asked.run(asked)
        if sys.stdout is not None:
            sys.stdout.flush()  # a short answer meets its reader here, not after the last line of Python
    except BrokenPipeError:  # whoever read the answer went away: nothing to say to nobody
        sys.stdout = None  # and nothing to flush at the end
        return 0
    except DeskError as refusal:
        print(refusal.sentence, file=sys.stderr)
        return refusal.code
    except Exception as fault:  # noqa: BLE001 - a traceback tells nobody at the desk what to do
        from crm_desktop.cli.broken import told  # noqa: PLC0415 - only where something broke

        return told(asked, fault)
    return status
