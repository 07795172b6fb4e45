"""A channel the dealership added: registered, corrected, imported, printed and timed like the others (A5)."""

import pytest

from crm_desktop.domain.channels import in_use, with_channel, without_channel
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.services.rules import RuleName
from tests.makers import act, complaint
from tests.services.test_imports import OLD, complaints, replace
from tests.services.test_rules import ADMIN


def put(office, table, why="本店另有渠道"):
    """Other rules in force."""
    office.rules.change(RuleName.ROUTES, table, ADMIN, why)


@pytest.fixture
def douyin(office):
    """A desk with one channel of its own."""
    put(office, with_channel(office.rules.table(RuleName.ROUTES), "抖音"))
    return office


def test_a_complaint_by_an_own_channel_has_its_clocks(douyin):
    saved = douyin.complaints.register(complaint(channel="抖音"), act())
    assert douyin.cases.case(saved.number).fields["channel"] == "抖音"
    assert "抖音" in douyin.clocks.due_of(saved.number).resolve.why


def test_a_channel_nobody_has_is_refused_with_those_there_are(douyin):
    with pytest.raises(InvalidInput, match="其他、抖音"):
        douyin.complaints.register(complaint(channel="快手"), act())


def test_a_wrong_channel_is_corrected_to_an_own_one(douyin):
    saved = douyin.complaints.register(complaint(), act())
    douyin.complaints.amend(saved.number, 1, {"channel": "抖音"}, act(), "客户其实在抖音留言")
    assert douyin.cases.case(saved.number).fields["channel"] == "抖音"


def test_the_form_has_a_box_for_it(douyin):
    saved = douyin.complaints.register(complaint(channel="抖音"), act())
    assert [box.label for box in douyin.sheets.complaint(saved.number).channel if box.ticked] == ["抖音"]
    assert douyin.sheets.blank().channel[-1].label == "抖音"


def test_a_file_that_names_it_exactly_means_it_and_not_the_word_it_usually_stands_for(douyin):
    complaints(douyin, replace(OLD, channel="媒体", channel_text="抖音"))
    assert douyin.cases.case("S1").fields["channel"] == "抖音"


def test_one_with_complaints_cannot_go_but_rests(douyin):
    saved = douyin.complaints.register(complaint(channel="抖音"), act())
    table = douyin.rules.table(RuleName.ROUTES)
    with pytest.raises(InvalidInput, match="“抖音”已有 1 张抱怨单，不能去掉，只能停用"):
        put(douyin, without_channel(table, "抖音"))
    put(douyin, in_use(table, "抖音", used=False))
    with pytest.raises(InvalidInput, match="没有“抖音”"):
        douyin.complaints.register(complaint(channel="抖音"), act())
    assert douyin.clocks.due_of(saved.number).resolve is not None
    assert [box.label for box in douyin.sheets.complaint(saved.number).channel if box.ticked] == ["抖音"]
    assert douyin.sheets.blank().channel[-1].label == "其他"


def test_one_nobody_used_goes_without_a_trace(douyin):
    put(douyin, without_channel(douyin.rules.table(RuleName.ROUTES), "抖音"))
    assert douyin.rules.rulebook().channels == tuple(Channel)
    assert douyin.rules.is_shipped(RuleName.ROUTES)


def test_a_rule_of_the_procedure_is_never_lost(office):
    table = office.rules.table(RuleName.ROUTES)
    table["rules"] = [rule for rule in table["rules"] if rule["channel"] != "消协"]
    with pytest.raises(InvalidInput, match="消协"):
        put(office, table)


def test_the_shipped_rules_come_back_and_the_own_channel_stays(douyin):
    table = douyin.rules.table(RuleName.ROUTES)
    table["rules"][0]["respond"] = "20分钟"
    put(douyin, table)
    douyin.rules.restore(RuleName.ROUTES, ADMIN, "改回")
    assert douyin.rules.is_shipped(RuleName.ROUTES)
    assert douyin.rules.rulebook().offered[-1] == "抖音"
