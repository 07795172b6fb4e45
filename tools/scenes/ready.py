"""What lies ready in the sample home before its pictures are taken: files of a customer, a scan folder, answers."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from crm_desktop.domain.acts import Act
from crm_desktop.domain.compensations import EntryDraft, Side
from crm_desktop.domain.surveys import QuestionKind, SurveyOutcome
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.papers.records import RecordPapers
from crm_desktop.services.office import Office
from crm_desktop.services.settings import SCAN_FOLDER

_FOLDER = Path("扫描")
"""Beside the sample home, by a short name: pictures show no path of a machine."""
_MEASURED = "SELECT q.number FROM measure_complaints l JOIN complaints q ON q.id = l.complaint_id LIMIT 1"
_SHARE_ANSWERED = 0.6


def attach(office: Office, customer: int, number: str, act: Act) -> None:
    """A photo of the customer's, and the signed form of his complaint."""
    form = ComplaintPaper(office.sheets).write(number, Path("签字单.pdf")).path
    office.attachments.add(form, "签过字的抱怨单.pdf", act, number=number, note="客户签字后扫描")
    office.attachments.add(_photo("#dfe7ee"), "行驶证.png", act, customer_id=customer)
    form.unlink()


def lay_scans(office: Office, numbers: list[str], act: Act) -> None:
    """Signed sheets as a scanner names them: of cases, of a measure, a monthly report, and one without a code."""
    _FOLDER.mkdir(exist_ok=True)
    for place, number in enumerate(numbers, 1):
        ComplaintPaper(office.sheets).write(number, _FOLDER / f"scan{place:04}.pdf")
    (measured,) = office.desk.rows(_MEASURED)[0]
    RecordPapers(office.desk).write_evaluations(measured, _FOLDER / "scan0011.pdf")
    MonthlyPaper(office.desk).write("2026-10", _FOLDER / "scan0012.pdf")
    (_FOLDER / "scan0013.png").write_bytes(_photo("#f4efe2"))
    office.settings.change({SCAN_FOLDER: str(_FOLDER)}, act)


def answer(office: Office, act: Act) -> None:
    """Some of the calls of the survey that runs, one of them not satisfied."""
    survey = office.surveys.rows()[0]
    calls = office.surveys.calls(survey.id)
    for place, call in enumerate(calls[: round(len(calls) * _SHARE_ANSWERED)]):
        low = place == 1
        marks = {QuestionKind.YES_NO: "否" if low else "是", QuestionKind.SCORE: "2" if low else "5"}
        kinds = [QuestionKind(question.kind) for question in survey.draft.questions]
        answers = {str(number): marks[kind] for number, kind in enumerate(kinds)}
        said = "说好四点交车，等到六点，没人来说一声。" if low else ""
        office.surveys.answer(call.id, call.ver, SurveyOutcome.GOOD, answers, act, said)


def count_losses(office: Office, number: str, act: Act) -> None:
    """What a customer lost, asks for, and was given."""
    for draft in (
        EntryDraft(Side.LOSS, "货币", 32_000, note="打车三次，有发票"),
        EntryDraft(Side.LOSS, "时间", hours=6, note="来店三趟"),
        EntryDraft(Side.CLAIM, "赔钱", 200_000, note="要求赔误工费"),
        EntryDraft(Side.GIVEN, "免工时费", 38_000, note="本次工时全免"),
        EntryDraft(Side.GIVEN, "代步车或交通费", 32_000, note="凭发票报销"),
    ):
        office.compensations.enter(number, draft, act)


def _photo(colour: str) -> bytes:
    """A picture of nothing in particular."""
    held = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(held, "PNG")
    return held.getvalue()
