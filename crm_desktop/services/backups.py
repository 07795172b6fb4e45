"""Backups of an open home: made, listed, thinned, tried out, carried to a second folder; and one put back.

make(act) / automatic() / before(step)   listing() -> list[BackupRow]        health() -> BackupHealth
try_out() -> str                         thin()                              restore(home, bundle, …) -> str
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from crm_desktop.clock import clock_for, to_local, to_utc
from crm_desktop.domain.acts import Act
from crm_desktop.domain.backups import BackupHealth, BackupRow, kept
from crm_desktop.domain.errors import Damaged, DeskError, InvalidInput, StorageRefused
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.database import FILE_NAME, KEY_NAME
from crm_desktop.models.faults import translated
from crm_desktop.models.lasting import take_name, write_whole
from crm_desktop.models.moments import moment, stamp
from crm_desktop.models.swap import ASIDE
from crm_desktop.services import bundles, second_forms
from crm_desktop.services.attachments import FOLDER as ATTACHMENTS
from crm_desktop.services.bundles import Manifest
from crm_desktop.services.desk import Desk
from crm_desktop.services.settings import SECOND_FOLDER, Settings

FOLDER = "backups"
MARK = "damaged.txt"
"""Lies in the home from the moment its data was found damaged: no backup is made then, and none thinned."""
_LEFT_SECONDS = 3600
_TESTED, _REFUSED = "tested.json", "refused.txt"


_MOVING = """\
换电脑：
1. 把这个文件夹整个复制到新电脑（U 盘也可以）。
2. 在新电脑上装好客诉管家，打开，进“设置”的“备份”，按“恢复其他备份…”，选这里的 {name}。
3. 附件在旁边的 attachments 文件夹里，会一起带过去。
4. 建过员工的，恢复时要输入恢复码（首次建员工时打印的那一张）。
恢复好以后，旧电脑上的不要再用：两边各写各的，合不到一起。
"""
_DAMAGED = "数据核对不通过，备份已停止。请到“设置”的“备份”里恢复一个备份，或导出诊断。"


class Backups:
    """Everything about backups that needs the home to be open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.home / FOLDER

    def make(self, act: Act, target: Path | None = None) -> Path:
        """A backup now, in the home's own folder or at ``target``; returns where it lies.

        :raises NotAllowed: without the right. :raises Damaged: the data is not whole. :raises StorageRefused: no
            room, or a folder that cannot be written.
        """
        require(act, Right.BACKUP)
        if target is None:
            return self.automatic()
        bundles.refuse_inside(self._desk.home, target)
        self._make(target)
        return target

    def automatic(self) -> Path:
        """A backup in the home's own folder, thinned afterwards, and in the second one where there is one.

        A refusal is kept for the light on 今日 until the next one succeeds; raises as ``make``.
        """
        try:
            path = self._made()
            self._carry(path)
        except DeskError as refusal:
            with suppress(OSError):
                (self._folder / _REFUSED).write_text(refusal.sentence, encoding="utf-8")
            raise
        (self._folder / _REFUSED).unlink(missing_ok=True)
        return path

    def pack(self, folder: Path, act: Act) -> Path:
        """换电脑: a backup, every attachment and a page that says what to do, in a new folder inside ``folder``.

        Raises as ``make``.
        """
        require(act, Right.BACKUP)
        place = folder / f"客诉管家换电脑 {to_local(self._desk.now()):%Y-%m-%d %H%M%S}"
        with translated(place / FILE_NAME):
            place.mkdir(parents=True)
            path = place / self._name()
            self._make(path)
            _mirror(self._desk.home / ATTACHMENTS, place / ATTACHMENTS)
            (place / "请先看.txt").write_text(_MOVING.format(name=path.name), encoding="utf-8-sig")
        return place

    def before(self, step: str) -> Path | None:
        """A backup before a step that changes much at once (导入, 合并, 恢复); None where there is nothing to keep.

        The second folder is not waited for: the copy on this computer is enough to go back.

        :raises DeskError: the backup could not be made, so the step is not to begin.
        """
        holds = self._desk.rows("SELECT EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM complaints)")[0][0]
        if not holds or not self.changed():
            return None
        try:
            return self._made()
        except DeskError as refusal:
            raise type(refusal)(f"{step}前的备份没有做成，{step}没有开始：{refusal.sentence}") from None

    def changed(self) -> bool:
        """Whether anything was written since the last backup."""
        newest = next(iter(self._paths()), None)
        if newest is None:
            return bool(self._head())
        with suppress(DeskError):
            return bundles.read(newest).head != self._head()
        return True

    def marked(self) -> bool:
        """Whether the data was found damaged: then no backup is made by itself, and none thinned."""
        return (self._desk.home / MARK).exists()

    def listing(self) -> list[BackupRow]:
        """The home's backups, the latest first."""
        return listing(self._desk.home)

    def thin(self) -> None:
        """Lets go of backups nobody needs any more; never while the data is marked damaged."""
        if self.marked():
            return
        times = {path: _time_in(path.name) for path in self._paths()}
        stay = kept([made for made in times.values() if made], to_local(self._desk.now()))
        for path, made in times.items():
            if made is not None and made not in stay:
                path.unlink(missing_ok=True)

    def health(self) -> BackupHealth:
        """The last backup and the last trial, and what is wrong with the data or the second folder, if anything."""
        times = [to_utc(made) for path in self._paths() if (made := _time_in(path.name))]
        tested, trouble = None, ""
        with suppress(OSError, ValueError, KeyError):
            tested = moment(json.loads((self._folder / _TESTED).read_text(encoding="utf-8"))["at"])
        with suppress(OSError, ValueError):
            trouble = (self._folder / _REFUSED).read_text(encoding="utf-8")
        trouble = trouble or second_forms.trouble(self._desk.home)
        return BackupHealth(
            max(times, default=None), tested, _DAMAGED if self.marked() else "", trouble,
            min(times, default=None), self.changed(),
        )  # fmt: skip

    def try_out(self) -> str:
        """测试恢复: opens the latest backup beside the data, proves it and compares; nothing is put in place.

        :raises StorageRefused: there is no backup yet. :raises Damaged: it cannot be restored.
        """
        newest = next(iter(self._paths()), None)
        if newest is None:
            raise StorageRefused("还没有备份，请先备份一次再测试恢复。")
        manifest = bundles.proven(newest, self._desk.key)
        present = self._desk.rows("SELECT COUNT(*) FROM complaints")[0][0]
        told = {"at": stamp(self._desk.now()), "backup": newest.name}
        (self._folder / _TESTED).write_text(json.dumps(told), encoding="utf-8")
        made = to_local(manifest.made_at)
        return (
            f"测试恢复通过：{made:%Y-%m-%d %H:%M} 的备份打得开，记录、校验码和历史链都完好，"
            f"抱怨单 {manifest.counts['complaints']} 张（现在 {present} 张）。"
        )

    def _made(self) -> Path:
        _sweep(self._folder, self._desk.now())
        path = self._folder / self._name()
        self._make(path)
        self.thin()
        return path

    def _make(self, target: Path) -> None:
        mark = self._desk.home / MARK
        try:
            bundles.make(self._desk.home, target, self._desk.key, self._desk.now())
        except Damaged:
            mark.write_text(stamp(self._desk.now()), encoding="ascii")
            raise
        mark.unlink(missing_ok=True)

    def _carry(self, path: Path) -> None:
        """A second copy on a stick or a share, attachments once each by their hash."""
        told = Settings(self._desk).value(SECOND_FOLDER)
        if not told:
            return
        second = Path(told)
        try:
            second.mkdir(parents=True, exist_ok=True)
            beside = second / f".{path.name}.tmp"
            shutil.copyfile(path, beside)
            take_name(beside, second / path.name)
            _mirror(self._desk.home / ATTACHMENTS, second / ATTACHMENTS)
        except OSError:
            raise StorageRefused(
                f"备份已放在本机 {path.name}，但第二个文件夹写不进去：{second}。请插好 U 盘或检查网络位置。"
            ) from None

    def _paths(self) -> list[Path]:
        return _paths(self._desk.home)

    def _name(self) -> str:
        made, head = to_local(self._desk.now()), self._head().rpartition(":")[2][:8] or "empty"
        schema = self._desk.rows("PRAGMA user_version")[0][0]
        return f"crm-{made:%Y%m%d-%H%M%S}-s{schema}-{head}.zip"

    def _head(self) -> str:
        found = self._desk.rows("SELECT value FROM facts WHERE name = 'history_head'")
        return str(found[0][0]) if found else ""


