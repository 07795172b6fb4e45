"""What is shipped is complete: the spec of the frozen program, licences, the README's two commands.

The frozen program itself is built and tried by .ci/run (tools/smoke_frozen.py).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from PySide6 import QtWidgets
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import crm_desktop
from tools.shipped_licences import libraries, of_libraries

QT = "PySide6/Qt/plugins"


@pytest.fixture(scope="module")
def spec(root: Path) -> dict[str, Any]:
    """build.spec carried out with recorders in place of PyInstaller's builders, nothing built."""

    def builder(*parts: object, **settings: object) -> SimpleNamespace:
        return SimpleNamespace(parts=parts, settings=settings, pure=[], scripts=[], binaries=[], datas=[])

    names: dict[str, Any] = dict.fromkeys(("Analysis", "PYZ", "EXE", "COLLECT"), builder)
    exec(compile((root / "build.spec").read_text(encoding="utf-8"), "build.spec", "exec"), names)  # noqa: S102 - our own file
    return names


def test_the_frozen_program_carries_resources_and_licences_that_exist(root: Path, spec: dict[str, Any]) -> None:
    sources = [source for source, _ in spec["analysis"].settings["datas"]]
    assert {"resources", "LICENSE", "THIRD_PARTY.md"} <= set(sources)
    assert [source for source in sources if not (root / source).exists()] == []


def test_the_frozen_program_carries_every_module_of_ours(root: Path, spec: dict[str, Any]) -> None:
    ours = [path.relative_to(root).with_suffix("") for path in (root / "crm_desktop").rglob("*.py")]
    modules = {".".join(path.parts).removesuffix(".__init__") for path in ours}
    assert modules <= set(spec["analysis"].settings["hiddenimports"])


