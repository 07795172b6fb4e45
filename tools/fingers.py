"""Works every scene of the pictures by keys and wheel, with all boxes behind it, and lists what it finds.

    python3 dev.py fingers [NAME …]

One line of JSON for each fault: kind (tab, wheel, enter), scene, what; the last line counts the screens and tells every
key chord that was met. Ends with 1 if anything was found.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from scenes import FIRST_SCENES, SCENES
from scenes.doors import Hesitant
from scenes.fingers import chords, enter_faults, tab_faults, wheel_faults
from scenes.homes import make_homes, prepare
from scenes.stage import Stage
from scenes.walk import walk, walk_through

from crm_desktop.app import start_qt
from crm_desktop.gui import theme
from crm_desktop.gui.theme import Mode

_SIZE = QSize(1366, 768)
_CHECKS: dict[str, Callable[[QWidget], Iterator[str]]] = {
    "wheel": wheel_faults,
    "tab": tab_faults,
    "enter": enter_faults,
}


class Work:
    """What was worked and what was found, in one home."""

    def __init__(self, home: Path) -> None:
        self.stage = Stage(home, _SIZE, Hesitant())
        self.worked, self.found = 0, 0
        self.chords: set[str] = set()

    def look(self, name: str, standing: QWidget) -> None:
        """Works what lies open now."""
        self.worked += 1
        self.chords |= chords(standing)
        for kind, check in _CHECKS.items():
            for line in check(standing):
                self.found += 1
                print(json.dumps({"kind": kind, "scene": name, "what": line}, ensure_ascii=False), flush=True)


def main(names: list[str]) -> int:
    """Works the scenes of these names, or all."""
    with tempfile.TemporaryDirectory() as place, chdir(place):
        prepare(_SIZE)
        sample, fresh = make_homes()
        theme.apply(start_qt(), Mode.LIGHT, 100)
        works = []
        for home, scenes, way in ((sample, SCENES, walk), (fresh, FIRST_SCENES, walk_through)):
            works.append(work := Work(home))
            way(work.stage, scenes, names, work.look)
            work.stage.end()
    found = sum(work.found for work in works)
    met = sorted(set().union(*(work.chords for work in works)))
    print(json.dumps({"worked": sum(work.worked for work in works), "found": found, "chords": met}), flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
