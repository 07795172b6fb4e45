"""One writer a data folder: an operating-system lock that dies with its process, and a note that says who holds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from crm_desktop.domain.errors import InUse

LOCK_NAME = "writer.lock"
NOTE_NAME = "writer.txt"


class WriterLock:
    """Held for life by the window, or by a writing command for its run; use as a context manager or ``close``.

    :raises InUse: naming who holds it.
    """

    def __init__(self, home: Path, who: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._note = home / NOTE_NAME
        self._handle = os.open(home / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        if not _take(self._handle):
            os.close(self._handle)
            raise InUse(f"这份数据正由{self._holder()}使用，请先关闭它再试（数据文件夹：{home}）。")
        self.left_behind = self._note.exists()
        """Whether the one who held it before did not end in order (power cut, killed): his note still lies here."""
        self._note.write_text(f"{who}（进程 {os.getpid()}）", encoding="utf-8")

    def __enter__(self) -> WriterLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go; the note goes with it."""
        self._note.unlink(missing_ok=True)
        os.close(self._handle)

    def _holder(self) -> str:
        try:
            return self._note.read_text(encoding="utf-8").strip() or "另一个程序"
        except OSError:
            return "另一个程序"


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - everywhere else

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
