"""The open data folder: one verb one transaction, two windows at once, and what a disk says as one sentence."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm_desktop.domain.errors import InUse, StorageRefused
from crm_desktop.models.customers import Customer
from crm_desktop.models.history import broken_at
from crm_desktop.services.desk import open_desk
from tests.makers import TODAY, act, at, registered

WINDOW = """
import json, pathlib, sys
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.services.office import open_office
office = open_office(pathlib.Path(sys.argv[1]))
draft = ComplaintDraft(words="一顿一顿", plate="沪A8K231")
act = office.desk.act("窗口 " + sys.argv[2], "抱怨投诉")
print(json.dumps([office.complaints.register(draft, act).number for _ in range(25)]))
office.desk.close()
"""


def test_two_windows_that_save_at_once_never_give_a_number_twice(office):
    home = office.desk.home
    command = [sys.executable, "-W", "error", "-c", WINDOW, str(home)]
    windows = [subprocess.Popen([*command, name], stdout=subprocess.PIPE) for name in "甲乙"]
    numbers = [number for window in windows for number in json.loads(window.communicate(timeout=60)[0])]
    numbers += [registered(office).number]
    assert sorted(numbers) == [f"TS20261121-{n:03d}" for n in range(1, 52)]
    assert broken_at(office.desk.key) is None
    assert {window.returncode for window in windows} == {0}


def test_the_clock_of_a_test_folder_stands_where_it_was_put(office):
    assert office.desk.now() == at("2026-11-21 14:00")
    assert office.desk.today() == TODAY
    assert office.desk.act("谢文杰", "今日").at == office.desk.now()


def test_the_clock_of_a_real_folder_cannot_be_put(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_NOW", "1999-01-01T00:00:00")
    desk = open_desk(tmp_path)
    assert desk.today().year > 1999
    desk.close()


def test_a_verb_that_fails_takes_everything_back(office):
    with pytest.raises(ZeroDivisionError), office.desk.writing(act()) as ledger:
        ledger.add(Customer, name="张三", entered_at=act().at)
        raise ZeroDivisionError
    assert office.customers.count() == 0


def test_another_program_that_holds_the_file_is_told_in_one_sentence(office):
    office.desk.database.execute_sql("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(office.desk.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(InUse, match="正被另一个程序占用"):
        registered(office)
    holder.close()
    assert registered(office).number == "TS20261121-001"


@pytest.fixture
def small_disk():
    """Files of this process may not grow beyond what they are, as on a full disk."""
    resource = pytest.importorskip("resource", reason="limits of a process exist on Unix only")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def full(at_bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (at_bytes, before[1]))

    yield full
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_is_told_in_one_sentence_and_nothing_is_half_saved(office, small_disk):
    registered(office)
    small_disk(office.desk.path.with_name("crm.db-wal").stat().st_size)
    with pytest.raises(StorageRefused, match="磁盘已满或出错，没有保存"):
        registered(office, words="长" * 4000)
    small_disk(100_000_000)
    assert registered(office).number == "TS20261121-002"
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def test_a_worker_reads_on_a_connection_of_its_own_and_lets_it_go(office):
    registered(office)

    def read():
        with office.desk.reading():
            return threading.get_ident(), office.customers.count()

    with ThreadPoolExecutor(1) as pool:
        worker, count = pool.submit(read).result()
    assert (worker != threading.get_ident(), count) == (True, 1)


def test_closing_folds_the_log_into_the_file(office):
    registered(office)
    office.desk.close()
    office.desk.close()
    assert sorted(path.name for path in office.desk.home.glob("crm.db*")) == ["crm.db"]


def test_a_form_that_outlives_its_desk_opens_the_file_no_more(office):
    office.desk.close()
    office.drafts.put("抱怨单", {"words": "空调不冷"})
    assert office.desk.database.is_closed()
