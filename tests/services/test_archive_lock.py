"""A filed complaint is locked: no verb writes to it but 更正说明; a call still may, and one that ends badly reopens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.outside import PublicationDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from crm_desktop.services.parties import Party
from crm_desktop.services.steps import Saved
from tests.makers import NOW, SOLVED, at, complete, day, director
from tests.services.procedure import by
from tests.services.records import care, filed

Verb = Callable[[Office, Saved], object]
LATER = at("2026-11-25 16:00")
VERBS: dict[str, Verb] = {
    "amend": lambda o, s: o.complaints.amend(s.number, s.ver, {"correction": "改了"}, director()),
    "grade": lambda o, s: o.complaints.grade(s.number, s.ver, director(), "重大", (), "客户要求"),
    "identify": lambda o, s: o.complaints.identify(s.number, s.ver, Party(name="别人"), director(), "认错人"),
    "hand_over": lambda o, s: o.complaints.hand_over(s.number, s.ver, director()),
    "respond": lambda o, s: o.complaints.respond(s.number, s.ver, director()),
    "assign": lambda o, s: o.complaints.assign(s.number, s.ver, director(), "技术", "冯学勤"),
    "resolve": lambda o, s: o.complaints.resolve(s.number, s.ver, director()),
    "close": lambda o, s: o.complaints.close(s.number, s.ver, director()),
    "return": lambda o, s: o.complaints.return_(s.number, s.ver, director(), "不行"),
    "void": lambda o, s: o.complaints.void(s.number, s.ver, director(), "打错"),
    "correct": lambda o, s: o.corrections.correct_milestone(s.number, s.ver, director(), _step(o, s), at(NOW), "错"),
    "explain": lambda o, s: o.corrections.explain_late(s.number, s.ver, director(), _step(o, s), "出差"),
    "override": lambda o, s: o.corrections.override_wording(s.number, s.ver, director(), "root_cause", "急"),
    "rework": lambda o, s: o.reworks.register(s.number, ReworkDraft(order_number="RO1"), director()),
    "solution": lambda o, s: o.solutions.propose(s.number, SolutionDraft("再修"), director()),
    "promise": lambda o, s: o.promises.make(s.number, "回电", LATER, director()),
    "extension": lambda o, s: o.extensions.ask(s.number, s.ver, director(), LATER, "等件"),
    "publication": lambda o, s: o.outside.publish(s.number, PublicationDraft("晚报"), director()),
    "nothing published": lambda o, s: o.outside.nothing_published(s.number, director()),
    "ticket": lambda o, s: o.outside.oem_ticket(s.number, s.ver, director(), "SVW-1"),
    "case": lambda o, s: o.outside.case_result(s.number, s.ver, director(), "12315-1"),
    "judge": lambda o, s: o.judgements.judge(s.number, "无效", "打错", "", director()),
    "file again": lambda o, s: o.archive.file(s.number, s.ver, FilingDraft("B柜"), care()),
}


@pytest.mark.parametrize("name", VERBS)
def test_no_verb_writes_to_a_filed_complaint(office: Office, name: str):
    saved = filed(office)
    before = _rows(office)
    with pytest.raises(NotAllowed):
        VERBS[name](office, saved)
    assert _rows(office) == before


def test_its_reworks_are_locked_too(office: Office):
    saved = complete(office)
    draft = ReworkDraft(order_number="RO1", came_on=day(0), finished_on=day(0))
    rework = office.reworks.register(saved.number, draft, director())
    saved = office.complaints.close(saved.number, saved.ver, director())
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), care())
    with pytest.raises(NotAllowed):
        office.reworks.amend(rework, 1, draft, director())
    with pytest.raises(NotAllowed):
        office.reworks.consult(rework, 1, "冯学勤试车", director())


def test_a_satisfied_customer_of_a_filed_complaint_changes_nothing(office: Office):
    saved = filed(office)
    manager = by(Role.MANAGER)
    office.follow_ups.call(saved.number, CallDraft(satisfaction="满意"), manager)
    assert office.cases.case(saved.number).state == "已存档"


def test_an_unsatisfied_customer_takes_it_out_of_the_archive(office: Office):
    saved = filed(office)
    call = CallDraft(satisfaction="不满意", feedback="又犯了", called_at=at("2026-11-21 14:00"))
    office.follow_ups.call(saved.number, call, by(Role.MANAGER))
    assert office.cases.case(saved.number).state == "处理中"
    assert office.filings.of_id(saved.id) is None
    assert office.desk.rows("SELECT number, withdrawn_at IS NOT NULL FROM filings") == [("GD2026-0001", 1)]


def test_reopened_by_the_director_it_goes_back_under_its_number_and_its_time_runs_anew(office: Office):
    saved, verbs = filed(office), office.complaints
    saved = verbs.reopen(saved.number, saved.ver, director(), "客户再次来店")
    assert office.filings.of_id(saved.id) is None
    later = "2026-11-22 10:00"
    saved = verbs.resolve(saved.number, saved.ver, director(later), fields=SOLVED)
    saved = verbs.close(saved.number, saved.ver, director(later))
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜 3 盒"), care(later))
    again = office.filings.of_id(saved.id)
    assert (again.number, str(again.expires_on)) == ("GD2026-0001", "2028-11-22")
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def _step(office: Office, saved: Saved) -> int:
    return next(event.id for event in office.cases.case(saved.number).events if event.kind == "resolved")


def _rows(office: Office) -> list[list[tuple[object, ...]]]:
    tables = ("complaints", "complaint_events", "reworks", "solutions", "promises", "extensions", "withdrawals")
    return [office.desk.rows(f"SELECT * FROM {table}") for table in tables]
