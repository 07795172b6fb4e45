"""What stands of the letterhead on every paper, in words."""

from __future__ import annotations

from crm_desktop.domain.sheets import Letterhead


def dealer(letterhead: Letterhead) -> str:
    """The dealership as it stands on paper: brand, name（code）."""
    return letterhead.dealer


def contact(letterhead: Letterhead) -> str:
    """地址 … 电话 …: how the customer finds the dealership; may be empty."""
    return letterhead.contact


def document(letterhead: Letterhead) -> str:
    """Number and version of the paper itself: 文件编号 KG-04-01　版本 3."""
    number = f"文件编号 {letterhead.document_number}" if letterhead.document_number else ""
    version = f"版本 {letterhead.version}" if letterhead.version else ""
    return "　".join(part for part in (number, version) if part)
