"""六步向导: noted with the case, advice chosen for the step and the customer, skipping allowed."""

from __future__ import annotations

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.guidance import Reading, advice
from crm_desktop.services.office import Office
from tests.makers import act, at, director, registered
from tests.services.records import filed

READING = Reading("补偿型", "愤怒", "力量型", "求补偿", "梁晓雯", "二楼接待室", "明天九点", "要换阀体", agreed=True)


def test_what_was_read_and_noted_comes_back(office: Office) -> None:
    number, guide = registered(office).number, office.guidance
    assert (guide.reading(number), guide.notes(number)) == (Reading(), {})
    guide.read_as(number, READING, act())
    guide.note(number, 1, "讲了二十分钟，坐下喝水", act("2026-11-21T15:00:00"), at("2026-11-21 14:30"))
    guide.note(number, 2, "", act(), skipped=True)
    assert guide.reading(number) == READING
    told = [(note.step, note.note, note.skipped, note.who) for note in guide.notes(number).values()]
    assert told == [(1, "讲了二十分钟，坐下喝水", False, "谢文杰"), (2, "", True, "谢文杰")]
    assert guide.notes(number)[1].at == at("2026-11-21 14:30")


def test_a_step_written_anew_takes_the_place_of_the_old(office: Office) -> None:
    number = registered(office).number
    office.guidance.note(number, 3, "", act(), skipped=True)
    office.guidance.note(number, 3, "复述过了", act())
    assert [(note.note, note.skipped) for note in office.guidance.notes(number).values()] == [("复述过了", False)]


def test_a_step_without_a_word_is_skipped_or_refused(office: Office) -> None:
    number = registered(office).number
    with pytest.raises(InvalidInput, match="不做这一步请按“跳过”"):
        office.guidance.note(number, 1, " ", act())
    with pytest.raises(InvalidInput, match="没有第 7 步"):
        office.guidance.note(number, 7, "好", act())
    with pytest.raises(InvalidInput, match="情绪请从"):
        office.guidance.read_as(number, Reading(mood="暴怒"), act())


def test_advice_fits_the_step_and_what_is_known_of_the_customer(office: Office) -> None:
    chapters = office.playbook.chapters()
    alone = advice(1, Reading(), chapters)
    assert alone.lines and alone.chosen == ()
    told = advice(4, READING, chapters)
    assert [word for word, _ in told.chosen] == ["补偿型", "愤怒", "力量型", "求补偿"]
    assert told.lines != alone.lines and "为什么这一项没有补偿" in told.chosen[0][1]


def test_what_the_dealership_writes_is_what_the_guide_says(office: Office) -> None:
    own = office.playbook.text("mood").replace("请到接待室，关门，倒水", "请到二楼茶室")
    office.playbook.write("mood", own, act())
    told = advice(1, Reading(mood="激动"), office.playbook.chapters())
    assert told.chosen[0][1].startswith("请到二楼茶室")


def test_a_missing_text_leaves_the_guide_silent_not_broken() -> None:
    assert advice(1, READING, {}) == advice(6, Reading(), {})


def test_a_filed_complaint_takes_no_note(office: Office) -> None:
    number = filed(office).number
    with pytest.raises(NotAllowed, match="已存档"):
        office.guidance.note(number, 1, "补记", director())
