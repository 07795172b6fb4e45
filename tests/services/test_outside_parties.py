"""外部单位: an address book of those a case deals with outside the house (A4)."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.outside_parties import PartyKind, of_kind, read_parties, whom_to_call
from crm_desktop.services.rules import RuleName
from tests.services.test_rules import ADMIN

MEDIA = {"kind": "媒体", "name": "汽车之家", "contact": "编辑部 小周", "phone": "010-5555"}


def book(office, *parties):
    """These parties and no others."""
    office.rules.change(RuleName.OUTSIDE, {"parties": list(parties)}, ADMIN, "核对过")


def test_the_shipped_names_are_those_of_the_procedure(office):
    names = [party.name for party in office.rules.outside_parties()]
    assert names == ["上海大众售后服务中心400热线", "大众RBO公关部", "消费者协会", "汽车维修行业管理处"]
    assert "001 篇1 三、四" in office.rules.table(RuleName.OUTSIDE)["source"]


def test_a_dealership_of_another_maker_reports_to_its_own_office(office):
    book(office, {"kind": "厂家公关", "name": "品牌公关处"})
    assert office.outside.usual_recipient() == "品牌公关处"
    book(office)
    assert office.outside.usual_recipient() == "大众RBO公关部"


def test_whom_to_call_is_told_where_somebody_wrote_it_down(office):
    book(office, MEDIA, {"kind": "媒体", "name": "电视台"}, {"kind": "消协", "name": "市消协", "phone": "12315"})
    assert whom_to_call(of_kind(office.rules.outside_parties(), PartyKind.MEDIA)) == "汽车之家 编辑部 小周 010-5555"


@pytest.mark.parametrize(
    ("parties", "field"),
    [([{"kind": "媒体", "name": " "}], "name"), ([{"kind": "报社", "name": "日报"}], "kind"), ([MEDIA, MEDIA], "name")],
)
def test_an_entry_without_name_of_no_kind_or_twice_is_refused(parties, field):
    with pytest.raises(InvalidInput) as refused:
        read_parties({"parties": parties})
    assert list(refused.value.fields) == [field]


def test_nobody_needs_a_telephone_book(office):
    with pytest.raises(InvalidInput, match="最多 200 个"):
        book(office, *({"kind": "其他", "name": f"单位 {number}"} for number in range(201)))
