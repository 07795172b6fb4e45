"""The history's head stands outside the database too, and every line says through which entrance it came."""

from __future__ import annotations

from crm_desktop.cli.homes import SCREEN as COMMAND_LINE
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.door.people import SCREEN as DOOR
from crm_desktop.door.serve import Door
from crm_desktop.services.office import Office
from tests.makers import registered


def head(office: Office) -> str:
    """The last link."""
    return str(office.chronicle.verify()["head"])


def test_the_head_stands_in_the_name_of_each_backup(office: Office):
    registered(office)
    assert f"-{head(office)[:8]}" in office.backups.automatic().name


def test_the_head_is_printed_on_the_report_of_the_month(office: Office):
    registered(office)
    blocks = report_blocks(office.monthly.of("2026-11"))
    assert f"链头 {head(office)[:8]}" in str(blocks[0])


def test_a_cut_tail_is_told_by_the_backup_s_name(office: Office):
    registered(office)
    before = office.backups.automatic().name
    registered(office, phone="13711112222")
    assert office.backups.automatic().name[-12:] != before[-12:]


def test_window_command_line_and_door_are_told_apart_in_the_history(office: Office):
    registered(office)
    Door(office).answer('{"id":1,"op":"customers.register","args":{"name":"周立"}}'.encode())
    screens = [screen for (screen,) in office.desk.rows("SELECT DISTINCT screen FROM history ORDER BY id")]
    assert screens == ["抱怨投诉", DOOR]
    assert len({"", *screens, COMMAND_LINE}) == 4
