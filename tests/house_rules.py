"""The numbers of the house as functions: each takes one module's source and says what breaks its rule.

A finding reads ``line: what``; no finding, no breach. The rules themselves are explained in CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from statistics import median

FILE_LIMIT, FUNCTION_LIMIT = 400, 50
TEST_LIMIT, TEST_MEDIAN = 30, 12
EMPTY_NAMES = {"util", "utils", "misc", "helper", "helpers", "common", "manager", "managers"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
# peewee's documented door to a table: public in spite of its name.
PUBLIC_ALL_THE_SAME = {"_meta"}
CLOCK_READERS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
}
MARKUP_DOORS = {"QLabel", "setHtml", "setMarkdown", "insertHtml", "appendHtml", "setWhatsThis"}
SCREEN_ASKERS = {"screen", "virtualSiblings"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: str) -> list[Function]:
    """Every function and method of a module."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]


def tests_of(source: str) -> list[Function]:
    """The tests among them."""
    return [function for function in functions(source) if function.name.startswith("test_")]


def lines_of(function: Function) -> int:
    """Lines from ``def`` to the last one; decorators (tables of cases) do not count."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def long_file(source: str) -> list[str]:
    """No file over 400 lines."""
    lines = len(source.splitlines())
    return [f"{lines} lines"] if lines > FILE_LIMIT else []


def long_functions(source: str) -> list[str]:
    """No function over 50 lines."""
    return [f"{f.lineno}: {f.name} {lines_of(f)} lines" for f in functions(source) if lines_of(f) > FUNCTION_LIMIT]


def long_tests(source: str) -> list[str]:
    """No test over 30 lines."""
    return [f"{f.lineno}: {f.name} {lines_of(f)} lines" for f in tests_of(source) if lines_of(f) > TEST_LIMIT]


def long_median(sources: list[str]) -> list[str]:
    """Half of all tests have at most 12 lines."""
    sizes = [lines_of(function) for source in sources for function in tests_of(source)]
    middle = median(sizes) if sizes else 0
    return [f"median {middle:g} lines"] if middle > TEST_MEDIAN else []


def missing_sentence(source: str) -> list[str]:
    """A module opens with one sentence that says what it is for."""
    opening = (ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0]
    return [] if re.search(r"\w\w.*[.:。]$", opening, re.DOTALL) else ["1: no opening sentence"]


def untyped(source: str) -> list[str]:
    """Every parameter and every result has its type."""
    found = []
    for function in functions(source):
        arguments = function.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        bare = [a.arg for a in named if a and a.annotation is None and a.arg not in ("self", "cls")]
        if bare or function.returns is None:
            found.append(f"{function.lineno}: {function.name} {' '.join(bare)}")
    return found


def anonymous_slots(source: str) -> list[str]:
    """Signals connect to bound methods: no lambda, no partial."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
            slots = [*node.args, *(keyword.value for keyword in node.keywords)]
            found += [f"{node.lineno}: {ast.unparse(slot)}" for slot in slots if _is_anonymous(slot)]
    return found


def _is_anonymous(slot: ast.expr) -> bool:
    if isinstance(slot, ast.Call):
        return _name(slot.func) in ("partial", "partialmethod")
    return isinstance(slot, ast.Lambda)


def _name(node: ast.expr | None) -> str:
    """The last word of ``a.b.c``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def uses_of(word: str, source: str) -> list[str]:
    """Where a name is imported or used (not where a text merely speaks of it)."""
    found = []
    for node in ast.walk(ast.parse(source)):
        named = node.name if isinstance(node, ast.alias) else _name(node) if isinstance(node, ast.expr) else ""
        if named == word:
            found.append(f"{node.lineno}: {word}")
    return found


def message_boxes(source: str) -> list[str]:
    """Boxes are opened in one module."""
    return uses_of("QMessageBox", source)


def event_pumps(source: str) -> list[str]:
    """Nobody pumps events by hand."""
    return uses_of("processEvents", source)


def screens_of_widgets(source: str) -> list[str]:
    """Screens are asked of the application: Shiboken takes what a widget's method returns for the widget's child."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node.func) in SCREEN_ASKERS and not node.args
    ]


