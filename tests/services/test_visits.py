"""Orders typed at the desk."""

import pytest

from crm_desktop.domain.dealings import PaymentDraft
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.visits import VisitDraft
from tests.makers import act, day
from tests.services.profile_world import known, visit

ORDER = VisitDraft(day(-2), day(-1), "WT9", "小修", "更换刹车片", 33000, 126000, "梁晓雯")


def test_an_order_belongs_to_the_car_and_its_owner_and_moves_the_mileage_on(office):
    found, car = known(office)
    office.visits.register(car, ORDER, act())
    (row,) = office.visits.of_vehicle(car)
    assert (row.customer_id, row.draft) == (found, ORDER)
    assert office.visits.of_customer(found) == [row]
    assert office.customers.profile(found).draft.vehicles[0].mileage == 33000
    assert office.warranties.view(car).last_order.in_force
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_typed_and_imported_orders_stand_together_the_latest_first(office):
    _, car = known(office)
    visit(office, day(-30), order_number="WT1")
    office.visits.register(car, ORDER, act())
    assert [row.draft.order_number for row in office.visits.of_vehicle(car)] == ["WT9", "WT1"]


def test_an_order_is_amended_when_the_car_leaves(office):
    _, car = known(office)
    kept = office.visits.register(car, VisitDraft(day(-2), mileage=100), act())
    assert office.visits.amend(kept, 1, ORDER, act()) == 2
    assert office.visits.of_vehicle(car)[0].draft == ORDER


def test_a_number_comes_once_and_a_car_must_be_known(office):
    _, car = known(office)
    office.visits.register(car, ORDER, act())
    with pytest.raises(InvalidInput, match="WT9 已经在"):
        office.visits.register(car, ORDER, act())
    with pytest.raises(NotFound):
        office.visits.register(99, ORDER, act())


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (VisitDraft(day(1)), "came_on"),
        (VisitDraft(day(-1), day(-2)), "left_on"),
        (VisitDraft(day(0), mileage=-1), "mileage"),
        (VisitDraft(day(0), amount_fen=-1), "amount"),
    ],
)
def test_an_order_that_cannot_be_is_refused_at_its_field(office, draft, field):
    _, car = known(office)
    with pytest.raises(InvalidInput) as refused:
        office.visits.register(car, draft, act())
    assert list(refused.value.fields) == [field]


def test_an_order_typed_by_mistake_is_taken_back_and_the_history_keeps_what_it_was(office):
    found, car = known(office)
    kept = office.visits.register(car, ORDER, act())
    with pytest.raises(InvalidInput, match="写明原因"):
        office.visits.take_back(kept, 1, " ", act())
    office.visits.take_back(kept, 1, "记错了客户", act())
    assert office.visits.of_vehicle(car) == []
    assert office.timelines.page(found, kinds=["进厂"]).rows == ()
    (reason,) = office.desk.rows("SELECT reason FROM history WHERE entity = 'visits' AND reason <> ''")[0]
    assert reason == f"撤回 WT9 {day(-2)} 更换刹车片：记错了客户"
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_an_order_taken_back_leaves_its_number_free(office):
    _, car = known(office)
    office.visits.take_back(office.visits.register(car, ORDER, act()), 1, "重复了", act())
    assert office.visits.register(car, ORDER, act())


def test_an_order_that_was_imported_is_not_taken_back_by_hand(office):
    known(office)
    with pytest.raises(NotAllowed, match="撤销导入"):
        office.visits.take_back(visit(office), 1, "错了", act())


def test_an_order_that_a_payment_rests_on_stays(office):
    found, car = known(office)
    kept = office.visits.register(car, ORDER, act())
    office.dealings.add_payment(found, PaymentDraft(100, visit_id=kept), act())
    with pytest.raises(NotAllowed, match="已有付款"):
        office.visits.take_back(kept, 1, "错了", act())


def test_an_order_somebody_changed_meanwhile_is_not_taken_back_unseen(office):
    _, car = known(office)
    kept = office.visits.register(car, VisitDraft(day(-2)), act())
    office.visits.amend(kept, 1, ORDER, act())
    with pytest.raises(ChangedMeanwhile):
        office.visits.take_back(kept, 1, "错了", act())
