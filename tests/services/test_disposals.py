"""销毁: nothing before its time, nothing unseen, nothing left but numbers, days and the record of it."""

from __future__ import annotations

import pytest

from crm_desktop.domain.archive import EMPTIED, DisposalRow, FilingDraft
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.staff import Role
from crm_desktop.papers.second_forms import SecondFormPapers
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import PHONE, PLATE, SOLVED, act, at, director, registered
from tests.services.procedure import by, solved
from tests.services.records import care, filed, measure

LATER = "2028-11-21 09:00"
SECRET = "变速箱一顿一顿"


def proposed(office: Office, number: str) -> DisposalRow:
    return office.disposals.propose([number], "保存期满", care(LATER))


def bundled(office: Office, number: str) -> DisposalRow:
    row = proposed(office, number)
    return office.disposals.note_bundle(row.id, row.ver, "XH2028-001.zip", "ab" * 32, care(LATER))


def disposed(office: Office, number: str) -> DisposalRow:
    row = bundled(office, number)
    return office.disposals.approve(row.id, row.ver, director(LATER))


def troubles(office: Office) -> list[str]:
    return [f"{finding.what} {finding.trouble}" for finding in office.upkeep.check() if finding.trouble]


def test_729_days_after_filing_nothing_may_be_disposed_of(office: Office):
    saved = filed(office)
    with pytest.raises(NotAllowed) as refused:
        office.disposals.propose([saved.number], "想腾地方", care("2028-11-19 09:00"))
    assert "2028-11-21 之前不能销毁" in refused.value.sentence


def test_the_list_shows_what_has_expired_and_nothing_else(office: Office):
    first = filed(office)
    assert office.filings.expired(act("2028-11-20 09:00").at.date()) == []
    assert [f.complaint_number for f in office.filings.expired(act(LATER).at.date())] == [first.number]


def test_what_is_not_filed_is_not_disposed_of(office: Office):
    with pytest.raises(NotAllowed):
        proposed(office, registered(office).number)


def test_the_same_complaint_is_proposed_once(office: Office):
    saved = filed(office)
    proposed(office, saved.number)
    with pytest.raises(NotAllowed) as refused:
        proposed(office, saved.number)
    assert "XH2028-001" in refused.value.sentence


def test_without_a_bundle_nothing_is_approved(office: Office):
    row = proposed(office, filed(office).number)
    with pytest.raises(NotAllowed) as refused:
        office.disposals.approve(row.id, row.ver, director(LATER))
    assert "请先导出" in refused.value.sentence


def test_only_the_director_approves(office: Office):
    row = bundled(office, filed(office).number)
    with pytest.raises(NotAllowed):
        office.disposals.approve(row.id, row.ver, care(LATER))


def test_a_refusal_keeps_everything_and_its_reason(office: Office):
    saved = filed(office)
    row = bundled(office, saved.number)
    told = office.disposals.refuse(row.id, row.ver, "客户起诉，暂缓", director(LATER))
    assert (told.state, told.note) == ("未批准", "客户起诉，暂缓")
    assert office.cases.case(saved.number).fields["words"] == SECRET
    assert proposed(office, saved.number).state == "待导出"


def test_a_retention_lengthened_meanwhile_stops_the_approval(office: Office):
    row = bundled(office, filed(office).number)
    office.rules.change(RuleName.RETENTION, {"years": 5, "years_with_rework": 6}, act(LATER), "延长")
    with pytest.raises(NotAllowed):
        office.disposals.approve(row.id, row.ver, director(LATER))


def test_disposal_leaves_number_days_and_the_record_of_it(office: Office):
    saved = filed(office)
    before = office.cases.case(saved.number)
    row = disposed(office, saved.number)
    case = office.cases.case(saved.number)
    assert (case.number, case.received_at, case.state) == (before.number, before.received_at, "已存档")
    assert [event.at for event in case.events] == [event.at for event in before.events]
    assert (row.state, row.decided_by, row.files[0].disposed) == ("已销毁", "程立群", True)


def test_disposal_empties_what_was_said_and_of_whom(office: Office):
    saved = filed(office)
    disposed(office, saved.number)
    case = office.cases.case(saved.number)
    assert (case.fields["words"], case.customer_name, case.plate) == (EMPTIED, "", "")
    assert {event.note for event in case.events} == {""}
    assert {line.new for line in office.cases.history(saved.number)} == {"已删除"}


