"""相似案例: solved cases that share telling words, with what was done, what it cost, how it ended."""

from __future__ import annotations

from crm_desktop.domain.followups import CallDraft
from crm_desktop.services.office import Office
from tests.makers import act, closed, director, registered

WORDS = "变速箱二挡升三挡顿挫，上坡更明显"


def found(office: Office, words: str = WORDS, category: str = "") -> list[str]:
    """The numbers of the similar cases."""
    return [case.number for case in office.similar.like(words, category)]


def test_the_case_that_shares_the_telling_words_comes_first(office: Office) -> None:
    gearbox = closed(office, words="变速箱升三挡的时候顿挫").number
    closed(office, words="洗车没有洗干净，上坡停车位也没有")
    assert found(office)[0] == gearbox


def test_only_what_was_solved_is_offered(office: Office) -> None:
    registered(office, words=WORDS)
    assert found(office) == []


def test_the_complaint_itself_is_none_of_them(office: Office) -> None:
    number = closed(office, words=WORDS).number
    assert office.similar.of(number) == []


def test_the_same_category_comes_before_the_same_words(office: Office) -> None:
    other = closed(office, words="变速箱升三挡的时候顿挫", category="维修价格").number
    same = closed(office, words="变速箱升三挡的时候有顿挫感", category="维修质量").number
    assert found(office, category="维修质量") == [same, other]


def test_a_case_tells_what_was_done_and_how_it_ended(office: Office) -> None:
    saved = closed(office, words=WORDS, category="维修质量")
    call = CallDraft(satisfaction="一般", score=6, feedback="还行")
    office.follow_ups.call(saved.number, call, act())
    case = office.similar.like(WORDS)[0]
    assert (case.number, case.satisfaction, case.came_back) == (saved.number, "一般", False)
    assert case.solution
    assert case.correction


def test_what_was_reopened_came_back(office: Office) -> None:
    saved = closed(office, words=WORDS)
    office.complaints.reopen(saved.number, saved.ver, director(), "又顿了")
    again = office.cases.case(saved.number)
    office.complaints.resolve(again.number, again.ver, act())
    assert office.similar.like(WORDS)[0].came_back


def test_words_nobody_ever_said_find_nothing(office: Office) -> None:
    closed(office, words=WORDS)
    assert found(office, "喇叭") == []
