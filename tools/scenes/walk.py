"""The walk over every scene of a home, every tab and box behind it: whoever looks is told what stands there."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from scenes.doors import boxes, tabs
from scenes.guard import guarded
from scenes.stage import Scene, Stage, settle

Look = Callable[[str, QWidget], None]
"""Told the way to what lies open now (``scene / tab``, ``scene → box / tab``), and the window it stands in."""

_HELD = frozenset(
    {
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
    }
)
"""Scenes that go on from the one before, or ask a person for words: their boxes are opened elsewhere."""


def walk(stage: Stage, scenes: dict[str, Scene], names: Collection[str], look: Look) -> None:
    """The scenes of these names, or all, each with its tabs; then the boxes that open from them."""
    for name, scene in scenes.items():
        with guarded(name):
            if names and name not in names:
                scene(stage)  # the next ones begin where it ends
            else:
                _open(stage, name, scene, look)
            while front := stage.dialog():
                front.close()
    for name, scene in scenes.items():
        if name not in _HELD and (not names or name in names):
            with guarded(f"behind {name}"):
                for word, front in boxes(stage, scene):
                    _with_tabs(f"{name} → {word}", front, look)


def walk_through(stage: Stage, scenes: dict[str, Scene], names: Collection[str], look: Look) -> None:
    """Scenes whose boxes are the way to the next one: nothing is closed between them, nothing opened behind them."""
    for name, scene in scenes.items():
        with guarded(name):
            if names and name not in names:
                scene(stage)
            else:
                _open(stage, name, scene, look)


def _open(stage: Stage, name: str, scene: Scene, look: Look) -> None:
    scene(stage)
    settle()
    _with_tabs(name, stage.dialog() or stage.window, look)


def _with_tabs(name: str, standing: QWidget, look: Look) -> None:
    look(name, standing)
    for tab in tabs(standing):
        look(f"{name} / {tab}", standing)
