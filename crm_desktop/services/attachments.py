"""附件: files copied into the data folder by the hash of their content; the same file is kept once.

    add(source, name, act, number=…|customer_id=…|vehicle_id=…|measure_id=…, note="") -> id     source: path or bytes
    of_complaint(number) / of_customer(id) / of_vehicle(id) / of_measure(id) -> list[AttachmentRow]
    keep(source, name) -> KeptFile           the content alone, for a step that names it (``services/attached.py``)
    opened(id) -> Path       the stored file, proven to be what was added        take_back(id, ver, reason, act)
    faults() -> list[str]    what ``check`` says of the folder                   sweep() -> files nobody names any more

They lie in ``attachments/ab/abcd….pdf``; a name typed by people never becomes part of a path.
"""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.attachments import (
    HEAD_BYTES,
    AttachmentRow,
    KeptFile,
    checked_size,
    kind_of,
    label_of,
    safe_name,
)
from crm_desktop.domain.errors import Damaged, InvalidInput, NotFound, StorageRefused
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.gathered import Attachment
from crm_desktop.models.lasting import write_whole
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import guard
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.parties import check_known

FOLDER = "attachments"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_QUERY = """
    SELECT a.id, a.ver, a.name, a.suffix, a.size, a.note, a.who, a.entered_at, COALESCE(q.number, '')
    FROM attachments a LEFT JOIN complaints q ON q.id = a.complaint_id WHERE a.removed = 0 AND
"""


