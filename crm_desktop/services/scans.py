"""扫描文件夹: what lies there and may be kept as an attachment, each file with the case it tells.

rows(folder, read, progress) -> list[Scan]
    each kept by ``Attachments.add(scan.path, scan.path.name, act, number=…)`` with each of ``scan.numbers``
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from crm_desktop.domain.attachments import HEAD_BYTES, kind_of
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.paper_codes import measure_number_in, told_by
from crm_desktop.domain.scans import Scan, number_in
from crm_desktop.services.desk import Desk

BY_CODE, BY_NAME = "二维码", "文件名"
_OF_MEASURE = """
    SELECT q.number FROM measure_complaints l JOIN measures m ON m.id = l.measure_id
    JOIN complaints q ON q.id = l.complaint_id WHERE m.number = ? AND l.removed = 0 ORDER BY q.number
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
            numbers, what = self._meant(text)
            if numbers:
                return Scan(path, kind.label, numbers, how, what)
        what = next((told for told in (self._meant(code)[1] or told_by(code) for code in codes) if told), "")
        return Scan(path, kind.label, (), BY_CODE if what else "", what)

    def _meant(self, text: str) -> tuple[tuple[str, ...], str]:
        """The cases on file that a code or a name tells, and the measure where it tells one."""
        number = number_in(text)
        if number and self._desk.rows("SELECT 1 FROM complaints WHERE number = ?", (number,)):
            return (number,), ""
        measure = measure_number_in(text)
        if not measure or not self._desk.rows("SELECT 1 FROM measures WHERE number = ?", (measure,)):
            return (), ""
        return tuple(found for (found,) in self._desk.rows(_OF_MEASURE, (measure,))), f"措施 {measure}"
