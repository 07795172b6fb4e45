"""The dealership's name and the numbers of its papers stand on every print."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.papers import Paper
from tests.makers import act

PNG = b"\x89PNG\r\n\x1a\n picture"


def test_a_setting_never_made_is_empty(office):
    assert office.settings.value("dealership.name") == ""
    assert set(office.settings.values().values()) == {""}


def test_a_setting_is_kept_and_its_changes_are_in_the_history(office):
    office.settings.change({"dealership.name": "示范店"}, act())
    office.settings.change({"dealership.name": " 示范\n一店 "}, act())
    assert office.settings.values()["dealership.name"] == "示范 一店"
    assert office.desk.rows("SELECT old, new FROM history WHERE field = 'value'") == [('"示范店"', '"示范 一店"')]


def test_a_setting_that_stays_the_same_leaves_no_line(office):
    for _ in range(2):
        office.settings.change({"dealership.code": "7580123"}, act())
    assert office.desk.rows("SELECT COUNT(*) FROM history") == [(1,)]


@pytest.mark.parametrize("changes", [{"password": "x"}, {"dealership.name": "长" * 121}])
def test_an_unknown_or_endless_setting_is_refused(office, changes):
    with pytest.raises(InvalidInput):
        office.settings.change({"dealership.code": "7580123", **changes}, act())
    assert office.settings.value("dealership.code") == ""


def test_each_paper_has_its_own_number_and_version(office):
    office.settings.change({"paper.register.document_number": "SH-04", "paper.register.version": "A/1"}, act())
    register, complaint = (office.settings.letterhead(paper) for paper in (Paper.REGISTER, Paper.COMPLAINT))
    assert (register.document_number, register.version) == ("SH-04", "A/1")
    assert (complaint.document_number, complaint.version) == ("", "")


def test_name_code_brand_and_logo_stand_on_every_paper(office):
    names = {"dealership.name": "示范店", "dealership.code": "7580123", "dealership.brand": "上汽大众"}
    office.settings.change(names, act())
    office.settings.set_logo(PNG, act())
    for paper in Paper:
        head = office.settings.letterhead(paper)
        assert (head.dealer_name, head.dealer_code, head.brand, head.logo) == (*names.values(), PNG)


def test_address_and_phone_stand_on_every_paper_in_one_line(office):
    assert office.settings.letterhead(Paper.LETTER).contact == ""
    office.settings.change({"dealership.phone": "021-55550100", "dealership.address": "示范路 8 号"}, act())
    assert office.settings.letterhead(Paper.LETTER).contact == "地址 示范路 8 号　电话 021-55550100"


def test_a_logo_can_be_taken_away(office):
    office.settings.set_logo(PNG, act())
    office.settings.set_logo(b"", act())
    assert office.settings.letterhead(Paper.REGISTER).logo is None


@pytest.mark.parametrize(("picture", "why"), [(b"GIF89a", "PNG 或 JPG"), (PNG + bytes(500_000), "太大")])
def test_a_logo_that_cannot_be_printed_is_refused(office, picture, why):
    with pytest.raises(InvalidInput, match=why):
        office.settings.set_logo(picture, act())
