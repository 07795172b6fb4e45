"""Bytes to text the way Chinese spreadsheets write them: UTF-8 or GB18030, strictly, never a guess."""

from __future__ import annotations

import codecs
import re

from crm_desktop.domain.errors import WorkbookRefused

_ZERO = "文件里有空字节，不是文字表格，请用表格软件打开后另存为 xlsx 再导入。"
_ZERO_SHARE = 100
"""A text has no zero bytes; up to one in a hundred is a slip of whoever wrote it and is passed over."""
_CHINESE = re.compile("[\u4e00-\u9fff]{2}")


def decoded(data: bytes) -> str:
    """The text of a file: by its byte-order mark, else strict UTF-8, else strict GB18030.

    :raises WorkbookRefused: none of them fits, a damaged UTF-8 file, or bytes that no text has.
    """
    two_byte = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not two_byte and data.count(0) * _ZERO_SHARE > len(data):
        raise WorkbookRefused(_ZERO)
    try:
        text = data.decode("utf-16" if two_byte else "utf-8-sig")
    except UnicodeDecodeError as failure:
        _refuse_damaged(data, failure)
        text = _chinese(data)
    return text.replace("\x00", "")


def _chinese(data: bytes) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise WorkbookRefused(
            "文件的文字编码认不出来（不是 UTF-8，也不是 GB18030），请用表格软件另存为 xlsx 再导入。"
        ) from None


def _refuse_damaged(data: bytes, failure: UnicodeDecodeError) -> None:
    """Chinese that was UTF-8 up to here does not turn into GB18030: the file is damaged, not foreign."""
    before = data[: failure.start]
    if (
        data.startswith(codecs.BOM_UTF8)
        or "16" in failure.encoding
        or _CHINESE.search(before.decode("utf-8", "ignore"))
    ):
        line = before.count(b"\n") + 1
        raise WorkbookRefused(f"文件第 {line} 行有坏字（编码损坏），请重新导出或另存为 xlsx 再导入。") from None
