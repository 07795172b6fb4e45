"""Five small marks: which of the five records a complaint has."""

from __future__ import annotations

from crm_desktop.domain.measures import EvaluationDraft
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.services.monthly import MonthlyReports
from crm_desktop.services.office import Office
from crm_desktop.services.records import Records
from crm_desktop.services.solutions import Solutions
from tests.makers import act, registered
from tests.services.records import care, measure


def marks(office: Office, number: str) -> dict[str, tuple[bool, str]]:
    return {mark.label: (mark.exists, mark.note) for mark in Records(office.desk).marks_of(number)}


def test_a_new_complaint_has_its_form_and_nothing_else(office: Office):
    number = registered(office).number
    assert marks(office, number) == {
        "单": (True, number),
        "方案": (False, "还没有"),
        "月报": (False, "2026-11 未定稿"),
        "措施": (False, "还没有"),
        "评估": (False, "还没有"),
    }


def test_a_solution_is_marked_when_offered_and_says_what_was_agreed(office: Office):
    number, solutions = registered(office).number, Solutions(office.desk)
    first = solutions.propose(number, SolutionDraft("换滑阀箱"), act())
    assert marks(office, number)["方案"] == (True, "1 个方案，未商定")
    solutions.agree(first, 1, act())
    assert marks(office, number)["方案"] == (True, "商定 A")


def test_the_evaluation_is_there_when_every_measure_has_one(office: Office):
    number = registered(office).number
    made = [office.measures.register(measure(complaints=(number,)), act()) for _ in range(2)]
    done = office.measures.finish(made[0].id, 1, "照片", act())
    told = EvaluationDraft(1, 0, "有效", "台账")
    office.measures.evaluate(done.id, done.ver, told, care("2026-12-22 10:00"))
    assert marks(office, number)["措施"] == (True, "2 项")
    assert marks(office, number)["评估"] == (False, "已评 1/2 项")
    office.measures.cancel(made[1].id, 1, "合并到第一项", act())
    assert marks(office, number)["评估"] == (True, "已评 1/1 项")


def test_the_months_report_marks_its_complaints_when_frozen(office: Office):
    number = registered(office).number
    MonthlyReports(office.desk).freeze("2026-11", care())
    assert marks(office, number)["月报"] == (True, "2026-11 第 1 版")


def test_a_mark_tells_itself_to_who_listens(office: Office):
    mark = Records(office.desk).marks_of(registered(office).number)[3]
    assert mark.title == "纠正预防措施：还没有"


def test_a_whole_page_of_complaints_is_marked_at_once(office: Office):
    ids = [registered(office).id, registered(office, plate="沪C99999").id]
    assert set(Records(office.desk).marks_of_many(ids)) == set(ids)
