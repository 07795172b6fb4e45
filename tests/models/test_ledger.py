"""The one door for writes: versions, checksums, one history line a change, and the chain over all of them."""

import pytest
from peewee import IntegrityError

from crm_desktop.domain.errors import ChangedMeanwhile, NotFound
from crm_desktop.models.base import seal, stored_defaults
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.history import broken_at
from tests.makers import act


@pytest.fixture
def desk(office):
    """The open data folder."""
    return office.desk


@pytest.fixture
def written(desk):
    """A customer's record: 曾小明, 个人."""
    with desk.writing(act()) as ledger:
        return ledger.add(Customer, "曾小明", name="曾小明", entered_at=act().at)


def change(desk, record, changes, ver=None, **more):
    """One change of a customer's record, as one verb."""
    with desk.writing(act(who="叶清扬")) as ledger:
        return ledger.change(Customer, record, changes, ver, **more)


def lines(desk, columns="field, old, new"):
    """The history from its second line on."""
    return desk.rows(f"SELECT {columns} FROM history WHERE id > 1 ORDER BY id")


def edit_history(desk, sql):
    """A statement on the history by somebody who took the triggers away."""
    desk.database.execute_sql("DROP TRIGGER history_keeps_every_line")
    desk.database.execute_sql("DROP TRIGGER history_values_may_only_be_erased")
    desk.database.execute_sql(sql)


def test_a_new_record_begins_at_version_one_with_one_line(desk, written):
    assert desk.rows("SELECT id, ver, name FROM customers") == [(written, 1, "曾小明")]
    assert desk.rows("SELECT who, screen, entity, entity_id, field, old, new FROM history") == [
        ("谢文杰", "抱怨投诉", "customers", written, "", None, "曾小明")
    ]


def test_each_changed_field_has_its_line_with_old_and_new_value(desk, written):
    assert change(desk, written, {"name": "曾晓明", "gender": "男"}, 1, reason="听错了") == 2
    assert lines(desk, "who, field, old, new, reason") == [
        ("叶清扬", "name", "曾小明", "曾晓明", "听错了"),
        ("叶清扬", "gender", "", "男", "听错了"),
    ]


def test_a_field_that_stays_the_same_leaves_no_line(desk, written):
    change(desk, written, {"name": "曾小明", "gender": "男"})
    assert lines(desk) == [("gender", "", "男")]


def test_a_change_of_nothing_is_none(desk, written):
    assert change(desk, written, {"name": "曾小明"}, 1) == 1
    assert lines(desk) == []


def test_a_touch_moves_the_version_on_without_a_line(desk, written):
    assert change(desk, written, {}, 1, touch=True) == 2
    assert lines(desk) == []


def test_a_change_of_an_older_version_is_refused_whole(desk, written):
    change(desk, written, {"gender": "男"}, 1)
    with pytest.raises(ChangedMeanwhile, match="刚被别人改过"):
        change(desk, written, {"name": "张三"}, 1)
    assert desk.rows("SELECT ver, name FROM customers") == [(2, "曾小明")]
    assert len(lines(desk)) == 1


def test_a_record_that_is_not_there_cannot_be_changed(desk):
    with pytest.raises(NotFound):
        change(desk, 99, {"name": "张三"})


def test_a_verb_that_fails_half_way_leaves_nothing_at_all(desk, written):
    with pytest.raises(NotFound, match="不在档案里"), desk.writing(act()) as ledger:
        ledger.change(Customer, written, {"name": "张三"})
        ledger.add(Contact, "1", customer=99, kind="手机", value="1")
    assert desk.rows("SELECT name FROM customers") == [("曾小明",)]
    assert lines(desk) == []
    assert broken_at(desk.key) is None


def test_the_checksum_tells_one_content_from_another(desk, written):
    first = desk.rows("SELECT checksum FROM customers")[0][0]
    change(desk, written, {"name": "张三"})
    second = desk.rows("SELECT checksum FROM customers")[0][0]
    change(desk, written, {"name": "曾小明"})
    assert first != second
    assert desk.rows("SELECT checksum FROM customers") == [(first,)]


def test_a_checksum_tells_a_number_from_its_text_and_nothing_from_an_empty_text():
    plain = {**stored_defaults(Vehicle), "id": 1, "entered_at": "2026-11-21T00:00:00Z"}
    rows = [{**plain, "mileage": 1}, {**plain, "mileage": "1"}, plain, {**plain, "mileage": ""}]
    assert len({seal(Vehicle, row) for row in rows}) == 4


def test_a_column_nobody_said_anything_about_leaves_the_checksum_as_it_was():
    plain = {**stored_defaults(Vehicle), "id": 1, "entered_at": "2026-11-21T00:00:00Z"}
    told = [(name, value) for name, value in plain.items() if value != stored_defaults(Vehicle).get(name)]
    assert dict(told) == {"id": 1, "entered_at": "2026-11-21T00:00:00Z"}
    assert seal(Vehicle, plain) == seal(Vehicle, {**plain, "colour": ""})


