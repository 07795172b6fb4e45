"""设置: the dealership's name on every print, and what else the desk may choose."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sheets import Letterhead
from crm_desktop.domain.text import checked_line
from crm_desktop.models.desk import Setting
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.kept import SECOND_FOLDER, kept_text, text_of

LOCK_MINUTES = "lock.minutes"
SCAN_FOLDER = "scan.folder"
_USUAL_LOCK, _LONGEST_LOCK = 10, 240

LABELS: Mapping[str, str] = {
    "dealership.name": "经销商名称",
    "dealership.code": "经销商代码",
    "dealership.brand": "品牌",
    "dealership.address": "地址",
    "dealership.phone": "服务电话",
    "demo": "演示数据",
    LOCK_MINUTES: "锁屏（分钟）",
    SCAN_FOLDER: "扫描文件夹",
    SECOND_FOLDER: "备份的第二个文件夹",
    **{f"paper.{p}.document_number": f"《{PAPER_TITLES[p]}》文件编号" for p in Paper},
    **{f"paper.{p}.version": f"《{PAPER_TITLES[p]}》版本" for p in Paper},
}
_LOGO = "dealership.logo"
_LOGO_LIMIT = 500_000
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class Settings:
    """Named values as text; a name never set is empty."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def value(self, name: str) -> str:
        """One setting."""
        return kept_text(self._desk, name)

    def values(self) -> dict[str, str]:
        """All settings with a label."""
        kept = {name: text_of(value) for name, value in self._desk.rows("SELECT name, value FROM settings")}
        return {name: kept.get(name, "") for name in LABELS}

    def change(self, changes: Mapping[str, str], act: Act) -> None:
        """Keeps these settings, each change in the history.

        :raises InvalidInput: for an unknown name, a text that is too long, or minutes that make no sense.
        """
        act = require(act, Right.RULES)
        cleaned = checked_settings(changes)
        with self._desk.writing(act) as ledger:
            keep(ledger, cleaned)

    def lock_minutes(self) -> int:
        """After so many minutes without a key the window is locked."""
        return int(self.value(LOCK_MINUTES) or _USUAL_LOCK)

    def set_logo(self, picture: bytes, act: Act) -> None:
        """The logo for every print: PNG or JPEG up to 500 kB, empty bytes to take it away.

        :raises InvalidInput: for other files or larger ones.
        """
        act = require(act, Right.RULES)
        if picture and not picture.startswith(_PICTURES):
            raise InvalidInput("标志请用 PNG 或 JPG 图片。")
        if len(picture) > _LOGO_LIMIT:
            raise InvalidInput("标志图片太大，请用 500 KB 以内的图片。")
        with self._desk.writing(act) as ledger:
            keep(ledger, {_LOGO: base64.b64encode(picture).decode()})

    def letterhead(self, paper: Paper) -> Letterhead:
        """What stands on one kind of paper."""
        kept = self.values()
        logo = self.value(_LOGO)
        return Letterhead(
            dealer_name=kept["dealership.name"],
            dealer_code=kept["dealership.code"],
            brand=kept["dealership.brand"],
            document_number=kept[f"paper.{paper}.document_number"],
            version=kept[f"paper.{paper}.version"],
            logo=base64.b64decode(logo) if logo else None,
            address=kept["dealership.address"],
            phone=kept["dealership.phone"],
        )


def checked_settings(changes: Mapping[str, str]) -> dict[str, str]:
    """These settings as they are kept; raises as ``Settings.change``."""
    unknown = [name for name in changes if name not in LABELS]
    if unknown:
        raise InvalidInput(f"没有名为“{unknown[0]}”的设置。")
    cleaned = {name: checked_line(value, LABELS[name], 120) for name, value in changes.items()}
    if cleaned.get(LOCK_MINUTES):
        cleaned[LOCK_MINUTES] = str(_checked_minutes(cleaned[LOCK_MINUTES]))
    return cleaned


def keep(ledger: Ledger, values: Mapping[str, str]) -> None:
    """Writes settings that were checked, inside a verb's own transaction."""
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        known = Setting.get_or_none(Setting.name == name)
        if known is None:
            ledger.add(Setting, value[:200], name=name, value=text)
        else:
            ledger.change(Setting, known.id, {"value": text})


def _checked_minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST_LOCK:
        raise InvalidInput(f"锁屏时间请填 1 到 {_LONGEST_LOCK} 的整数（分钟），不能是“{text}”。")
    return int(text)
