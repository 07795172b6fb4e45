"""What happens when something happens that must not: a log without personal data, one sentence, and the desk goes on.

The log holds types, places in our code and times. Values are left out on purpose: the text of a ValueError or of a
Qt warning may carry a customer's name or phone.
"""

from __future__ import annotations

import contextlib
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from crm_desktop.clock import system_clock
from crm_desktop.domain.errors import DeskError

SENTENCE = "程序内部出错，刚才这一步可能没有完成；原因已记入日志，可以继续使用，请核对后重试。"
_LOG_LIMIT = 512 * 1024
_VALUES = re.compile(r"\"[^\"]*\"|'[^']*'|\d{3,}|[^\x00-\x7f]+")
_GRAVE = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class CrashGuard(QObject):
    """Catches what nobody caught. ``broke`` carries the sentence for the desk, safely from every thread."""

    broke = Signal(str)

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log

    def install(self) -> None:
        """Stand behind the interpreter, its threads and Qt from now on."""
        sys.excepthook = self.on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(self._on_qt_message)

    def uninstall(self) -> None:
        """Step back: the interpreter's and Qt's own ways again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the error and say so; a refusal that a slot forgot to catch is simply said."""
        if isinstance(error, DeskError):
            self.broke.emit(error.sentence)
            return
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._write(f"{describe(error)}")
        self.broke.emit(SENTENCE)

    def _on_thread_exception(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.on_exception(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _GRAVE:
            self._write(f"Qt {context.category or ''} {_VALUES.sub('…', message)}")

    def _write(self, line: str) -> None:
        # A full disk must not turn a small fault into an endless one: what cannot be logged is let go.
        with contextlib.suppress(OSError):
            self._log.parent.mkdir(parents=True, exist_ok=True)
            if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT:
                self._log.replace(self._log.with_suffix(".1.log"))
            with self._log.open("a", encoding="utf-8") as file:
                file.write(f"{system_clock():%Y-%m-%dT%H:%M:%SZ} {line}\n")


def describe(error: BaseException) -> str:
    """Type and way of an error, innermost place first, causes behind: no values, no folders of this computer."""
    places = [
        f"{_from_package(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    ]
    cause = error.__cause__ or error.__context__
    behind = f" | from {describe(cause)}" if cause is not None else ""
    return f"{type(error).__name__} at {' < '.join(places) or '?'}{behind}"


def _from_package(filename: str) -> str:
    parts = Path(filename).parts
    start = parts.index("crm_desktop") if "crm_desktop" in parts else len(parts) - 1
    return "/".join(parts[start:])
