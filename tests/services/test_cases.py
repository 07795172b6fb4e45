"""Complaints read back: the lists, one whole case, its history."""

import pytest

from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.services.cases import ALL, CUSTOMER_MISSING, OPEN, VIEWS, ComplaintFilter
from tests.makers import PHONE, TODAY, act, anonymous, at, closed, customer, day, director, registered, resolved


@pytest.fixture
def five(office):
    """One complaint in each state, oldest first: 登记, 处理中, 已解决, 已关闭, 作废."""
    registered(office, received_at=at("2026-11-17 09:00"))
    second = registered(office, received_at=at("2026-11-18 09:00"), words="空调不冷")
    office.complaints.assign(second.number, second.ver, director(), "技术", "冯学勤")
    resolved(office, received_at=at("2026-11-19 09:00"))
    closed(office, received_at=at("2026-11-20 09:00"))
    fifth = registered(office, received_at=at("2026-11-21 09:00"))
    office.complaints.void(fifth.number, fifth.ver, director(), "打错电话")
    return office


def states(office, **wanted):
    """The states of a list's rows, in its order."""
    ids = office.cases.ids(ComplaintFilter(**wanted))
    return [row.state for row in office.cases.fetch(ids)]


@pytest.mark.parametrize("view", ["登记", "处理中", "已解决", "已关闭", "作废"])
def test_every_state_has_its_list(five, view):
    assert states(five, view=view) == [view]


def test_open_complaints_are_those_not_closed_and_not_void_latest_first(five):
    assert states(five) == states(five, view=OPEN) == ["已解决", "处理中", "登记"]


def test_all_complaints_are_all_of_them(five):
    assert states(five, view=ALL) == ["作废", "已关闭", "已解决", "处理中", "登记"]


def test_a_list_may_be_narrowed_by_local_days_and_words(five):
    assert states(five, view=ALL, first=day(-3), last=day(-2)) == ["已解决", "处理中"]
    assert states(five, view=ALL, words="空调") == ["处理中"]
    assert states(five, view=ALL, words="空调", first=TODAY, last=TODAY) == []


def test_every_list_of_an_empty_folder_is_empty(office):
    assert [office.cases.ids(ComplaintFilter(view)) for view in VIEWS] == [[]] * len(VIEWS)
    assert office.cases.fetch([]) == []


def test_the_figures_count_open_ones_and_those_without_customer(five):
    five.complaints.register(anonymous(), act())
    assert five.cases.counts() == {OPEN: 4, CUSTOMER_MISSING: 1}


def test_a_row_says_who_about_which_car_and_what(office):
    office.customers.register(customer(), act())
    saved = registered(office, category="维修质量")
    row = office.cases.fetch([saved.id])[0]
    assert (row.number, row.customer_name, row.phone, row.plate) == (saved.number, "曾小明", PHONE, "沪A8K231")
    assert (row.model, row.category, row.words) == ("上汽大众 朗逸 1.5L", "维修质量", "变速箱一顿一顿")
    assert not row.history


def test_rows_come_in_the_order_asked_for_and_unknown_ones_are_left_out(five):
    assert [row.id for row in five.cases.fetch([3, 99, 1])] == [3, 1]


def test_a_number_nobody_knows_is_not_found(office):
    for verb in (office.cases.case, office.cases.history):
        with pytest.raises(NotFound, match="TS1"):
            verb("TS1")


def test_a_complaint_of_an_unknown_customer_can_be_read(office):
    case = office.cases.case(office.complaints.register(anonymous(), act()).number)
    assert (case.customer_id, case.customer_name, case.phone, case.plate) == (None, "", "", "沪B12345")


def test_history_tells_who_changed_what_when_and_from_where(office):
    saved = registered(office)
    office.complaints.amend(saved.number, 1, {"correction": "更换阀体"}, act("2026-11-21 15:30", who="冯学勤"))
    line = office.cases.history(saved.number)[-1]
    assert (line.at, line.who, line.screen) == (at("2026-11-21 15:30"), "冯学勤", "抱怨投诉")
    assert (line.field, line.old, line.new, line.reason) == ("缺点纠正", "", "更换阀体", "")


def test_history_names_people_cars_and_local_times_and_not_their_ids(office):
    saved = registered(office, received_at=at("2026-11-20 09:00"))
    other, _ = office.customers.register(customer(name="李四", contacts=()), act())
    changes = {"customer": other, "received_at": at("2026-11-19 08:30"), "vehicle": None}
    office.complaints.amend(saved.number, 1, changes, act(), "认错人")
    lines = [line for line in office.cases.history(saved.number) if line.reason and line.old]
    told = {line.field: (line.old, line.new) for line in lines}
    assert told == {
        "客户": ("曾小明", "李四"),
        "车辆": ("沪A8K231", ""),
        "受理时间": ("2026-11-20 09:00", "2026-11-19 08:30"),
    }


def test_history_holds_steps_reworks_and_calls_in_the_order_they_happened(office):
    saved = registered(office)
    office.complaints.hand_over(saved.number, saved.ver, act())
    office.reworks.register(saved.number, ReworkDraft(order_number="RO2"), act())
    call = office.follow_ups.plan(saved.number, PlanDraft(TODAY), act())
    office.follow_ups.record(call, 1, CallDraft(satisfaction="满意"), act())
    fields = [line.field for line in office.cases.history(saved.number)]
    assert fields[:5] == ["新建", "状态", "状态", "返修·新建", "回访·新建"]
    assert {"回访·满意度", "回访·回访人", "回访·回访时间"} <= set(fields[5:])


def test_history_of_one_complaint_is_not_that_of_another(office):
    first, second = registered(office), registered(office)
    office.complaints.amend(second.number, 1, {"correction": "更换阀体"}, act())
    assert "缺点纠正" not in [line.field for line in office.cases.history(first.number)]


def test_erased_values_show_as_erased(office):
    saved = registered(office)
    office.desk.database.execute_sql("UPDATE history SET old = NULL, new = NULL, salt = NULL")
    line = office.cases.history(saved.number)[0]
    assert (line.field, line.old, line.new) == ("新建", "已删除", "已删除")


def test_a_vips_open_complaint_comes_first_and_the_list_of_all_stays_by_time(office):
    vip = registered(office, received_at=at("2026-11-17 09:00"))
    later = registered(office, received_at=at("2026-11-20 09:00"), customer_name="王五", phone="13700002222", plate="")
    office.grades.confirm(office.cases.case(vip.number).customer_id, "VIP", act(), "车友会会长")
    numbers = [row.number for row in office.cases.fetch(office.cases.ids(ComplaintFilter(OPEN)))]
    assert numbers == [vip.number, later.number]
    numbers = [row.number for row in office.cases.fetch(office.cases.ids(ComplaintFilter(ALL)))]
    assert numbers == [later.number, vip.number]


def test_a_vip_is_called_first_of_a_day(office):
    other = registered(office)
    vip = registered(office, customer_name="王五", phone="13700002222", plate="沪B12345", vin="")
    for number, days in ((other.number, 0), (vip.number, 0), (vip.number, 1)):
        office.follow_ups.plan(number, PlanDraft(day(days)), act())
    office.grades.confirm(office.cases.case(vip.number).customer_id, "VIP", act(), "车友会会长")
    assert [row.complaint_number for row in office.follow_ups.due()] == [vip.number, other.number]
    assert [row.complaint_number for row in office.follow_ups.planned()] == [vip.number, other.number, vip.number]
