"""Files beside cases and customers: kept by their content, opened only as what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.attachments import LARGEST
from crm_desktop.domain.errors import Damaged, InvalidInput, NotAllowed, NotFound
from crm_desktop.services.office import Office
from tests.makers import act, closed, registered
from tests.services.profile_world import known
from tests.services.records import care, filed
from tests.services.test_disposals import disposed

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 9
PDF = b"%PDF-1.7\nsigned"
WAV = b"RIFF\x00\x00\x00\x00WAVEfmt voice"


def stored(office: Office) -> list[Path]:
    """Every file in the folder of attachments."""
    return sorted(path for path in (office.desk.home / "attachments").rglob("*") if path.is_file())


def troubles(office: Office) -> list[str]:
    """What ``check`` finds wrong."""
    return [f"{finding.what}：{finding.trouble}" for finding in office.upkeep.check() if finding.trouble]


def test_a_picture_of_a_case_belongs_to_its_customer_and_car_too(office: Office, tmp_path: Path) -> None:
    saved = registered(office)
    (tmp_path / "现场 1.png").write_bytes(PNG)
    found = office.attachments.add(tmp_path / "现场 1.png", "现场 1.png", act(), number=saved.number, note="漏油")
    (row,) = office.attachments.of_complaint(saved.number)
    assert (row.id, row.name, row.label, row.size, row.note) == (found, "现场 1.png", "图片", len(PNG), "漏油")
    case = office.cases.case(saved.number)
    assert office.attachments.of_customer(case.customer_id) == [row]
    assert office.attachments.of_vehicle(case.vehicle_id) == [row]
    assert office.attachments.opened(found).read_bytes() == PNG
    assert troubles(office) == []


def test_the_same_file_is_kept_once(office: Office) -> None:
    found, _ = known(office)
    for name in ("一.pdf", "二.pdf"):
        office.attachments.add(PDF, name, act(), customer_id=found)
    assert [row.name for row in office.attachments.of_customer(found)] == ["一.pdf", "二.pdf"]
    assert len(stored(office)) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../crm.db", "crm.db.png"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe.png"),
        ("/etc/passwd", "passwd.png"),
        ("C:evil.png", "Cevil.png"),
        ("照片.png::$DATA", "照片.png$DATA.png"),
        ("CON.png", "附件.png"),
        ("", "附件.png"),
        ("...", "附件.png"),
        ("照\u202egnp.exe", "照gnp.exe.png"),
        ("a" * 300 + ".PNG", "a" * 100 + ".png"),
    ],
)
def test_a_name_never_leads_anywhere(office: Office, name: str, kept: str) -> None:
    found, _ = known(office)
    office.attachments.add(PNG, name, act(), customer_id=found)
    assert office.attachments.of_customer(found)[0].name == kept
    assert [path.parent.parent for path in stored(office)] == [office.desk.home / "attachments"]


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00program", b"PK\x03\x04macro", b"<html><script>", b"#!/bin/sh", b"\xd0\xcf\x11\xe0doc", b"GIF8"],
)
def test_what_is_no_picture_pdf_or_recording_is_refused_whatever_its_name(office: Office, content: bytes) -> None:
    found, _ = known(office)
    with pytest.raises(InvalidInput, match="附件只收图片"):
        office.attachments.add(content, "照片.png", act(), customer_id=found)
    assert stored(office) == []


@pytest.mark.parametrize("size", [0, LARGEST + 1])
def test_empty_and_huge_files_are_refused(office: Office, size: int) -> None:
    found, _ = known(office)
    with pytest.raises(InvalidInput):
        office.attachments.add(PNG.ljust(size)[:size], "照片.png", act(), customer_id=found)


def test_links_folders_and_missing_files_are_refused(office: Office, tmp_path: Path) -> None:
    found, _ = known(office)
    (tmp_path / "real.png").write_bytes(PNG)
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    for path in (tmp_path / "link.png", tmp_path, tmp_path / "none.png"):
        with pytest.raises(InvalidInput):
            office.attachments.add(path, path.name, act(), customer_id=found)


def test_check_tells_of_a_file_that_was_changed_or_is_gone(office: Office) -> None:
    found, _ = known(office)
    first = office.attachments.add(PDF, "单.pdf", act(), customer_id=found)
    second = office.attachments.add(WAV, "音.wav", act(), customer_id=found)
    office.attachments.opened(first).write_bytes(b"%PDF-1.7\nforged")
    office.attachments.opened(second).unlink()
    assert troubles(office) == ["附件：单.pdf的文件内容被改动过；音.wav的文件不见了"]
    with pytest.raises(Damaged, match="备份里找回"):
        office.attachments.opened(first)


def test_a_damaged_file_is_made_good_by_adding_it_again(office: Office) -> None:
    found, _ = known(office)
    first = office.attachments.add(PDF, "单.pdf", act(), customer_id=found)
    office.attachments.opened(first).write_bytes(b"%PDF-1.7\nforged")
    office.attachments.add(PDF, "单.pdf", act(), customer_id=found)
    assert troubles(office) == []


def test_an_attachment_is_taken_off_with_a_reason_and_its_file_stays(office: Office) -> None:
    found, _ = known(office)
    kept = office.attachments.add(PDF, "单.pdf", act(), customer_id=found)
    with pytest.raises(InvalidInput, match="写明原因"):
        office.attachments.take_back(kept, 1, "", act())
    office.attachments.take_back(kept, 1, "传错了", act())
    assert office.attachments.of_customer(found) == []
    assert (office.attachments.sweep(), len(stored(office))) == (0, 1)


def test_files_nobody_names_are_swept(office: Office) -> None:
    known(office)
    stray = office.desk.home / "attachments" / "ab" / "abc.tmp"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    assert (office.attachments.sweep(), stray.exists()) == (1, False)


def test_a_filed_case_takes_no_more_and_nobody_is_no_owner(office: Office) -> None:
    saved = filed(office)
    with pytest.raises(NotAllowed):
        office.attachments.add(PDF, "单.pdf", act(), number=saved.number)
    with pytest.raises(InvalidInput, match="属于哪"):
        office.attachments.add(PDF, "单.pdf", act())
    with pytest.raises(NotFound):
        office.attachments.opened(99)


def test_disposal_takes_the_file_with_its_case(office: Office) -> None:
    saved = closed(office)
    office.attachments.add(PDF, "签字单.pdf", act(), number=saved.number)
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜 3 盒"), care())
    disposed(office, saved.number)
    assert stored(office) == []
    assert office.attachments.of_complaint(saved.number)[0].name == ""
    assert troubles(office) == []
