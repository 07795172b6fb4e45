"""A foreign file is read by a child process: whatever it does to its reader, the desk goes on.

The parent asks on the child's stdin (JSON) and gets frames on its stdout: first the table's facts or a refusal, then
its rows in portions, then an empty frame. The child may take so much memory and time; when it dies or stays away, the
file is refused. A short plain text (csv, html) is read by our own few lines sooner than a child would start.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers.cells import Table, TableRow
from crm_desktop.importers.tables import read_table

READ_TABLE = "--read-table"
"""The word that makes the program a reader of one file and nothing else."""
SECONDS = 120.0
"""How long one file may take."""
SHORT = 1_000_000
"""Bytes of plain text that need no child."""
_MEMORY = 1536 * 1024 * 1024  # address space; a Python with calamine takes some 150 MB of it
_DATA = 450 * 1024 * 1024  # of that what it fills itself, where the system counts it: 2.4 million cells take 290 MB
_TABLE = 120_000_000  # bytes of rows on their way to us: those 2.4 million cells are 43 MB
_PORTION = 2_000
_LENGTH = struct.Struct(">I")
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_WORDS = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}
_GONE = "这个文件读不出来（内容损坏，或大得不合理）。请用表格软件打开，另存为新的 xlsx 再导入。"
_TOO_MUCH = "表格里的文字太多，一次读不下。请把它分成几个文件再导入。"
_TOO_LONG = "这个文件两分钟还没读完，已停止。请把它分成几个文件再导入。"


def read_table_apart(path: Path, *, sheet: str | None = None, header_row: int | None = None) -> Table:
    """As ``read_table``, with workbooks and long texts read by a child.

    :raises WorkbookRefused: as ``read_table``, and where the child died, or took too long.
    """
    if not _needs_child(path):
        return read_table(path, sheet=sheet, header_row=header_row)
    asked = json.dumps({"path": str(path), "sheet": sheet, "header_row": header_row}).encode()
    with _child() as child:
        late = threading.Event()
        watch = threading.Timer(SECONDS, _kill, (child, late))
        watch.start()
        try:
            assert child.stdin is not None and child.stdout is not None  # noqa: S101 - both were asked for
            with suppress(OSError):  # a child that died at once says so below
                child.stdin.write(asked)
                child.stdin.close()
            return _received(child.stdout)
        except (EOFError, pickle.UnpicklingError, struct.error):
            raise WorkbookRefused(_TOO_LONG if late.is_set() else _GONE) from None
        finally:
            watch.cancel()
            child.kill()


def serve() -> int:
    """The child: reads one question, answers it, ends."""
    _limit()
    asked = json.loads(sys.stdin.buffer.read())
    target = sys.stdout.buffer
    try:
        table = read_table(asked["path"], sheet=asked["sheet"], header_row=asked["header_row"])
        _send(target, _facts(table))
        rows = iter(table.rows)
        while portion := list(islice(rows, _PORTION)):
            _send(target, portion)
    except WorkbookRefused as refusal:
        _send(target, {"refused": refusal.sentence})
    except MemoryError:
        _send(target, {"refused": _GONE})
    target.write(_LENGTH.pack(0))
    target.flush()
    return 0


def _facts(table: Table) -> dict[str, Any]:
    """Everything of a table but its rows."""
    return {name: getattr(table, name) for name in Table.__dataclass_fields__ if name != "rows"}


@dataclass(frozen=True, slots=True)
class _Portions:
    """Rows as they came, to be walked again and again."""

    kept: list[bytes] = field(repr=False)

    def __iter__(self) -> Iterator[TableRow]:
        for portion in self.kept:
            yield from _opened(portion)


class _PlainOnly(pickle.Unpickler):
    """Takes numbers, texts and times; whatever else a reader gone astray might send is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _WORDS:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


def _received(source: IO[bytes]) -> Table:
    told = _opened(_frame(source))
    if "refused" in told:
        raise WorkbookRefused(told["refused"])
    portions: list[bytes] = []
    while frame := _frame(source):
        portions.append(frame)
        if sum(map(len, portions)) > _TABLE:  # one long text named by each of many cells
            raise WorkbookRefused(_TOO_MUCH)
    if portions and isinstance(last := _opened(portions[-1]), dict):
        raise WorkbookRefused(last["refused"])
    return Table(**told, rows=_Portions(portions))


def _send(target: IO[bytes], told: Any) -> None:
    frame = pickle.dumps(told, protocol=5)
    target.write(_LENGTH.pack(len(frame)))
    target.write(frame)


def _frame(source: IO[bytes]) -> bytes:
    head = source.read(_LENGTH.size)
    (length,) = _LENGTH.unpack(head)
    frame = source.read(length)
    if len(frame) != length:
        raise EOFError
    return frame


def _opened(frame: bytes) -> Any:
    return _PlainOnly(io.BytesIO(frame)).load()


def _needs_child(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4).startswith(_WORKBOOKS) or path.stat().st_size > SHORT
    except (OSError, ValueError):
        return False  # said by ``read_table``, in words


def reader_command() -> list[str]:
    """This program as a reader; the frozen one has a starter with pipes beside the window's."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "crm_desktop", READ_TABLE]
    piped = Path(sys.executable).with_name(f"crm-desktop-cli{Path(sys.executable).suffix}")
    return [str(piped if piped.exists() else sys.executable), READ_TABLE]


def _child() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(  # noqa: S603 - this very program, no word of which comes from a file
        reader_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=_QUIET, env=environment
    )


def _kill(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _limit() -> None:
    """Where the system knows limits; Windows has the watch of the parent and the guards of the readers."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (_DATA, _DATA))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))


_QUIET = getattr(subprocess, "CREATE_NO_WINDOW", 0)
