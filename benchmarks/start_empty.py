"""The peer of ``bench_start``: an empty PySide6 window, painted once."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
window.grab()
os._exit(0)
