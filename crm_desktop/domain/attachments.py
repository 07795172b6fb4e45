"""附件: what may be kept beside a case or a customer, told by its content and never by its name alone.

kind_of(head) -> Kind            the first bytes decide        safe_name(name, Kind) -> the name it is kept under
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import clean_line

LARGEST = 50 * 1024 * 1024
HEAD_BYTES = 16
_LONGEST_NAME = 100
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Kind:
    """A safe type: how it is called and the suffix it is stored with."""

    label: str
    suffix: str
    also: tuple[str, ...] = ()


PNG, JPEG = Kind("图片", ".png"), Kind("图片", ".jpg", (".jpeg",))
PDF = Kind("PDF", ".pdf")
WAV, MP3, M4A = Kind("录音", ".wav"), Kind("录音", ".mp3"), Kind("录音", ".m4a", (".mp4",))


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose content lies in the data folder already, to be named by a verb; ``size`` in bytes."""

    name: str
    digest: str
    suffix: str
    size: int


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One attachment as listed. ``entered_at`` UTC, ``size`` in bytes."""

    id: int
    ver: int
    name: str
    label: str
    size: int
    note: str
    who: str
    entered_at: datetime
    number: str = ""


def kind_of(head: bytes) -> Kind:
    """The type by the first bytes of the content.

    :raises InvalidInput: anything but pictures, PDF and recordings (programs, documents with macros, pages).
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"%PDF-"):
        return PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 == 0xE2):
        return MP3
    if head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"M4B", b"mp4", b"iso"):
        return M4A
    raise InvalidInput("附件只收图片（PNG、JPG）、PDF 和录音（MP3、M4A、WAV），请先转换再添加。")


def safe_name(name: str, kind: Kind) -> str:
    """The last part of a name, without what a file system takes for something else, with the suffix of its content.

    Whatever stands before a slash or backslash goes: a name never leads anywhere.
    """
    last = re.split(r"[/\\]", clean_line(name))[-1]
    stem = _FORBIDDEN.sub("", last).strip(" .")
    for suffix in (kind.suffix, *kind.also):
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)].rstrip(" .")
    if not stem or _RESERVED.fullmatch(stem):
        stem = "附件"
    return f"{stem[:_LONGEST_NAME]}{kind.suffix}"


def checked_size(size: int) -> int:
    """:raises InvalidInput: an empty file, or one that is too large."""
    if size == 0:
        raise InvalidInput("这个文件是空的，请重新选一个。")
    if size > LARGEST:
        raise InvalidInput(
            f"附件最大 {LARGEST // 1024 // 1024} MB，这个文件 {size / 1024 / 1024:.0f} MB，请压缩后再添加。"
        )
    return size


def distinct_name(name: str, taken: Collection[str]) -> str:
    """The name, told apart from those that are there: 签字单.png, 签字单 (2).png …"""
    stem, dot, suffix = name.rpartition(".")
    names = (name, *(f"{stem} ({number}){dot}{suffix}" for number in range(2, len(taken) + 2)))
    return next(one for one in names if one not in taken)


def label_of(suffix: str) -> str:
    """图片, PDF or 录音 of a stored suffix."""
    return next((kind.label for kind in (PNG, JPEG, PDF, WAV, MP3, M4A) if kind.suffix == suffix), "")
