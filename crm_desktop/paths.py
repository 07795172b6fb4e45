"""Where things lie: the program's own resources and the dealership's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TEMPORARY = "temp"
_PACKAGE = Path(__file__).resolve().parent
_NOTE = "home.txt"


def resource(*parts: str) -> Path:
    """A file shipped with the program: in the checkout, in an installed wheel, or in the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    root = next((place for place in candidates if place.is_dir()), candidates[-1])
    return root.joinpath(*parts)


def shipped(name: str) -> Path:
    """A paper of the project that goes with the program (LICENSE, THIRD_PARTY.md): it lies beside the resources."""
    return resource().parent / name


def named_home() -> Path | None:
    """The data folder that ``CRM_HOME`` names, if it does."""
    named = os.environ.get("CRM_HOME")
    return Path(named) if named else None


def default_home() -> Path:
    """The data folder when nobody names one on the command line: ``CRM_HOME``, else the one chosen at the first start
    of this computer, else the platform's user data folder."""
    return named_home() or chosen_home() or usual_home()


def usual_home() -> Path:
    """The platform's user data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed when nobody named a folder

    return user_data_path("crm_desktop", appauthor=False)


def proposed_home() -> Path:
    """Where data begins unless somebody wants it elsewhere: on Windows a folder that all accounts of the PC share."""
    shared = _shared()
    return shared / "data" if shared else usual_home()


def chosen_home() -> Path | None:
    """The folder chosen at the first start, on Windows by whichever account that was."""
    for note in _notes():
        try:
            told = note.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if told:
            return Path(told)
    return None


def choose_home(home: Path) -> None:
    """From now on data lies there, for every account that may read the note; raises OSError where none can be left."""
    notes = _notes()
    for last, note in enumerate(notes, start=1 - len(notes)):
        try:
            note.parent.mkdir(parents=True, exist_ok=True)
            beside = note.with_suffix(".new")
            with beside.open("w", encoding="utf-8") as stream:
                stream.write(f"{home}\n")
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(note)
        except OSError:
            if last == 0:
                raise
        else:
            return


def _notes() -> tuple[Path, ...]:
    """Where it is written down which folder was chosen: for the whole computer, else for this account."""
    from platformdirs import user_config_path  # noqa: PLC0415 - only needed when nobody named a folder

    shared = _shared()
    own = user_config_path("crm_desktop", appauthor=False) / _NOTE
    return (shared / _NOTE, own) if shared else (own,)


def _shared() -> Path | None:
    """ProgramData of Windows, where programs keep what belongs to no account."""
    told = os.environ.get("PROGRAMDATA") if sys.platform == "win32" else None
    return Path(told) / "crm_desktop" if told else None


def private_temp(home: Path) -> Path:
    """Where unfinished papers and opened backups lie for a moment: in the data folder, which other people of this
    computer do not read; emptied at the start and at the end of the program."""
    place = home / TEMPORARY
    place.mkdir(parents=True, exist_ok=True)
    return place


def empty_private_temp(home: Path) -> None:
    """Takes away what a program that was killed left there; what another one holds open stays."""
    if (home / TEMPORARY).exists():
        import shutil  # noqa: PLC0415 - most starts find nothing there

        shutil.rmtree(home / TEMPORARY, ignore_errors=True)


def window_memory(home: Path) -> Path:
    """What this computer remembers of its window: place, columns, what is folded."""
    return home / "window.ini"


def sample_home(home: Path) -> Path:
    """The second data folder with sample data, beside the real one and never mixed with it."""
    return home.with_name(home.name + "-demo")
