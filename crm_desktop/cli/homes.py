"""Opens the data folder for a command, and asks who gives it: name and PIN, once the home has staff."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotAllowed, StorageRefused
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.database import FILE_NAME, KEY_NAME
from crm_desktop.models.lock import WriterLock
from crm_desktop.paths import chosen_home, empty_private_temp
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.places import check_still_there

SCREEN = "命令行"
_NO_REASON = "命令行导出，没有写明原因"


@contextmanager
def looking(asked: Namespace) -> Iterator[Office]:
    """An open home that exists, for a command that tells nothing of customers; runs beside the window."""
    if not any((asked.home / name).exists() for name in (FILE_NAME, KEY_NAME)):
        raise StorageRefused(f"这里还没有客诉管家的数据：{asked.home}。请核对 --home，或先打开程序、导入数据。")
    office = open_office(asked.home)
    try:
        yield office
    finally:
        office.desk.database.close()


@contextmanager
def reading(asked: Namespace) -> Iterator[tuple[Office, Act]]:
    """An open home that exists, and who reads in it; runs beside the window."""
    with looking(asked) as office:
        yield office, signed(office, asked)


@contextmanager
def filling(asked: Namespace) -> Iterator[Office]:
    """An open home, made if it is not there, with the writer's lock held; never in the place of a chosen one."""
    if not asked.named and asked.home == chosen_home():
        check_still_there(asked.home)
    try:
        lock = WriterLock(asked.home, f"命令行 {asked.command}")
    except OSError:
        raise StorageRefused(f"数据文件夹不能写入：{asked.home}。请检查文件夹是否存在、是否有权限。") from None
    with lock:
        empty_private_temp(asked.home)
        office = open_office(asked.home)
        try:
            yield office
        finally:
            office.desk.close()


@contextmanager
def writing(asked: Namespace) -> Iterator[tuple[Office, Act]]:
    """An open home, made if it is not there, with the writer's lock held, and who writes in it."""
    with filling(asked) as office:
        yield office, signed(office, asked)


@contextmanager
def trying(asked: Namespace) -> Iterator[tuple[Office, Act]]:
    """As ``writing``, but a home that is not there is not made: the trial runs in one that goes again."""
    if (asked.home / FILE_NAME).exists():
        with writing(asked) as found:
            yield found
        return
    with TemporaryDirectory(prefix="crm-") as place, writing(Namespace(**{**vars(asked), "home": Path(place)})) as new:
        yield new


@contextmanager
def exporting(asked: Namespace) -> Iterator[tuple[Office, Act]]:
    """For papers and lists: a masked one runs beside the window, an unmasked one leaves a line in the history.

    :raises NotAllowed: as ``signed``, or without the right to export.
    """
    with looking(asked):
        pass
    unmasked = getattr(asked, "unmasked", False)
    with (writing if unmasked else reading)(asked) as (office, act):
        office.upkeep.check_export(act)
        yield office, act


def signed(office: Office, asked: Namespace) -> Act:
    """Who gives this command: in a home without staff whoever says so, else the person of ``--as`` with the PIN.

    :raises NotAllowed: nobody named, no PIN told, or a wrong one.
    """
    if not office.desk.guarded():
        person = office.staff.find(asked.person) if asked.person else None
        return office.staff.act(person, SCREEN) if person else office.desk.act(SCREEN, SCREEN)
    if not asked.person:
        raise NotAllowed("这里已建员工：请在命令前写 --as 姓名（或只有一人担任的岗位），并给出这个人的 PIN。")
    return office.staff.act(office.access.login(asked.person, _pin(asked.person)), SCREEN)


def reason_of(asked: Namespace, act: Act) -> str:
    """Why full numbers leave the house: told with ``--reason``, else asked for on the terminal.

    A script that tells none is served, because interface.md promises ``--unmasked`` alone; the line in the history
    says that nobody gave a reason.

    :raises NotAllowed: without the right.
    """
    require(act, Right.UNMASK)
    if asked.reason.strip():
        return str(asked.reason)
    if sys.stdin is None or not sys.stdin.isatty():
        return _NO_REASON
    return input("导出完整号码的原因：")


def _pin(who: str) -> str:
    told = os.environ.get("CRM_PIN")
    if told is not None:
        return told
    if sys.stdin is None or not sys.stdin.isatty():
        raise NotAllowed(f"没有给出{who}的 PIN：请在终端里运行再输入，或放进环境变量 CRM_PIN。")
    from getpass import getpass  # noqa: PLC0415 - only when somebody sits at a terminal

    return getpass(f"{who}的 PIN：")
