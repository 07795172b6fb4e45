"""Every file that leaves the house is written beside its target and takes the target's place only when it is whole."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from crm_desktop.domain.errors import DeskError, InvalidInput, StorageRefused

# A virus scanner holds a new file for a moment; Excel holds an open one for good.
_TRIES = 5
_PAUSE_SECONDS = 0.1

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_MISSING = {errno.ENOENT, errno.ENOTDIR}
_DENIED = {errno.EACCES, errno.EPERM}
_BAD_NAME = {errno.EINVAL, errno.ENAMETOOLONG, errno.EILSEQ}
_STORAGE = {errno.EROFS, errno.EIO}


class ExportStopped(DeskError):
    """The person cancelled an export; the old file is as it was."""

    def __init__(self) -> None:
        super().__init__("导出已取消，原来的文件没有变；需要时请重新导出。")


class NewFile:
    """A file being written beside its target: fill ``stream`` inside the ``with`` block.

    Afterwards ``path`` says where it lies: the target, or its second name 名称(2).xlsx where the target was open
    elsewhere.
    """

    def __init__(self, target: Path) -> None:
        self.path = target
        self._target = target
        self._beside = target.with_name(f".crm-{secrets.token_hex(8)}.tmp")
        self.stream: BinaryIO = _opened(self._beside, target)

    def __enter__(self) -> NewFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._settle()
            elif cause := _storage_error(error):
                raise _refusal(cause, self._target) from error
        finally:
            with suppress(OSError):  # what could not be written a moment ago cannot be flushed now
                self.stream.close()
            self._beside.unlink(missing_ok=True)

    def _settle(self) -> None:
        try:
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()
            with suppress(OSError):  # a first export has no old file whose mode could be kept
                shutil.copymode(self._target, self._beside)
            self.path = _put_in_place(self._beside, self._target)
        except OSError as error:
            raise _refusal(error, self._target) from error


def replacing(target: Path) -> NewFile:
    """Write beside ``target``, then take its place in one step; on failure the old file stays and nothing else is left.

    :raises StorageRefused: naming the folder, when it is missing, closed to us, read-only or full.
    """
    return NewFile(target)


def checked_target(path: Path, suffixes: tuple[str, ...]) -> Path:
    """The path, if a file of one of the ``suffixes`` (lower case, with their dot) can have that name.

    :raises InvalidInput: for another ending or a folder's name.
    """
    if path.suffix.lower() not in suffixes:
        raise InvalidInput(f"「{path.name}」不能作为导出文件名，请以 {' 或 '.join(suffixes)} 结尾。")
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise _refusal(error, path) from error
    if is_folder:
        raise InvalidInput(f"「{path.name}」是一个文件夹，请换一个文件名。")
    return path


def _opened(beside: Path, target: Path) -> BinaryIO:
    try:
        return beside.open("xb")
    except OSError as error:
        raise _refusal(error, target) from error


def _put_in_place(beside: Path, target: Path) -> Path:
    """Where the finished file lies in the end."""
    for attempt in range(_TRIES):
        try:
            beside.replace(target)
        except PermissionError:
            if not target.is_file():
                raise
            if attempt + 1 < _TRIES:
                time.sleep(_PAUSE_SECONDS)
        else:
            return target
    second = _second_name(target)
    beside.replace(second)
    return second


def _second_name(target: Path) -> Path:
    number = 2
    while (second := target.with_name(f"{target.stem}({number}){target.suffix}")).exists():
        number += 1
    return second


def _storage_error(error: BaseException) -> OSError | None:
    """The storage failure at the root of an error: zipfile and others hide it behind errors of their own."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and (seen.errno in _STORAGE or _is_full(seen)):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _is_full(error: OSError) -> bool:
    """A full disk; ``tempfile`` calls it a missing file without a name when no temporary folder takes a byte."""
    return error.errno in _FULL or (error.errno == errno.ENOENT and error.filename is None)


def _refusal(error: OSError, target: Path) -> StorageRefused:
    folder = target.absolute().parent
    if _is_full(error):
        return StorageRefused(f"磁盘空间不足，「{folder}」里没有写出「{target.name}」，请清理空间或换一个位置再导出。")
    if error.errno in _MISSING:
        return StorageRefused(f"文件夹「{folder}」不存在，请先建好文件夹或换一个位置再导出。")
    if error.errno == errno.EROFS:
        return StorageRefused(f"「{folder}」是只读的，不能写入「{target.name}」，请换一个位置再导出。")
    if error.errno in _DENIED:
        return StorageRefused(f"没有权限写入「{folder}」，请换一个位置，或请管理员开放这个文件夹。")
    if error.errno in _BAD_NAME:
        return StorageRefused(f"「{folder}」里不能有「{target.name}」这个文件名，请换一个短一些、没有特殊符号的名称。")
    return StorageRefused(f"「{folder}」写不进去，「{target.name}」没有导出，请检查磁盘或换一个位置再导出。")
