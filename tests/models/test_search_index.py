"""The index of the search box follows from the records, whatever is written, erased or damaged."""

import random

import pytest

from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.database import FILE_NAME
from crm_desktop.models.erasure import blanks, empty, forget
from crm_desktop.models.search import rebuild, trouble
from crm_desktop.services.office import open_office
from tests.makers import TODAY, act, complaint, customer, registered

WORDS = ("变速箱", "空调", "异响", "顿挫", "Polo", "A-1", "，", "", "王", "曾小明", "解放", "８号", "🚗")


@pytest.fixture
def connection(office):
    """The open database as the index sees it."""
    return office.desk.database.connection()


def told(chance):
    """A few words in a row."""
    return " ".join(chance.choices(WORDS, k=3))


def work(ledger, chance, known):
    """One write of any kind."""
    model, owner = chance.choice((Customer, Contact, Vehicle)), known[Customer] and chance.choice(known[Customer])
    fresh = {
        Customer: {"name": told(chance), "entered_at": ledger.act.at},
        Contact: {"customer": owner, "kind": "手机", "value": str(chance.randrange(10**11)), "name": told(chance)},
        Vehicle: {"plate": told(chance), "vin": told(chance), "entered_at": ledger.act.at},
    }[model]
    if known[model] and chance.random() < 0.6:
        changes = {name: value for name, value in fresh.items() if name != "entered_at"}
        gone = {"removed": chance.random() < 0.5} if model is Contact else {}
        ledger.change(model, chance.choice(known[model]), {**changes, **gone})
    elif model is not Contact or owner:
        known[model].append(ledger.add(model, **fresh))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_written_the_index_says_what_the_records_say(office, connection, seed):
    chance = random.Random(seed)  # noqa: S311 - made-up work, not secrets
    known = {Customer: [], Contact: [], Vehicle: []}
    for _ in range(6):
        with office.desk.writing(act()) as ledger:
            for _ in range(8):
                work(ledger, chance, known)
        assert trouble(connection) == ""


def test_a_verb_that_fails_leaves_nothing_in_the_index(office, connection):
    with pytest.raises(NotFound, match="不在档案里"), office.desk.writing(act()) as ledger:
        ledger.add(Customer, name="饕餮", entered_at=act().at)
        ledger.flush()
        ledger.add(Contact, customer=99, kind="手机", value="1")
    assert office.search.find("饕餮") == []
    assert trouble(connection) == ""


def test_a_merged_file_is_found_no_more(office, connection):
    office.customers.register(customer(), act())
    kept, _ = office.customers.register(customer(name="曾晓明", vehicles=()), act())
    with office.desk.writing(act()) as ledger:
        ledger.change(Customer, 1, {"merged_into": kept})
    assert [hit.id for hit in office.search.find("zxm")] == [kept]
    assert trouble(connection) == ""


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search_pinyin",
        "INSERT INTO search_pinyin VALUES ('1abc', 7)",
        "INSERT INTO search_grams (search_grams) VALUES ('delete-all')",
        "INSERT INTO search_grams (rowid, grams) VALUES (4, 'w变')",
        "UPDATE complaints SET words = '一切都好'",
    ],
)
def test_an_index_that_says_something_else_is_found_and_made_anew(office, connection, damage):
    registered(office)
    connection.execute(damage)
    assert "reindex" in trouble(connection)
    rebuild(connection)
    assert trouble(connection) == ""


def test_an_index_made_by_an_older_rule_is_made_anew_when_the_file_is_opened(office):
    registered(office)
    office.desk.database.execute_sql("UPDATE search_edition SET edition = 0")
    office.desk.database.execute_sql("INSERT INTO search_grams (search_grams) VALUES ('delete-all')")
    office.desk.close()
    again = open_office(office.desk.home)
    assert [hit.kind for hit in again.search.find("一顿")] == ["complaint"]
    again.desk.close()


def test_what_was_erased_is_in_no_page_of_the_file(office):
    saved = registered(office, words="饕餮纹的座套不见了")
    for number in range(20):
        office.complaints.register(complaint(words=f"空调不冷，第 {number} 次"), act())
    office.follow_ups.plan(saved.number, PlanDraft(TODAY), act())
    path = office.desk.home / FILE_NAME
    office.desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "饕".encode() in path.read_bytes()
    erase(office, saved.number)
    assert "饕".encode() not in path.read_bytes()
    assert office.search.find("饕") == []


def erase(office, number):
    """What disposal does to one complaint, without its papers."""
    found = office.cases.case(number).id
    with office.desk.writing(act()) as ledger:
        empty(ledger, Complaint, found, blanks(Complaint, ("number",), {"words": "已销毁"}), "销毁")
        forget(ledger, Complaint, [found])
    office.desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")