def test_many_records_go_in_at_once_each_with_its_line(desk):
    rows = [{"name": name, "entered_at": act().at} for name in ("张三", "李四", "王五")]
    with desk.writing(act()) as ledger:
        assert ledger.next_id(Customer) == 1
        assert ledger.add_many(Customer, rows, ["张", "李", "王"]) == [1, 2, 3]
    assert desk.rows("SELECT entity_id, new FROM history ORDER BY id") == [(1, "张"), (2, "李"), (3, "王")]


def test_the_chain_holds_over_many_verbs(desk, written):
    for number in range(20):
        change(desk, written, {"notes": f"第 {number} 次"})
    assert broken_at(desk.key) is None
    assert desk.rows("SELECT value FROM facts WHERE name = 'history_head'")[0][0].startswith("21:")


@pytest.mark.parametrize(
    ("trick", "found"),
    [
        ("UPDATE history SET new = '张三' WHERE id = 2", 2),
        ("UPDATE history SET who = '王五' WHERE id = 2", 2),
        ("UPDATE history SET at = '2020-01-01T00:00:00Z' WHERE id = 1", 1),
        ("UPDATE history SET row_seal = '' WHERE id = 3", 3),
        ("UPDATE history SET salt = NULL WHERE id = 2", 2),
        ("UPDATE history SET reason = '写错了' WHERE id = 3", 3),
        ("UPDATE history SET reason = '' WHERE id = 3", 3),
        ("UPDATE history SET old = NULL, new = NULL, salt = NULL WHERE id = 3", 3),
        ("UPDATE history SET reason_digest = '' WHERE id = 3", 3),
        ("DELETE FROM history WHERE id = 2", 3),
        ("UPDATE history SET link = (SELECT link FROM history WHERE id = 1) WHERE id = 2", 2),
    ],
)
def test_a_history_that_was_tampered_with_is_found_at_its_line(desk, written, trick, found):
    change(desk, written, {"name": "曾晓明"})
    change(desk, written, {"name": "曾筱明"}, reason="本人来电")
    edit_history(desk, trick)
    assert broken_at(desk.key) == found


def test_a_chain_made_with_another_key_does_not_hold(desk, written):
    assert broken_at(bytes(32)) == 1


@pytest.mark.parametrize(
    "trick",
    [
        "DELETE FROM history",
        "UPDATE history SET who = '王五'",
        "UPDATE history SET new = '张三'",
        "UPDATE history SET old = NULL, new = NULL",
        "UPDATE history SET old = NULL, new = NULL, salt = NULL, new_digest = ''",
        "UPDATE history SET old = NULL, new = NULL, salt = NULL, reason = '写错了'",
        "UPDATE history SET old = NULL, new = NULL, salt = NULL, reason_digest = 'x'",
    ],
)
def test_the_file_itself_refuses_to_rewrite_history(desk, written, trick):
    with pytest.raises(IntegrityError, match="append-only"):
        desk.database.execute_sql(trick)


def test_values_can_be_erased_and_the_chain_still_holds(desk, written):
    change(desk, written, {"name": "曾晓明"})
    desk.database.execute_sql("UPDATE history SET old = NULL, new = NULL, salt = NULL WHERE entity_id = ?", (written,))
    change(desk, written, {"name": "已删除"})
    assert broken_at(desk.key) is None
    assert desk.rows("SELECT old, new FROM history WHERE id = 2") == [(None, None)]


def test_a_reason_can_be_erased_with_its_values_and_the_chain_still_holds(desk, written):
    change(desk, written, {"name": "曾晓明"}, reason="听错了")
    desk.database.execute_sql("UPDATE history SET old = NULL, new = NULL, salt = NULL, reason = '' WHERE id = 2")
    change(desk, written, {"name": "已删除"}, reason="销毁")
    assert broken_at(desk.key) is None
    assert lines(desk, "reason") == [("",), ("销毁",)]


def test_a_reason_of_the_first_schemas_cannot_be_taken_out_of_the_chain(desk, written):
    desk.database.execute_sql("DROP TRIGGER history_values_may_only_be_erased")
    desk.database.execute_sql("UPDATE history SET reason = '听错了' WHERE id = 1")
    assert broken_at(desk.key) == 1


def test_a_line_without_change_of_a_field_is_part_of_the_chain(desk, written):
    with desk.writing(act()) as ledger:
        ledger.remark(Customer, written, "exported", "客户清单.xlsx")
    assert lines(desk) == [("exported", None, "客户清单.xlsx")]
    assert broken_at(desk.key) is None
