"""The papers of the desk and the settings that stand on each of them (requirements A41)."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """Each paper has its own 文件编号 and 版本."""

    REGISTER = "register"
    COMPLAINT = "complaint"


PAPER_TITLES = {Paper.REGISTER: "顾客抱怨及返修记录", Paper.COMPLAINT: "抱怨/投诉单"}
