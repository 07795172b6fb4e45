"""Deputies of the 服务总监 and the three lines: who may, from when to when, and what stays on record."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.rights import Right, require
from crm_desktop.services.office import open_office
from tests.makers import act, complaint, day
from tests.services.people import ADVISER, CARER, DIRECTOR


@pytest.fixture
def stands_in(guarded, by):
    """谢文杰 stands in for the director today and tomorrow."""
    person = guarded.staff.find(ADVISER)
    return guarded.duties.appoint_deputy(person.id, day(0), day(1), "出差", by(DIRECTOR))


def rights_on(office, monkeypatch, local):
    """The rights of 谢文杰 at another time."""
    home = office.desk.home
    office.desk.close()
    monkeypatch.setenv("CRM_NOW", local)
    opened = open_office(home)
    found = opened.staff.act(opened.staff.find(ADVISER), "抱怨投诉").rights
    opened.desk.close()
    return found


@pytest.mark.usefixtures("stands_in")
def test_the_deputy_holds_the_directors_rights_and_his_own(by):
    assert Right.CLOSE in by(ADVISER).rights
    assert Right.REGISTER in by(ADVISER).rights
    assert Right.STAFF not in by(ADVISER).rights


@pytest.mark.usefixtures("stands_in")
def test_the_history_tells_what_was_done_as_deputy_and_what_was_not(by):
    assert require(by(ADVISER), Right.CLOSE).who == "谢文杰（代服务总监）"
    assert require(by(ADVISER), Right.REGISTER).who == "谢文杰"


@pytest.mark.usefixtures("stands_in")
def test_a_step_of_the_deputy_stands_in_the_history_as_such(guarded, by):
    saved = guarded.complaints.register(complaint(), by(ADVISER))
    guarded.complaints.void(saved.number, saved.ver, by(ADVISER), "打错电话")
    assert [event.who for event in guarded.cases.case(saved.number).events] == ["谢文杰", "谢文杰（代服务总监）"]
    assert guarded.desk.rows("SELECT who, staff_id FROM history ORDER BY id DESC LIMIT 1") == [
        ("谢文杰（代服务总监）", guarded.staff.find(ADVISER).id)
    ]


@pytest.mark.usefixtures("stands_in")
@pytest.mark.parametrize(
    ("local", "held"),
    [("2026-11-20T23:59:59", False), ("2026-11-22T23:59:59", True), ("2026-11-23T00:00:00", False)],
)
def test_the_rights_last_from_the_first_day_to_the_end_of_the_last(guarded, monkeypatch, local, held):
    assert (Right.CLOSE in rights_on(guarded, monkeypatch, local)) is held


def test_the_director_is_back_earlier(guarded, by, stands_in):
    guarded.duties.end_deputy(stands_in, 1, by(DIRECTOR))
    assert Right.CLOSE not in by(ADVISER).rights
    assert guarded.duties.deputy_today() is None
    assert [(row.name, row.reason) for row in guarded.duties.deputies()] == [(ADVISER, "出差")]


@pytest.mark.usefixtures("stands_in")
def test_only_the_director_or_who_manages_staff_appoints(guarded, by):
    person = guarded.staff.find(CARER)
    for somebody in (ADVISER, CARER):
        with pytest.raises(NotAllowed):
            guarded.duties.appoint_deputy(person.id, day(5), day(6), "", by(somebody))


@pytest.mark.usefixtures("stands_in")
@pytest.mark.parametrize(("first", "last"), [(1, 2), (-1, 0), (6, 5)])
def test_a_period_that_overlaps_is_past_or_backwards_is_refused(guarded, by, first, last):
    with pytest.raises(InvalidInput):
        guarded.duties.appoint_deputy(guarded.staff.find(CARER).id, day(first), day(last), "", by(DIRECTOR))


def test_nobody_stands_in_for_himself_or_without_a_pin(guarded, by):
    boss = by(DIRECTOR)
    without_pin = guarded.staff.add("冯学勤", ("服务经理",), boss)
    for person in (guarded.staff.find(DIRECTOR).id, without_pin):
        with pytest.raises(NotAllowed):
            guarded.duties.appoint_deputy(person, day(0), day(1), "", boss)


def test_each_line_has_its_person_and_remembers_who_had_it(guarded, by):
    guarded.duties.answer_for("技术", guarded.staff.find(ADVISER).id, by(DIRECTOR))
    guarded.duties.answer_for("技术", guarded.staff.find(CARER).id, by(DIRECTOR))
    assert [(row.line, row.name) for row in guarded.duties.lines()] == [("技术", CARER), ("服务", ""), ("配件", "")]
    assert [row.name for row in guarded.duties.line_history()] == [ADVISER, CARER]


def test_lines_are_the_directors_or_the_administrators(guarded, by):
    with pytest.raises(NotAllowed, match="管员工"):
        guarded.duties.answer_for("技术", 1, by(CARER))
    with pytest.raises(InvalidInput, match="没有“销售”这条责任线"):
        guarded.duties.answer_for("销售", 1, by(DIRECTOR))


def test_a_home_without_staff_has_lines_of_its_own_too(office):
    office.staff.add("章文远", (), act())
    office.duties.answer_for("技术", 1, act())
    assert office.duties.lines()[0].name == "章文远"
