"""Paper: shows the very PDF that will be printed, and prints it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel

_DPI = 300
_USUAL = QSize(1366, 768)
_AROUND = 48
NO_PRINTER = "这台电脑没有可用的打印机，请先“另存为 PDF”，或在系统里添加打印机后再试。"


class PreviewDialog(QDialog):
    """打印预览: the pages as they will come out. The PDF lives in memory only; no copy with names and phones stays."""

    def __init__(self, pdf: bytes, title: str, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = pdf
        self._title = title
        self._messages = messages
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._pages = PlainLabel(role="caption")
        self._told = ElidedLabel(role="caption")
        self._print = Button("打印", "Ctrl+P", Weight.MAIN)
        self._save = Button("另存为 PDF", "Ctrl+S")
        self._close = Button("关闭预览", "Esc")
        self._lay_out()
        self._load()
        self._print.clicked.connect(self._on_print)
        self._save.clicked.connect(self._on_save)
        self._close.clicked.connect(self.reject)
        messages.said.connect(self._on_said)
        self._view.setFocus()

    def page_count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def _lay_out(self) -> None:
        self.setWindowTitle(f"打印预览 – {self._title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName("打印预览")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._pages)
        row.addWidget(self._told, 1)
        for button in (self._close, self._save, self._print):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, 1)
        layout.addLayout(row)

    def _load(self) -> None:
        self._buffer.setData(QByteArray(self._pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._view.setDocument(self._document)
        self._pages.setText(f"共 {self.page_count()} 页")
        self._fit_into(self.parentWidget())

    def _fit_into(self, window: QWidget | None) -> None:
        """As large as the window lets it be, and no wider than a page is worth."""
        room = window.window().size() if window is not None else _USUAL
        points = self._document.pagePointSize(0)
        height = room.height() - _AROUND
        self.resize(min(room.width() - _AROUND, round(height * max(points.width() / points.height(), 1.2))), height)

    def _on_print(self) -> None:
        if not QPrinterInfo.availablePrinterNames():
            self._messages.refused(NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title)
        printer.setPageOrientation(_orientation(self._document))
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(f"打印 – {self._title}")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            if print_document(self._document, printer):
                self._messages.done(f"已送往打印机：{self._title}")
            else:
                self._messages.refused("打印机没有接受这份文件，请检查打印机是否开机、有纸，或先另存为 PDF。")

    def _on_save(self) -> None:
        path = self._messages.choose_save("另存为 PDF", f"{self._title}.pdf", ["PDF 文件 (*.pdf)"])
        if path is None:
            return
        try:
            saved = save_pdf(self._pdf, path)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._messages.done(f"已保存：{saved.name}", saved)

    def _on_said(self, message: Message) -> None:
        """The bar named 消息 lies behind this dialog, so what it says stands here too."""
        self._told.setText(message.text)


def save_pdf(pdf: bytes, path: Path) -> Path:
    """Writes the bytes beside and puts them in place; raises StorageRefused. Returns where they lie in the end."""
    from crm_desktop.exporters.files import replacing  # noqa: PLC0415 - only when something is saved

    with replacing(path) as new:
        new.stream.write(pdf)
    return new.path


def print_document(document: QPdfDocument, printer: QPrinter) -> bool:
    """Every page on its own sheet, as large as the printer's paper; False where the printer refuses to begin."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for page in range(document.pageCount()):
            if page and not printer.newPage():
                return False
            painter.drawImage(painter.viewport(), page_image(document, page))
    finally:
        painter.end()
    return True


def page_image(document: QPdfDocument, page: int) -> QImage:
    """One page as a picture of 300 dpi on white ground (the renderer leaves it transparent)."""
    points = document.pagePointSize(page)
    size = QSize(round(points.width() / 72 * _DPI), round(points.height() / 72 * _DPI))
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    return picture


def _orientation(document: QPdfDocument) -> QPageLayout.Orientation:
    points = document.pagePointSize(0)
    wide = points.width() > points.height()
    return QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
