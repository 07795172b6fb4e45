"""恢复码 on paper: the one thing that lets a forgotten 系统管理 in again, to be locked away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crm_desktop.domain.forms import FormSection, FormSheet, Passage, Signatures, fields
from crm_desktop.domain.paper_codes import RECOVERY
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.sheets import Signature
from crm_desktop.papers.written import Written
from crm_desktop.services.desk import Desk
from crm_desktop.services.settings import Settings

TITLE = "恢复码"
_KEEP = (
    ("放在哪里", "打印一份，封进信封，锁进保险柜或财务室，由总经理指定的人保管。"),
    ("不要做什么", "不要拍照，不要贴在电脑旁，不要发到群里，不要和电脑放在一起。"),
    ("丢了怎么办", "电脑里没有留下这个码；由还记得 PIN 的系统管理在“设置 → 员工 → 换恢复码”里换一张新的。"),
)
_USE = (
    ("什么时候用", "最后一位系统管理忘了 PIN，没有人能重设的时候。"),
    ("怎样用", "在锁定页点“系统管理忘了 PIN”，选姓名，输入上面的恢复码，再输两次新的 PIN。"),
    ("用过以后", "这一张就作废，程序会给出一张新的：请重新打印、重新封存，旧的撕掉。"),
)


class RecoveryPaper:
    """One page with the dealership's name; nothing of it is kept anywhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self, code: str, who: str, target: Path) -> Written:
        """The page as PDF; raises StorageRefused where the folder cannot take it."""
        from crm_desktop.exporters.form_pdf import write_forms  # noqa: PLC0415 - keeps start-up free of reportlab

        printed = write_forms([self._sheet(code, who)], target)
        return Written(printed.path, printed.missing)

    def _sheet(self, code: str, who: str) -> FormSheet:
        letterhead = Settings(self._desk).letterhead(Paper.COMPLAINT)
        return FormSheet(
            title=TITLE,
            letterhead=replace(letterhead, document_number="", version=""),
            sections=(
                FormSection(
                    TITLE,
                    (
                        fields(("恢复码", code, 3)),
                        fields(("系统管理", who), ("给出日期", f"{self._desk.today()}"), ("程序", "客诉管家")),
                    ),
                ),
                FormSection("怎样保管", (*_passages(_KEEP), fields(("存放地点", "", 2), ("保管人", "")))),
                FormSection("怎样使用", _passages(_USE)),
                FormSection("签收", (Signatures((Signature("系统管理"), Signature("保管人"), Signature("总经理"))),)),
            ),
            date=f"{self._desk.today()}",
            footer_left="密件：封存保管，不得复印",
            footer_middle="用过即作废",
            code=RECOVERY,
        )


def _passages(told: tuple[tuple[str, str], ...]) -> tuple[Passage, ...]:
    return tuple(Passage(caption, text, weight=10) for caption, text in told)