def test_our_package_holds_modules_only_so_that_nothing_is_left_behind(root: Path) -> None:
    files = [path for path in (root / "crm_desktop").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert [path.name for path in files if path.suffix not in (".py", ".typed")] == []


@pytest.mark.parametrize(
    "target",
    [
        f"{QT}/platforms/libqxcb.so",
        f"{QT}/platforms/libqoffscreen.so",
        f"{QT}/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/printsupport/libcupsprintersupport.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "libcups.so.2",
        "resources/fonts/NotoSansSC-Regular.ttf",
    ],
)
def test_what_the_desk_uses_is_shipped(spec: dict[str, Any], target: str) -> None:
    assert spec["wanted"]((target, "", ""))


@pytest.mark.parametrize(
    "target",
    [
        "libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "PySide6\\Qt6Qml.dll",
        "PySide6\\opengl32sw.dll",
        f"{QT}/platforms/libqwayland.so",
        f"{QT}/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "libgdk_pixbuf-2.0.so.0",
    ],
)
def test_what_nobody_loads_stays_out(spec: dict[str, Any], target: str) -> None:
    assert not spec["wanted"]((target, "", ""))


def test_every_dependency_is_named_with_its_licence(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[^\w-]", name)[0].removeprefix("types-").lower() for name in wanted}
    told = (root / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    assert sorted(name for name in names if name not in told) == []


def test_the_window_wears_the_drawing_the_icons_are_made_of(root: Path) -> None:
    drawing = root / "packaging" / "icon" / "crm-desktop.svg"
    assert (root / "resources" / "icons" / "crm-desktop.svg").read_bytes() == drawing.read_bytes()


def test_every_library_that_comes_along_is_named_and_brings_a_text_of_its_licence(root: Path) -> None:
    told = (root / "THIRD_PARTY.md").read_text(encoding="utf-8").lower().replace("_", "-")
    names = {library.name.lower().replace("_", "-").partition("-essentials")[0] for library in libraries()}
    assert sorted(name for name in names if name.removesuffix("-addons") not in told) == []
    texts = list(of_libraries())
    assert {target.split("/")[1] for target, _ in texts} >= {"python", "qt", "pyinstaller", "pillow", "cffi"}
    assert [text for _, text in texts if not text.read_bytes()] == []


def test_the_frozen_program_carries_the_texts_of_the_licences(spec: dict[str, Any]) -> None:
    targets = {entry[0] for entry in spec["analysis"].datas}
    assert {"licences/qt/LGPL-3.0.txt", "licences/qt/GPL-3.0.txt", "licences/peewee/LICENSE"} <= targets


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there libraries lie flat")
def test_a_library_that_nobody_asks_for_stays_out(spec: dict[str, Any]) -> None:
    asking = ("QtWidgets.so", str(Path(QtWidgets.__file__)), "EXTENSION")
    flat = [(name, str(Path(QtWidgets.__file__)), "BINARY") for name in ("libQt6Widgets.so.6", "libpixman-1.so.0")]
    assert [entry[0] for entry in spec["needed"]([asking, *flat])] == ["QtWidgets.so", "libQt6Widgets.so.6"]


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_others_drew_lies_beside_its_licence(root: Path, folder: str) -> None:
    names = [path.name.upper() for path in (root / "resources" / folder).iterdir()]
    assert any(name.startswith(("OFL", "LICENSE")) for name in names)


def test_the_readme_has_the_two_commands_and_the_changelog_this_version(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py run" in readme
    assert "python3 dev.py test" in readme
    assert f"## {crm_desktop.__version__}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", [f"{QT}/imageformats/libqjpeg.so", "PySide6\\plugins\\imageformats\\qwebp.dll"])
def test_pictures_people_attach_can_be_shown(spec: dict[str, Any], target: str) -> None:
    assert spec["wanted"]((target, "", ""))


@pytest.mark.parametrize("target", ["PySide6/QtNetwork.abi3.so", "PySide6\\QtNetwork.pyd", f"{QT}/tls/libqopenssl.so"])
def test_the_door_to_a_network_is_not_shipped(spec: dict[str, Any], target: str) -> None:
    assert not spec["wanted"]((target, "", ""))


def test_windows_is_told_the_version_the_program_has(spec: dict[str, Any]) -> None:
    told = spec["version_resource"]()
    compile(told, "version.txt", "eval")
    assert f"StringStruct('FileVersion', '{crm_desktop.__version__}')" in told
    assert f"filevers=({', '.join(crm_desktop.__version__.split('.'))}, 0)" in told


def test_the_icons_are_those_of_the_drawing(root: Path, qapp: QApplication) -> None:
    from tools.make_icon import FOLDER, made  # noqa: PLC0415 - needs the application made before

    assert sorted(made()) == sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".svg")
    heads = {"crm-desktop.ico": b"\0\0\1\0", "crm-desktop.icns": b"icns", "crm-desktop.png": b"\x89PNG"}
    assert all((FOLDER / name).read_bytes().startswith(head) for name, head in heads.items())
    drawn, kept = (QImage.fromData(content) for content in (made()["crm-desktop.png"], _shipped("crm-desktop.png")))
    assert drawn == kept


def _shipped(name: str) -> bytes:
    return (Path(__file__).parent.parent / "packaging" / "icon" / name).read_bytes()


def test_the_installer_of_windows_compiles(root: Path, tmp_path: Path) -> None:
    if not shutil.which("makensis"):
        pytest.skip("makensis is missing here (Debian: nsis)")
    (program := tmp_path / "program").mkdir()
    (program / "crm-desktop.exe").write_bytes(b"MZ")
    done = [sys.executable, root / "tools" / "make_installer.py", program, tmp_path / "crm-desktop-setup.exe"]
    subprocess.run(done, check=True, timeout=100)
    assert (tmp_path / "crm-desktop-setup.exe").read_bytes().startswith(b"MZ")


def test_github_has_every_program_the_bare_machine_has_and_forbids_to_skip_for_want_of_one(root: Path) -> None:
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    bare = {name for names in re.findall(r"SYSTEM_PACKAGES=\((.*?)\)", script, re.DOTALL) for name in names.split()}
    workflow = yaml.safe_load((root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    there = {name for kind in ("QT", "SCREEN", "READERS") for name in workflow["env"][kind].split()}
    assert "nsis" in there
    assert bare - there == {"python3-venv", "libpython3.11", "binutils"}  # the Python of GitHub brings these along
    assert "'tools'" in workflow["jobs"]["test"]["env"]["CRM_ALL_TESTS"]


def test_the_installer_keeps_the_data_and_refuses_an_old_windows(root: Path) -> None:
    script = (root / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in script
    assert "AtLeastWin10" in script
    code = [line for line in script.splitlines() if not line.startswith(";")]
    assert [line for line in code if re.search(r"(LOCALAPPDATA|PROGRAMDATA|APPDATA)\\crm_desktop", line)] == []
    assert [line for line in code if "RMDir" in line] == ['  RMDir /r "$INSTDIR\\_internal"'] * 2 + [
        '  RMDir "$INSTDIR"'
    ]


def test_the_installer_asks_to_close_what_is_open_before_it_touches_anything(root: Path) -> None:
    script = (root / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    for section in script.split("\nSection ")[1:]:
        first, second, *rest = (line.strip() for line in section.splitlines()[1:])
        asked = [line.removeprefix("!insertmacro AskToClose ") for line in (first, second)]
        assert asked == ['"crm-desktop.exe"', '"crm-desktop-cli.exe"']
        assert any(line.startswith("RMDir") for line in rest)


def test_the_menu_of_linux_knows_the_program(root: Path) -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(root / "packaging" / "linux" / "crm-desktop.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert (told["Name"], told["Exec"], told["Icon"]) == ("客诉管家", "crm-desktop", "crm-desktop")


def test_the_menu_entry_is_as_the_desktops_of_linux_agreed(root: Path, system_tool: Callable[[str], str]) -> None:
    judge = system_tool("desktop-file-validate")
    entry = root / "packaging" / "linux" / "crm-desktop.desktop"
    assert subprocess.run([judge, entry], capture_output=True, text=True, check=True).stdout == ""


def test_the_workflow_asks_for_three_systems_three_pythons_and_one_gate(root: Path) -> None:
    jobs = yaml.safe_load((root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["gate"]["needs"] == [name for name in jobs if name != "gate"]
    matrix = jobs["test"]["strategy"]["matrix"]
    assert [name.split("-")[0] for name in matrix["os"]] == ["ubuntu", "windows", "macos"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert len(jobs["build"]["strategy"]["matrix"]["os"]) == 3
    assert jobs["gate"]["steps"][0]["run"].endswith(f'= "{" ".join(["success"] * len(jobs["gate"]["needs"]))}"')


def test_the_workflow_runs_the_commands_of_our_papers(root: Path) -> None:
    workflow = (root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    verbs = re.findall(r"python dev\.py (\w+)", workflow)
    papers = "".join((root / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert verbs == ["test", "build"]
    assert [verb for verb in verbs if f"python3 dev.py {verb}" not in papers] == []
    named = re.findall(r"python (tools/\w+\.py)", workflow)
    assert [name for name in named if not (root / name).is_file()] == []
