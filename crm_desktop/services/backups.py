"""Backups of an open home: made, listed, thinned, tried out, carried to a second folder; and one put back.

make(act) / automatic() / before(step)   listing() -> list[BackupRow]        health() -> BackupHealth
try_out() -> str                         thin()                              restore(home, bundle, …) -> str
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crm_desktop.clock import clock_for, to_local, to_utc
from crm_desktop.domain.acts import Act
from crm_desktop.domain.backups import BackupHealth, BackupRow, BackupSpace, room_on, taken_in, thinned
from crm_desktop.domain.errors import Damaged, DeskError, InvalidInput, StorageRefused
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.database import FILE_NAME, KEY_NAME, SPARE_NAME, key_in
from crm_desktop.models.faults import translated
from crm_desktop.models.lasting import write_whole
from crm_desktop.models.moments import moment, stamp
from crm_desktop.models.swap import ASIDE
from crm_desktop.models.tail import missing
from crm_desktop.paths import private_temp
from crm_desktop.services import bundles, locked_files, second_forms
from crm_desktop.services.attachments import FOLDER as ATTACHMENTS
from crm_desktop.services.bundles import Manifest, Told, silent
from crm_desktop.services.desk import Desk
from crm_desktop.services.locked_files import Lock
from crm_desktop.services.second_folder import SecondFolder, mirror, sweep

FOLDER = "backups"
MARK = "damaged.txt"
"""Lies in the home from the moment its data was found damaged: no backup is made then, and none thinned."""
_TURN = threading.Lock()
"""One backup after the other: whoever waits may find that the one just made is his too."""
_TESTED, _REFUSED = "tested.json", "refused.txt"


_MOVING = """\
换电脑：
1. 把这个文件夹整个复制到新电脑（U 盘也可以）。
2. 在新电脑上装好客诉管家，打开，进“设置”的“备份”，按“恢复其他备份…”，选这里的 {name}。
3. 附件在旁边的 attachments 文件夹里，会一起带过去。
4. 建过员工的，恢复时要输入恢复码（首次建员工时打印的那一张）；加了密码的，还要输入密码。
恢复好以后，旧电脑上的不要再用：两边各写各的，合不到一起。
"""
_DAMAGED = "数据核对不通过，备份已停止。请到“设置”的“备份”里恢复一个备份，或导出诊断。"


class Backups:
    """Everything about backups that needs the home to be open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder, self._opened_at = desk.home / FOLDER, desk.now()
        self.second = SecondFolder(desk, self._folder)

    def make(self, act: Act, target: Path | None = None, password: str = "", told: Told = silent) -> Path:
        """A backup now, in the home's own folder or at ``target``, there locked by a password on wish; returns where.

        :raises NotAllowed: without the right. :raises Damaged: the data is not whole. :raises StorageRefused: no
            room, or a folder that cannot be written. :raises InvalidInput: a password too short.
        """
        require(act, Right.BACKUP)
        if target is None:
            return self.automatic(told)
        bundles.refuse_inside(self._desk.home, target)
        lock = locked_files.new_lock(password) if password else None
        with translated(target):
            sweep(target.parent, self._desk.now())
            self._make_there(target, lock, told)
        return target

    def automatic(self, told: Told = silent) -> Path:
        """A backup in the home's own folder, thinned afterwards, and in the second one where there is one.

        A refusal is kept for the light on 今日 until the next one succeeds; raises as ``make``.
        """
        try:
            with _TURN:
                path = self._made(told)
            self.second.carry(path)
        except DeskError as refusal:
            with suppress(OSError):
                (self._folder / _REFUSED).write_text(refusal.sentence, encoding="utf-8")
            raise
        (self._folder / _REFUSED).unlink(missing_ok=True)
        return path

    def renewed(self) -> Path:
        """As ``automatic``, after an erasure: what was carried before goes too, now or once the folder is there.

        :raises Damaged, StorageRefused: no new one was made on this computer.
        """
        self.second.owe()
        with _TURN:
            path = self._made()
        with suppress(StorageRefused):
            self.second.carry(path)
        return path

    def set_password(self, password: str, act: Act) -> None:
        """From now on copies that leave this computer are locked with it; with none they are not.

        :raises NotAllowed: without the right. :raises InvalidInput: too short.
        """
        require(act, Right.BACKUP)
        locked_files.keep_lock(self._desk.home, locked_files.new_lock(password) if password else None)

    def locks(self) -> bool:
        """Whether copies that leave this computer are locked by a password."""
        return locked_files.kept_lock(self._desk.home) is not None

    def pack(self, folder: Path, act: Act, told: Told = silent) -> Path:
        """换电脑: a backup, every attachment and a page that says what to do, in a new folder inside ``folder``;
        locked where a password is set.

        Raises as ``make``.
        """
        require(act, Right.BACKUP)
        place = folder / f"客诉管家换电脑 {to_local(self._desk.now()):%Y-%m-%d %H%M%S}"
        with translated(place / FILE_NAME):
            place.mkdir(parents=True)
            lock = locked_files.kept_lock(self._desk.home)
            path = place / f"{self._name()}{locked_files.SUFFIX if lock else ''}"
            self._make_there(path, lock, told)
            mirror(self._desk.home / ATTACHMENTS, place / ATTACHMENTS, lock)
            (place / "请先看.txt").write_text(_MOVING.format(name=path.name), encoding="utf-8-sig")
        return place

    def before(self, step: str, told: Told = silent) -> Path | None:
        """A backup before a step that changes much at once (导入, 合并, 恢复); None where there is nothing to keep, or
        nothing was written since the last one; one that is being made right now is waited for and counts.

        The second folder is not waited for: the copy on this computer is enough to go back. ``told`` hears how much
        of a hundred is done.

        :raises DeskError: the backup could not be made, so the step is not to begin.
        """
        holds = self._desk.rows("SELECT EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM complaints)")[0][0]
        if not holds:
            return None
        try:
            with _TURN:
                return self._made(told) if self.changed() else None
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
        named = {path: made for path in self._paths() if (made := taken_in(path.name))}
        stay = thinned(
            {made: path.stat().st_size for path, made in named.items()}, to_local(self._desk.now()), self._disk()
        )
        for path, made in named.items():
            if made not in stay:
                path.unlink(missing_ok=True)

    def space(self) -> BackupSpace:
        """How much the backups take, and how much they may."""
        sizes = [path.stat().st_size for path in self._paths()]
        return BackupSpace(len(sizes), sum(sizes), room_on(self._disk()))

    def health(self) -> BackupHealth:
        """The last backup and the last trial, and what is wrong with the data or the second folder, if anything."""
        times = [to_utc(made) for path in self._paths() if (made := taken_in(path.name))]
        tested, trouble = None, ""
        with suppress(OSError, ValueError, KeyError):
            tested = moment(json.loads((self._folder / _TESTED).read_text(encoding="utf-8"))["at"])
        with suppress(OSError, ValueError):
            trouble = (self._folder / _REFUSED).read_text(encoding="utf-8")
        return BackupHealth(
            max(times, default=None), tested, _DAMAGED if self.marked() else "", trouble,
            min(times, default=None), self.changed(), second_forms.trouble(self._desk.home) or self.second.words(),
            self._opened_at,
        )  # fmt: skip

    def try_out(self, told: Told = silent) -> str:
        """测试恢复: opens the latest backup beside the data, proves it and compares; nothing is put in place.

        :raises StorageRefused: there is no backup yet. :raises Damaged: it cannot be restored.
        """
        newest = next(iter(self._paths()), None)
        if newest is None:
            raise StorageRefused("还没有备份，请先备份一次再测试恢复。")
        manifest = bundles.proven(newest, self._desk.key, told)
        there = self.second.proven(newest)
        present = self._desk.rows("SELECT COUNT(*) FROM complaints")[0][0]
        note = {"at": stamp(self._desk.now()), "backup": newest.name}
        (self._folder / _TESTED).write_text(json.dumps(note), encoding="utf-8")
        made = to_local(manifest.made_at)
        return (
            f"测试恢复通过：{made:%Y-%m-%d %H:%M} 的备份打得开，记录、校验码和历史链都完好，"
            f"抱怨单 {manifest.counts['complaints']} 张（现在 {present} 张）。{there}"
        )

    def _made(self, told: Told = silent) -> Path:
        sweep(self._folder, self._desk.now())
        self.thin()  # where the disk is nearly full the new one needs the room
        path = self._folder / self._name()
        self._make(path, told)
        self.thin()
        return path

    def _make_there(self, target: Path, lock: Lock | None, told: Told) -> None:
        """Locked: made in the private folder, then written locked and opened once more to prove it. Raises OSError."""
        if lock is None:
            self._make(target, told)
            return
        with TemporaryDirectory(dir=private_temp(self._desk.home)) as place:
            plain, back = Path(place) / "plain.zip", Path(place) / "back.zip"
            self._make(plain, told)
            locked_files.lock_file(plain, target, lock)
            locked_files.unlock_file(target, back, lock)
            if not filecmp.cmp(plain, back, shallow=False):
                target.unlink(missing_ok=True)
                raise StorageRefused(f"“{target.name}”写进去的和读出来的不一样，没有留下它；请换一个 U 盘或位置。")

    def _make(self, target: Path, told: Told) -> None:
        mark = self._desk.home / MARK
        try:
            with translated(self._desk.path):
                trouble = missing(self._desk.home, self._desk.key, self._asked)
            if trouble:
                raise Damaged(f"历史记录末尾不对（{trouble}），没有备份。请先恢复一个备份，原来的文件会留着。")
            bundles.make(self._desk.home, target, self._desk.key, self._desk.now(), told)
        except Damaged:
            mark.write_text(stamp(self._desk.now()), encoding="ascii")
            raise
        if mark.exists() and self._desk.rows("PRAGMA quick_check(1)") == [("ok",)]:  # the copy is whole; is the file?
            mark.unlink(missing_ok=True)

    def _disk(self) -> int:
        """Bytes free, and those of the backups themselves."""
        return shutil.disk_usage(self._desk.home).free + sum(path.stat().st_size for path in self._paths())

    def _paths(self) -> list[Path]:
        return _paths(self._desk.home)

    def _name(self) -> str:
        made, head = to_local(self._desk.now()), self._head().rpartition(":")[2][:8] or "empty"
        schema = self._desk.rows("PRAGMA user_version")[0][0]
        return f"crm-{made:%Y%m%d-%H%M%S}-s{schema}-{head}.zip"

    def _asked(self, sql: str, parameters: tuple[Any, ...]) -> Any:
        return self._desk.database.execute_sql(sql, parameters)

    def _head(self) -> str:
        found = self._desk.rows("SELECT value FROM facts WHERE name = 'history_head'")
        return str(found[0][0]) if found else ""


