"""Two files made one: everything follows, nothing is lost, and all of it can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.dealings import PaymentDraft
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.merging import CHOOSABLE
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.services.merging import LABELS
from crm_desktop.services.office import Office
from crm_desktop.services.soundness import RECORDS
from tests.makers import PHONE, TODAY, act, customer, registered, vehicle
from tests.services.profile_world import known, visit

PHONES = st.sampled_from([PHONE, "13900001111", "02159904321"])
TAGS = st.sampled_from(["怕等待", "重价格"])
WORDS = st.sampled_from(["", "喝茶", "企业"])
FILES = st.fixed_dictionaries(
    {"name": st.sampled_from(["", "曾小明", "曾晓明"]), "phones": st.lists(PHONES, min_size=1, max_size=3, unique=True)}
    | {"tags": st.lists(TAGS, unique=True), "cars": st.integers(0, 2), "likes": WORDS, "trade": WORDS}
)
TAKEN = st.sets(st.sampled_from(sorted(CHOOSABLE)))


def content(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every record but versions; merges apart."""
    found = {}
    for model in RECORDS:
        table = model._meta.table_name
        if table not in ("merges", "settings", "imports"):
            columns = [f.column_name for f in model._meta.sorted_fields if f.column_name != "ver"]
            found[table] = office.desk.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
    return found


def filed(office: Office, told: dict[str, Any], mark: int) -> int:
    """A customer as the strategy tells it."""
    cars = tuple(vehicle(plate=f"沪B{mark}000{i}", vin="") for i in range(told["cars"]))
    draft = customer(name=told["name"], contacts=tuple(map(ContactDraft, told["phones"])), vehicles=cars)
    found, ver = office.customers.register(draft, act())
    office.profiles.amend_facts(found, ver, FactsDraft(likes=told["likes"], trade=told["trade"]), act())
    for tag in told["tags"]:
        office.profiles.tag(found, tag, act())
    office.dealings.add_payment(found, PaymentDraft(100, TODAY), act())
    return found


def troubles(office: Office) -> list[Any]:
    """What ``check`` finds wrong."""
    return [finding for finding in office.upkeep.check() if finding.trouble]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=FILES, other=FILES, taken=TAKEN)
def test_whatever_two_files_hold_merging_loses_nothing_and_undo_brings_it_all_back(office, one, other, taken) -> None:
    kept, merged = filed(office, one, 1), filed(office, other, 2)
    before, phones = content(office), {*one["phones"], *other["phones"]}
    found = office.merging.merge(kept, merged, "本人确认", act(), taken)
    draft = office.customers.profile(kept).draft
    assert sorted(phones) == sorted(c.value for c in draft.contacts)
    assert len(draft.vehicles) == one["cars"] + other["cars"]
    assert set(office.profiles.tags(kept)) == {*one["tags"], *other["tags"]}
    assert len(office.dealings.payments(kept)) == 2
    first, second = (other, one) if "name" in taken else (one, other)
    assert draft.name == (first["name"] or second["name"])
    office.merging.undo(found, "认错了人", act())
    assert content(office) == before


def test_cases_calls_visits_and_reworks_follow(office: Office) -> None:
    saved = registered(office, customer_name="曾晓明", phone="13900001111", plate="沪B12345")
    merged = office.cases.case(saved.number).customer_id
    kept, _ = known(office, vehicles=(vehicle(),))
    visit(office, customer_name="曾晓明", phone="13900001111", plate="沪B12345", vin="")
    preview = office.merging.preview(kept, merged)
    assert preview.follows == {"联系方式": 1, "车辆": 1, "进厂": 1, "投诉": 1}
    office.merging.merge(kept, merged, "同一人", act())
    assert office.cases.case(saved.number).customer_name == "曾小明"
    assert [row.kind for row in office.timelines.page(kept, kinds=("进厂", "投诉")).rows] == ["投诉", "进厂"]
    assert troubles(office) == []


def test_whatever_follows_has_a_word_of_the_desk(office: Office) -> None:
    pointing = office.desk.rows(
        "SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f"
        " WHERE m.type = 'table' AND f.\"table\" = 'customers' AND m.name NOT IN ('customers', 'merges')"
    )
    assert {table for (table,) in pointing} == set(LABELS)