def listing(home: Path) -> list[BackupRow]:
    """The backups of a home, the latest first, also of one that cannot be opened."""
    return [_row(path) for path in _paths(home)]


def check_fits(home: Path, bundle: Path, code: str = "") -> None:
    """Whether ``restore`` would take this backup; nothing is touched. Raises as it does."""
    _fitting_key(home, bundle, code)


def restore(home: Path, bundle: Path, code: str = "") -> str:
    """Puts a backup in the place of the present data, which is kept: as a backup where it opens, as files anyway.

    Attachments that lie beside the backup (换电脑, the second folder) and not here are brought along.
    ``code`` is the recovery code, asked for only where this computer does not have the history's key.

    :raises Damaged: the backup is not whole; nothing was touched. :raises InvalidInput: the code is missing or wrong.
    """
    key = _fitting_key(home, bundle, code)
    now = clock_for(home)()
    manifest = bundles.put_in_place(home, bundle, key, now)
    missing = [name for name in manifest.attachments if not _is_here(home, bundle, name)]
    (home / MARK).unlink(missing_ok=True)
    told = f"已恢复到 {to_local(manifest.made_at):%Y-%m-%d %H:%M} 的备份，抱怨单 {manifest.counts['complaints']} 张"
    if missing:
        told += f"；有 {len(missing)} 个附件不在本机，请把备份文件夹里的 {ATTACHMENTS} 一并复制过来"
    return f"{told}。原来的文件留在 {ASIDE} 开头的文件夹里。"