def listing(home: Path) -> list[BackupRow]:
    """The backups of a home, the latest first, also of one that cannot be opened."""
    return [_row(path) for path in _paths(home)]


def check_fits(home: Path, bundle: Path, code: str = "", password: str = "", told: Told = silent) -> None:
    """Whether ``restore`` would take this backup; nothing is touched. Raises as it does; ``told`` hears how much of a
    hundred is proven."""
    with locked_files.opened(home, bundle, password) as plain:
        _fitting_key(home, plain, code, told)


def restore(home: Path, bundle: Path, code: str = "", password: str = "", told: Told = silent) -> str:
    """Puts a backup in the place of the present data, which is kept: as a backup where it opens, as files anyway.

    Attachments that lie beside the backup (换电脑, the second folder) and not here are brought along.
    ``code`` is the recovery code, asked for only where this computer does not have the history's key; ``password``
    that of a locked copy, asked for where it was not locked here. ``told`` hears how much of a hundred is done.

    :raises Damaged: the backup is not whole; nothing was touched. :raises InvalidInput: ``code`` or ``password`` is
        missing or wrong.
    """
    lock = locked_files.lock_for(bundle, home, password) if locked_files.is_locked(bundle) else None
    with locked_files.opened(home, bundle, password) as plain:
        key = _fitting_key(home, plain, code, bundles.part(told, 0, 50))
        manifest = bundles.put_in_place(home, plain, key, clock_for(home)(), bundles.part(told, 50, 100))
    missing = [name for name in manifest.attachments if not _is_here(home, bundle.parent, name, lock)]
    (home / MARK).unlink(missing_ok=True)
    sentence = f"已恢复到 {to_local(manifest.made_at):%Y-%m-%d %H:%M} 的备份，抱怨单 {manifest.counts['complaints']} 张"
    if missing:
        sentence += f"；有 {len(missing)} 个附件不在本机或已损坏，请把备份文件夹里的 {ATTACHMENTS} 一并复制过来"
    return f"{sentence}。原来的文件留在 {ASIDE} 开头的文件夹里。"


