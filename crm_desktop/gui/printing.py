"""Paper: shows the very PDF that will be printed, and prints it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.print_style import PrintStyle
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.print_memory import PrintChoice, PrintMemory, kind_of
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel

_DPI = 300
_USUAL = QSize(1366, 768)
_AROUND = 48
TWO, STOCK = "一式两联", "套打"
NO_PRINTER = "这台电脑没有可用的打印机，请先“另存为 PDF”，或在系统里添加打印机后再试。"


class PreviewDialog(DeskDialog):
    """打印预览: the pages as they will come out. The PDF lives in memory only; no copy with names and phones stays.

    ``style_wanted``: 一式两联 and 套打 as they are ticked now; whoever opened it answers with ``show_pdf``.
    ``handed_out``: it was printed or saved, and how. ``exact``: a millimetre of the page is a millimetre on paper.
    """

    style_wanted = Signal(bool, bool)
    handed_out = Signal(str)
    redrawn = Signal()

    def __init__(
        self,
        pdf: bytes,
        title: str,
        messages: Messages,
        parent: QWidget | None = None,
        memory: PrintMemory | None = None,
        style: PrintStyle | None = None,
    ) -> None:
        """``memory``: what this computer remembers of printing. ``style``: how the form is shown, where there is a
        choice."""
        super().__init__(parent)
        self._pdf = self._printed = pdf
        self._title, self._messages, self._memory = title, messages, memory
        self.exact = style is not None and style.stock is not None
        self._view = QPdfView(self)  # before every document: what belongs to a widget goes in the order it came
        self._document = QPdfDocument(self)
        self._pages = PlainLabel(role="caption")
        self._told = ElidedLabel(role="caption")
        self._two, self._stock = QCheckBox(TWO), QCheckBox(STOCK)
        self._print = Button("打印", "Ctrl+P", Weight.MAIN)
        self._save = Button("另存为 PDF", "Ctrl+S")
        self._close = Button("关闭预览", "Esc")
        self._offer(style)
        self._lay_out()
        self._load()
        self._fit_into(self.parentWidget())
        self._print.clicked.connect(self._on_print)
        self._save.clicked.connect(self.save)
        self._close.clicked.connect(self.reject)
        for box in (self._two, self._stock):
            box.toggled.connect(self._on_style)
        messages.said.connect(self._on_said)
        self._view.setFocus()

    def words(self) -> str:
        """Every word on the pages shown."""
        return "\n".join(self._document.getAllText(page).text() for page in range(self.page_count()))

    def show_pdf(self, shown: bytes, printed: bytes) -> None:
        """Other pages: what is looked at, and what is printed and saved, which differ for 套打 only."""
        self._pdf, self._printed = shown, printed
        self._load()
        self.redrawn.emit()

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
        row.addWidget(self._two)
        row.addWidget(self._stock)
        for button in (self._close, self._save, self._print):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, 1)
        layout.addLayout(row)

    def _offer(self, style: PrintStyle | None) -> None:
        """The ways to print that this paper has; what was chosen before is ticked."""
        kind = kind_of(self._title)
        self._two.setVisible(style is not None)
        self._stock.setVisible(style is not None and self._memory is not None and self._memory.uses_stock(kind))
        for box, name in ((self._two, TWO), (self._stock, STOCK)):
            box.setAccessibleName(name)
        if style is not None:
            self._two.setChecked(style.copies)
            self._stock.setChecked(style.stock is not None)

    def _load(self) -> None:
        """A document of its own for each PDF; none goes before the view, whose thread may still draw pages of it."""
        self._document = _opened(self._pdf, self)
        self._view.setDocument(self._document)
        self._pages.setText(f"共 {self.page_count()} 页")

    def _fit_into(self, window: QWidget | None) -> None:
        """As large as the window lets it be, and no wider than a page is worth."""
        room = window.window().size() if window is not None else _USUAL
        points = self._document.pagePointSize(0)
        height = room.height() - _AROUND
        self.resize(min(room.width() - _AROUND, round(height * max(points.width() / points.height(), 1.2))), height)

    def _on_style(self) -> None:
        self.exact = self._stock.isChecked()
        self._remember(self._kept())
        self.style_wanted.emit(self._two.isChecked(), self._stock.isChecked())

    def _on_print(self) -> None:
        printers = QPrinterInfo.availablePrinterNames()
        if not printers:
            self._messages.refused(NO_PRINTER)
            self._save.setFocus()
            return
        kept = self._kept()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if kept.printer in printers:
            printer.setPrinterName(kept.printer)
        printer.setDocName(self._title)
        printer.setPageOrientation(_orientation(self._document))
        printer.setCopyCount(kept.copies)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(f"打印 – {self._title}")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Sends the pages to a printer that was chosen, and remembers which and how many for this kind of paper."""
        document = _opened(self._printed, self)
        if print_document(document, printer, exact=self.exact):
            self._remember(replace(self._kept(), printer=printer.printerName(), copies=printer.copyCount()))
            self._messages.done(f"已送往打印机：{self._title}")
            self.handed_out.emit(f"打印 {printer.copyCount()} 份")
        else:
            self._messages.refused("打印机没有接受这份文件，请检查打印机是否开机、有纸，或先另存为 PDF。")
            self._save.setFocus()

    def _kept(self) -> PrintChoice:
        choice = self._memory.choice(kind_of(self._title)) if self._memory is not None else PrintChoice()
        return replace(choice, two=self._two.isChecked()) if self._two.isVisibleTo(self) else choice

    def _remember(self, choice: PrintChoice) -> None:
        if self._memory is not None:
            self._memory.keep(kind_of(self._title), choice)

    def save(self) -> None:
        """The PDF as it would be printed, where the person wants it."""
        path = self._messages.choose_save("另存为 PDF", f"{self._title}.pdf", ["PDF 文件 (*.pdf)"])
        if path is None:
            return
        try:
            saved = save_pdf(self._printed, path)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._messages.done(f"已保存：{saved.name}", saved)
            self.handed_out.emit("另存为 PDF")

    def _on_said(self, message: Message) -> None:
        """The bar named 消息 lies behind this dialog, so what it says stands here too."""
        self._told.setText(message.text)


def save_pdf(pdf: bytes, path: Path) -> Path:
    """Writes the bytes beside and puts them in place; raises StorageRefused. Returns where they lie in the end."""
    from crm_desktop.exporters.files import replacing  # noqa: PLC0415 - only when something is saved

    with replacing(path) as new:
        new.stream.write(pdf)
    return new.path


def _opened(pdf: bytes, owner: QObject) -> QPdfDocument:
    """The PDF as Qt reads it out of memory; its buffer goes with it."""
    document = QPdfDocument(owner)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def print_document(document: QPdfDocument, printer: QPrinter, *, exact: bool = False) -> bool:
    """Every page on its own sheet; False where the printer refuses to begin.

    It is as large as what the printer can print on its paper, or, ``exact``, as large as it is, edge to edge.
    """
    printer.setFullPage(exact)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for page in range(document.pageCount()):
            if page and not printer.newPage():
                return False
            room = _true_size(document, page, printer) if exact else painter.viewport()
            painter.drawImage(room, page_image(document, page))
    finally:
        painter.end()
    return True


def _true_size(document: QPdfDocument, page: int, printer: QPrinter) -> QRect:
    """A page in the dots of the printer, from the upper left corner of its paper."""
    points, dots = document.pagePointSize(page), printer.resolution() / 72
    return QRect(0, 0, round(points.width() * dots), round(points.height() * dots))


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
