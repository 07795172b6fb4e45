"""函件: merged from the case, changed by hand, kept as it stands, printed under the dealership's name."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.letters import POINTS, LetterDraft, LetterKind
from crm_desktop.papers.records import RecordPapers
from crm_desktop.services.office import Office
from tests.makers import ANALYSED, act, director, faults, registered, resolved
from tests.services.records import filed

REPLY = LetterDraft(
    LetterKind.REPLY, "致歉答复函", "尊敬的曾小明：\n您好。\n示范店\n2026年11月21日", ("received", "apologise")
)


def test_a_reply_is_filled_in_from_the_case(office: Office) -> None:
    saved = resolved(office)
    office.complaints.amend(saved.number, saved.ver, ANALYSED, act())
    body = office.letters.begin(saved.number, LetterKind.REPLY, "谢文杰").body
    for told in (
        "尊敬的曾小明：",
        "2026年11月21日",
        saved.number,
        "沪A·8K231",
        "变速箱一顿一顿",
        "阀体油道有毛刺",
        "谢文杰",
    ):
        assert told in body
    assert "{" not in body


def test_what_the_case_does_not_know_is_a_line_to_write_on(office: Office) -> None:
    body = office.letters.begin(registered(office).number, LetterKind.REPLY, "谢文杰").body
    assert "原因是：____" in body and "完成时间：____" in body


def test_the_english_letter_names_the_day_in_english_and_leaves_the_rest_to_be_written(office: Office) -> None:
    draft = office.letters.begin(registered(office).number, LetterKind.REPLY_EN, "谢文杰")
    assert draft.title == "Reply to your complaint"
    assert "your complaint of 21 November 2026" in draft.body and "What went wrong: ____" in draft.body


def test_a_transfer_slip_tells_the_department_what_and_until_when(office: Office) -> None:
    saved = registered(office, demand="免费修好")
    office.complaints.assign(saved.number, saved.ver, director(), "技术", "冯学勤")
    body = office.letters.begin(saved.number, LetterKind.TRANSFER, "谢文杰").body
    for told in (
        "转办部门：技术",
        "接收人：冯学勤",
        "客户原话：变速箱一顿一顿",
        "客户要求：免费修好",
        "请核查原因，并在 2026-11-24",
    ):
        assert told in body


def test_a_letter_is_kept_as_it_was_written_and_changed(office: Office) -> None:
    number = registered(office).number
    first = office.letters.write(number, REPLY, act())
    office.letters.write(number, LetterDraft(LetterKind.TRANSFER, "转办单", "请核查"), act())
    changed = LetterDraft(LetterKind.REPLY, "答复函", "尊敬的曾小明：\n改过了。", ("received",))
    office.letters.amend(first, 1, changed, act())
    rows = office.letters.of_complaint(number)
    assert [(row.number, row.draft.title) for row in rows] == [(f"{number}-1", "答复函"), (f"{number}-2", "转办单")]
    assert rows[0].draft.points == ("received",) and rows[0].ver == 2


def test_a_letter_taken_back_leaves_its_number_to_nobody(office: Office) -> None:
    number, letters = registered(office).number, office.letters
    first = letters.write(number, REPLY, act())
    letters.write(number, REPLY, act())
    with pytest.raises(InvalidInput, match="作废请写明原因"):
        letters.take_back(first, 1, "", act())
    letters.take_back(first, 1, "写错了人", act())
    assert [row.number for row in letters.of_complaint(number)] == [f"{number}-2"]
    with pytest.raises(NotFound):
        letters.amend(first, 2, REPLY, act())


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (LetterDraft("贺卡", "贺卡", "祝好"), "kind"),
        (LetterDraft(LetterKind.REPLY, "", "您好"), "title"),
        (LetterDraft(LetterKind.REPLY, "答复函", " \n"), "body"),
        (LetterDraft(LetterKind.REPLY, "答复函", "您好", ("哄他",)), "points"),
    ],
)
def test_a_letter_that_cannot_be_one_is_refused_at_its_field(office: Office, draft: LetterDraft, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        office.letters.write(registered(office).number, draft, act())
    assert list(faults(refused)) == [field]


def test_the_checklist_has_the_six_points_of_the_seed() -> None:
    assert list(POINTS) == ["received", "admit", "explain", "adjust", "again", "apologise"]


def test_a_filed_complaint_gets_no_new_letter(office: Office) -> None:
    with pytest.raises(NotAllowed, match="已存档"):
        office.letters.write(filed(office).number, REPLY, director())


def test_it_is_printed_with_letterhead_title_and_number(office: Office, tmp_path: Path) -> None:
    office.settings.change({"dealership.name": "示范店", "paper.letter.document_number": "KG-07"}, act())
    number = registered(office).number
    office.letters.write(number, REPLY, act())
    written = RecordPapers(office.desk).write_letter(f"{number}-1", tmp_path / "letter.pdf")
    text = PdfReader(written.path).pages[0].extract_text()
    assert written.missing == ()
    for told in ("示范店", "文件编号 KG-07", "致歉答复函", "尊敬的曾小明：", f"{number}-1", "第 1 页/共 1 页"):
        assert told in text


def test_a_long_letter_goes_on_on_a_second_page(office: Office, tmp_path: Path) -> None:
    number = registered(office).number
    body = "\n".join(
        f"第{place}段：这一段写得很长，说明每一步怎样查、怎样修、谁负责、什么时候完成。" for place in range(60)
    )
    office.letters.write(number, LetterDraft(LetterKind.REPLY, "答复函", body), act())
    pages = PdfReader(RecordPapers(office.desk).write_letter(f"{number}-1", tmp_path / "long.pdf").path).pages
    assert len(pages) > 1 and "第59段" in pages[-1].extract_text()


def test_an_unknown_letter_is_not_found(office: Office) -> None:
    number = registered(office).number
    for wanted in (f"{number}-1", f"{number}-x", number, ""):
        with pytest.raises(NotFound):
            office.letters.sheet(wanted)
