"""归类: confirmed by whoever may solve, changed later, read back for the report with the words as they were."""

from __future__ import annotations

import pytest

from crm_desktop.domain.classification import Axis
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed
from crm_desktop.services.cases import UNCLASSIFIED, ComplaintFilter
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import act, closed, director, faults, registered
from tests.services.records import filed

WORDS = {Axis.KIND: "抱怨", Axis.CATEGORY: "维修质量", Axis.DIMENSION: "专业度", Axis.MATTER: "维修质量·机电"}


def test_a_confirmed_complaint_counts_under_its_words(office: Office) -> None:
    saved = registered(office)
    office.classifications.confirm(saved.number, WORDS, act(), confidence=82)
    facts = office.classifications.facts([saved.id])[saved.id]
    assert (facts.confirmed, facts.validity, facts.group(Axis.MATTER)) == (True, "有效", "维修质量")
    assert {axis: facts.word(axis) for axis in WORDS} == WORDS


def test_nobody_confirmed_yet_is_told_apart(office: Office) -> None:
    saved = registered(office)
    facts = office.classifications.facts([saved.id])[saved.id]
    assert (facts.confirmed, facts.word(Axis.KIND)) == (False, "")


def test_the_category_goes_into_the_form(office: Office) -> None:
    saved = registered(office)
    office.classifications.confirm(saved.number, WORDS, act())
    assert office.cases.case(saved.number).fields["category"] == "维修质量"


def test_a_word_that_is_in_no_list_is_refused_at_its_axis(office: Office) -> None:
    with pytest.raises(InvalidInput) as refused:
        office.classifications.confirm(registered(office).number, {Axis.KIND: "吵架"}, act())
    assert "kind" in faults(refused)


def test_a_later_one_names_the_version_it_saw(office: Office) -> None:
    number = registered(office).number
    first = office.classifications.confirm(number, WORDS, act())
    with pytest.raises(ChangedMeanwhile):
        office.classifications.confirm(number, {**WORDS, Axis.KIND: "投诉"}, act())
    later = office.classifications.confirm(number, {**WORDS, Axis.KIND: "投诉"}, act(), first.ver)
    assert (later.words[Axis.KIND], later.ver) == ("投诉", 2)


def test_a_word_taken_out_of_its_list_stays_with_what_was_confirmed(office: Office) -> None:
    number = registered(office).number
    first = office.classifications.confirm(number, WORDS, act())
    table = office.rules.table(RuleName.CLASSES)
    kinds = next(row for row in table["axes"] if row["axis"] == Axis.KIND)
    kinds["words"] = [row for row in kinds["words"] if row["word"] != "抱怨"]
    office.rules.change(RuleName.CLASSES, table, act(), "本店不分")
    again = office.classifications.confirm(number, {**WORDS, Axis.DIMENSION: "反映度"}, act(), first.ver)
    assert again.words[Axis.KIND] == "抱怨"


def test_a_filed_complaint_can_still_be_classified_its_form_stays(office: Office) -> None:
    number = filed(office).number
    before = office.cases.case(number).fields["category"]
    office.classifications.confirm(number, WORDS, act())
    assert office.cases.case(number).fields["category"] == before


def test_a_void_complaint_is_not_classified(office: Office) -> None:
    saved = registered(office)
    office.complaints.void(saved.number, saved.ver, director(), "录错")
    with pytest.raises(NotAllowed):
        office.classifications.confirm(saved.number, WORDS, act())


def test_what_was_solved_and_never_classified_is_listed_for_later(office: Office) -> None:
    registered(office)
    solved = closed(office)
    assert office.classifications.unconfirmed() == [solved.id]
    office.classifications.confirm(solved.number, WORDS, act())
    assert office.classifications.unconfirmed() == []


def test_a_judgement_of_the_director_shows_in_the_facts(office: Office) -> None:
    saved = registered(office)
    office.judgements.judge(saved.number, "无效", "打错电话", "", director())
    assert office.classifications.facts([saved.id])[saved.id].validity == "无效"


def test_the_list_for_later_is_a_view_of_the_complaints(office: Office) -> None:
    solved = closed(office)
    assert office.cases.ids(ComplaintFilter(UNCLASSIFIED)) == [solved.id]