def markup_doors(source: str) -> list[str]:
    """Text of people is never markup: PlainLabels, tooltips that are constants or ``plain_tooltip``, no HTML."""
    found = []
    for node in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = _name(node.func)
        open_tip = name == "setToolTip" and node.args and not _is_plain_tip(node.args[0])
        if open_tip or name in MARKUP_DOORS:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def _is_plain_tip(told: ast.expr) -> bool:
    """A sentence of the house, or text of people that was escaped."""
    if isinstance(told, ast.IfExp):
        return _is_plain_tip(told.body) and _is_plain_tip(told.orelse)
    if isinstance(told, ast.Name):
        return told.id.isupper()
    return isinstance(told, ast.Constant) or (isinstance(told, ast.Call) and _name(told.func) == "plain_tooltip")


def caught_everything(source: str) -> list[str]:
    """Only the outermost doors catch everything; who tidies up and lets it go on has not caught it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or _name(kind) in ("Exception", "BaseException") for kind in kinds):
                found.append(f"{node.lineno}: catches everything")
    return found


def clock_reads(source: str) -> list[str]:
    """The clock is read in one module; everybody else is told the time."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and (_name(node.value), node.attr) in CLOCK_READERS
    ]


def unfinished(source: str) -> list[str]:
    """Nothing is left to be done later."""
    rows = enumerate(source.splitlines(), start=1)
    return [f"{number}: {line.strip()}" for number, line in rows if UNFINISHED.search(line)]


def silent_ignores(source: str) -> list[str]:
    """Every silenced warning says why on the same line."""
    bare = re.compile(r"#\s*(noqa(: *[A-Z]+\d+(, *[A-Z]+\d+)*)?|type: ignore(\[[\w\-, ]+\])?)\s*")
    return [f"{line}: {comment}" for line, comment in _comments(source) if bare.fullmatch(comment)]


def unexplained_imports(source: str) -> list[str]:
    """An import inside a function says why it is not at the top (on its line, or on the line above)."""
    explained = {line for line, _ in _comments(source)}
    found = []
    for function in functions(source):
        lines = sorted(n.lineno for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom))
        reason = False
        for number, line in enumerate(lines):
            follows = number > 0 and line == lines[number - 1] + 1
            reason = bool({line, line - 1} & explained) or (reason and follows)
            found += [] if reason else [f"{line}: import in {function.name}"]
    return found


def private_access(source: str) -> list[str]:
    """Tests use what others may use: no name with a leading underscore of somebody else."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _name(node.value) not in ("self", "cls"):
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
        else:
            continue
        private = [name for name in names if re.match(r"_[^_]", name) and name not in PUBLIC_ALL_THE_SAME]
        found += [f"{node.lineno}: {name}" for name in private]
    return found


def classes(source: str) -> list[str]:
    """The names of a module's classes."""
    return [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]


def empty_names(parts: list[str]) -> list[str]:
    """No file, folder or class whose name says nothing; takes names instead of source."""
    words = {part: {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+", part)} for part in parts}
    return [part for part, said in words.items() if said & EMPTY_NAMES]


def unexplained_dependencies(pyproject: str) -> list[str]:
    """Every dependency has its reason above it; one comment may speak for the lines that follow it."""
    found, section, reason = [], "", False
    for number, line in enumerate(pyproject.splitlines(), start=1):
        section = line if line.startswith("[") else section
        wanted = re.fullmatch(r'\s+"([\w\-]+).*', line) if section.startswith("[project") else None
        if wanted and not reason:
            found.append(f"{number}: {wanted[1]}")
        reason = line.lstrip().startswith("#") or (reason and wanted is not None)
    return found
