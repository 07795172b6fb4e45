"""The facts of a profile and the dealership's own words and fields."""

import json

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.profile import FactsDraft, checked_facts, read_profile_rules
from crm_desktop.paths import resource
from tests.makers import TODAY, day

TABLE = json.loads(resource("rules", "profile.json").read_text(encoding="utf-8"))
RULES = read_profile_rules({**TABLE, "custom_fields": [{"key": "club", "label": "车友会"}]})


def own_fields(*labels):
    """The table with these own fields."""
    return {**TABLE, "custom_fields": [{"key": f"f{i}", "label": label} for i, label in enumerate(labels)]}


def test_a_consent_is_dated_and_a_day_without_one_goes():
    kept = checked_facts(FactsDraft(contact_consent="同意", keep_consent_on=day(-3)), RULES, TODAY)
    assert (kept.contact_consent_on, kept.keep_consent_on) == (TODAY, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contact_consent": "也许"}, "contact_consent"),
        ({"keep_consent": "同意", "keep_consent_on": day(1)}, "keep_consent_on"),
        ({"custom": {"shoe": "42"}}, "custom"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changes, field):
    with pytest.raises(InvalidInput) as refused:
        checked_facts(FactsDraft(**changes), RULES, TODAY)
    assert field in refused.value.fields


def test_own_fields_are_cleaned_and_empty_ones_go():
    assert checked_facts(FactsDraft(custom={"club": " 朗逸会 "}), RULES, TODAY).custom == {"club": "朗逸会"}
    assert checked_facts(FactsDraft(custom={"club": " "}), RULES, TODAY).custom == {}


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (own_fields(*(f"字段{i}" for i in range(11))), "最多 10 个"),
        (own_fields("爱好", "爱好"), "不能空白或重复"),
        (own_fields(""), "不能空白或重复"),
        ({**TABLE, "dictionaries": {"来源": ["电话", "电话"]}}, "字典“来源”"),
        ({**TABLE, "stale_months": 0}, "大于 0"),
    ],
)
def test_rules_that_cannot_be_are_refused(table, why):
    with pytest.raises(InvalidInput, match=why):
        read_profile_rules(table)
