"""A backup as one .zip: made from a running home, proven by opening it, put in the place of the present data.

In it: ``crm.db`` (VACUUM INTO: whole, whatever is being written), ``key`` (the history's key, sealed by the recovery
code where the home has one), ``manifest.json`` (when, by which version, schema, rows of every table, SHA-256, the
last link of the history, every attachment by its hash). The attachments themselves lie beside, once each.

Nothing here needs the home's database to open: a backup is wanted most where it does not.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from crm_desktop import __version__
from crm_desktop.domain.errors import Damaged, DeskError, InvalidInput, NewerSchema, StorageRefused
from crm_desktop.models.database import APPLICATION_ID, FILE_NAME, KEY_NAME, SCHEMA
from crm_desktop.models.faults import translated
from crm_desktop.models.lasting import take_name
from crm_desktop.models.moments import moment, stamp
from crm_desktop.models.swap import STAGE, swap
from crm_desktop.paths import private_temp
from crm_desktop.services.access import SEALED_KEY
from crm_desktop.services.soundness import Soundness

_MANIFEST, _KEY, _FORMAT = "manifest.json", "key", 1
_LEVEL = 1  # half of ten years' size for a tenth of the time the best takes
_CHUNK = 1024 * 1024
_COPIED, _WRITTEN, _UNPACKED = 10, 45, 20
"""Of a hundred: when the copy is made, when it is packed; and of the proof, when it is unpacked."""
_MANIFEST_LIMIT = 64 * _CHUNK
_SUSPECT_BYTES, _SUSPECT_RATIO = 20 * _CHUNK, 200
"""Rows of ten years pack to a third; what packs to so little is there to fill the disk."""
_ATTACHMENT = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")
_UNREADABLE = (
    AttributeError, zipfile.BadZipFile, zlib.error, struct.error, KeyError, IndexError, ValueError, TypeError, EOFError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""All that a damaged zip was seen to raise (reliability.md, trap 22)."""
