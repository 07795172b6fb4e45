"""What a file really is, told by its first bytes and never by its name."""

from __future__ import annotations

from enum import Enum

from crm_desktop.domain.errors import WorkbookRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class FileKind(Enum):
    """What the readers can read."""

    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    TEXT = "text"


def kind_of(data: bytes) -> FileKind:
    """The kind of a file's bytes.

    :raises WorkbookRefused: empty, password-protected, or a known kind of file that is no table.
    """
    if not data.strip(b"\x00 \t\r\n") or data in _BOMS:
        raise WorkbookRefused("文件是空的，请选一个有内容的表格。")
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            raise WorkbookRefused(f"这是{name}，不是表格，请用 xlsx、xls 或 csv 文件导入。")
    if data.startswith(b"PK"):
        return FileKind.XLSX
    if data.startswith(_OLE):
        return _inside_ole(data)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096].lower()
    if start.startswith(b"mime-version:"):
        raise WorkbookRefused("这是网页存档（mht），请用表格软件打开后另存为 xlsx 再导入。")
    if start.startswith(b"<"):
        return _marked_up(start)
    return FileKind.TEXT


def _inside_ole(data: bytes) -> FileKind:
    """What an OLE container holds, by the names of its streams."""
    if _stream("EncryptedPackage") in data:
        raise WorkbookRefused("工作簿有打开密码，请先用表格软件去掉密码，另存后再导入。")
    if _stream("Workbook") in data or _stream("Book") in data:
        return FileKind.XLS
    if _stream("WordDocument") in data:
        raise WorkbookRefused("这是 Word 文档，不是表格，请用 xlsx、xls 或 csv 文件导入。")
    raise WorkbookRefused("文件已损坏或不是工作簿，请用表格软件打开检查，另存为 xlsx 再导入。")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _marked_up(start: bytes) -> FileKind:
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise WorkbookRefused("这是 XML 表格（Excel 2003 格式），请用表格软件打开后另存为 xlsx 再导入。")
    return FileKind.HTML
