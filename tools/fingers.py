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
from scenes.doors import Hesitant, boxes, tabs
from scenes.fingers import chords, enter_faults, tab_faults, wheel_faults
from scenes.guard import guarded
from scenes.homes import make_homes, prepare
from scenes.stage import Scene, Stage, settle

from crm_desktop.app import start_qt
from crm_desktop.gui import theme
from crm_desktop.gui.theme import Mode

_SIZE = QSize(1366, 768)
_HELD = (
    "locked",
    "today",
    "intake",
    "playbook",
    "ledger",
    "letter",
    "similar",
    "preview",
    "search",
    "guide",
    "evaluation",
)
"""Scenes that go on from the one before, or ask a person for words: their boxes are opened elsewhere."""
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

    def scene(self, name: str, scene: Scene) -> None:
        """A scene as it opens, and its tabs."""
        scene(self.stage)
        settle()
        standing = self.stage.dialog() or self.stage.window
        self._work(name, standing)
        for tab in tabs(standing):
            self._work(f"{name} / {tab}", standing)

    def behind(self, name: str, scene: Scene) -> None:
        """The boxes one can open from a scene."""
        for word, front in boxes(self.stage, scene):
            self._work(f"{name} → {word}", front)

    def _work(self, name: str, standing: QWidget) -> None:
        self.worked += 1
        self.chords |= chords(standing)
        for kind, check in _CHECKS.items():
            for line in check(standing):
                self.found += 1
                print(json.dumps({"kind": kind, "scene": name, "what": line}, ensure_ascii=False), flush=True)


def main(names: list[str]) -> int:
    """Works the scenes of these names, or all."""
    prepare()
    with tempfile.TemporaryDirectory() as place, chdir(place):
        sample, fresh = make_homes()
        theme.apply(start_qt(), Mode.LIGHT, 100)
        works = [_walk(Work(sample), SCENES, names), _walk(Work(fresh), FIRST_SCENES, names, go_on=True)]
    found = sum(work.found for work in works)
    met = sorted(set().union(*(work.chords for work in works)))
    print(json.dumps({"worked": sum(work.worked for work in works), "found": found, "chords": met}), flush=True)
    return 1 if found else 0


def _walk(work: Work, scenes: dict[str, Scene], names: list[str], *, go_on: bool = False) -> Work:
    """``go_on``: the boxes of one scene are where the next one begins."""
    stage = work.stage
    for name, scene in scenes.items():
        with guarded(name):
            if names and name not in names:
                scene(stage)
            else:
                work.scene(name, scene)
            while not go_on and (front := stage.dialog()):
                front.close()
    for name, scene in scenes.items():
        if not go_on and name not in _HELD and (not names or name in names):
            with guarded(f"behind {name}"):
                work.behind(name, scene)
    stage.end()
    return work


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