_SIDE_FILES = ("-wal", "-shm", "-journal")

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``made_at`` is UTC; ``head`` the history's last link; ``sealed``: its key opens
    with the recovery code only."""

    made_at: datetime
    program: str
    schema: int
    counts: Mapping[str, int]
    sha256: str
    head: str
    sealed: bool
    attachments: tuple[str, ...]


def silent(_done: int, _total: int) -> None:
    """Nobody waits for it."""


def part(told: Told, first: int, last: int) -> Told:
    """Tells a stretch of the hundred as such."""

    def within(done: int, total: int) -> None:
        told(first + (last - first) * done // max(total, 1), 100)

    return within


def make(home: Path, target: Path, key: bytes, now: datetime, told: Told = silent) -> Manifest:
    """A new backup of the home at ``target``; it takes that name only once it was opened and found whole.

    ``told`` hears how much of a hundred is done; what it raises stops the work, and nothing is left of it. The plain
    copies on the way lie in the home: a run that is killed leaves none on a stick.

    :raises Damaged: the copy is not whole (then so is the home). :raises StorageRefused: the folder cannot take it.
    """
    beside = target.with_name(f".{target.name}.tmp")
    with translated(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        own = target.parent if target.is_relative_to(home) else private_temp(home)
        try:
            with TemporaryDirectory(prefix=".crm-", dir=own) as place:
                copy = Path(place) / FILE_NAME
                told(0, 100)
                _copy_database(home / FILE_NAME, copy)
                told(_COPIED, 100)
                manifest = _described(copy, key, now)
                _write(beside, copy, _sealed_key(copy, key), manifest, part(told, _COPIED, _WRITTEN))
            proven(beside, key, part(told, _WRITTEN, 100), own)
            take_name(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return manifest


def read(bundle: Path) -> Manifest:
    """What a backup says of itself; nothing is proven by that.

    :raises Damaged: no backup of ours, or one that cannot be read.
    """
    try:
        if bundle.exists() and not bundle.is_file():  # a device may never end
            raise ValueError
        with zipfile.ZipFile(bundle) as zipped:
            if zipped.getinfo(_MANIFEST).file_size > _MANIFEST_LIMIT:
                raise ValueError
            told = json.loads(zipped.read(_MANIFEST))
        if told["format"] > _FORMAT:
            raise NewerSchema(f"备份 {bundle.name} 由更新版本的程序写成，请安装新版本再恢复。")
        if not _is_sound(told):
            raise ValueError
        names = Manifest.__dataclass_fields__
        parts = {name: told[name] for name in names} | {"made_at": moment(told["made_at"])}
        return Manifest(**{**parts, "attachments": tuple(filter(None, told["attachments"]))})
    except FileNotFoundError:
        raise StorageRefused(f"没有这个备份文件：{bundle}。请核对路径。") from None
    except DeskError:
        raise
    except (OSError, *_UNREADABLE):
        raise Damaged(f"{bundle.name} 不是完整的备份文件，没有使用它。请换一个备份。") from None


def _is_sound(told: Mapping[str, Any]) -> bool:
    """Whether each part is of its kind, and an attachment's name leads nowhere but to its place (an empty one of an
    older backup is an attachment that was erased)."""
    texts = (told[name] for name in ("made_at", "program", "sha256", "head"))
    return (
        all(isinstance(text, str) for text in texts)
        and type(told["schema"]) is int
        and all(type(count) is int for count in told["counts"].values())
        and all(_ATTACHMENT.fullmatch(name) for name in told["attachments"] if name != "")
    )


def proven(bundle: Path, key: bytes | None = None, told: Told = silent, folder: Path | None = None) -> Manifest:
    """Opens the backup in a folder of its own: hash, format, rows, checksums and, with the key, the history chain.

    That folder lies in ``folder`` or beside the backup, where a run that is killed leaves nothing another person can
    read, and the next backup sweeps it up; only beside one that nobody can write to, in the system's own.

    :raises Damaged: anything that does not agree. :raises NewerSchema: written by a newer program.
    """
    beside = folder or (bundle.parent if os.access(bundle.parent, os.W_OK) else None)
    with translated(bundle), TemporaryDirectory(prefix=".crm-", dir=beside) as place:
        return unpacked(bundle, Path(place) / FILE_NAME, key, told)


def unpacked(bundle: Path, target: Path, key: bytes | None = None, told: Told = silent) -> Manifest:
    """Writes the backup's database to ``target`` and proves it; raises as ``proven`` and leaves nothing then."""
    manifest = read(bundle)
    if manifest.schema > SCHEMA:
        raise NewerSchema(
            f"备份 {bundle.name} 的数据版本是 {manifest.schema}，本程序认识到 {SCHEMA}，没有使用它。"
            "请安装新版本再恢复。"
        )
    try:
        if _extract(bundle, FILE_NAME, target, part(told, 0, _UNPACKED)) != manifest.sha256:
            raise Damaged(f"备份 {bundle.name} 的内容和它的校验值不符，没有使用它。请换一个备份。")
        if trouble := _trouble(target, manifest, key, part(told, _UNPACKED, 100)):
            raise Damaged(f"备份 {bundle.name} 核对不通过（{trouble}），没有使用它。请换一个备份。")
    except BaseException:
        _remove(target)
        raise
    return manifest


def key_of(bundle: Path, code: str = "") -> bytes | None:
    """The history's key out of the backup; None where it is sealed and the code does not open it."""
    try:
        with zipfile.ZipFile(bundle) as zipped:
            kept = zipped.read(_KEY).decode("ascii")
    except _UNREADABLE:
        return None
    if not kept.startswith("sealed:"):
        return _bytes(kept)
    from crm_desktop.domain.sealing import opened  # noqa: PLC0415 - only where a code was given

    return opened(kept.removeprefix("sealed:"), code) if code else None


def put_in_place(home: Path, bundle: Path, key: bytes | None, now: datetime, told: Told = silent) -> Manifest:
    """Makes the backup the home's data: whole or not at all, also when the power goes half-way.

    Everything is laid ready and proven first (``models/swap.py``); the present files are kept in a folder of their own.
    """
    stage = home / STAGE
    with translated(home / FILE_NAME):
        stage.mkdir(parents=True, exist_ok=True)
        manifest = unpacked(bundle, stage / FILE_NAME, key, told)
        if key is not None:
            (stage / KEY_NAME).write_text(key.hex(), encoding="ascii")
        swap(home, now)
    return manifest


def _bytes(kept: str) -> bytes | None:
    try:
        return bytes.fromhex(kept)
    except ValueError:
        return None


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=30)) as rows:  # not read-only: a log left behind is read as well
        rows.execute("VACUUM INTO ?", (str(target),))


