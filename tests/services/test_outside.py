"""Media, consumer bodies, the maker: 撤稿, 上报 with its receipt, ticket and case numbers."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.outside import PublicationDraft
from crm_desktop.domain.staff import Role
from tests.services.procedure import by, fields, moment, received

MARKETING = by(Role.MARKETING_MANAGER)


@pytest.fixture
def media(office):
    """A 重大 complaint that came through the media."""
    return received(office, channel="媒体", severity="重大")


def test_a_publication_is_open_until_it_is_settled(office, media):
    draft = PublicationDraft("电视台", "http://news", "截图.png")
    number = office.outside.publish(media.number, draft, MARKETING)
    assert "withdrawals" in fields(office, media.number)
    office.outside.settle(number, 1, MARKETING, "不能撤销", "已播出", moment("11:00"))
    (row,) = office.outside.publications(media.number)
    assert (row.draft, row.outcome, row.reason, row.settled_at) == (draft, "不能撤销", "已播出", moment("11:00"))
    assert "withdrawals" not in fields(office, media.number)


def test_the_media_may_have_published_nothing(office, media):
    office.outside.nothing_published(media.number, MARKETING)
    assert "withdrawals" not in fields(office, media.number)


def test_a_publication_names_its_medium_and_a_result_that_exists(office, media):
    with pytest.raises(InvalidInput, match="媒体"):
        office.outside.publish(media.number, PublicationDraft(" "), MARKETING)
    number = office.outside.publish(media.number, PublicationDraft("论坛"), MARKETING)
    with pytest.raises(InvalidInput, match="稿件的结果"):
        office.outside.settle(number, 1, MARKETING, "不了了之")
    with pytest.raises(NotFound):
        office.outside.settle(99, 1, MARKETING, "已撤销")


def test_a_report_to_the_maker_counts_with_its_receipt_which_may_come_later(office, media):
    saved = office.outside.escalate(media.number, media.ver, MARKETING, "邮件", moment("10:00"))
    (row,) = office.outside.escalations(saved.number)
    assert (row.recipient, row.at, row.how, row.receipt) == ("大众RBO公关部", moment("10:00"), "邮件", "")
    assert "receipt" in fields(office, saved.number)
    with pytest.raises(InvalidInput, match="回执"):
        office.outside.receive(row.id, row.ver, MARKETING, "")
    office.outside.receive(row.id, row.ver, MARKETING, "RBO-2026-77")
    assert "receipt" not in fields(office, saved.number)
    with pytest.raises(InvalidInput, match="写明对象和方式"):
        office.outside.escalate(saved.number, saved.ver, MARKETING, "")


def test_whom_a_dealership_reported_to_last_is_offered_next(office, media):
    assert office.outside.usual_recipient() == "大众RBO公关部"
    office.outside.escalate(media.number, media.ver, MARKETING, "邮件", recipient="华东区公关部")
    assert office.outside.usual_recipient() == "华东区公关部"


def test_the_maker_s_ticket_has_a_number_and_a_closing_time(office):
    saved = received(office, channel="400热线")
    assert {"oem_ticket", "oem_closed_at"} <= set(fields(office, saved.number))
    saved = office.outside.oem_ticket(saved.number, saved.ver, MARKETING, "GD1")
    with pytest.raises(InvalidInput, match="厂家工单关闭时间早于受理时间"):
        office.outside.oem_ticket(saved.number, saved.ver, MARKETING, "GD1", moment("08:00"))
    office.outside.oem_ticket(saved.number, saved.ver, MARKETING, "GD1", moment("12:00"))
    assert {"oem_ticket", "oem_closed_at"}.isdisjoint(fields(office, saved.number))


def test_a_consumer_body_has_its_own_number_and_result(office):
    saved = received(office, channel="消协")
    office.outside.case_result(saved.number, saved.ver, MARKETING, "消2026-3", "调解成功")
    kept = office.cases.case(saved.number).fields
    assert (kept["case_number"], kept["case_result"]) == ("消2026-3", "调解成功")
