"""Where the data may lie: on a disk of this computer, in a folder that no other program copies about.

A database that a sync client renames while it is open, or that two computers write over a network, is lost sooner or
later (reliability.md, trap 54). What a folder is like is asked of the system once, as a ``Ground``; the rules below
only read it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path, PurePath

from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.models.database import FILE_NAME, KEY_NAME
from crm_desktop.services.ground import Ground, this_ground

_LEAST_FREE = 500_000_000  # bytes
_REMOTE_DRIVE = 4
"""DRIVE_REMOTE of GetDriveTypeW."""
_NETWORKS = re.compile(r"(nfs\d?|cifs|smb\d?|smbfs|afpfs|webdav|davfs\d?|ncpfs|afs|fuse\.(sshfs|rclone|davfs2?|smb.*))")
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "baidunetdisk": "百度网盘",
    "wps云": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud": "WPS 云盘",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "网盘",
    "google drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "seafile": "Seafile",
}
"""How the folders of sync programs begin, in small letters, and what the desk calls them."""


def why_not(text: str, ground: Ground) -> str:
    """Why data must not lie in this folder, in one sentence; empty where it may."""
    folder = ground.path(text)
    if not folder.is_absolute():
        example = r"D:\客诉管家" if ground.windows else "/srv/客诉管家"
        return f"请写完整的文件夹，如 {example}，不能是“{text}”。"
    if _is_network(folder, ground):
        return (
            f"“{text}”在网络盘上，断网或两台电脑同时写都会弄坏数据：请选这台电脑自己硬盘上的文件夹，网络盘可以放备份。"
        )
    if name := _synced_by(folder, ground):
        return f"“{text}”由{name}同步，会和正在写的数据抢文件：请选不同步的文件夹，{name}里可以放备份。"
    return ""


def checked_place(text: str, ground: Ground | None = None) -> Path:
    """A folder in which data may begin, or in which it lies already; it is tried by writing, and left as it was.

    :raises InvalidInput: under the field ``place``, with one sentence that says what is wrong and what to do.
    """
    ground = ground or this_ground()
    folder = Path(text.strip()).expanduser()
    for told in dict.fromkeys((str(folder), str(folder.resolve()) if folder.is_absolute() else str(folder))):
        if refused := why_not(told, ground):
            raise InvalidInput({"place": refused})
    if folder.exists() and not folder.is_dir():
        raise InvalidInput({"place": f"“{folder}”是一个文件，请选一个文件夹。"})
    if not (folder / FILE_NAME).exists() and folder.is_dir() and _has_foreign_files(folder):
        raise InvalidInput({"place": f"“{folder}”里已有别的文件：请选一个空文件夹，或在后面加一个新名字。"})
    _try_writing(folder)
    return folder


def is_begun(folder: Path) -> bool:
    """Whether the data of a dealership lies here: it has a name, people, customers or complaints."""
    path = folder / FILE_NAME
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)) as rows:
            found = rows.execute(
                "SELECT EXISTS (SELECT 1 FROM settings) OR EXISTS (SELECT 1 FROM staff)"
                " OR EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM complaints)"
            ).fetchone()
    except sqlite3.DatabaseError:  # damaged or of another kind: it is not ours to begin anew
        return True
    return bool(found[0])


def check_still_there(folder: Path) -> None:
    """Before a folder that was chosen is opened: one that is gone is not made again in silence.

    :raises StorageRefused: saying which, and what to do.
    """
    if not ((folder / FILE_NAME).exists() or (folder / KEY_NAME).exists()):
        raise StorageRefused(f"数据文件夹不见了：{folder}。请接好放数据的硬盘再打开；数据搬走了的，请把它搬回原处。")


def _is_network(folder: PurePath, ground: Ground) -> bool:
    if ground.windows:
        drive = folder.drive
        return drive.startswith("\\\\") or ground.drive_type(f"{drive}\\") == _REMOTE_DRIVE
    inside = [(len(place), kind) for place, kind in ground.mounts if folder.is_relative_to(place)]
    return bool(inside) and _NETWORKS.fullmatch(max(inside)[1]) is not None


def _synced_by(folder: PurePath, ground: Ground) -> str:
    if any(folder.is_relative_to(ground.path(place)) for place in ground.synced):
        return " OneDrive "
    for part in folder.parts:
        for begins, name in _SYNCED.items():
            if part.casefold().startswith(begins):
                return f" {name} " if name.isascii() else name
    return ""


def _has_foreign_files(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        raise InvalidInput({"place": f"“{folder}”打不开，请换一个文件夹，或请管理员给这个账户读写的权限。"}) from None


def _try_writing(folder: Path) -> None:
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"crm")
        free = shutil.disk_usage(folder).free
    except OSError:
        raise InvalidInput({"place": f"“{folder}”不能写入，请换一个文件夹，或请管理员给这个账户写入的权限。"}) from None
    finally:
        for place in made:
            with suppress(OSError):
                place.rmdir()
    if free < _LEAST_FREE:
        raise InvalidInput({"place": f"“{folder}”所在的盘只剩 {free // 1_000_000} MB，请换一个至少空 500 MB 的盘。"})
