"""What leaves the house: frozen sheets whose text is final, so that exporters are pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

from crm_desktop.domain.columns import CellValue, Column, Kind, Row, shown

__all__ = ["Box", "CellValue", "Column", "Kind", "Letterhead", "Row", "Signature", "TableSheet", "shown"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who prints: stands on every paper (requirements A41). ``logo`` is a PNG's or JPEG's bytes."""

    dealer_name: str = ""
    dealer_code: str = ""
    brand: str = ""
    document_number: str = ""
    version: str = ""
    logo: bytes | None = None
    address: str = ""
    phone: str = ""

    @property
    def contact(self) -> str:
        """Where the customer finds the dealership, in one line; empty where nobody wrote it down."""
        address = f"地址 {self.address}" if self.address else ""
        phone = f"电话 {self.phone}" if self.phone else ""
        return "　".join(part for part in (address, phone) if part)

    @property
    def dealer(self) -> str:
        """Brand, name and code in one line; the brand only where the name does not say it already."""
        brand = f"{self.brand} " if self.brand and self.brand not in self.dealer_name else ""
        code = f"（{self.dealer_code}）" if self.dealer_code else ""
        return f"{brand}{self.dealer_name}{code}".strip()


@dataclass(frozen=True, slots=True)
class TableSheet(Generic[Row]):
    """A list on its way to a file. ``rows`` may be a generator: it is walked once.

    ``period`` is the line under the title (2026年11月, or 2026-11-01 至 2026-11-30), ``code`` what its QR code says on
    paper (``domain/paper_codes.py``).
    """

    title: str
    letterhead: Letterhead
    columns: tuple[Column[Row], ...]
    rows: Iterable[Row]
    period: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box on a paper form, ticked (☑) or not (□)."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A block to sign: its heading, what was decided (boxes), and who signed when (blank to sign by hand)."""

    heading: str
    boxes: tuple[Box, ...] = ()
    name: str = ""
    signed_on: str = ""
    note: str = ""
