"""A person's keyboard at the real window: xdotool presses, AT-SPI only tells where the keyboard stands.

No window manager runs on the test's screen, so nobody hands the keyboard to the window that was just opened;
``at`` does what every desktop does by itself.
"""

from __future__ import annotations

import subprocess

import pyatspi
from reader import Reader

TAB_ROUND = 60


class Keyboard:
    """Keys for one program; a ``Reader`` tells what they did."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def at(self, title: str) -> None:
        """The keyboard belongs to the window whose title begins so."""
        found = self._reader.wait(f"window {title}", lambda: _tool("search", "--onlyvisible", "--name", f"^{title}"))
        _tool("windowfocus", "--sync", str(found).split()[-1])

    def press(self, *chords: str) -> None:
        """Key chords one after the other: ``ctrl+n``, ``Tab``, ``space``."""
        for chord in chords:
            _tool("key", "--clearmodifiers", chord)

    def type(self, text: str) -> None:
        """Letters where the keyboard stands, as fast as a person."""
        _tool("type", "--delay", "30", text)

    def replace(self, text: str) -> None:
        """Other words in the field where the keyboard stands."""
        self.press("ctrl+a")
        self.type(text)

    def stands_at(self) -> str:
        """The name of what has the keyboard."""
        return str(self._reader.wait("the keyboard", self._focused))

    def walk_to(self, name: str) -> list[str]:
        """Tab until the keyboard stands at this name; gives the names passed on the way, this one last."""
        passed = [self.stands_at()]
        while passed[-1] != name:
            if len(passed) > TAB_ROUND:
                raise SystemExit(f"Tab does not lead to {name}: {passed}")
            self.press("Tab")
            passed.append(self._next(passed[-1]))
        return passed

    def _next(self, before: str) -> str:
        """Where Tab led to; AT-SPI hears of it a moment later."""
        return str(self._reader.wait(f"Tab from {before}", lambda: self._other_than(before)))

    def _other_than(self, before: str) -> str:
        name = self._focused()
        return name if name != before else ""

    def _focused(self) -> str:
        return next((node.name for node in self._reader.showing() if _has_keyboard(node)), "")


def _has_keyboard(node: object) -> bool:
    return node.getState().contains(pyatspi.STATE_FOCUSED) and node.getRoleName() not in ("frame", "dialog")


def _tool(*words: str) -> str:
    done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip()
