"""The second folder of the backups, a stick or a share: a copy of each backup and every attachment once, thinned like
the home's own, locked where a password is set, and cleared of what was erased as soon as it is there again.

carry(path) -> after each backup      owe() -> after an erasure      words() -> what is still to be done there
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from crm_desktop.clock import to_local
from crm_desktop.domain.backups import taken_in, thinned
from crm_desktop.domain.errors import StorageRefused
from crm_desktop.models.lasting import take_name, write_whole
from crm_desktop.models.moments import stamp
from crm_desktop.services import locked_files
from crm_desktop.services.attachments import FOLDER as ATTACHMENTS
from crm_desktop.services.desk import Desk
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.locked_files import Lock
from crm_desktop.services.settings import Settings

_CARRIED, _DEBT = "carried.json", "second-debt.txt"
_LEFT_SECONDS = 3600
_OWED = "上次删除个人信息以前的备份还在第二个文件夹里；它一连上，下一次备份就会把那些清掉。"
_PATTERNS = ("crm-*-s*.zip", f"crm-*-s*.zip{locked_files.SUFFIX}")


class SecondFolder:
    """Where none is chosen every verb does nothing."""

    def __init__(self, desk: Desk, own: Path) -> None:
        """``own``: the home's folder of backups, where is noted what was carried."""
        self._desk, self._own = desk, own

    def place(self) -> Path | None:
        """The folder, None where none was chosen; it need not be there now."""
        told = Settings(self._desk).value(SECOND_FOLDER)
        return Path(told) if told else None

    def carry(self, path: Path) -> None:
        """A second copy of a backup, attachments once each by their hash; then what nobody needs there any more goes.

        :raises StorageRefused: the folder is not there or full; the backup on this computer stands.
        """
        second = self.place()
        if second is None:
            return
        lock = locked_files.kept_lock(self._desk.home)
        try:
            second.mkdir(parents=True, exist_ok=True)
            sweep(second, self._desk.now())
            carried = self._carried(second)
            _copy(path, second / path.name, lock)
            self._note([*carried, path.name])
            mirror(self._desk.home / ATTACHMENTS, second / ATTACHMENTS, lock)
            self._tidy(second, path.name, carried, lock)
        except OSError:
            raise StorageRefused(
                f"备份已放在本机 {path.name}，但第二个文件夹写不进去：{second}。请插好 U 盘或检查网络位置。"
            ) from None

    def proven(self, path: Path) -> str:
        """Whether the copy of this backup there is the same, in words; empty where there is none to look at.

        :raises Damaged: it is another one. :raises StorageRefused: it cannot be read.
        """
        second = self.place()
        found = next((copy for copy in _names(second, path.name) if copy.exists()), None) if second else None
        if found is None:
            return ""
        with locked_files.opened(self._desk.home, found) as plain, plain.open("rb") as one, path.open("rb") as other:
            same = hashlib.file_digest(one, "sha256").digest() == hashlib.file_digest(other, "sha256").digest()
        if not same:
            raise StorageRefused(f"第二个文件夹里的 {found.name} 和本机的不一样，请换一个 U 盘，再立即备份一次。")
        return "第二个文件夹里的那一份也完好。"

    def owe(self) -> None:
        """Somebody was erased: what was carried before still holds him, and goes once a new copy is made there."""
        if self.place() is not None:
            write_whole(self._own / _DEBT, stamp(self._desk.now()).encode())

    def words(self) -> str:
        """What is still to be done there, in a sentence; empty where nothing is."""
        return _OWED if self.place() is not None and (self._own / _DEBT).exists() else ""

    def _tidy(self, second: Path, fresh: str, carried: Iterable[str], lock: Lock | None) -> None:
        old = [copy for name in carried if name != fresh for copy in _names(second, name) if copy.exists()]
        if (self._own / _DEBT).exists():
            gone = old
            _forget(second / ATTACHMENTS, self._desk.home / ATTACHMENTS)
        else:
            gone = self._too_many(second, old)
        for copy in gone:
            copy.unlink(missing_ok=True)
        self._note([fresh, *(copy.name.removesuffix(locked_files.SUFFIX) for copy in old if copy not in gone)])
        (self._own / _DEBT).unlink(missing_ok=True)
        for copy in old:
            if lock is not None and copy not in gone:
                self._relock(copy, lock)

    def _relock(self, copy: Path, lock: Lock) -> None:
        """A copy that lies there open is locked; one of another password is made anew where it lies here as well."""
        name = copy.name.removesuffix(locked_files.SUFFIX)
        if not locked_files.is_locked(copy):
            _copy(copy, copy, lock)
        elif not locked_files.fits(copy, lock) and (self._own / name).exists():
            _copy(self._own / name, copy.with_name(name), lock)

    def _too_many(self, second: Path, old: list[Path]) -> list[Path]:
        sizes = {copy: copy.stat().st_size for copy in (*_backups(second),)}
        mine = {copy: made for copy in sizes if copy in old and (made := taken_in(copy.name))}
        room = shutil.disk_usage(second).free + sum(sizes.values())
        stay = thinned({made: sizes[copy] for copy, made in mine.items()}, to_local(self._desk.now()), room)
        return [copy for copy, made in mine.items() if made not in stay]

    def _carried(self, second: Path) -> list[str]:
        """Names of this home's backups that lie there: another home may keep its own in the same folder."""
        with suppress(OSError, ValueError):
            return [str(name) for name in json.loads((self._own / _CARRIED).read_text(encoding="utf-8"))]
        there = {copy.name.removesuffix(locked_files.SUFFIX) for copy in _backups(second)}
        heads = {name.rpartition("-")[2].removesuffix(".zip"): name for name in there}
        marks = ", ".join("?" * len(heads))
        found = self._desk.rows(
            f"SELECT DISTINCT substr(link, 1, 8) FROM history WHERE substr(link, 1, 8) IN ({marks})", tuple(heads)
        )
        return sorted(name for name in there if (name.rpartition("-")[2].removesuffix(".zip"),) in found)

    def _note(self, names: Iterable[str]) -> None:
        write_whole(self._own / _CARRIED, json.dumps(sorted(set(names))).encode())