def test_the_merged_file_is_in_no_list_and_found_by_nothing(office: Office) -> None:
    kept, _ = known(office)
    merged, _ = office.customers.register(customer(name="曾晓明", vehicles=()), act())
    office.merging.merge(kept, merged, "同一手机", act())
    assert office.customers.ids() == [kept]
    assert office.customers.count() == 1
    assert [hit.id for hit in office.search.find("曾晓明")] == []
    assert office.merging.kept(merged) == kept
    assert [(row.merged_name, row.undone) for row in office.merging.merges()] == [("曾晓明", False)]


def test_a_preview_says_what_will_stand_and_warns_of_two_names(office: Office) -> None:
    kept, _ = known(office, address="")
    merged, _ = office.customers.register(customer(name="曾晓明", address="曹杨路 1 号", vehicles=()), act())
    preview = office.merging.preview(kept, merged)
    lines = {line.label: line.result for line in preview.lines}
    assert lines == {"姓名": "曾小明", "地址": "曹杨路 1 号"}
    assert "姓名不同" in preview.warnings[0]


def test_who_said_no_in_one_file_has_said_no(office: Office) -> None:
    kept, _ = known(office)
    merged, ver = office.customers.register(customer(vehicles=()), act())
    office.profiles.amend_facts(kept, 1, FactsDraft(contact_consent="同意"), act())
    office.profiles.amend_facts(merged, ver, FactsDraft(contact_consent="不同意", do_not_disturb=True), act())
    office.merging.merge(kept, merged, "同一人", act())
    facts = office.profiles.facts(kept).draft
    assert (facts.contact_consent, facts.do_not_disturb) == ("不同意", True)


def test_undo_keeps_what_was_changed_since(office: Office) -> None:
    kept, _ = known(office, address="")
    merged, _ = office.customers.register(customer(address="曹杨路 1 号", vehicles=()), act())
    found = office.merging.merge(kept, merged, "同一人", act())
    profile = office.customers.profile(kept)
    office.customers.amend(kept, profile.ver, customer(address="新村路 9 号", contacts=profile.draft.contacts), act())
    office.merging.undo(found, "两个人", act())
    assert office.customers.profile(kept).draft.address == "新村路 9 号"
    assert office.customers.profile(merged).draft.address == "曹杨路 1 号"
    assert troubles(office) == []


def test_merges_are_undone_from_the_last_one_back(office: Office) -> None:
    first, second, third = (office.customers.register(customer(vehicles=()), act())[0] for _ in range(3))
    inner = office.merging.merge(second, third, "同一人", act())
    outer = office.merging.merge(first, second, "同一人", act())
    assert office.merging.kept(third) == first
    with pytest.raises(NotAllowed, match="先撤销后一次：“曾小明”并入“曾小明”"):
        office.merging.undo(inner, "错了", act())
    office.merging.undo(outer, "错了", act())
    office.merging.undo(inner, "错了", act())
    with pytest.raises(NotAllowed, match="已经撤销"):
        office.merging.undo(inner, "错了", act())


def test_which_merges_come_first_is_told_by_name(office: Office) -> None:
    wang, li, zhao, sun = (office.customers.register(customer(name=n, vehicles=()), act())[0] for n in "王李赵孙")
    first = office.merging.merge(wang, li, "同一人", act())
    second = office.merging.merge(wang, zhao, "同一人", act())
    third = office.merging.merge(sun, wang, "同一人", act())
    assert [(row.told, row.after) for row in office.merging.merges()] == [
        ("“王”并入“孙”", ()),
        ("“赵”并入“王”", (third,)),
        ("“李”并入“王”", (third, second)),
    ]
    with pytest.raises(NotAllowed, match="后一次：“王”并入“孙”，再撤销“赵”并入“王”。"):
        office.merging.undo(first, "错了", act())
    for found in (third, second, first):
        office.merging.undo(found, "错了", act())
    assert sorted(office.customers.ids()) == [wang, li, zhao, sun]


def test_a_number_two_merged_files_share_is_not_lost_by_undoing_the_first(office: Office) -> None:
    kept, _ = known(office, contacts=(ContactDraft("13900001111"),))
    one, other = (office.customers.register(customer(vehicles=()), act())[0] for _ in range(2))
    first = office.merging.merge(kept, one, "同一人", act())
    office.merging.merge(kept, other, "同一人", act())
    with pytest.raises(NotAllowed, match="先撤销后一次"):
        office.merging.undo(first, "错了", act())
    assert [c.value for c in office.customers.profile(kept).draft.contacts] == ["13900001111", PHONE]


