"""The second folder: thinned like the home's own, shared with another home, cleared of who was erased."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_desktop.domain.errors import StorageRefused
from crm_desktop.services.attachments import FOLDER as ATTACHMENTS
from crm_desktop.services.backups import restore
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.office import Office
from tests.makers import act, closed, customer, director, registered

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def usb(office: Office, tmp_path: Path) -> Path:
    """Where the copies go."""
    office.settings.change({SECOND_FOLDER: str(tmp_path / "usb")}, act())
    return tmp_path / "usb"


def later(office: Office, monkeypatch: pytest.MonkeyPatch, told: str) -> Path:
    """A backup of a later day."""
    registered(office)
    monkeypatch.setattr(office.desk, "_clock", lambda: act(told).at)
    return office.backups.automatic()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("crm-*.zip"))


def test_it_is_thinned_by_the_rule_of_the_home(office: Office, usb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("2026-11-21T09:00", "2026-11-21T10:00", "2026-11-26T09:00", "2026-11-26T10:00"):
        later(office, monkeypatch, told)
    own = office.desk.home / "backups"
    assert names(usb) == names(own)
    assert len(names(own)) == 3


def test_the_copies_of_another_home_in_it_stay(office: Office, usb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usb.mkdir()
    foreign = [usb / f"crm-2020010{n}-090000-s17-0000000{n}.zip" for n in range(1, 6)]
    for path in foreign:
        path.write_bytes(b"of somebody else")
    later(office, monkeypatch, "2026-11-21T09:00")
    later(office, monkeypatch, "2026-11-26T09:00")
    assert all(path.exists() for path in foreign)


def erased(office: Office) -> int:
    """Somebody with a picture is erased; returns the erasure's id."""
    number = closed(office).number
    [(found,)] = office.desk.rows("SELECT customer_id FROM complaints WHERE number = ?", (number,))
    office.attachments.add(PNG, "行驶证.png", act(), customer_id=found)
    office.customers.register(customer(name="别人", contacts=(), vehicles=()), act())
    office.backups.automatic()
    return int(office.persons.erase(found, "本人要求", director()).id)


def test_who_was_erased_lies_on_the_stick_no_more_once_the_old_backups_are_cleared(office: Office, usb: Path) -> None:
    row = erased(office)
    assert list((usb / ATTACHMENTS).rglob("*.png"))
    office.persons.renew_backups(row, director())
    assert names(usb) == names(office.desk.home / "backups")
    assert len(names(usb)) == 1
    assert not list((usb / ATTACHMENTS).rglob("*.png"))
    assert not office.backups.health().also


def test_a_stick_that_is_away_is_cleared_when_it_is_back_and_that_is_told(office: Office, usb: Path) -> None:
    row = erased(office)
    usb.rename(usb.with_name("drawer"))
    usb.write_text("no folder")
    assert office.persons.renew_backups(row, director()) == 1
    assert "第二个文件夹" in office.backups.health().also
    usb.unlink()
    usb.with_name("drawer").rename(usb)
    registered(office)
    path = office.backups.automatic()
    assert names(usb) == [path.name]
    assert not list((usb / ATTACHMENTS).rglob("*.png"))
    assert not office.backups.health().also


def test_what_a_killed_copy_left_on_the_stick_goes_with_the_next_one(office: Office, usb: Path) -> None:
    usb.mkdir()
    left, young = usb / ".crm-old.zip.tmp", usb / ".crm-new.zip.tmp"
    for path, age in ((left, 7_200), (young, 60)):
        path.write_bytes(b"half")
        os.utime(path, (office.desk.now().timestamp() - age,) * 2)
    registered(office)
    office.backups.automatic()
    assert not left.exists()
    assert young.exists()


def test_a_copy_that_is_another_one_is_found_by_the_trial(office: Office, usb: Path) -> None:
    registered(office)
    path = office.backups.automatic()
    (usb / path.name).write_bytes(b"worn out")
    with pytest.raises(StorageRefused, match="不一样"):
        office.backups.try_out()


@pytest.mark.parametrize("damage", [b"", b"another picture", None])
def test_a_picture_that_was_changed_comes_back_from_there_with_a_restore(
    office: Office, usb: Path, damage: bytes | None
) -> None:
    found, _ = office.customers.register(customer(), act())
    office.attachments.add(PNG, "照片.png", act(), customer_id=found)
    office.backups.automatic()
    office.desk.close()
    home = office.desk.home
    picture = next((home / ATTACHMENTS).rglob("*.png"))
    picture.unlink() if damage is None else picture.write_bytes(damage)
    assert "附件" not in restore(home, next(usb.glob("crm-*.zip")))
    assert picture.read_bytes() == PNG
