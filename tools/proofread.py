"""Reads every scene of the pictures on displays of several scales, with plain and with large type; lists what it finds.

    python3 dev.py proofread [small|large|twice …] [NAME …]

Behind each scene it opens every tab and every box a button or a menu leads to. One line of JSON for each finding: kind
(foreign: not Chinese, cut: no room, large: larger than the screen), view, scene, what; the last line of a view counts.
Ends with 1 if anything was found.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from scenes import FIRST_SCENES, SCENES
from scenes.doors import Hesitant
from scenes.eyes import foreign, foreign_words, words_without_room
from scenes.guard import guarded
from scenes.homes import make_homes, prepare
from scenes.stage import Stage
from scenes.walk import walk, walk_through

from crm_desktop.app import start_qt
from crm_desktop.gui import theme
from crm_desktop.gui.theme import Mode


class View(NamedTuple):
    """A display of so many pixels, the scale at which the system shows everything on it, and the size of type."""

    pixels: QSize
    scale: float
    percent: int
    rooms: bool = True
    """Whether the rooms are read too, or the boxes alone."""


VIEWS = {
    "small": View(QSize(1920, 1080), 1.5, 100),
    "large": View(QSize(3840, 2160), 2, 150),
    "twice": View(QSize(1920, 1080), 2, 100, rooms=False),
}
"""The smallest window there is room for (1280x720), a large one with large type, and a screen that is too small for our
rooms (960x540), which can be moved sideways there.
"""


class Proof:
    """What was read and what was found, in one home and one view."""

    def __init__(self, home: Path, view: str) -> None:
        self.view = view
        self.messages = Hesitant()
        self.room = QGuiApplication.primaryScreen().availableGeometry()
        self.stage = Stage(home, self.room.size(), self.messages)
        self.read, self.found = 0, 0

    def look(self, name: str, standing: QWidget) -> None:
        """Reads what lies open now."""
        if standing is self.stage.window and not VIEWS[self.view].rooms:
            return
        self.read += 1
        if standing.width() > self.room.width() or standing.height() > self.room.height():
            self._tell("large", name, f"{standing.width()}x{standing.height()}")
        for line in words_without_room(standing):
            self._tell("cut", name, line)
        for line in foreign_words(standing):
            self._tell("foreign", name, line)

    def end(self) -> None:
        """Reads all that was said and asked on the way, and lets go of the home."""
        for text in dict.fromkeys(self.messages.heard):
            if words := foreign(text):
                self._tell("foreign", "said", f"{words} ({text})")
        self.stage.end()

    def _tell(self, kind: str, scene: str, what: str) -> None:
        self.found += 1
        line = {"kind": kind, "view": self.view, "scene": scene, "what": what}
        print(json.dumps(line, ensure_ascii=False), flush=True)


def main(arguments: list[str]) -> int:
    """Reads the scenes of these names, or all, in one view or, each in a process of its own, in several."""
    views = [word for word in arguments if word in VIEWS] or list(VIEWS)
    names = [word for word in arguments if word not in VIEWS]
    if len(views) == 1:
        return _read(views[0], names)
    ends = [subprocess.run([sys.executable, __file__, view, *names], check=False).returncode for view in views]
    return 1 if any(ends) else 0


def _read(view: str, names: list[str]) -> int:
    proofs = []
    with tempfile.TemporaryDirectory() as place, chdir(place):
        prepare(VIEWS[view].pixels, VIEWS[view].scale)
        sample, fresh = make_homes()
        theme.apply(start_qt(), Mode.LIGHT, VIEWS[view].percent)
        for home, scenes, way in ((sample, SCENES, walk), (fresh, FIRST_SCENES, walk_through)):
            proofs.append(proof := Proof(home, view))
            way(proof.stage, scenes, names, proof.look)
            with guarded("end"):
                proof.end()
    found = sum(proof.found for proof in proofs)
    print(json.dumps({"read": sum(proof.read for proof in proofs), "found": found}), flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