def mirror(source: Path, target: Path, lock: Lock | None) -> None:
    """Every attachment once, by its hash: locked by the password of now, or open where none is set. Raises OSError."""
    for path in (one for one in source.rglob("*") if one.is_file()):
        copy = target / path.relative_to(source)
        right = locked_files.fits(_locked(copy), lock) if lock else copy.exists()
        if not right:
            copy.parent.mkdir(parents=True, exist_ok=True)
            _copy(path, copy, lock)
        (copy if lock else _locked(copy)).unlink(missing_ok=True)


def sweep(folder: Path, now: datetime) -> None:
    """What a backup that was killed left half written; one that another program writes now is younger."""
    for left in (*folder.glob(".crm-*"), *folder.glob(f"{ATTACHMENTS}/*/.crm-*")):
        with suppress(OSError):
            if now.timestamp() - left.stat().st_mtime > _LEFT_SECONDS:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _copy(source: Path, target: Path, lock: Lock | None) -> None:
    """Locked under the longer name, the plain one of the same name goes; else plain. Raises OSError."""
    if lock is not None:
        locked_files.lock_file(source, _locked(target), lock)
        target.unlink(missing_ok=True)
        return
    beside = target.with_name(f".crm-{target.name}.tmp")
    shutil.copyfile(source, beside)
    take_name(beside, target)


def _forget(copies: Path, present: Path) -> None:
    """Copies of attachments that the home does not have any more."""
    for copy in copies.glob("*/*"):
        if not (present / copy.parent.name / copy.name.removesuffix(locked_files.SUFFIX)).exists():
            copy.unlink(missing_ok=True)


def _names(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / name, _locked(folder / name)


def _locked(path: Path) -> Path:
    return path.with_name(path.name + locked_files.SUFFIX)


def _backups(folder: Path) -> list[Path]:
    return [copy for pattern in _PATTERNS for copy in folder.glob(pattern)]
