"""Facts, stages, checked blocks, tags and wishes of a customer."""

import pytest

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotFound
from crm_desktop.domain.profile import Block, FactsDraft
from crm_desktop.services.profiles import ContactWish
from crm_desktop.services.rules import RuleName
from tests.makers import TODAY, act, day
from tests.services.profile_world import admin, known


def troubles(office):
    """What ``check`` finds wrong."""
    return [finding for finding in office.upkeep.check() if finding.trouble]


def test_facts_come_back_as_they_were_saved(office):
    found, _ = known(office)
    draft = FactsDraft(trade="企业", likes="靠窗", contact_consent="同意", do_not_disturb=True)
    ver = office.profiles.facts(found).ver
    office.profiles.amend_facts(found, ver, draft, act())
    facts = office.profiles.facts(found)
    assert (facts.draft.trade, facts.draft.likes, facts.draft.contact_consent_on) == ("企业", "靠窗", TODAY)
    assert facts.draft.do_not_disturb
    assert troubles(office) == []


def test_facts_saved_by_somebody_else_first_are_not_overwritten(office):
    found, _ = known(office)
    ver = office.profiles.facts(found).ver
    office.profiles.amend_facts(found, ver, FactsDraft(likes="茶"), act())
    with pytest.raises(ChangedMeanwhile):
        office.profiles.amend_facts(found, ver, FactsDraft(likes="咖啡"), act())


def test_own_fields_are_defined_in_the_rules_and_kept_by_key(office):
    found, _ = known(office)
    table = office.rules.table(RuleName.PROFILE)
    table["custom_fields"] = [{"key": "club", "label": "车友会"}]
    office.rules.change(RuleName.PROFILE, table, admin(), "市场部要")
    office.profiles.amend_facts(found, 1, FactsDraft(custom={"club": "朗逸会"}), act())
    assert office.profiles.facts(found).draft.custom == {"club": "朗逸会"}


def test_an_own_field_that_was_taken_away_and_comes_back_finds_what_it_held(office):
    found, _ = known(office)
    club, badge = {"key": "club", "label": "车友会"}, {"key": "badge", "label": "胸牌"}
    for fields, draft in (([club], {"club": "朗逸会"}), ([badge], {"badge": "7"}), ([club, badge], None)):
        table = {**office.rules.table(RuleName.PROFILE), "custom_fields": fields}
        office.rules.change(RuleName.PROFILE, table, admin(), "市场部要")
        facts = office.profiles.facts(found)
        if draft is not None:
            office.profiles.amend_facts(found, facts.ver, FactsDraft(custom=draft), act())
    assert facts.draft.custom == {"club": "朗逸会", "badge": "7"}


def test_every_step_of_the_stage_stays_with_its_day(office):
    found, _ = known(office)
    office.profiles.move_stage(found, "意向", act(), day(-9), "看了两次车")
    office.profiles.move_stage(found, "成交", act())
    facts = office.profiles.facts(found)
    assert (facts.stage, facts.stage_on) == ("成交", TODAY)
    assert [(step.stage, step.since_on) for step in facts.stages] == [("成交", TODAY), ("意向", day(-9))]
    assert troubles(office) == []


@pytest.mark.parametrize(("stage", "since"), [("老客户", None), ("成交", day(1)), ("成交", day(-3))])
def test_a_step_that_cannot_be_is_refused(office, stage, since):
    found, _ = known(office)
    office.profiles.move_stage(found, "意向", act(), day(-2))
    with pytest.raises(InvalidInput):
        office.profiles.move_stage(found, stage, act(), since)


def test_a_checked_block_carries_todays_date_and_the_others_do_not(office):
    found, _ = known(office)
    office.profiles.confirm_checked(found, Block.CONTACTS, act())
    checked = office.profiles.facts(found).checked_on
    assert checked == {block: TODAY if block is Block.CONTACTS else None for block in Block}


def test_a_tag_is_put_on_taken_off_and_put_on_again(office):
    found, _ = known(office)
    office.profiles.tag(found, "怕等待", act())
    office.profiles.tag(found, "怕等待", act())
    assert office.profiles.tags(found) == ("怕等待",)
    office.profiles.untag(found, "怕等待", act())
    assert office.profiles.tags(found) == ()
    office.profiles.tag(found, "怕等待", act())
    assert office.profiles.tags(found) == ("怕等待",)
    with pytest.raises(NotFound):
        office.profiles.untag(found, "没有的", act())


def test_one_number_of_a_customer_is_preferred(office):
    found, _ = known(office, contacts=customer_numbers())
    first, second = office.profiles.contact_wishes(found)
    office.profiles.wish(first, ContactWish(preferred=True), act())
    office.profiles.wish(second, ContactWish(preferred=True, do_not_disturb=True), act())
    assert office.profiles.contact_wishes(found) == {first: ContactWish(), second: ContactWish(True, True)}


def customer_numbers():
    """Two numbers of one person."""
    return ContactDraft("13800005521"), ContactDraft("02159904321", "座机")
