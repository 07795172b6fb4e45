"""What proves a measure: the same problem before and after it, counted from the register and kept as counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.measures import EvaluationDraft, MeasureState
from crm_desktop.domain.monthly_tables import proof_table
from crm_desktop.domain.proofs import Alike
from crm_desktop.domain.visits import VisitDraft
from crm_desktop.services.measures import SavedMeasure
from crm_desktop.services.monthly_lists import MonthlyLists
from crm_desktop.services.office import Office
from tests.makers import act, at, complaint, day, director, faults
from tests.services.records import care, measure

DONE_ON = date(2026, 10, 10)
LATER = "2026-11-20 10:00"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"picture" * 9
SAME = {"category": "维修质量", "line": "技术"}


def came(office: Office, on: date, **changes: object) -> str:
    """A complaint of that day about the usual problem."""
    fields = {**SAME, **changes}
    line, model = str(fields.pop("line")), fields.pop("model", "")
    draft = complaint(received_at=at(f"{on} 10:00"), **fields)
    saved = office.complaints.register(draft, act(f"{on} 10:00"))
    office.complaints.amend(saved.number, saved.ver, {"line": line, "model": model}, director(f"{on} 11:00"))
    return saved.number


def finished(office: Office, number: str, **changes: object) -> SavedMeasure:
    """A measure out of this complaint, carried out on ``DONE_ON``."""
    draft = measure(complaints=(number,), due_on=DONE_ON, **changes)
    made = office.measures.register(draft, act("2026-10-02 09:00"))
    return office.measures.finish(made.id, made.ver, "照片 3 张", act(f"{DONE_ON} 17:00"), done_by="张师傅")


def evaluated(office: Office, done: SavedMeasure, conclusion: str, **changes: object) -> None:
    """What somebody else found in November."""
    draft = replace(EvaluationDraft(conclusion=conclusion, basis="抱怨台账"), **changes)
    office.measures.evaluate(done.id, done.ver, draft, care(LATER))


def proof(office: Office, done: SavedMeasure, *compared: str):
    """What the register says of it."""
    return office.proofs.of(office.measure_lists.get(done.id), compared, until=day(0))


def test_both_windows_have_the_same_number_of_days_and_meet_at_the_day_of_completion(office: Office):
    first = came(office, DONE_ON - timedelta(days=29))
    came(office, DONE_ON - timedelta(days=30))
    last = came(office, DONE_ON)
    again = [came(office, DONE_ON + timedelta(days=ahead)) for ahead in (1, 30)]
    came(office, DONE_ON + timedelta(days=31))
    found = proof(office, finished(office, first))
    assert (found.before.numbers, found.after.numbers) == ((first, last), tuple(again))


def test_only_the_same_category_and_line_count_unless_more_is_compared(office: Office):
    first = came(office, date(2026, 10, 1), model="朗逸 1.5L")
    same = came(office, date(2026, 10, 20), model="帕萨特")
    came(office, date(2026, 10, 21), category="服务态度", line="服务")
    done = finished(office, first)
    assert proof(office, done).after.numbers == (same,)
    assert proof(office, done, Alike.CATEGORY, Alike.MODEL).after.numbers == ()


def test_a_measure_over_several_cases_is_compared_by_all_their_words(office: Office):
    first = came(office, date(2026, 10, 1))
    came(office, date(2026, 10, 2), category="维修时间", line="服务")
    second = came(office, date(2026, 10, 3), category="维修时间", line="服务")
    done = finished(office, first)
    row = office.measure_lists.get(done.id)
    both = replace(row, draft=replace(row.draft, complaints=(first, second)))
    assert office.proofs.known(both)[Alike.LINE] == ("技术", "服务")
    assert len(office.proofs.of(both, until=day(0)).before.numbers) == 3


def test_what_was_void_told_twice_or_judged_does_not_count(office: Office):
    first = came(office, date(2026, 10, 1))
    void, twice, unfair, counted = (came(office, date(2026, 10, 20 + place)) for place in range(4))
    office.complaints.void(void, office.cases.case(void).ver, director(), "打错电话")
    office.joins.link(twice, counted, "同一件事", act())
    office.judgements.judge(unfair, "无效", "不是本店修的", "委托书查无此车", director())
    found = proof(office, finished(office, first))
    assert (found.after.numbers, found.spared) == ((counted,), (unfair,))


def test_a_complaint_without_the_word_that_is_compared_is_named_not_counted(office: Office):
    first = came(office, date(2026, 10, 1))
    nobody_knows = came(office, date(2026, 10, 20), line="")
    found = proof(office, finished(office, first))
    assert (found.after.numbers, found.unsure) == ((), (nobody_knows,))
    assert found.left_out == f"没有填全、请看过 1 件：{nobody_knows}"


def test_where_visits_are_known_it_is_counted_per_hundred_of_them(office: Office):
    first = came(office, date(2026, 10, 1))
    for place in range(4):
        visit = VisitDraft(order_number=f"RO{place}", came_on=date(2026, 10, 5), left_on=date(2026, 10, 5))
        office.visits.register(1, visit, act())
    found = proof(office, finished(office, first))
    assert (found.before.visits, found.before.rate, found.after.rate) == (4, 25.0, None)
    assert found.before.words == "1 件（2026-09-11 至 2026-10-10，进厂 4 台，每百台 25.00 件）"


def test_a_recurrence_in_the_register_forbids_effective_whatever_was_typed(office: Office):
    done = finished(office, came(office, date(2026, 10, 1)))
    again = came(office, date(2026, 11, 1))
    with pytest.raises(InvalidInput) as refused:
        evaluated(office, done, "有效", before=3, after=0)
    assert "又有 1 件，不能判“有效”" in faults(refused)["conclusion"]
    evaluated(office, done, "部分有效")
    made = office.measure_lists.get(done.id).evaluation
    assert made is not None
    assert made.proof is not None
    assert (made.draft.before, made.draft.after, made.proof.after.numbers) == (1, 1, (again,))


def test_what_was_counted_before_and_after_opens_from_the_report_of_the_month(office: Office):
    first = came(office, date(2026, 10, 1))
    done = finished(office, first)
    again = came(office, date(2026, 11, 1))
    evaluated(office, done, "部分有效")
    (line,) = office.monthly.of("2026-11").measure_lines
    assert proof_table([line]).links[0][1:3] == (f"cases:{first}", f"cases:{again}")
    assert [row.number for row in MonthlyLists(office.desk).of_numbers(line.numbers[1])] == [again]


def test_nothing_that_came_again_allows_effective(office: Office):
    done = finished(office, came(office, date(2026, 10, 1)))
    evaluated(office, done, "有效", recurrences="无")
    assert office.measure_lists.get(done.id).state(day(0)) == MeasureState.EFFECTIVE


def test_what_came_again_outside_the_register_forbids_effective_too(office: Office):
    done = finished(office, came(office, date(2026, 10, 1)))
    with pytest.raises(InvalidInput) as refused:
        evaluated(office, done, "有效", recurrences="夜班内返 1 台")
    assert "再发清单" in faults(refused)["conclusion"]


def test_the_count_stays_as_it_was_judged(office: Office):
    first = came(office, date(2026, 10, 1))
    done = finished(office, first)
    evaluated(office, done, "有效")
    before = office.measure_lists.get(done.id).evaluation
    came(office, date(2026, 11, 2))
    assert office.measure_lists.get(done.id).evaluation == before


def test_a_measure_watched_for_sixty_days_is_not_judged_by_thirty(office: Office):
    done = finished(office, came(office, date(2026, 10, 1)), watch_days=60)
    assert office.measure_lists.get(done.id).evaluation_due == date(2026, 12, 9)
    with pytest.raises(InvalidInput) as refused:
        evaluated(office, done, "有效", window_days=30)
    assert "观察 60 天" in faults(refused)["window_days"]


def test_what_nobody_can_compare_is_counted_by_hand(office: Office):
    done = finished(office, came(office, date(2026, 10, 1), category="", line=""))
    assert proof(office, done) is None
    evaluated(office, done, "部分有效", before=3, after=1)
    assert office.measure_lists.get(done.id).evaluation.draft.before == 3


def test_the_report_shows_numbers_every_recurrence_and_what_followed(office: Office):
    done = finished(office, came(office, date(2026, 10, 1)))
    again = came(office, date(2026, 11, 1), model="朗逸 1.5L")
    evaluated(office, done, "无效")
    office.measures.register(measure(replaces=done.id), act())
    form = office.record_sheets.evaluation(done.id)
    texts = str(form)
    assert "类别＝维修质量，责任线＝技术" in texts
    assert f"{again} 2026-11-01 朗逸 1.5L：变速箱一顿一顿" in texts
    assert "JY2026-002" in texts


def test_a_file_proves_that_it_was_done_and_stands_in_the_report(office: Office):
    made = office.measures.register(measure(due_on=DONE_ON), act("2026-10-02 09:00"))
    office.attachments.add(PICTURE, "签到单.png", act(), measure_id=made.id)
    office.measures.finish(made.id, made.ver, "", act(f"{DONE_ON} 17:00"))
    assert "附件：签到单.png" in str(office.record_sheets.evaluation(made.id))
    assert [file.name for file in office.attachments.of_measure(made.id)] == ["签到单.png"]
