"""Where things lie: the program's own resources and the dealership's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A file shipped with the program: in the checkout, in an installed wheel, or in the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    root = next((place for place in candidates if place.is_dir()), candidates[-1])
    return root.joinpath(*parts)


def shipped(name: str) -> Path:
    """A paper of the project that goes with the program (LICENSE, THIRD_PARTY.md): it lies beside the resources."""
    return resource().parent / name


def default_home() -> Path:
    """The data folder when nobody names one: ``CRM_HOME``, else the platform's user data folder."""
    named = os.environ.get("CRM_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed when nobody named a folder

    return user_data_path("crm_desktop", appauthor=False)


def window_memory(home: Path) -> Path:
    """What this computer remembers of its window: place, columns, what is folded."""
    return home / "window.ini"


def sample_home(home: Path) -> Path:
    """The second data folder with sample data, beside the real one and never mixed with it."""
    return home.with_name(home.name + "-demo")
