"""Pictures of the real window and of what comes out of it, always the same ones: sample data and a fixed clock.

    python3 dev.py shots [NAME …]
    python3 dev.py shots 1366x768 [NAME …]    one of the views, by the name of its folder
    python3 dev.py shots --kept [NAME …]      only what README, docs and the manual show

Needs no display. Everything goes to out/shots/, a folder for each size, light, dark (the window is dressed anew before
each picture, as when the computer changes) and once with large type; what README, docs and
the manual show is kept where they look for it (tools/scenes/kept.py).
A scene that does not end names itself and the run fails. With LibreOffice at hand the workbook is shown as it opens
there.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from scenes import FIRST_SCENES, SCENES
from scenes.guard import guarded
from scenes.homes import UNTIL, command, make_homes, prepare
from scenes.kept import places
from scenes.sketch import smart_screen
from scenes.stage import Stage, settle

from crm_desktop.app import start_qt
from crm_desktop.gui import theme
from crm_desktop.gui.printing import page_image
from crm_desktop.gui.theme import Mode

ROOT = Path(__file__).resolve().parent.parent
TAKEN = ROOT / "out" / "shots"
KEPT_SIZE = QSize(1366, 768)
PERIOD = ("--from", "2026-11-01", "--to", UNTIL)
PAPER_WIDTH = 1366
COLOURS = 256
_ONLY_KEPT = "--kept"


@dataclass(frozen=True)
class View:
    """A window of one size, with type of one size."""

    size: QSize
    percent: int = 100

    def folder(self, mode: Mode) -> Path:
        """Where its pictures go."""
        marks = ("" if self.percent == 100 else f"-{self.percent}") + ("-dark" if mode is Mode.DARK else "")
        return TAKEN / f"{self.size.width()}x{self.size.height()}{marks}"


@dataclass(frozen=True)
class _Choice:
    """Which pictures are taken: those of these names, or all; of them only what some text shows."""

    names: frozenset[str]
    kept: bool

    def wants(self, name: str, mode: Mode) -> bool:
        shown = not self.kept or bool(places(name, dark=mode is Mode.DARK))
        return shown and (not self.names or name in self.names)


VIEWS = (View(KEPT_SIZE), View(QSize(1280, 720)), View(QSize(1920, 1080)), View(QSize(1920, 1080), 150))


def main(arguments: list[str]) -> int:
    """Takes the pictures of these names, or all, in one view or, each in a process of its own, in all."""
    folders = {_ONLY_KEPT: VIEWS[0]} | {view.folder(Mode.LIGHT).name: view for view in VIEWS}
    names = [word for word in arguments if word not in folders]
    views = [folders[word] for word in arguments if word in folders]
    if views:
        _take(views[0], _Choice(frozenset(names), _ONLY_KEPT in arguments))
        return 0
    each = [[sys.executable, __file__, view.folder(Mode.LIGHT).name, *names] for view in VIEWS]
    ends = [subprocess.run(command, check=False).returncode for command in each]
    return 1 if any(ends) else 0


def _take(view: View, choice: _Choice) -> None:
    # From inside its folder, so that no picture shows where on this machine it was taken.
    with tempfile.TemporaryDirectory() as place, chdir(place):
        prepare(view.size)
        for mode, name, picture, part in _window_pictures(view, choice):
            _keep(picture, name, view.folder(mode), part)
        if view.size == KEPT_SIZE:
            for name, picture in _paper_pictures():
                if choice.wants(name, Mode.LIGHT):
                    _keep(picture, name, view.folder(Mode.LIGHT), picture.rect())


def _window_pictures(view: View, choice: _Choice) -> Iterator[tuple[Mode, str, QImage, QRect]]:
    """With each the part that is worth showing by itself: a dialog and a little around it, or all of it."""
    sample, fresh = make_homes()
    _dress(Mode.LIGHT, view)
    for home, scenes in ((sample, SCENES), (fresh, FIRST_SCENES)):
        if choice.names and not scenes.keys() & choice.names:
            continue
        stage = Stage(home, view.size)
        for name, scene in scenes.items():
            with guarded(name):
                scene(stage)
                settle()
                pictures = {Mode.LIGHT: stage.picture()}
                if choice.wants(name, Mode.DARK):
                    _dress(Mode.DARK, view)
                    pictures[Mode.DARK] = stage.picture()
                    _dress(Mode.LIGHT, view)
                part = stage.part()
                while home is sample and (front := stage.dialog()):
                    front.close()
            yield from ((mode, name, picture, part) for mode, picture in pictures.items() if choice.wants(name, mode))
        with guarded("end"):
            stage.end()


def _dress(mode: Mode, view: View) -> None:
    theme.apply(start_qt(), mode, view.percent)
    settle(20)


def _paper_pictures() -> Iterator[tuple[str, QImage]]:
    command("export", "register", *PERIOD, "register.pdf")
    command("export", "register", *PERIOD, "register.xlsx")
    command("export", "complaint", "TS20261118-001", "form.pdf")
    command("export", "monthly", "2026-10", "month.pdf")
    yield "smart-screen", smart_screen()
    yield "register-pdf", _page(Path("register.pdf"))
    yield "month-paper", _page(Path("month.pdf"))
    yield "complaint-form", _page(Path("form.pdf"))
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not here: no picture of the workbook", file=sys.stderr)
        return
    convert = [office, "--headless", f"-env:UserInstallation={Path.cwd().as_uri()}/office", "--convert-to", "pdf"]
    subprocess.run([*convert, "--outdir", "office-pdf", "register.xlsx"], check=True, capture_output=True, timeout=180)
    yield "register-workbook", _page(Path("office-pdf/register.pdf"))


def _page(path: Path) -> QImage:
    """The first page of a PDF at the width of the window's pictures."""
    document = QPdfDocument()
    document.load(str(path))
    whole = page_image(document, 0)
    return whole.scaledToWidth(PAPER_WIDTH, Qt.TransformationMode.SmoothTransformation)


def _keep(picture: QImage, name: str, folder: Path, part: QRect) -> None:
    """The whole of it to look at; of what README or manual shows, the part."""
    _save(picture, folder / f"{name}.png")
    for mode in (Mode.LIGHT, Mode.DARK):
        for place in places(name, dark=mode is Mode.DARK) if folder == VIEWS[0].folder(mode) else ():
            _save(picture.copy(part), place)
    print(f"  {folder.name}/{name}", flush=True)


def _save(picture: QImage, target: Path) -> None:
    """As a PNG of few colours: the window has hardly more."""
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(target))
    image = Image.open(target).convert("RGB")
    if image.getcolors(COLOURS) is None:
        image = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    image.save(packed, "PNG", optimize=True)
    target.write_bytes(packed.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
