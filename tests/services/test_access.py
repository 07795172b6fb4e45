"""Sitting down at the desk: PINs, the wait after wrong ones, forgotten ones, and what a guarded home refuses."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import open_office
from tests.makers import act, complaint
from tests.services.people import ADVISER, DIRECTOR, PIN, hired


def wrong_pins(office, times, who=ADVISER):
    """So many wrong guesses; the last refusal's sentence."""
    for _ in range(times):
        with pytest.raises(NotAllowed) as refused:
            office.access.login(who, "9999")
    return refused.value.sentence


def later(office, monkeypatch, local):
    """The same folder opened at another local time."""
    home = office.desk.home
    office.desk.close()
    monkeypatch.setenv("CRM_NOW", local)
    return open_office(home)


@pytest.mark.parametrize("who", [ADVISER, "服务顾问"])
def test_somebody_sits_down_by_name_or_by_a_role_only_he_holds(guarded, who):
    assert guarded.access.login(who, PIN).name == ADVISER


@pytest.mark.parametrize(("who", "pin"), [(ADVISER, "2469"), (ADVISER, ""), ("张三", PIN), ("", PIN)])
def test_a_wrong_pin_or_name_is_refused_with_one_sentence(guarded, who, pin):
    with pytest.raises(NotAllowed) as refused:
        guarded.access.login(who, pin)
    assert refused.value.code == 4
    assert refused.value.sentence.endswith("。")


def test_after_three_wrong_ones_even_the_right_one_has_to_wait(guarded):
    wrong_pins(guarded, 3)
    with pytest.raises(NotAllowed, match="连续输错 3 次，请等 5 秒再试"):
        guarded.access.login(ADVISER, PIN)
    assert guarded.access.login(DIRECTOR, PIN).name == DIRECTOR


def test_the_wait_survives_a_restart(guarded, monkeypatch):
    wrong_pins(guarded, 3)
    again = later(guarded, monkeypatch, "2026-11-21T14:00:04")
    with pytest.raises(NotAllowed, match="请等 1 秒再试"):
        again.access.login(ADVISER, PIN)
    again.desk.close()


def test_after_the_wait_the_right_one_opens_and_the_count_begins_anew(guarded, monkeypatch):
    wrong_pins(guarded, 3)
    again = later(guarded, monkeypatch, "2026-11-21T14:00:05")
    assert again.access.login(ADVISER, PIN).name == ADVISER
    assert "不对" in wrong_pins(again, 2)
    again.desk.close()


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_wait(guarded, monkeypatch):
    wrong_pins(guarded, 3)
    again = later(guarded, monkeypatch, "2026-11-20T14:00:00")
    assert wrong_pins(again, 1).endswith("请等 5 秒再试。")
    again.desk.close()


def test_the_first_one_gets_the_administration_and_a_recovery_code(office):
    first = hired(office, DIRECTOR, Role.DIRECTOR)
    assert len(first.recovery_code) == 19
    assert office.staff.find(DIRECTOR).duties == ("服务总监", "系统管理")


def test_those_after_him_get_neither(guarded, by):
    later_one = hired(guarded, "冯学勤", Role.MANAGER, by=by(DIRECTOR))
    assert later_one.recovery_code == ""
    assert guarded.staff.find("冯学勤").duties == ("服务经理",)


def test_a_refused_pin_leaves_nobody_behind(office):
    with pytest.raises(InvalidInput):
        office.access.hire(DIRECTOR, (Role.DIRECTOR,), "1234", act())
    assert office.staff.people() == []


def test_one_changes_ones_own_pin(guarded, by):
    guarded.access.change_pin(PIN, "1357", by(ADVISER))
    assert guarded.access.login(ADVISER, "1357").name == ADVISER
    with pytest.raises(NotAllowed):
        guarded.access.login(ADVISER, PIN)


def test_a_change_needs_the_old_pin_and_a_person(guarded, by):
    with pytest.raises(NotAllowed, match="不对"):
        guarded.access.change_pin("1111", "1357", by(ADVISER))
    with pytest.raises(NotAllowed, match="登录"):
        guarded.access.change_pin(PIN, "1357", act())


