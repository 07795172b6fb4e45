"""A name, a phone, a plate, a VIN and an ID number nobody else has: no log, crash, temp file or masked list knows them.

The same from outside, over kills and faults, is the trial ``canary``.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.imports import ImportKind
from crm_desktop.gui.crash import CrashGuard
from crm_desktop.gui.jobs import Jobs
from crm_desktop.papers.customer_lists import CustomerList
from crm_desktop.papers.imports import ImportPaper
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services import diagnostics
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.makers import TODAY, act, complaint, customer, director, registered, vehicle

PHONE, PLATE, VIN, ID = "13877766655", "沪A7C9K3", "LSVAA4189E2184847", "310101199003077758"
WORDS = "变速箱在高架上突然跳空挡"
CANARIES = (PHONE, PLATE, VIN, ID, WORDS)
TYPED = complaint(words=f"{WORDS} {ID}", phone=PHONE, plate=PLATE)


class Desk:
    """A desk with its log, its temporary folder and everything it says on the way."""

    def __init__(self, office: Office, place: Path) -> None:
        self.office, self.place = office, place
        self.temporary = place / "temporary"
        self.temporary.mkdir()

    def sung(self, *files: Path) -> list[str]:
        """Canaries heard in the log, in the temporary folder and in these files."""
        left = [path for path in self.temporary.rglob("*") if path.is_file()]
        logs = list((self.office.desk.home / "logs").glob("*"))
        return heard(b"\n".join(_content(path) for path in (*left, *logs, *files)))


def heard(content: bytes) -> list[str]:
    """The canaries in it, in any of our encodings."""
    return [c for c in CANARIES if any(c.encode(code) in content for code in ("utf-8", "gb18030", "utf-16-le"))]


def _content(path: Path) -> bytes:
    if path.suffix not in (".xlsx", ".zip"):
        return path.read_bytes()
    with ZipFile(path) as bundle:
        return b"\n".join(bundle.read(name) for name in bundle.namelist())


@pytest.fixture
def desk(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """One customer and one complaint hold every canary; the crash guard stands behind everything."""
    made = Desk(office, tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    office.customers.register(customer(vehicles=(vehicle(plate=PLATE, vin=VIN),), notes=ID), act())
    office.complaints.register(TYPED, act())
    guard = CrashGuard(office.desk.home / "logs" / "crm.log")
    guard.install()
    yield made
    guard.uninstall()


def fail(*_: object) -> None:
    """As a library fails: with the value in its words."""
    raise ValueError(f"cannot convert {PHONE} {PLATE} {VIN} {ID} {WORDS}")


def test_a_crash_in_a_slot_and_in_a_thread_is_logged_without_them(desk: Desk) -> None:
    for error in (ValueError(f"{PHONE} {WORDS}"), KeyError(VIN), OSError(2, "gone", f"/x/{PLATE}")):
        sys.excepthook(type(error), error, None)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert (desk.office.desk.home / "logs" / "crm.log").stat().st_size > 0
    assert desk.sung() == []


def test_a_job_that_breaks_is_logged_without_them(desk: Desk, qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.waitSignal(jobs.ended):
        jobs.run(fail, fail, fail, "导出")
    assert desk.sung() == []


def test_what_is_refused_leaves_no_trace_beside_the_database(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    office, bad = desk.office, desk.place / "坏的.csv"
    bad.write_text(f"姓名,手机\n{WORDS},{PHONE}{ID}\n", encoding="utf-8")
    for verb in (
        lambda: registered(office, phone=PHONE + ID),
        lambda: registered(office, plate=PLATE * 30),
        lambda: office.cases.case(f"{PHONE}{WORDS}"),
        lambda: ImportPaper(office.desk, office.imports).run(ImportKind.CUSTOMERS, bad, act()),
        lambda: office.backups.make(director(), office.desk.home / f"{PHONE}.zip"),
        lambda: office.persons.erase(1, "", director()),
    ):
        with suppress(DeskError):
            verb()
    assert desk.sung() == []


def test_what_is_said_on_the_way_holds_none_of_them(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    office = desk.office
    office.backups.automatic()
    office.search.find(PHONE)
    error = ValueError(f"{PHONE} {WORDS}")
    sys.excepthook(ValueError, error, None)
    told = capfd.readouterr()
    assert heard(f"{told.out}{told.err}".encode()) == []


def test_the_diagnostics_for_a_helper_hold_none_of_them(desk: Desk) -> None:
    sys.excepthook(ValueError, ValueError(f"{PHONE} {WORDS}"), None)
    desk.office.backups.automatic()
    assert desk.sung(diagnostics.write(desk.office.desk.home, desk.place / "诊断.zip")) == []


def test_a_masked_list_shows_no_whole_phone(desk: Desk, answered: Answered) -> None:
    office, place = desk.office, answered.folder
    written = CustomerList(office.customers, office.settings).write(place / "客户.xlsx")
    register = RegisterPaper(office.registers, office.settings).write(TODAY, TODAY, place / "台账.xlsx")
    assert PHONE not in desk.sung(written.path, register.path)
