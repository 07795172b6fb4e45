"""The sample home: believable, the same for the same seed, and never mixed with real data."""

import re
from collections import Counter

import pytest

from crm_desktop.clock import to_local
from crm_desktop.domain.complaints import Channel, Severity, State
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import is_mobile, phone_doubt, plate_doubt, vin_doubt
from crm_desktop.domain.sample_words import stories
from crm_desktop.domain.staff import Role
from crm_desktop.models.moments import moment
from crm_desktop.services.office import open_office
from crm_desktop.services.samples import DEALER_NAME, fill
from tests.makers import TODAY, day, registered

VAGUE = re.compile("加强|强化|提高|提升|增强|严格|认真|进一步|持续|不断|切实|培训")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A sample home of the usual size, looked at by many tests and changed by none."""
    office = open_office(tmp_path_factory.mktemp("sample"))
    fill(office.desk, 60, 40, TODAY, 1)
    yield office
    office.desk.close()


def contents(office):
    """Everything but the history, whose salts are drawn anew each time."""
    tables = ("staff", "settings", "customers", "contacts", "vehicles", "complaints", "complaint_events", "reworks",
              "follow_ups", "counters")  # fmt: skip
    return {table: office.desk.rows(f"SELECT * FROM {table}") for table in tables}


def test_the_sample_is_as_large_as_asked_for(sample):
    assert sample.customers.count() == 60
    assert len(contents(sample)["complaints"]) == 40


def test_every_check_of_the_data_holds(sample):
    assert [finding for finding in sample.upkeep.check() if finding.trouble] == []


def test_every_way_in_and_both_severities_occur(sample):
    assert {row[0] for row in sample.desk.rows("SELECT channel FROM complaints")} == set(Channel)
    assert {row[0] for row in sample.desk.rows("SELECT severity FROM complaints")} == set(Severity)


def test_every_state_occurs_and_one_is_void(sample):
    states = Counter(state for (state,) in sample.desk.rows("SELECT state FROM complaints"))
    assert set(states) == set(State)
    assert states[State.VOID] == 1


def test_a_measure_names_the_one_who_answers_for_it(sample):
    told = sample.desk.rows("SELECT what, who FROM measures")
    told += sample.desk.rows("SELECT long_term_measure, responsible FROM complaints WHERE long_term_measure <> ''")
    assert told
    assert [text for text, responsible in told if not text.startswith(responsible)] == []


def test_one_complaint_has_two_reworks(sample):
    many = sample.desk.rows("SELECT COUNT(*) FROM reworks GROUP BY complaint_id HAVING COUNT(*) > 1")
    assert many == [(2,)]


def test_measures_stand_in_every_stage_and_months_are_frozen(sample):
    states = Counter(row.state(TODAY) for row in sample.measure_lists.rows())
    assert {"进行中", "待评估", "有效"} <= set(states)
    assert [len(sample.monthly.frozen(month)) for month in ("2026-09", "2026-10", "2026-11")] == [1, 1, 0]


def test_a_few_of_a_hundred_cars_are_complained_about_and_the_frozen_months_know_it(sample):
    told = [sample.monthly.of(month).figure("每百台进厂抱怨数").value for month in ("2026-09", "2026-10", "2026-11")]
    assert all(1 < share < 15 for share in told)
    for month in ("2026-09", "2026-10"):
        blocks = sample.monthly.frozen(month)[0].content["blocks"]
        words = [block["text"] for block in blocks if block["kind"] == "paragraph"]
        assert [text for text in words if "没有工单数据" in text] == []


def test_calls_are_made_due_today_and_overdue(sample):
    due = [row.planned_on for row in sample.follow_ups.due(TODAY)]
    assert TODAY in due
    assert any(planned < TODAY for planned in due)
    assert len(sample.follow_ups.made_ids()) > 20


def test_somebody_who_never_complained_is_to_be_called_and_may_complain_then(sample):
    free = [row for row in sample.follow_ups.due(TODAY) if not row.complaint_number]
    assert [row.planned_on for row in free] == [day(-1), TODAY, TODAY]
    told = ", ".join(str(row.id) for row in free)
    customers = f"SELECT customer_id FROM follow_ups WHERE id IN ({told})"
    assert sample.desk.rows(f"SELECT COUNT(*) FROM complaints WHERE customer_id IN ({customers})") == [(0,)]
    assert all(row.phone and row.reason == "交车后回访，问用车情况" for row in free)


def test_the_last_days_left_open_complaints_and_one_of_an_unknown_customer(sample):
    counts = sample.cases.counts()
    assert counts["未关闭"] >= 6
    assert counts["待补客户"] == 1


def test_everything_happened_in_its_order_and_before_the_day_shown_as_today(sample):
    times = [at for (at,) in sample.desk.rows("SELECT at FROM history ORDER BY id")]
    assert times == sorted(times)
    assert to_local(moment(times[-1])).date() < TODAY
    assert to_local(moment(times[0])).date() > day(-100)


def test_the_desk_worked_in_its_opening_hours(sample):
    hours = [to_local(moment(at)).time() for (at,) in sample.desk.rows("SELECT at FROM complaint_events")]
    assert all(8 <= time.hour < 18 for time in hours)


def test_people_and_companies_with_one_and_more_cars_occur(sample):
    kinds = dict(sample.desk.rows("SELECT kind, COUNT(*) FROM customers GROUP BY kind"))
    two_cars = sample.desk.rows(
        "SELECT 1 FROM customers c JOIN vehicles v ON v.customer_id = c.id WHERE c.kind = '个人'"
        " GROUP BY c.id HAVING COUNT(*) = 2"
    )
    assert kinds["单位"] >= 5
    assert two_cars
    assert sample.desk.rows("SELECT 1 FROM vehicles WHERE brought_by <> ''")


def test_plates_vins_and_phones_are_well_formed_and_come_once(sample):
    cars = sample.desk.rows("SELECT plate, vin FROM vehicles WHERE vin <> ''")
    phones = [value for (value,) in sample.desk.rows("SELECT value FROM contacts WHERE kind = '手机'")]
    assert [doubt for plate, vin in cars for doubt in (plate_doubt(plate), vin_doubt(vin)) if doubt] == []
    assert [phone for phone in phones if phone_doubt(phone) or not is_mobile(phone) or phone[3:7] != "0000"] == []
    assert len({vin for _, vin in cars}) == len({plate for plate, _ in cars}) == len(cars)
    assert len(set(phones)) == len(phones)
    assert {7, 8} <= {len(plate) for plate, _ in cars}


def test_short_and_long_words_occur(sample):
    lengths = [len(words) for (words,) in sample.desk.rows("SELECT words FROM complaints")]
    assert min(lengths) < 10
    assert max(lengths) > 200


def test_one_colleague_holds_each_role_and_the_folder_says_it_is_a_demonstration(sample):
    assert [sample.staff.find(role).role for role in Role] == list(Role)
    assert sample.settings.value("demo") == "1"
    assert sample.settings.value("dealership.name") == DEALER_NAME


@pytest.mark.parametrize("story", stories(), ids=[story.words[0][:8] for story in stories()])
def test_causes_and_measures_name_things_and_not_intentions(story):
    for text in (story.root_cause, story.correction, story.measure):
        assert not VAGUE.search(text)
    assert "{明天}" in story.measure
    assert "视为有效" in story.measure


def test_the_same_seed_gives_the_same_data_and_another_seed_another(home, tmp_path):
    found = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        office = open_office(tmp_path / name)
        fill(office.desk, 12, 10, TODAY, seed)
        found.append(contents(office))
        office.desk.close()
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(("customers", "complaints"), [(0, 0), (1, 1), (3, 0), (1, 12), (100, 3)])
def test_any_size_works(office, customers, complaints):
    fill(office.desk, customers, complaints, TODAY, 3)
    assert office.customers.count() == customers
    assert len(contents(office)["complaints"]) == complaints
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def test_a_folder_with_data_is_refused_and_left_as_it_is(office):
    registered(office)
    before = contents(office)
    with pytest.raises(InvalidInput, match="已经有数据"):
        fill(office.desk, 5, 5, TODAY, 1)
    assert contents(office) == before


@pytest.mark.parametrize(("customers", "complaints"), [(-1, 0), (1, -1), (0, 1)])
def test_a_size_that_cannot_be_is_refused(office, customers, complaints):
    with pytest.raises(InvalidInput, match="至少要有一位客户"):
        fill(office.desk, customers, complaints, TODAY, 1)


def test_customers_are_known_beyond_their_complaints(sample):
    grades = dict(sample.desk.rows("SELECT grade, COUNT(*) FROM customers GROUP BY grade"))
    assert grades["VIP"] == 1
    assert len(grades.keys() & {"大客户", "优质", "普通"}) >= 2
    told = ("visits", "payments", "contracts", "customer_tags", "stage_steps", "recalls", "signs", "survey_calls")
    assert [table for table in told if not sample.desk.rows(f"SELECT 1 FROM {table} LIMIT 1")] == []
    assert any(count.owner == "" for count in sample.owners.counts())


def test_solved_complaints_are_classified_and_a_few_wait_for_it(sample):
    waiting = sample.classifications.unconfirmed()
    classified = sample.desk.rows("SELECT COUNT(*) FROM classifications")[0][0]
    assert 0 < len(waiting) < classified
    assert len(sample.desk.rows("SELECT DISTINCT dimension FROM classifications")) == 5


def test_the_booklet_of_cases_names_nobody_on_file(sample):
    told = [word for story in sample.casebooks.stories() for line in story.lines for word in (story.head, *line)]
    text = re.sub(r"[\s·]", "", "".join(told))
    columns = {"customers": ("name",), "staff": ("name",), "contacts": ("value",), "vehicles": ("plate", "vin")}
    known = {
        value
        for table, names in columns.items()
        for name in names
        for (value,) in sample.desk.rows(f"SELECT {name} FROM {table} WHERE {name} <> ''")
    }
    assert len(known) > 200
    assert [value for value in known if value in text] == []