def _fitting_key(home: Path, bundle: Path, code: str) -> bytes:
    manifest, refused = bundles.read(bundle), None
    for key in (_present_key(home), bundles.key_of(bundle, code)):
        if key is not None:
            try:
                bundles.proven(bundle, key)
            except Damaged as trouble:
                refused = trouble
            else:
                return key
    bundles.proven(bundle)
    if manifest.sealed and not code:
        raise InvalidInput({"code": "这份备份来自另一台电脑，请给出恢复码（首次建员工时打印的那一张）。"})
    if manifest.sealed and bundles.key_of(bundle, code) is None:
        raise InvalidInput({"code": "恢复码打不开这份备份，请照打印的那一张输入。"})
    raise refused or Damaged(f"备份 {bundle.name} 里没有历史密钥，没有使用它。请换一个备份。")


def _present_key(home: Path) -> bytes | None:
    try:
        return bytes.fromhex((home / KEY_NAME).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def _row(path: Path) -> BackupRow:
    size = path.stat().st_size
    try:
        manifest: Manifest = bundles.read(path)
    except DeskError as refusal:
        return BackupRow(path, size, trouble=refusal.sentence)
    counts = manifest.counts
    return BackupRow(
        path, size, manifest.made_at, manifest.program, manifest.schema, counts.get("customers", 0),
        counts.get("complaints", 0),
    )  # fmt: skip


def _paths(home: Path) -> list[Path]:
    return sorted((home / FOLDER).glob("crm-*-s*.zip"), reverse=True)


def _time_in(name: str) -> datetime | None:
    """The local time in a backup's name."""
    try:
        return datetime.strptime("-".join(name.split("-")[1:3]), "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local, as named
    except ValueError:
        return None


def _sweep(folder: Path, now: datetime) -> None:
    """What a backup that was killed left half written; one that another program writes now is younger."""
    for left in (*folder.glob(".crm-*"), *folder.glob(".*.tmp")):
        with suppress(OSError):
            if now.timestamp() - left.stat().st_mtime > _LEFT_SECONDS:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _mirror(source: Path, target: Path) -> None:
    for path in source.rglob("*") if source.is_dir() else ():
        copy = target / path.relative_to(source)
        if path.is_file() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            beside = copy.with_name(copy.name + ".tmp")
            shutil.copyfile(path, beside)
            take_name(beside, copy)


def _is_here(home: Path, bundle: Path, name: str) -> bool:
    """Whether an attachment lies in the home, now that it was brought along if it could be."""
    stored, beside = (folder / ATTACHMENTS / name[:2] / name for folder in (home, bundle.parent))
    if not stored.exists():
        with suppress(OSError):
            content = beside.read_bytes()
            if hashlib.sha256(content).hexdigest() == name.partition(".")[0]:
                stored.parent.mkdir(parents=True, exist_ok=True)
                write_whole(stored, content)
    return stored.exists()


def has_data(home: Path) -> bool:
    """Whether there is a database file that says anything."""
    path = home / FILE_NAME
    return path.exists() and path.stat().st_size > 0
