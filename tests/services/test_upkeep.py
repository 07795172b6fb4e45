"""The check of the data finds every kind of damage, and says nothing where all is well."""

import sqlite3
from contextlib import closing

import pytest

from crm_desktop.domain.errors import Damaged, InvalidInput
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.services.office import open_office
from crm_desktop.services.soundness import Soundness, one_view
from tests.makers import TODAY, act, closed, customer, director, registered, rework, vehicle


@pytest.fixture
def busy(office):
    """A data folder in which a bit of everything happened."""
    office.settings.change({"dealership.name": "示范店"}, act())
    office.staff.add("谢文杰", ("服务顾问",), act())
    saved = registered(office)
    office.complaints.amend(saved.number, saved.ver, {"responsible": "冯学勤"}, director())
    office.reworks.register(saved.number, rework(), act())
    office.follow_ups.plan(saved.number, PlanDraft(TODAY), act())
    closed(office, customer_name="李四", phone="13900000001", plate="沪B12345")
    office.customers.amend(1, 1, customer(notes="上午方便", vehicles=(vehicle(),)), act())
    return office


def troubles(office):
    """What the check complains about."""
    return [finding.what for finding in office.upkeep.check() if finding.trouble]


def behind_the_back(office, *statements):
    """Statements by somebody who took the history's trigger away and put it back."""
    asked = "SELECT sql FROM sqlite_master WHERE name = 'history_keeps_every_line'"
    trigger = office.desk.rows(asked)[0][0]
    for sql in ("PRAGMA foreign_keys = OFF", "DROP TRIGGER history_keeps_every_line", *statements, trigger):
        office.desk.database.execute_sql(sql)


def test_a_new_folder_is_well(office):
    assert troubles(office) == []


def test_a_busy_folder_is_well(busy):
    assert troubles(busy) == []


def test_every_question_has_an_answer_even_where_all_is_well(busy):
    assert {"数据库结构", "记录之间的联系", "单据状态", "历史记录链"} <= {f.what for f in busy.upkeep.check()}


def test_a_damaged_row_is_found_by_its_checksum(busy):
    behind_the_back(busy, "UPDATE complaints SET words = '一切都好' WHERE id = 1")
    assert troubles(busy) == ["记录校验 complaints"]


def test_a_row_altered_together_with_its_checksum_no_longer_agrees_with_history(busy):
    behind_the_back(
        busy,
        "UPDATE customers SET name = (SELECT name FROM customers WHERE id = 2),"
        " checksum = (SELECT checksum FROM customers WHERE id = 2) WHERE id = 1",
    )
    assert "记录与历史 customers" in troubles(busy)


def test_a_row_that_vanished_is_missed(busy):
    behind_the_back(busy, "DELETE FROM contacts WHERE id = 1")
    assert troubles(busy) == ["记录与历史 contacts"]


def test_a_row_that_nobody_entered_is_found(busy):
    columns = "ver, checksum, complaint_id, kind, order_number, technician, inspector, items, result, entered_at"
    behind_the_back(busy, f"INSERT INTO reworks (id, {columns}) SELECT 9, {columns} FROM reworks")
    assert troubles(busy) == ["记录校验 reworks", "记录与历史 reworks"]


def test_a_reference_to_nowhere_is_found(busy):
    behind_the_back(busy, "DELETE FROM customers WHERE id = 2")
    assert "记录之间的联系" in troubles(busy)


def test_a_state_that_its_events_do_not_tell_is_found(busy):
    behind_the_back(busy, "UPDATE complaints SET state = '已关闭' WHERE id = 1")
    assert troubles(busy) == ["单据状态"]


@pytest.mark.parametrize(
    "trick", ["DELETE FROM history WHERE id = 3", "DELETE FROM history WHERE id > 10", "DELETE FROM history"]
)
def test_a_missing_line_of_history_is_found_wherever_it_stood(busy, trick):
    behind_the_back(busy, trick)
    assert "历史记录链" in troubles(busy)


@pytest.mark.parametrize(
    "trick",
    [
        "DROP TRIGGER history_values_may_only_be_erased",
        "DROP INDEX customers_by_name",
        "ALTER TABLE evaluations RENAME COLUMN ver TO v3r",
        "CREATE TABLE aside (words TEXT)",
        "CREATE VIEW all_of_them AS SELECT * FROM customers",
    ],
)
def test_a_part_that_is_gone_changed_or_added_is_found(busy, trick):
    behind_the_back(busy, trick)
    assert troubles(busy) == ["数据库结构"]


def test_a_planted_pin_goes_into_no_backup(busy):
    busy.access.hire("程立群", ("服务总监",), "2468", act())
    behind_the_back(busy, "UPDATE credentials SET pin_hash = 'ab' || substr(pin_hash, 3)")
    assert troubles(busy) == ["员工 PIN"]
    with pytest.raises(Damaged, match="员工 PIN"):
        busy.backups.automatic()


def test_what_is_saved_during_a_check_troubles_nobody(busy):
    saved = []

    def somebody_saves(_done, _total):
        saved.append(registered(busy, phone=f"139{len(saved):08d}").number)

    with closing(sqlite3.connect(busy.desk.path)) as rows:
        found = Soundness(rows, busy.desk.key, somebody_saves).all()
        assert [finding.what for finding in found if finding.trouble] == []
        assert rows.execute("SELECT COUNT(*) FROM complaints").fetchone()[0] > len(saved) > 50
    assert troubles(busy) == []


def test_all_that_is_asked_in_one_view_is_of_one_moment(busy):
    count = "SELECT COUNT(*) FROM complaints"
    with closing(sqlite3.connect(busy.desk.path)) as rows:
        with one_view(rows):
            before = rows.execute(count).fetchone()
            registered(busy, phone="13900009999")
            assert rows.execute(count).fetchone() == before
        assert rows.execute(count).fetchone() > before


def test_an_index_that_lost_its_entries_is_found(busy):
    behind_the_back(
        busy,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX customers_by_name ON customers (notes, id)'"
        " WHERE name = 'customers_by_name'",
    )
    path = busy.desk.home
    busy.desk.close()
    office = open_office(path)
    found = next(finding for finding in office.upkeep.check() if finding.trouble)
    office.desk.close()
    assert (found.what, "\n" in found.trouble) == ("数据库结构", False)


def test_full_numbers_of_the_customer_base_want_a_reason_that_stays(busy):
    with pytest.raises(InvalidInput, match="原因和用途"):
        busy.upkeep.note_unmasked_customers("c.xlsx", " ", act())
    busy.upkeep.note_unmasked_customers("c.xlsx", "厂家召回通知", act())
    assert busy.desk.rows("SELECT who, new, reason FROM history WHERE field = 'unmasked'") == [
        ("谢文杰", "客户档案清单 → c.xlsx", "厂家召回通知")
    ]
    assert troubles(busy) == []


def test_a_list_with_full_phone_numbers_leaves_a_line_with_a_name(busy):
    busy.upkeep.note_unmasked("顾客抱怨及返修记录", "register.xlsx", act(who="叶清扬"))
    busy.upkeep.note_unmasked("客户清单", "customers.xlsx", act())
    assert busy.desk.rows("SELECT who, field, new FROM history WHERE field = 'unmasked'") == [
        ("叶清扬", "unmasked", "顾客抱怨及返修记录 → register.xlsx"),
        ("谢文杰", "unmasked", "客户清单 → customers.xlsx"),
    ]
    assert troubles(busy) == []
