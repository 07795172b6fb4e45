"""扫描文件夹: what lies there and may be kept as an attachment, each file with the case it tells.

rows(folder, read, progress) -> list[Scan]
    each kept by ``Attachments.add(scan.path, scan.path.name, act, …)`` with each of ``numbers``, and ``measure_id``
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from crm_desktop.domain.attachments import HEAD_BYTES, kind_of
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.paper_codes import measure_number_in, told_by
from crm_desktop.domain.scans import Scan, number_in
from crm_desktop.services.desk import Desk

BY_CODE, BY_NAME = "二维码", "文件名"
_OF_MEASURE = """
    SELECT q.number FROM measure_complaints l JOIN complaints q ON q.id = l.complaint_id
    WHERE l.measure_id = ? AND l.removed = 0 ORDER BY q.number
"""
ReadCodes = Callable[[Path], Iterable[str]]


def _no_codes(_path: Path) -> Iterable[str]:
    return ()


def _no_progress(_done: int, _total: int) -> None:
    """Nobody waits to be told."""


class Scans:
    """Reads only; nothing is moved or removed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(
        self, folder: Path, read: ReadCodes = _no_codes, progress: Callable[[int, int], None] = _no_progress
    ) -> list[Scan]:
        """Pictures, PDF and recordings of the folder itself, by name; links, and what is attached already, are passed
        over. ``read`` says what the QR codes on a sheet say; they are believed before the name of the file.

        :raises InvalidInput: no such folder.
        """
        try:
            paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
        except OSError:
            raise InvalidInput(f"打不开扫描文件夹“{folder.name}”，请重新选择。") from None
        scans = []
        for done, path in enumerate(paths):
            progress(done, len(paths))
            if scan := self._scan(path, read):
                scans.append(scan)
        return scans

    def _scan(self, path: Path, read: ReadCodes) -> Scan | None:
        try:
            with path.open("rb") as file:
                kind = kind_of(file.read(HEAD_BYTES))
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (InvalidInput, OSError):
            return None
        if self._desk.rows("SELECT 1 FROM attachments WHERE digest = ? AND removed = 0", (digest,)):
            return None
        codes = list(read(path))
        for how, text in (*((BY_CODE, code) for code in codes), (BY_NAME, path.name)):
            scan = self._placed(Scan(path, kind.label, how=how), text)
            if scan.has_place:
                return scan
        what = next((told for told in map(told_by, codes) if told), "")
        return Scan(path, kind.label, how=BY_CODE if what else "", what=what)

    def _placed(self, scan: Scan, text: str) -> Scan:
        """With the case on file that a code or a name tells, or the measure and its cases; without, for neither."""
        number = number_in(text)
        if number and self._desk.rows("SELECT 1 FROM complaints WHERE number = ?", (number,)):
            return replace(scan, numbers=(number,))
        measure = measure_number_in(text)
        for (found,) in self._desk.rows("SELECT id FROM measures WHERE number = ?", (measure,)) if measure else ():
            numbers = tuple(number for (number,) in self._desk.rows(_OF_MEASURE, (found,)))
            return replace(scan, numbers=numbers, what=f"措施 {measure}", measure_id=found)
        return scan
