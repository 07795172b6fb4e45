"""Signed papers, screenshots and receipts: kept with the step they belong to, whole, provable, gone with the case."""

from __future__ import annotations

import pytest

from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.outside import PublicationDraft
from crm_desktop.domain.procedure import OnBehalf
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from tests.makers import ANALYSED, SOLVED, act, closed, director, registered
from tests.services.procedure import by, received
from tests.services.records import care
from tests.services.test_attachments import PDF, PNG, stored, troubles
from tests.services.test_disposals import disposed

MARKETING = by(Role.MARKETING_MANAGER)


def names(office: Office, number: str) -> list[tuple[str, str]]:
    """The attachments of a case with what they are."""
    return [(row.name, row.note) for row in office.attachments.of_complaint(number)]


def signed(office: Office, name: str = "移交单.png", content: bytes = PNG) -> OnBehalf:
    """What the director signed on paper."""
    return OnBehalf("程立群", "签字纸单", file=office.attachments.keep(content, name))


def test_a_signed_paper_is_kept_with_the_step_it_signs(office):
    saved = registered(office)
    office.complaints.hand_over(saved.number, saved.ver, act(), told=signed(office))
    (event,) = [event for event in office.cases.case(saved.number).events if event.kind == "handed_over"]
    assert event.scan == "移交单.png"
    assert names(office, saved.number) == [("移交单.png", "移交的签字纸单")]
    assert troubles(office) == []


def test_one_paper_for_two_steps_is_one_attachment_and_another_of_its_name_is_told_apart(office):
    saved = registered(office)
    saved = office.complaints.hand_over(saved.number, saved.ver, act(), told=signed(office))
    saved = office.complaints.respond(saved.number, saved.ver, act(), told=signed(office))
    office.complaints.assign(
        saved.number, saved.ver, by(Role.ADVISER), "技术", "冯学勤", told=signed(office, content=PNG + b"2")
    )
    assert [name for name, _ in names(office, saved.number)] == ["移交单.png", "移交单 (2).png"]
    scans = [event.scan for event in office.cases.case(saved.number).events if event.scan]
    assert scans == ["移交单.png", "移交单.png", "移交单 (2).png"]


def test_a_step_that_is_refused_leaves_no_attachment(office):
    saved = registered(office)
    with pytest.raises(InvalidInput):
        office.complaints.hand_over(saved.number, saved.ver, act(), told=OnBehalf("", file=signed(office).file))
    assert names(office, saved.number) == []
    assert office.attachments.sweep() == 1


def test_a_screenshot_and_a_receipt_are_kept_with_their_case(office):
    saved = received(office, channel="媒体", severity="重大")
    outside, keep = office.outside, office.attachments.keep
    outside.publish(saved.number, PublicationDraft("论坛"), MARKETING, keep(PNG, "热帖.png"))
    assert outside.publications(saved.number)[0].draft.screenshot == "热帖.png"
    outside.escalate(saved.number, saved.ver, MARKETING, "邮件")
    (row,) = outside.escalations(saved.number)
    outside.receive(row.id, row.ver, MARKETING, "RBO-77", file=keep(PDF, "回执.pdf"))
    assert outside.escalations(saved.number)[0].receipt == "RBO-77（回执.pdf）"
    assert names(office, saved.number) == [("热帖.png", "论坛的截图"), ("回执.pdf", "上报的回执")]


def test_the_file_of_a_receipt_is_enough(office):
    saved = received(office, channel="消协", severity="重大")
    file = office.attachments.keep(PDF, "回执.pdf")
    office.outside.escalate(saved.number, saved.ver, MARKETING, "邮件", file=file)
    assert office.outside.escalations(saved.number)[0].receipt == "回执.pdf"


def test_a_program_is_refused_whatever_it_is_called(office):
    with pytest.raises(InvalidInput, match="只收图片"):
        office.attachments.keep(b"MZ program", "签字单.png")


def test_check_finds_a_paper_that_was_changed(office):
    saved = registered(office)
    office.complaints.hand_over(saved.number, saved.ver, act(), told=signed(office))
    stored(office)[0].write_bytes(PNG + b"forged")
    assert any("移交单.png的文件内容被改动过" in trouble for trouble in troubles(office))


def test_disposal_takes_the_paper_and_its_name(office):
    saved = registered(office)
    told, day = signed(office), office.cases.case(saved.number).received_at
    saved = office.complaints.hand_over(saved.number, saved.ver, act(), "程立群", day, told=told)
    saved = office.complaints.assign(saved.number, saved.ver, director(), "技术", "冯学勤", day)
    saved = office.complaints.amend(saved.number, saved.ver, ANALYSED, act())
    saved = office.complaints.resolve(saved.number, saved.ver, act(), at=day, fields=SOLVED)
    saved = office.complaints.close(saved.number, saved.ver, director())
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜 3 盒"), care())
    disposed(office, saved.number)
    assert (stored(office), troubles(office)) == ([], [])
    left = b"".join(path.read_bytes() for path in office.desk.home.glob("crm.db*"))
    assert "移交单".encode() not in left


def test_what_was_filed_keeps_its_files(office):
    saved = closed(office)
    found = office.attachments.add(PDF, "签字单.pdf", act(), number=saved.number)
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜 3 盒"), care())
    with pytest.raises(NotAllowed):
        office.attachments.take_back(found, 1, "选错了", act())
    assert [name for name, _ in names(office, saved.number)] == ["签字单.pdf"]
