"""A screen reader's hands and eyes on the real window (runs under the system's Python, which has pyatspi).

Used by stories that start with ``Reader(python, home)``; everything is found by its accessible name only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pyatspi
from gi.repository import GLib

PATIENCE = 20.0
# What reading a tree that changes meanwhile comes to.
_CHANGING = (StopIteration, LookupError, RuntimeError, NotImplementedError, GLib.GError)


class Reader:
    """One window of the program, reached through AT-SPI."""

    def __init__(self, python: str, home: str) -> None:
        env = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
        self.process = subprocess.Popen([python, "-m", "crm_desktop", "--home", home], env=env)
        self.application = self.wait("the program", self._application)

    def close(self) -> None:
        """Ends the program that was started here."""
        self.process.terminate()
        self.process.wait(10)

    def wait(self, what: str, look: Callable[[], object]) -> object:
        """What ``look`` finds, within the reader's patience."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"the program ended with {self.process.returncode} while waiting for {what}")
            try:
                found = look()
            except _CHANGING:
                found = None
            if found:
                return found
            time.sleep(0.1)
        raise SystemExit(f"not found within {PATIENCE:.0f} s: {what}\n{self.told()}")

    def node(self, name: str, role: str = "") -> object:
        """The showing element of this name (and role; "button" is "push button" in older AT-SPI)."""
        return self.wait(f"{role} {name}", lambda: next(self._named(name, role), None))

    def press(self, name: str, role: str = "") -> None:
        """Presses a button by its name; one that is drawn anew in that moment is looked for again."""

        def pressed() -> bool:
            next(self._named(name, role)).queryAction().doAction(0)
            return True

        self.wait(f"{role} {name} to press", pressed)

    def write(self, name: str, text: str) -> None:
        """Puts text into an input by its label."""
        self.node(name, "text").queryEditableText().setTextContents(text)

    def read(self, name: str) -> str:
        """The text of an element."""
        node = self.node(name)
        words = node.queryText()
        return words.getText(0, words.characterCount)

    def until_read(self, name: str, part: str) -> str:
        """The text of an element once it holds this part."""
        return self.wait(f"{name} says {part}", lambda: part in self.read(name) and self.read(name))

    def told(self) -> str:
        """Every name on show, for a failing story."""
        return "\n".join(f"{node.getRoleName()}: {node.name}" for node in self.showing() if node.name)

    def titles(self) -> list[str]:
        """The windows' titles."""
        return [window.name for window in self.application]

    def showing(self) -> Iterator[object]:
        """Every element that can be seen now, from the windows down."""
        waiting = list(self.application)
        while waiting:
            node = waiting.pop(0)
            if node is None:
                continue
            states = node.getState()
            if states.contains(pyatspi.STATE_SHOWING):
                yield node
                if node.getRoleName() not in ("table",) or node.childCount < 2000:
                    waiting.extend(node[place] for place in range(node.childCount))  # -1 once it has gone

    def _application(self) -> object:
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid:
                return application if application.childCount else None
        return None

    def _named(self, name: str, role: str) -> Iterator[object]:
        for node in self.showing():
            if node.name == name and role in ("", node.getRoleName().removeprefix("push ")):
                yield node


def say(text: str) -> None:
    """One line for whoever reads the test's output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
