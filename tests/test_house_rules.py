"""The house keeps its own rules: the numbers of CONTRIBUTING.md, the floors, the linter, the types."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests import house_rules

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sorted((ROOT / "crm_desktop").rglob("*.py"))
TOOLS = [ROOT / "dev.py", *sorted((ROOT / "tools").rglob("*.py")), *sorted((ROOT / "benchmarks").glob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERYTHING = [*PROGRAM, *TOOLS, *TESTS]

Rule = Callable[[str], list[str]]


def breaches(rule: Rule, files: Iterable[Path], free: tuple[str, ...] = ()) -> list[str]:
    """Every finding of a rule as ``file:line: what``; ``free`` names the files it does not bind."""
    found = []
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if name not in free:
            found += [f"{name}:{finding}" for finding in rule(path.read_text(encoding="utf-8"))]
    return found


def test_every_room_has_its_place_in_the_layers() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in told if contract.get("containers") == ["crm_desktop.gui"])
    named = set(re.findall(r"\w+", " ".join(layers)))
    assert {path.parent.name for path in (ROOT / "crm_desktop" / "gui").glob("*/__init__.py")} <= named


@pytest.mark.parametrize("rule", [house_rules.long_file, house_rules.long_functions, house_rules.unfinished])
@pytest.mark.parametrize("files", [PROGRAM, TOOLS, TESTS], ids=["program", "tools", "tests"])
def test_everything_we_write_is_short_and_finished(rule: Rule, files: list[Path]) -> None:
    assert breaches(rule, files) == []


@pytest.mark.parametrize("rule", [house_rules.missing_sentence, house_rules.untyped, house_rules.unexplained_imports])
def test_program_and_tools_say_what_they_are_for_and_what_they_take(rule: Rule) -> None:
    assert breaches(rule, [*PROGRAM, *TOOLS]) == []


def test_test_modules_open_with_a_sentence_too() -> None:
    assert breaches(house_rules.missing_sentence, [path for path in TESTS if path.name != "__init__.py"]) == []


def test_signals_connect_to_bound_methods() -> None:
    assert breaches(house_rules.anonymous_slots, PROGRAM) == []


def test_boxes_are_opened_in_one_module() -> None:
    assert breaches(house_rules.message_boxes, PROGRAM, free=("crm_desktop/gui/messages.py",)) == []


def test_nobody_pumps_events_by_hand() -> None:
    assert breaches(house_rules.event_pumps, EVERYTHING) == []


def test_screens_are_asked_of_the_application() -> None:
    assert breaches(house_rules.screens_of_widgets, EVERYTHING) == []


def test_text_of_people_is_never_markup() -> None:
    assert breaches(house_rules.markup_doors, PROGRAM) == []


def test_only_the_outermost_doors_catch_everything() -> None:
    doors = ("gui/jobs.py", "gui/crash.py", "cli.py", "cli/__init__.py", "door/serve.py")
    assert (
        breaches(house_rules.caught_everything, EVERYTHING, free=tuple(f"crm_desktop/{door}" for door in doors)) == []
    )


def test_the_clock_is_read_in_one_module() -> None:
    assert breaches(house_rules.clock_reads, PROGRAM, free=("crm_desktop/clock.py",)) == []


def test_every_silenced_warning_has_its_reason_beside_it() -> None:
    assert breaches(house_rules.silent_ignores, EVERYTHING) == []


def test_tests_are_short() -> None:
    assert breaches(house_rules.long_tests, TESTS) == []
    assert house_rules.long_median([path.read_text(encoding="utf-8") for path in TESTS]) == []


def test_tests_use_what_others_may_use() -> None:
    assert breaches(house_rules.private_access, TESTS) == []


def test_every_name_says_something() -> None:
    named = {part for path in EVERYTHING for part in path.relative_to(ROOT).with_suffix("").parts}
    kinds = {name for path in PROGRAM for name in house_rules.classes(path.read_text(encoding="utf-8"))}
    assert house_rules.empty_names(sorted(named | kinds)) == []


def test_every_dependency_has_a_reason() -> None:
    assert house_rules.unexplained_dependencies((ROOT / "pyproject.toml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "tool",
    [
        ("-m", "ruff", "check"),
        ("-m", "ruff", "format", "--check"),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ],
    ids=["lint", "format", "types", "floors"],
)
def test_the_tools_find_nothing(tool: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


LONG_BODY = "    pass\n" * 31

BREACHES: list[tuple[Rule, str]] = [
    (house_rules.long_file, "x = 1\n" * 401),
    (house_rules.long_functions, "def f() -> None:\n" + LONG_BODY * 2),
    (house_rules.long_tests, "def test_f() -> None:\n" + LONG_BODY),
    (house_rules.missing_sentence, "import os\n"),
    (house_rules.missing_sentence, '"""utilities"""\n'),
    (house_rules.untyped, "def f(a, b: int) -> None: ..."),
    (house_rules.untyped, "class C:\n    def f(self): ..."),
    (house_rules.anonymous_slots, "button.clicked.connect(lambda: save())"),
    (house_rules.anonymous_slots, "button.clicked.connect(functools.partial(save, 1))"),
    (house_rules.message_boxes, "from PySide6.QtWidgets import QMessageBox"),
    (house_rules.message_boxes, "QtWidgets.QMessageBox.warning(None, '', '')"),
    (house_rules.event_pumps, "QApplication.processEvents()"),
    (house_rules.screens_of_widgets, "room = self.screen().availableGeometry()"),
    (house_rules.markup_doors, "label = QLabel(name)"),
    (house_rules.markup_doors, "row.setToolTip(customer.name)"),
    (house_rules.markup_doors, "view.setHtml(words)"),
    (house_rules.caught_everything, "try:\n    f()\nexcept Exception:\n    pass"),
    (house_rules.caught_everything, "try:\n    f()\nexcept (ValueError, BaseException):\n    pass"),
    (house_rules.caught_everything, "try:\n    f()\nexcept:\n    pass"),
    (house_rules.clock_reads, "now = datetime.datetime.now()"),
    (house_rules.clock_reads, "edit.setDate(QDate.currentDate())"),
    (house_rules.unfinished, "x = 1  # TO" + "DO: more"),
    (house_rules.silent_ignores, "import os  # noqa: F401, E501"),
    (house_rules.silent_ignores, "x = f()  # type: ignore[misc]"),
    (house_rules.unexplained_imports, "def f() -> None:\n    import os\n"),
    (house_rules.private_access, "assert page._rows == []"),
    (house_rules.private_access, "from crm_desktop.cli import _parser"),
    (house_rules.unexplained_dependencies, '[project]\ndependencies = [\n    "numpy",\n]'),
]


@pytest.mark.parametrize(("rule", "source"), BREACHES, ids=[rule.__name__ for rule, _ in BREACHES])
def test_every_rule_can_fail(rule: Rule, source: str) -> None:
    assert len(rule(source)) == 1


def test_long_tests_on_average_and_empty_names_are_found_too() -> None:
    test = "def test_f() -> None:\n" + "    pass\n" * 12
    assert house_rules.long_median([test, test]) == ["median 13 lines"]
    assert house_rules.empty_names(["text_utils", "DataManager", "theme", "Complaints"]) == [
        "text_utils",
        "DataManager",
    ]


KEPT = [
    (house_rules.missing_sentence, '"""Where things lie: the folders."""'),
    (house_rules.untyped, "class C:\n    def f(self, *rest: int) -> None: ..."),
    (house_rules.anonymous_slots, "button.clicked.connect(self.save)"),
    (house_rules.message_boxes, '"""There is no QMessageBox here."""'),
    (house_rules.markup_doors, "row.setToolTip(plain_tooltip(name) if name else '')"),
    (house_rules.screens_of_widgets, "screen = QGuiApplication.primaryScreen()"),
    (house_rules.caught_everything, "try:\n    f()\nexcept OSError:\n    pass"),
    (house_rules.caught_everything, "try:\n    f()\nexcept BaseException:\n    undo()\n    raise"),
    (house_rules.clock_reads, "moment = clock.now()"),
    (house_rules.silent_ignores, "x = f()  # type: ignore[misc]  # peewee's Field is untyped"),
    (house_rules.silent_ignores, "day = date(1, 1, 1)  # noqa: DTZ001 - local by intent"),
    (house_rules.unexplained_imports, "def f() -> None:\n    # 0.1 s, so not at start\n    import a\n    import b\n"),
    (house_rules.private_access, "class TestIt:\n    def f(self) -> None:\n        self._x = page.__class__"),
    (house_rules.unexplained_dependencies, '[project]\ndependencies = [\n    # Tables.\n    "peewee",\n]'),
]


@pytest.mark.parametrize(("rule", "source"), KEPT, ids=[rule.__name__ for rule, _ in KEPT])
def test_no_rule_forbids_what_is_right(rule: Rule, source: str) -> None:
    assert rule(source) == []
