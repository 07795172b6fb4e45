"""Copies that leave this computer, locked by a password: nobody reads them without it, and they open with it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from crm_desktop.domain.errors import Damaged, InvalidInput
from crm_desktop.paths import TEMPORARY
from crm_desktop.services import locked_files
from crm_desktop.services.backups import check_fits, restore
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.locked_files import is_locked, lock_file, new_lock, unlock_file
from crm_desktop.services.office import Office, open_office
from tests.makers import PHONE, act, registered

PASSWORD = "云杉 horse 42"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def locked(office: Office, tmp_path: Path) -> Path:
    """A home with one case and a picture, and a locked backup of it on a stick."""
    office.attachments.add(PNG, "油漆.png", act(), number=registered(office).number)
    office.settings.change({SECOND_FOLDER: str(tmp_path / "usb")}, act())
    office.backups.set_password(PASSWORD, act())
    path = office.backups.automatic()
    return tmp_path / "usb" / f"{path.name}.locked"


def numbers(home: Path) -> int:
    office = open_office(home)
    try:
        return int(office.desk.rows("SELECT COUNT(*) FROM complaints")[0][0])
    finally:
        office.desk.close()


def test_on_the_stick_lies_nothing_that_can_be_read(locked: Path) -> None:
    files = [path for path in locked.parent.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(is_locked(path) for path in files)
    content = b"".join(path.read_bytes() for path in files)
    assert PHONE.encode() not in content
    assert b"PNG" not in content
    assert b"PK\x03\x04" not in content


def test_the_computer_that_locked_it_opens_it_without_asking(office: Office, home: Path, locked: Path) -> None:
    office.desk.close()
    check_fits(home, locked)
    assert "抱怨单 1 张" in restore(home, locked)


def test_another_computer_asks_for_the_password_and_brings_the_pictures(locked: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for wrong, sentence in (("", "加了密码"), ("anything else", "密码不对")):
        with pytest.raises(InvalidInput, match=sentence) as refused:
            restore(other, locked, password=wrong)
        assert list(refused.value.fields) == ["password"]
    assert "不在本机" not in restore(other, locked, password=PASSWORD)
    assert numbers(other) == 1
    assert len(list((other / "attachments").rglob("*.png"))) == 1
    assert not list((other / TEMPORARY).iterdir())


def test_full_width_letters_are_no_other_password(locked: Path, tmp_path: Path) -> None:
    restore(tmp_path / "other", locked, password=PASSWORD.replace("42", "４２"))


def test_a_short_password_is_refused_and_nothing_is_set(office: Office) -> None:
    with pytest.raises(InvalidInput, match="至少 8 个字符"):
        office.backups.set_password("1234567", act())
    assert not office.backups.locks()


def test_the_password_lies_nowhere(locked: Path, home: Path) -> None:
    for path in (*home.rglob("*"), *locked.parent.rglob("*")):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


def test_what_lay_there_plain_is_locked_once_a_password_is_set(office: Office, tmp_path: Path) -> None:
    office.attachments.add(PNG, "油漆.png", act(), number=registered(office).number)
    office.settings.change({SECOND_FOLDER: str(tmp_path / "usb")}, act())
    office.backups.automatic()
    office.backups.set_password(PASSWORD, act())
    registered(office)
    office.backups.automatic()
    assert all(is_locked(path) for path in (tmp_path / "usb").rglob("*") if path.is_file())


def test_without_a_password_new_copies_are_plain_again(office: Office, locked: Path) -> None:
    office.backups.set_password("", act())
    registered(office)
    path = office.backups.automatic()
    assert (locked.parent / path.name).read_bytes() == path.read_bytes()


def test_everything_packed_for_another_computer_is_locked_too(office: Office, locked: Path, tmp_path: Path) -> None:
    place = office.backups.pack(tmp_path, act())
    plain = [path.name for path in place.rglob("*") if path.is_file() and not is_locked(path)]
    assert plain == ["请先看.txt"]
    [bundle] = place.glob("crm-*")
    restore(tmp_path / "other", bundle, password=PASSWORD)
    assert numbers(tmp_path / "other") == 1


def test_a_trial_compares_the_copy_on_the_stick(office: Office, locked: Path) -> None:
    assert "第二个文件夹里的那一份也完好" in office.backups.try_out()


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024])
def test_any_length_comes_back_as_it_was(tmp_path: Path, size: int) -> None:
    content, lock = random.Random(size).randbytes(size), new_lock(PASSWORD)  # noqa: S311 - which bytes
    (tmp_path / "plain").write_bytes(content)
    lock_file(tmp_path / "plain", tmp_path / "hidden", lock)
    unlock_file(tmp_path / "hidden", tmp_path / "back", lock)
    assert (tmp_path / "back").read_bytes() == content


def test_a_changed_a_cut_and_a_longer_one_do_not_open(tmp_path: Path) -> None:
    lock, chance = new_lock(PASSWORD), random.Random(5)  # noqa: S311 - which bytes
    (tmp_path / "plain").write_bytes(chance.randbytes(2_500_000))
    lock_file(tmp_path / "plain", tmp_path / "hidden", lock)
    content = (tmp_path / "hidden").read_bytes()
    turned = bytearray(content)
    turned[chance.randrange(60, len(content))] ^= 1
    for broken in (bytes(turned), content[:-1], content[: 56 + 2 * (1024 * 1024 + 16)], content + b"\0", content[:40]):
        (tmp_path / "broken").write_bytes(broken)
        with pytest.raises(Damaged):
            unlock_file(tmp_path / "broken", tmp_path / "back", lock)
        assert not (tmp_path / "back").exists()


def test_one_password_locks_no_two_files_alike(tmp_path: Path) -> None:
    lock = new_lock(PASSWORD)
    (tmp_path / "plain").write_bytes(b"the same")
    for name in ("one", "other"):
        lock_file(tmp_path / "plain", tmp_path / name, lock)
    assert (tmp_path / "one").read_bytes()[56:] != (tmp_path / "other").read_bytes()[56:]


def test_the_kept_lock_is_not_in_a_backup(office: Office, home: Path, locked: Path) -> None:
    lock = locked_files.kept_lock(home)
    assert lock is not None
    with locked_files.opened(home, locked) as plain:
        assert lock.key.hex().encode() not in plain.read_bytes()


def test_another_password_locks_everything_anew(office: Office, locked: Path, tmp_path: Path) -> None:
    office.backups.set_password("another one 7", act())
    registered(office)
    office.backups.automatic()
    for bundle in locked.parent.glob("crm-*.locked"):
        place = tmp_path / bundle.name
        assert "不在本机" not in restore(place, bundle, password="another one 7")


def test_once_the_password_is_dropped_the_pictures_come_along_without_one(
    office: Office, locked: Path, tmp_path: Path
) -> None:
    office.backups.set_password("", act())
    registered(office)
    path = office.backups.automatic()
    assert "不在本机" not in restore(tmp_path / "other", locked.parent / path.name)
    assert "不在本机" not in restore(tmp_path / "third", locked, password=PASSWORD)