def _fitting_key(home: Path, bundle: Path, code: str, told: Told) -> bytes:
    manifest, refused, place = bundles.read(bundle), None, private_temp(home)
    for key in (key_in(home / KEY_NAME), key_in(home / SPARE_NAME), bundles.key_of(bundle, code)):
        if key is not None:
            try:
                bundles.proven(bundle, key, told, place)
            except Damaged as trouble:
                refused = trouble
            else:
                return key
    bundles.proven(bundle, folder=place)
    if manifest.sealed and not code:
        raise InvalidInput({"code": "这份备份来自另一台电脑，请给出恢复码（首次建员工时打印的那一张）。"})
    if manifest.sealed and bundles.key_of(bundle, code) is None:
        raise InvalidInput({"code": "恢复码打不开这份备份，请照打印的那一张输入。"})
    raise refused or Damaged(f"备份 {bundle.name} 里没有历史密钥，没有使用它。请换一个备份。")


def _row(path: Path) -> BackupRow:
    size = path.stat().st_size if path.exists() else 0  # a link may lead to a stick that is not there
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


def _is_here(home: Path, beside: Path, name: str, lock: Lock | None) -> bool:
    """Whether an attachment lies whole in the home, now that it was brought along from beside the backup if it was
    gone or changed, and could be."""
    stored, copy = (folder / ATTACHMENTS / name[:2] / name for folder in (home, beside))
    if _is_whole(stored):
        return True
    with suppress(OSError, DeskError):
        content = locked_files.content(copy, lock)
        if hashlib.sha256(content).hexdigest() == name.partition(".")[0]:
            stored.parent.mkdir(parents=True, exist_ok=True)
            write_whole(stored, content)
    return _is_whole(stored)


def _is_whole(attachment: Path) -> bool:
    with suppress(OSError), attachment.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == attachment.name.partition(".")[0]
    return False


def has_data(home: Path) -> bool:
    """Whether there is a database file that says anything."""
    path = home / FILE_NAME
    return path.exists() and path.stat().st_size > 0
