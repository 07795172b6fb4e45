"""Every step the desk takes on a case, and every question it asks, found in the sources of the window."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import crm_desktop.gui
from crm_desktop.gui.asking import Question
from crm_desktop.gui.complaints.case_steps import Step


def every_step() -> list[type[Step]]:
    """Those that need to be told nothing but the procedure."""
    found = sorted(set(_heirs(Step)), key=_name)
    return [step for step in found if step.title and len(inspect.signature(step).parameters) == 1]


def every_question() -> list[type[Question]]:
    """All that somebody may be asked beside the steps of a case."""
    return sorted({found for found in _heirs(Question) if not found.__name__.startswith("_")}, key=_name)


def _heirs(base: type) -> Iterator[type]:
    for module in pkgutil.walk_packages(crm_desktop.gui.__path__, "crm_desktop.gui."):
        importlib.import_module(module.name)
    waiting = list(base.__subclasses__())
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.__subclasses__()


def _name(found: type) -> str:
    return f"{found.__module__}.{found.__qualname__}"