def test_a_forgotten_pin_is_set_anew_by_who_manages_staff_which_ends_the_wait(guarded, by):
    wrong_pins(guarded, 4 - 1)
    person = guarded.staff.find(ADVISER)
    assert guarded.access.reset_pin(person.id, "1357", by(DIRECTOR)) == ""
    assert guarded.access.login(ADVISER, "1357").name == ADVISER
    with pytest.raises(NotAllowed, match="管员工"):
        guarded.access.reset_pin(person.id, "2580", by(ADVISER))


def test_the_last_administrator_comes_back_by_the_printed_code_once(office):
    code = hired(office, DIRECTOR, Role.DIRECTOR).recovery_code
    following = office.access.recover(DIRECTOR, code.lower(), "1357")
    assert office.access.login(DIRECTOR, "1357").name == DIRECTOR
    with pytest.raises(NotAllowed, match="恢复码不对"):
        office.access.recover(DIRECTOR, code, "2580")
    assert office.access.recover(DIRECTOR, following, "2580") != following


def test_guessing_codes_has_to_wait_like_guessing_pins(guarded):
    for _ in range(3):
        with pytest.raises(NotAllowed, match="恢复码不对"):
            guarded.access.recover(DIRECTOR, "AAAA-AAAA-AAAA-AAAA", "1357")
    with pytest.raises(NotAllowed, match="请等 5 秒"):
        guarded.access.recover(DIRECTOR, "AAAA-AAAA-AAAA-AAAA", "1357")


def test_the_code_is_only_for_those_who_administer(guarded, by):
    code = guarded.access.new_recovery_code(by(DIRECTOR))
    with pytest.raises(NotAllowed, match="只给系统管理用"):
        guarded.access.recover(ADVISER, code, "1357")


def test_neither_pin_nor_code_can_be_read_in_the_file(guarded, by):
    code = guarded.access.new_recovery_code(by(DIRECTOR))
    guarded.access.change_pin("2468", "280591734652", by(DIRECTOR))  # four digits turn up by chance in any hash
    guarded.desk.close()
    content = guarded.desk.path.read_bytes()
    assert code.encode() not in content
    assert b"280591734652" not in content


def test_the_history_says_that_a_pin_was_set_and_by_whom(guarded):
    lines = guarded.desk.rows("SELECT who, new FROM history WHERE entity = 'staff' AND field = 'pin' ORDER BY id")
    assert lines == [("谢文杰", "已设定"), (DIRECTOR, "已设定"), (DIRECTOR, "已设定")]


def test_a_hash_planted_in_the_file_opens_nothing_and_is_found(guarded):
    known = guarded.desk.rows("SELECT salt, pin_hash, mark FROM credentials WHERE staff_id = 2")[0]
    guarded.desk.database.execute_sql(
        "UPDATE credentials SET salt = ?, pin_hash = ?, mark = ? WHERE staff_id = 1", known
    )
    with pytest.raises(NotAllowed):
        guarded.access.login(DIRECTOR, PIN)
    assert [finding.what for finding in guarded.upkeep.check() if finding.trouble] == ["员工 PIN"]


def test_who_left_can_no_longer_sit_down(guarded, by):
    person = guarded.staff.find(ADVISER)
    left = by(ADVISER)
    guarded.staff.change(person.id, person.ver, by(DIRECTOR), person.roles, left=True)
    with pytest.raises(NotAllowed):
        guarded.access.login(ADVISER, PIN)
    with pytest.raises(NotAllowed, match="已离职"):
        guarded.staff.act(person, left.screen)


def test_in_a_guarded_home_nobody_in_particular_writes_nothing(guarded):
    before = guarded.desk.rows("SELECT COUNT(*) FROM history")
    with pytest.raises(NotAllowed, match="登录"):
        guarded.complaints.register(complaint(), act())
    assert guarded.desk.rows("SELECT COUNT(*) FROM history") == before


def test_all_is_well_with_a_guarded_home(guarded, by):
    guarded.complaints.register(complaint(), by(ADVISER))
    assert [finding for finding in guarded.upkeep.check() if finding.trouble] == []