def _described(copy: Path, key: bytes, now: datetime) -> Manifest:
    with closing(sqlite3.connect(copy)) as rows:
        head = rows.execute("SELECT value FROM facts WHERE name = 'history_head'").fetchone()
        files = rows.execute(
            "SELECT DISTINCT digest || suffix FROM attachments WHERE removed = 0 AND digest <> '' ORDER BY 1"
        )  # one that was erased or disposed of has no digest
        names = tuple(name for (name,) in files)
        schema = rows.execute("PRAGMA user_version").fetchone()[0]
        counts = _counts(rows)
    sealed = _sealed_key(copy, key).startswith("sealed:")
    return Manifest(
        now.astimezone(UTC), __version__, schema, counts, _hash(copy), head[0] if head else "", sealed,
        names,
    )  # fmt: skip


def _sealed_key(copy: Path, key: bytes) -> str:
    with closing(sqlite3.connect(copy)) as rows:
        sealed = rows.execute("SELECT value FROM facts WHERE name = ?", (SEALED_KEY,)).fetchone()
    return f"sealed:{sealed[0]}" if sealed else key.hex()


def _write(target: Path, copy: Path, key: str, manifest: Manifest, told: Told) -> None:
    says = {"format": _FORMAT, **asdict(manifest), "made_at": stamp(manifest.made_at)}
    with target.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as zipped:
            zipped.writestr(_MANIFEST, json.dumps(says, ensure_ascii=False, indent=1))
            zipped.writestr(_KEY, key)
            with copy.open("rb") as source, zipped.open(FILE_NAME, "w", force_zip64=True) as inside:
                _pour(source, inside, copy.stat().st_size, told)
        stream.flush()
        os.fsync(stream.fileno())


def _extract(bundle: Path, name: str, target: Path, told: Told) -> str:
    try:
        with zipfile.ZipFile(bundle) as zipped, zipped.open(name) as source, target.open("wb") as stream:
            size, packed = zipped.getinfo(name).file_size, zipped.getinfo(name).compress_size
            if size > _SUSPECT_BYTES and size > packed * _SUSPECT_RATIO:
                raise ValueError
            digest = _pour(source, stream, zipped.getinfo(name).file_size, told)
            stream.flush()
            os.fsync(stream.fileno())
    except _UNREADABLE:
        raise Damaged(f"{bundle.name} 不是完整的备份文件，没有使用它。请换一个备份。") from None
    return digest


def _pour(source: IO[bytes], target: IO[bytes], size: int, told: Told) -> str:
    """Everything from one to the other; the SHA-256 of it."""
    digest, done = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
        done += len(chunk)
        told(min(done, size), size)
    return digest.hexdigest()


def _trouble(database: Path, manifest: Manifest, key: bytes | None, told: Told) -> str:
    """What does not agree, empty when all is well. Rows of an older schema have no classes here: the upgrade, which
    keeps a copy of its own, proves them."""
    try:
        with closing(sqlite3.connect(database)) as rows:
            application = rows.execute("PRAGMA application_id").fetchone()[0]
            schema = rows.execute("PRAGMA user_version").fetchone()[0]
            if (application, schema) != (APPLICATION_ID, manifest.schema):
                return "不是这份备份的数据文件"
            if _counts(rows) != dict(manifest.counts):
                return "记录数不符"
            if rows.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return "数据库结构损坏"
            if key is None or schema != SCHEMA:
                return ""
            found = [one for one in Soundness(rows, key, told).all() if one.trouble]
            return f"{found[0].what}：{found[0].trouble}" if found else ""
    except sqlite3.DatabaseError:
        return "数据库结构损坏"


def _counts(rows: sqlite3.Connection) -> dict[str, int]:
    names = rows.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
        " ORDER BY name"
    ).fetchall()
    return {name: rows.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remove(database: Path) -> None:
    for name in ("", *_SIDE_FILES):
        database.with_name(database.name + name).unlink(missing_ok=True)


def summary(manifest: Manifest) -> dict[str, Any]:
    """What a list of backups shows of it."""
    rows = {name: manifest.counts.get(name, 0) for name in ("customers", "complaints", "reworks", "follow_ups")}
    return {"made_at": manifest.made_at, "program": manifest.program, "schema": manifest.schema, **rows}


def refuse_inside(home: Path, bundle: Path) -> None:
    """:raises InvalidInput: a backup that would be written over the data itself, a folder or a device."""
    if bundle.resolve().parent == home.resolve() and bundle.name in (FILE_NAME, KEY_NAME):
        raise InvalidInput("备份不能写成数据文件本身，请换一个文件名，如 备份.zip。")
    if bundle.exists() and not bundle.is_file():
        raise InvalidInput(f"“{bundle.name}”不是普通文件，备份不能写在那里，请换一个文件名，如 备份.zip。")
