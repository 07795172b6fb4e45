"""The records of a complaint on their way to paper: what was agreed, what was evaluated, and marks."""

from __future__ import annotations

from crm_desktop.domain.forms import Fields, FormSheet, Passage
from crm_desktop.domain.measures import EvaluationDraft
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.services.office import Office
from crm_desktop.services.solutions import Solutions
from tests.makers import PHONE, act, director, registered
from tests.services.records import care, filed, measure


def texts(form: FormSheet) -> dict[str, str]:
    """What stands under each label or caption; the last one where a label comes again."""
    lines = [line for section in form.sections for line in section.lines]
    told = {line.caption: line.text for line in lines if isinstance(line, Passage)}
    return told | {field.label: field.text for line in lines if isinstance(line, Fields) for field in line.fields}


def titles(form: FormSheet) -> list[str]:
    return [section.title for section in form.sections]


def offered(office: Office, number: str, agreed: str = "换") -> None:
    """Three options, one of them the customer's; the one whose text begins like this is agreed on."""
    for draft in (
        SolutionDraft("修理滑阀箱", 386000, "配件有库存", opinion="不同意，怕再犯"),
        SolutionDraft("换滑阀箱", 520000, "三天到货", opinion="同意"),
        SolutionDraft("赔一台新车", by_customer=True),
    ):
        Solutions(office.desk).propose(number, draft, act())
    for row in Solutions(office.desk).of_complaint(number):
        if row.draft.what.startswith(agreed):
            Solutions(office.desk).agree(row.id, row.ver, act())


def test_what_was_offered_and_agreed_stands_on_the_paper(office: Office):
    number = registered(office, demand="修好").number
    offered(office, number)
    told = texts(office.record_sheets.solution(number)[0])
    assert told["客户提议的方案"] == "赔一台新车"
    assert told["商定方案"] == "□方案A　☑方案B　□方案C　□客户方案"
    assert told["客户诉求"] == "修好"


def test_the_customers_opinion_is_a_box_and_his_words(office: Office):
    number = registered(office).number
    offered(office, number)
    first = office.record_sheets.solution(number)[0].sections[2]
    assert first.title == "方案A"
    assert first.lines[1].fields[0].text == "3,860.00 元"
    assert first.lines[2].fields[0].text == "□同意　☑不同意　□要求修改　怕再犯"


def test_what_was_agreed_upon_is_ticked_though_nobody_wrote_his_opinion_down(office: Office):
    number = registered(office).number
    Solutions(office.desk).propose(number, SolutionDraft("免费重做"), act())
    row = Solutions(office.desk).of_complaint(number)[0]
    Solutions(office.desk).agree(row.id, row.ver, act())
    first = office.record_sheets.solution(number)[0].sections[2]
    assert first.lines[2].fields[0].text == "☑同意　□不同意　□要求修改"


def test_the_customers_own_proposal_can_be_the_one_agreed_on(office: Office):
    number = registered(office).number
    offered(office, number, agreed="赔")
    solution, confirmation = office.record_sheets.solution(number)
    assert "☑客户方案" in texts(solution)["商定方案"]
    assert texts(confirmation)["商定的解决方案"] == "客户方案：赔一台新车"


def test_the_confirmation_never_tells_what_it_costs_the_dealership(office: Office):
    number = registered(office).number
    offered(office, number)
    confirmation = office.record_sheets.solution(number)[1]
    assert "店方费用" not in texts(confirmation)
    assert texts(confirmation)["联系电话"] == PHONE


def test_a_complaint_without_a_solution_gives_a_paper_to_fill_by_hand(office: Office):
    solution, confirmation = office.record_sheets.solution(registered(office).number)
    assert texts(solution)["商定方案"] == "□方案A　□方案B　□方案C　□客户方案"
    assert texts(confirmation)["商定的解决方案"] == ""
    assert titles(solution) == ["投诉概况", "客户意愿", "方案A", "方案B", "方案C", "商定方案", "签字"]


def test_each_measure_of_a_complaint_has_its_evaluation(office: Office):
    number = registered(office).number
    made = office.measures.register(measure(complaints=(number,)), act())
    office.measures.register(measure(complaints=(number,), kind="预防"), act())
    done = office.measures.finish(made.id, made.ver, "照片", act())
    told = EvaluationDraft(3, 1, "部分有效", "台账")
    office.measures.evaluate(done.id, done.ver, told, care("2026-12-22 10:00"))
    first, second = office.record_sheets.evaluations(number)
    assert (first.name, second.name) == ("JY2026-001", "JY2026-002")
    assert (texts(first)["实施前"], texts(first)["实施后"]) == ("3 件", "1 件")
    assert texts(first)["结论"].startswith("□有效　☑部分有效　□无效")
    assert texts(second)["结论"].startswith("□有效　□部分有效　□无效")


def test_without_a_measure_the_evaluation_begins_with_what_the_complaint_says(office: Office):
    (form,) = office.record_sheets.evaluations(registered(office).number)
    assert texts(form)["抱怨单号"] == form.number


def test_a_void_complaint_and_a_corrected_one_are_marked(office: Office):
    saved = registered(office, plate="沪C99999")
    office.complaints.void(saved.number, saved.ver, director(), "打错电话")
    archived = filed(office)
    office.archive.add_correction(archived.number, "里程", "应为 38,620 km", care())
    assert office.record_sheets.solution(saved.number)[0].mark == "作废"
    assert office.record_sheets.solution(archived.number)[1].mark == "更正"
    assert office.record_sheets.evaluations(archived.number)[0].mark == "更正"


def test_letterheads_differ_from_paper_to_paper(office: Office):
    office.settings.change(
        {"paper.solution.document_number": "S-5", "paper.confirmation.document_number": "S-6"}, act()
    )
    solution, confirmation = office.record_sheets.solution(registered(office).number)
    assert (solution.letterhead.document_number, confirmation.letterhead.document_number) == ("S-5", "S-6")