class Attachments:
    """Pictures, PDF and recordings beside a case, a customer or a car."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.home / FOLDER

    def add(
        self,
        source: Path | bytes,
        name: str,
        act: Act,
        number: str = "",
        customer_id: int | None = None,
        vehicle_id: int | None = None,
        note: str = "",
        measure_id: int | None = None,
    ) -> int:
        """One more attachment; of a complaint it belongs to its customer and car too, of a measure to nobody else.

        Returns its id.

        :raises InvalidInput: no safe type, empty, too large, a link or a device, or nobody to belong to.
        :raises NotAllowed: the complaint is filed. :raises StorageRefused: the disk refuses it.
        """
        act = require(act, Right.PROFILE)
        whose = {"measure": self._measure(measure_id)} if measure_id else self._whose(number, customer_id, vehicle_id)
        told, kept = checked_line(note, "说明"), self.keep(source, name)
        with self._desk.writing(act) as ledger:
            return ledger.add(
                Attachment, kept.name, digest=kept.digest, suffix=kept.suffix, name=kept.name, size=kept.size,
                note=told, who=act.who, entered_at=act.at, **whose,
            )  # fmt: skip

    def keep(self, source: Path | bytes, name: str) -> KeptFile:
        """Copies the content into the data folder; what no verb names in the end is swept away.

        :raises InvalidInput: no safe type, empty, too large, a link or a device.
        :raises StorageRefused: the disk refuses it.
        """
        content = source if isinstance(source, bytes) else _read(source)
        checked_size(len(content))
        kind = kind_of(content[:HEAD_BYTES])
        digest = hashlib.sha256(content).hexdigest()
        self._store(self._path(digest, kind.suffix), content)
        return KeptFile(safe_name(name, kind), digest, kind.suffix, len(content))

    def of_complaint(self, number: str) -> list[AttachmentRow]:
        """Those of a case, in the order they came; raises NotFound."""
        return self._rows("a.complaint_id = ?", complaint_id(self._desk, number))

    def of_customer(self, customer_id: int) -> list[AttachmentRow]:
        """Those of a customer, his cases' among them."""
        return self._rows("a.customer_id = ?", customer_id)

    def of_vehicle(self, vehicle_id: int) -> list[AttachmentRow]:
        """Those of a car, its cases' among them."""
        return self._rows("a.vehicle_id = ?", vehicle_id)

    def of_measure(self, measure_id: int) -> list[AttachmentRow]:
        """Those that prove a measure was carried out."""
        return self._rows("a.measure_id = ?", measure_id)

    def opened(self, attachment_id: int) -> Path:
        """Where the file lies, read once more to prove that it is the one that was added.

        :raises NotFound: no such attachment. :raises Damaged: the file is gone or another one.
        """
        found = self._desk.rows("SELECT digest, suffix, name FROM attachments WHERE id = ?", (attachment_id,))
        if not found or not found[0][0]:
            raise NotFound("没有这个附件，可能已随单据销毁。")
        digest, suffix, name = found[0]
        fault = self._fault(digest, suffix)
        if fault:
            raise Damaged(f"附件“{name}”{fault}，请从备份里找回。")
        return self._path(digest, suffix)

    def take_back(self, attachment_id: int, ver: int, reason: str, act: Act) -> None:
        """Off every list; the file stays as long as the history names it.

        :raises InvalidInput: no reason. :raises NotAllowed: its complaint is filed.
        """
        act = require(act, Right.PROFILE)
        why = checked_line(reason, "原因")
        if not why:
            raise InvalidInput({"reason": "去掉附件请写明原因。"})
        for (found,) in self._desk.rows("SELECT complaint_id FROM attachments WHERE id = ?", (attachment_id,)):
            if found is not None:
                guard(self._desk, found)
        with self._desk.writing(act) as ledger:
            ledger.change(Attachment, attachment_id, {"removed": True}, ver, why)

    def faults(self) -> list[str]:
        """Attachments whose file is missing or not what was added: name and what is wrong."""
        rows = self._desk.rows("SELECT DISTINCT digest, suffix, name FROM attachments WHERE digest <> '' ORDER BY id")
        told = ((name, self._fault(digest, suffix)) for digest, suffix, name in rows)
        return [f"{name}{fault}" for name, fault in told if fault]

    def sweep(self) -> int:
        """Removes files no attachment names any more (disposed of, or left by a broken write). Returns how many."""
        known = {f"{d}{s}" for d, s in self._desk.rows("SELECT digest, suffix FROM attachments WHERE digest <> ''")}
        gone = [path for path in self._folder.glob("??/*") if path.is_file() and path.name not in known]
        for path in gone:
            path.unlink()
        return len(gone)

    def _whose(self, number: str, customer_id: int | None, vehicle_id: int | None) -> dict[str, Any]:
        if not number:
            if customer_id is None and vehicle_id is None:
                raise InvalidInput("请说明附件属于哪张单、哪位客户或哪辆车。")
            check_known(self._desk, customer_id, vehicle_id)
            return {"complaint": None, "customer": customer_id, "vehicle": vehicle_id}
        found = complaint_id(self._desk, number)
        guard(self._desk, found)
        customer, vehicle = self._desk.rows("SELECT customer_id, vehicle_id FROM complaints WHERE id = ?", (found,))[0]
        return {"complaint": found, "customer": customer, "vehicle": vehicle}

    def _measure(self, measure_id: int) -> int:
        if not self._desk.rows("SELECT 1 FROM measures WHERE id = ?", (measure_id,)):
            raise NotFound("没有这项措施，请刷新后再看。")
        return measure_id

    def _rows(self, where: str, key: int) -> list[AttachmentRow]:
        rows = self._desk.rows(f"{_QUERY} {where} ORDER BY a.id", (key,))
        return [
            AttachmentRow(found, ver, name, label_of(suffix), size, note, who, moment(at), number)
            for found, ver, name, suffix, size, note, who, at, number in rows
        ]

    def _path(self, digest: str, suffix: str) -> Path:
        """:raises Damaged: a digest or suffix that is none, which only a tampered database holds."""
        if not _DIGEST.fullmatch(digest) or not label_of(suffix):
            raise Damaged("附件记录被改动过，没有打开它，请运行检查。")
        return self._folder / digest[:2] / f"{digest}{suffix}"

    def _fault(self, digest: str, suffix: str) -> str:
        if not _DIGEST.fullmatch(digest) or not label_of(suffix):
            return "的记录被改动过"
        path = self._path(digest, suffix)
        if not path.is_file() or path.is_symlink():
            return "的文件不见了"
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == digest
        return "" if same else "的文件内容被改动过"

    def _store(self, path: Path, content: bytes) -> None:
        """Whole or not at all, beside the target first; a file that is there already and right stays."""
        if path.is_file() and not self._fault(path.stem, path.suffix):
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        except OSError as refused:
            raise StorageRefused("附件存不进数据文件夹，请检查磁盘空间和权限。") from refused


def _read(source: Path) -> bytes:
    """The content of a plain file.

    :raises InvalidInput: no such file, a link, a folder or a device; too large.
    """
    try:
        told = source.lstat()
    except OSError:
        raise InvalidInput(f"找不到文件“{source.name}”，请重新选择。") from None
    if not stat.S_ISREG(told.st_mode):
        raise InvalidInput(f"“{source.name}”不是普通文件（快捷方式、文件夹都不行），请选文件本身。")
    checked_size(told.st_size)
    try:
        return source.read_bytes()
    except OSError:
        raise InvalidInput(f"读不了文件“{source.name}”，请关掉正在用它的程序再试。") from None
