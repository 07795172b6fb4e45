"""What happens when something happens that must not: a line in the log, one sentence, and the desk goes on."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from crm_desktop import logbook
from crm_desktop.domain.errors import DeskError

SENTENCE = "程序内部出错，刚才这一步可能没有完成；原因已记入日志，可以继续使用，请核对后重试。"
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
        logbook.write(self._log, logbook.describe(error))
        self.broke.emit(SENTENCE)

    def _on_thread_exception(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.on_exception(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _GRAVE:
            logbook.write(self._log, f"Qt {context.category or ''} {logbook.without_values(message)}")