def test_a_file_is_not_merged_with_itself_nor_twice_nor_without_a_reason(office: Office) -> None:
    kept, _ = known(office)
    merged, _ = office.customers.register(customer(vehicles=()), act())
    with pytest.raises(InvalidInput, match="两份不同"):
        office.merging.merge(kept, kept, "同一人", act())
    with pytest.raises(InvalidInput, match="写明根据"):
        office.merging.merge(kept, merged, " ", act())
    office.merging.merge(kept, merged, "同一人", act())
    with pytest.raises(NotAllowed, match="已经并入"):
        office.merging.merge(kept, merged, "同一人", act())


def test_probable_pairs_are_found_and_gone_after_the_merge(office: Office) -> None:
    kept, _ = known(office)
    merged, _ = office.customers.register(customer(name="曾晓明", vehicles=()), act())
    office.customers.register(customer(name="王强", contacts=(ContactDraft("13700002222"),), vehicles=()), act())
    (pair,) = office.duplicates.pairs()
    assert (pair.kept.id, pair.merged.id) == (kept, merged)
    assert pair.likeness.reasons[0] == f"电话相同（{PHONE}）"
    assert office.duplicates.of(merged) == [pair]
    office.merging.merge(kept, merged, "同一人", act())
    assert office.duplicates.pairs() == []


def test_a_name_written_otherwise_with_a_number_that_is_one_digit_off_is_found(office: Office) -> None:
    known(office)
    office.customers.register(customer(name="曾小明", contacts=(ContactDraft("13800005522"),), vehicles=()), act())
    (pair,) = office.duplicates.pairs()
    assert pair.likeness.reasons == ("姓名相同", "手机号只差一位")


def test_nothing_is_written_into_a_file_that_was_merged(office: Office) -> None:
    kept, _ = known(office)
    merged, _ = office.customers.register(customer(name="曾晓明", vehicles=()), act())
    office.merging.merge(kept, merged, "同一手机", act())
    with pytest.raises(NotFound, match="已并入别的档案"):
        office.customers.amend(merged, 2, customer(), act())
    with pytest.raises(NotFound, match="已并入别的档案"):
        office.customers.add_vehicle(merged, vehicle(), act())
    with pytest.raises(NotFound, match="请重新查找"):
        registered(office, customer_id=merged)


def test_what_stands_is_chosen_by_hand_and_goes_back_with_the_undo(office: Office) -> None:
    kept, _ = known(office, address="新村路 9 号")
    merged, _ = office.customers.register(customer(name="曾晓明", address="曹杨路 1 号", vehicles=()), act())
    before = content(office)
    preview = office.merging.preview(kept, merged, ("name", "address"))
    assert [(line.label, line.result) for line in preview.lines if line.choosable] == [
        ("姓名", "曾晓明"),
        ("地址", "曹杨路 1 号"),
    ]
    found = office.merging.merge(kept, merged, "同一人", act(), ("name", "address"))
    draft = office.customers.profile(kept).draft
    assert (draft.name, draft.address) == ("曾晓明", "曹杨路 1 号")
    office.merging.undo(found, "认错了人", act())
    assert content(office) == before


def test_a_consent_is_never_chosen(office: Office) -> None:
    kept, _ = known(office)
    merged, _ = office.customers.register(customer(vehicles=()), act())
    with pytest.raises(InvalidInput, match="用哪一份"):
        office.merging.merge(kept, merged, "同一人", act(), ("contact_consent",))


def test_a_pair_that_is_two_people_is_offered_no_more(office: Office) -> None:
    kept, _ = known(office)
    other, _ = office.customers.register(customer(name="曾晓明", vehicles=()), act())
    for _ in range(2):
        office.duplicates.dismiss(other, kept, act())
    assert office.duplicates.pairs() == office.duplicates.of(kept) == []
    assert office.segments.saved(act().who) == []
    with pytest.raises(NotFound, match="没有这两份"):
        office.duplicates.dismiss(kept, 99, act())
    assert troubles(office) == []
