"""The window's entrance: opens the data folder, builds the main window, introduces the rooms to each other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.domain.errors import DeskError, InUse, StorageRefused
from crm_desktop.models.database import FILE_NAME, is_behind
from crm_desktop.models.lock import WriterLock
from crm_desktop.services import clocks, promise_lists, roster, today  # noqa: F401 - see below
from crm_desktop.services.office import open_office

# PySide6 reads the source of every module that is imported after it: those without Qt go first, also what the first
# page will ask for.
# isort: split
from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from crm_desktop.app.program import Program
from crm_desktop.gui import theme
from crm_desktop.gui.crash import CrashGuard
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.paths import chosen_home, empty_private_temp, window_memory

if TYPE_CHECKING:
    from crm_desktop.domain.duties import Hired

LOG = Path("logs") / "crash.log"
_SETTLED_AFTER_MS = 2_000


def run_window(home: Path, told: Message | None = None, *, named: bool = True, hired: Hired | None = None) -> int:
    """Shows the window until it is closed; ``told`` is said once it stands there, ``hired`` sits there already.

    Where nobody ``named`` the folder, the first start of this computer asks for it and for what else belongs to it.
    Exit status as the command line's: a refusal's code, else 0.
    """
    application = start_qt(theme.kept_look(window_memory(home)))
    if not named and not (home / FILE_NAME).exists():
        return _first_start(home)
    messages = Messages()
    try:
        program = open_program(home, messages)
    except DeskError as refusal:
        return _in_trouble(home, refusal)
    guard = CrashGuard(home / LOG)
    guard.install()
    guard.broke.connect(messages.refused)
    program.show(hired)
    if told is not None:
        messages.say(told)
    QTimer.singleShot(_SETTLED_AFTER_MS, program, lambda: _settled(home, program))
    status = application.exec()
    wished = program.wished
    if wished is None:
        program.leave()
    program.close()
    empty_private_temp(home)
    for part in (program.window, program):  # with its clocks: nothing of it may wake beside the next window
        part.deleteLater()
    guard.uninstall()
    if wished is None:
        return status
    from crm_desktop.app.restoring import put_back  # noqa: PLC0415 - only where somebody wants it

    return run_window(home, put_back(home, *wished))


def _first_start(home: Path) -> int:
    """Asks where data is to lie and who works with it, unless that was settled once and the folder is gone."""
    from crm_desktop.app.first_start import FirstStart  # noqa: PLC0415 - once in a computer's life
    from crm_desktop.services.places import check_still_there  # noqa: PLC0415 - with it

    if home == chosen_home():
        try:
            check_still_there(home)
        except DeskError as refusal:
            return _in_trouble(home, refusal)
        return run_window(home)
    start = FirstStart(Messages()).ask()
    return 0 if start is None else run_window(start.home, start.message, hired=start.hired)


def _settled(home: Path, program: Program) -> None:
    from crm_desktop.app.beckon import Beckoned  # noqa: PLC0415 - after the first page is painted

    Beckoned(home, program.window)
    program.keep()


def _in_trouble(home: Path, refusal: DeskError) -> int:
    """The page that fits; where a backup was restored the window opens after all."""
    from crm_desktop.app.beckon import beckon  # noqa: PLC0415 - only where something is wrong
    from crm_desktop.app.trouble import TroubleDesk  # noqa: PLC0415 - only where something is wrong

    if isinstance(refusal, InUse) and beckon(home):
        return 0
    print(refusal.sentence, file=sys.stderr)  # noqa: T201 - whoever started it from a console reads it too
    if TroubleDesk(home, refusal, Messages()).open():
        return run_window(home)
    return refusal.code


def start_qt(look: theme.Look | None = None) -> QApplication:
    """Qt in Chinese, in our clothes: light ones unless a look was chosen; the same application when it is there."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        if look is not None:
            theme.apply(running, *look)
        return running
    application = theme.application(sys.argv[:1])
    application.setApplicationName("客诉管家")
    translator = QTranslator(application)
    if translator.load(QLocale("zh_CN"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    theme.apply(application, *(look or theme.Look(theme.Mode.LIGHT)))
    return application


def open_program(home: Path, messages: Messages) -> Program:
    """Takes the writer's lock, opens the data (an older folder is brought up to date first, which may take minutes) and
    builds the window, without showing it.

    :raises DeskError: somebody else holds the folder, or the data cannot be opened.
    """
    try:
        lock = WriterLock(home, "客诉管家窗口")
    except OSError:
        raise StorageRefused(f"数据文件夹不能写入：{home}。请检查文件夹是否存在、是否有权限。") from None
    empty_private_temp(home)
    try:
        _make_ready(home, suspect=lock.left_behind and (home / FILE_NAME).exists())
        return Program(open_office(home, rows_only=True), lock, messages)
    except BaseException:
        lock.close()
        raise


def _make_ready(home: Path, *, suspect: bool) -> None:
    """What was left by an unclean end is proven, what is older is brought up; of an older file the structure can be
    proven before, and its rows only afterwards."""
    behind = is_behind(home)
    if suspect:
        from crm_desktop.app.upgrade import prove  # noqa: PLC0415 - only after an unclean end

        prove(home)
    if behind:
        from crm_desktop.app.upgrade import bring_up  # noqa: PLC0415 - once after a new version

        bring_up(home)
    if suspect and behind:
        prove(home)
