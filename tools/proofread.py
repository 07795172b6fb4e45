"""Reads every scene of the pictures in a small window, with plain and with large type, and lists what it finds.

    python3 dev.py proofread [small|large] [NAME …]

Behind each scene it opens every tab and every box a button or a menu leads to. One line of JSON for each finding: kind
(foreign: not Chinese, cut: no room), view, scene, what; the last line counts. Ends with 1 if anything was found.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from PySide6.QtCore import QSize
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

VIEWS = {"small": (QSize(1280, 720), 100), "large": (QSize(1920, 1080), 150)}
"""The smallest window with plain type, and a large one with type of 150 %."""


class Proof:
    """What was read and what was found, in one home and one view."""

    def __init__(self, home: Path, view: str) -> None:
        self.view = view
        self.messages = Hesitant()
        self.stage = Stage(home, VIEWS[view][0], self.messages)
        self.read, self.found = 0, 0

    def look(self, name: str, standing: QWidget) -> None:
        """Reads what lies open now."""
        self.read += 1
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
    """Reads the scenes of these names, or all, in one view or both."""
    prepare()
    names = [word for word in arguments if word not in VIEWS]
    proofs = []
    for view, (_size, percent) in VIEWS.items():
        if any(other in arguments for other in VIEWS) and view not in arguments:
            continue
        with tempfile.TemporaryDirectory() as place, chdir(place):
            sample, fresh = make_homes()
            theme.apply(start_qt(), Mode.LIGHT, percent)
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