def test_nothing_of_it_can_be_found_in_the_file_any_more(office: Office):
    saved = filed(office)
    disposed(office, saved.number)
    bytes_left = b"".join(path.read_bytes() for path in office.desk.home.glob("crm.db*"))
    assert SECRET.encode() not in bytes_left


def test_what_was_said_as_a_reason_goes_too(office: Office):
    saved, verbs = solved(office), office.complaints
    saved = verbs.amend(saved.number, saved.ver, {"channel": "其他"}, director(), "客户说是周大姐打的电话")
    saved = verbs.close(saved.number, saved.ver, director())
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), care())
    disposed(office, saved.number)
    bytes_left = b"".join(path.read_bytes() for path in office.desk.home.glob("crm.db*"))
    assert "周大姐".encode() not in bytes_left
    assert troubles(office) == []


def test_what_an_unhappy_customer_said_on_the_phone_goes_too(office: Office):
    saved = filed(office)
    call = CallDraft(satisfaction="不满意", feedback="全家都不再来了", called_at=at("2026-11-21 14:00"))
    office.follow_ups.call(saved.number, call, by(Role.MANAGER))
    verbs = office.complaints
    saved = verbs.resolve(saved.number, office.cases.case(saved.number).ver, director(), fields=SOLVED)
    saved = verbs.close(saved.number, saved.ver, director())
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), care())
    disposed(office, saved.number)
    bytes_left = b"".join(path.read_bytes() for path in office.desk.home.glob("crm.db*"))
    assert "全家都不再来了".encode() not in bytes_left
    assert troubles(office) == []


def test_the_customer_himself_stays_in_the_files(office: Office):
    saved = filed(office)
    disposed(office, saved.number)
    kept = office.desk.rows("SELECT COUNT(*) FROM contacts WHERE value = ?", (PHONE,))
    assert kept == [(1,)]
    assert office.desk.rows("SELECT COUNT(*) FROM vehicles WHERE plate = ?", (PLATE,)) == [(1,)]


def test_check_still_passes_after_a_disposal(office: Office):
    saved = filed(office)
    filed(office, plate="沪C99999", words="空调不冷")
    disposed(office, saved.number)
    assert troubles(office) == []


def test_a_measure_goes_with_the_last_of_its_complaints(office: Office):
    first, saved = filed(office, plate="沪C99999"), filed(office)
    made = office.measures.register(measure(complaints=(first.number, saved.number)), act())
    disposed(office, first.number)
    assert office.measure_lists.get(made.id).draft.what != ""
    row = office.disposals.propose([saved.number], "保存期满", care(LATER))
    row = office.disposals.note_bundle(row.id, row.ver, "XH2028-002.zip", "cd" * 32, care(LATER))
    office.disposals.approve(row.id, row.ver, director(LATER))
    assert office.measure_lists.get(made.id).draft.what == ""
    assert troubles(office) == []


def test_what_was_disposed_of_is_not_written_to_or_disposed_of_again(office: Office):
    saved = filed(office)
    disposed(office, saved.number)
    for verb in (
        lambda: office.archive.add_correction(saved.number, "里程", "错了", care(LATER)),
        lambda: office.disposals.propose([saved.number], "再来一次", care(LATER)),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_the_bundle_tells_every_table_of_a_complaint(office: Office):
    saved = filed(office)
    told = office.disposals.content(saved.number)
    assert told["complaints"][0]["words"] == SECRET
    assert told["customers"][0]["name"] == "曾小明"
    assert told["filings"][0]["number"] == "GD2026-0001"
    assert {"complaint_events", "reworks", "follow_ups", "solutions", "promises"} <= told.keys()


def test_the_plain_form_of_what_was_disposed_of_goes_at_once_and_is_not_written_again(office: Office):
    number = filed(office).number
    forms, papers = office.desk.home / "archive", SecondFormPapers(office.desk)
    papers.keep_up(lambda: False, rest=0)
    assert list(forms.glob(f"*/{number}.*"))
    disposed(office, number)
    assert not list(forms.glob("*/*"))
    papers.keep_up(lambda: False, rest=0)
    assert not list(forms.glob("*/*"))
