"""A backup put back from the running window: the window is gone, the data let go; then it opens again."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.app.upgrade import Told, wait_for
from crm_desktop.domain.errors import Damaged, DeskError, NewerSchema, StorageRefused
from crm_desktop.gui.messages import Message, Mood
from crm_desktop.models.lock import WriterLock
from crm_desktop.services.backups import restore
from crm_desktop.services.office import open_office

_RESTORING = (
    "正在恢复备份",
    "现在的数据先备份一次，再换成选定的备份；原来的文件留在数据文件夹里。请不要关机，做完自动打开。",
)


def put_back(home: Path, bundle: Path, code: str) -> Message:
    """What the window says once it is open again; where anything went wrong the data is as it was."""
    try:
        return Message(Mood.DONE, restored(home, bundle, code))
    except DeskError as refusal:
        return Message(Mood.REFUSED, f"没有恢复，数据还是原来的：{refusal.sentence}")


def restored(home: Path, bundle: Path, code: str = "", password: str = "") -> str:
    """The backup is the data now, what was there a backup where it is sound, and files in a folder in any case.

    Beside a page that says what is being done.

    :raises DeskError: as ``services.backups.restore``; the data is as it was.
    """
    sentences: list[str] = []

    def work(told: Told) -> None:
        def put(done: int, total: int) -> None:
            told("恢复", done, total)

        try:
            with WriterLock(home, "恢复备份"):
                told("备份现在的数据", 0, 0)
                _keep_present(home, told)
                sentences.append(restore(home, bundle, code, password, put))
        except OSError:
            raise StorageRefused(f"数据文件夹不能写入：{home}。请检查文件夹是否存在、是否有权限。") from None

    wait_for(work, *_RESTORING)
    return sentences[0]


def _keep_present(home: Path, told: Told) -> None:
    """Damaged data cannot become a backup; its files are kept aside by the restore."""

    def copied(done: int, total: int) -> None:
        told("备份现在的数据", done, total)

    try:
        office = open_office(home)
        try:
            if not office.backups.marked():
                office.backups.before("恢复", copied)
        finally:
            office.desk.close()
    except (Damaged, NewerSchema):
        return
