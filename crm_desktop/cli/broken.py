"""What is said when something breaks inside: damaged data and refusing folders by their names, else our own fault."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from crm_desktop import logbook
from crm_desktop.domain.errors import Damaged, DeskError
from crm_desktop.models.faults import unreachable

LOG = Path("logs") / "crash.log"
_OURS = "程序内部出错，这一步没有完成；原因已记入数据文件夹的 logs/crash.log，请把它发给开发者。"


class OwnFault(DeskError):
    """A fault of the program's own, with its line in the log."""

    code = 1


def told(asked: Namespace, fault: Exception) -> int:
    """Says it and gives the exit status; whoever waits at the automation door reads it there."""
    refusal = _refusal_of(asked.home, fault)
    if asked.command == "serve":
        from crm_desktop.door.serve import refused, say, standard_streams  # noqa: PLC0415 - only for this command

        say(standard_streams()[1], {"ready": False, **refused(refusal)})
    else:
        print(refusal.sentence, file=sys.stderr)
    return refusal.code


def _refusal_of(home: Path, fault: Exception) -> DeskError:
    """The refusal to tell for what nobody caught; its line, without values, is in the home's log.

    Damaged data breaks readers that know only sound rows, so the data is asked first: that takes as long as a check.
    """
    if home.is_dir():
        logbook.write(home / LOG, logbook.describe(fault))
    if isinstance(fault, OSError):
        return unreachable(fault, home)
    from crm_desktop.services.soundness import damage  # noqa: PLC0415 - only where something broke

    trouble = damage(home)
    if trouble:
        return Damaged(f"数据已损坏（{trouble}），这一步没有完成。请停止录入，从备份恢复。")
    return OwnFault(_OURS)
