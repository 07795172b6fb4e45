"""Finds the licence texts of all that the frozen program carries of others; build.spec puts them into licences/.

A library's text lies in what pip installed, Python's beside its modules, those of Linux in the packages of Debian or
Ubuntu. Two texts lie in packaging/licences because the wheels of Qt bring none.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
OF_QT = ROOT / "packaging" / "licences"
COMMON = Path("/usr/share/common-licenses")  # to which the texts of Debian's packages refer
COMMONLY_NAMED = ("Apache-2.0", "GPL-2", "LGPL-2", "LGPL-2.1")
STARTER = "pyinstaller"  # its small starter is a part of the program too
_TEXT = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)


def libraries() -> list[Distribution]:
    """What pyproject.toml asks for to run on this system, and what that asks for in turn, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        wish = waiting.pop()
        if wish.name.lower() in found or (wish.marker and not wish.marker.evaluate({"extra": ""})):
            continue
        found[wish.name.lower()] = library = distribution(wish.name)
        waiting += [Requirement(line) for line in library.requires or ()]
    return [found[name] for name in sorted(found)]


def texts_of(library: Distribution) -> list[Path]:
    """The licence files of a library; where it brings none, its card, which names licence and authors."""
    files = [Path(str(file.locate())) for file in library.files or () if ".dist-info" in str(file)]
    texts = [file for file in files if _TEXT.match(file.name)]
    return texts or [file for file in files if file.name == "METADATA"]


def system_package(library: Path) -> str | None:
    """The package of Debian or Ubuntu that brought a library; None where there is none."""
    short = {str(name).removeprefix("/usr") for name in (library, library.resolve())}
    for name in sorted(short | {f"/usr{name}" for name in short}):  # /lib is a part of /usr by now, the packages differ
        done = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


def of_system(libraries: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Where to put it, and the text, for each package that one of these libraries of Linux came from."""
    if not shutil.which("dpkg-query"):
        return
    packages = {name for name in map(system_package, libraries) if name}
    for package in sorted(packages):
        text = Path("/usr/share/doc") / package / "copyright"
        if text.exists():
            yield f"licences/system/{package}.txt", text.resolve()
    for name in COMMONLY_NAMED if packages else ():
        yield f"licences/system/common/{name}.txt", COMMON / name


def of_libraries() -> Iterator[tuple[str, Path]]:
    """Where to put it, and the text, for Python, Qt, our libraries and the starter."""
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    installed = Path(sysconfig.get_config_var("installed_base")) / "LICENSE.txt"  # on Windows
    yield from (("licences/python/LICENSE.txt", text.resolve()) for text in (python, installed) if text.exists())
    yield from ((f"licences/qt/{text.name}", text) for text in sorted(OF_QT.iterdir()))
    for library in [*libraries(), *_starter()]:
        for text in texts_of(library):
            yield f"licences/{library.name.lower()}/{text.name}", text


def _starter() -> Iterator[Distribution]:
    try:
        yield distribution(STARTER)
    except PackageNotFoundError:  # where nothing is built
        return
