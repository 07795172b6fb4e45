"""扫描文件夹: what lies there and may be kept as an attachment, each file with the case its name tells.

rows(folder) -> list[Scan]            kept by ``Attachments.add(scan.path, scan.path.name, act, number=scan.number)``
"""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.attachments import HEAD_BYTES, kind_of
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.scans import Scan, number_in
from crm_desktop.services.desk import Desk


class Scans:
    """Reads only; nothing is moved or removed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, folder: Path) -> list[Scan]:
        """Pictures, PDF and recordings of the folder itself, by name; links are passed over.

        :raises InvalidInput: no such folder.
        """
        try:
            paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
        except OSError:
            raise InvalidInput(f"打不开扫描文件夹“{folder.name}”，请重新选择。") from None
        return [scan for path in paths if (scan := self._scan(path))]

    def _scan(self, path: Path) -> Scan | None:
        try:
            with path.open("rb") as file:
                kind = kind_of(file.read(HEAD_BYTES))
        except (InvalidInput, OSError):
            return None
        told = number_in(path.name)
        known = told and self._desk.rows("SELECT 1 FROM complaints WHERE number = ?", (told,))
        return Scan(path, kind.label, told if known else "")
