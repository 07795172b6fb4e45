"""Backups: whole and proven, thinned, tried out, put back whole or not at all, on this computer and on another."""

from __future__ import annotations

import json
import os
import random
import shutil
import threading
from collections.abc import Generator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.backups import BackupHealth, Light, kept
from crm_desktop.domain.errors import Damaged, DeskError, InvalidInput, NotAllowed, StorageRefused
from crm_desktop.models.database import FILE_NAME, KEY_NAME, SCHEMA, TICKET
from crm_desktop.models.swap import ASIDE, STAGE, finish
from crm_desktop.services import bundles
from crm_desktop.services.backups import MARK, listing, restore
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.office import Office, open_office
from tests.makers import act, customer, director, registered

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 9


def _ago(**span: int) -> datetime:
    return NOW - timedelta(**span)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder."""
    return tmp_path / "home"


@pytest.fixture
def office(home: Path) -> Generator[Office, None, None]:
    """An open home with one complaint."""
    opened = open_office(home)
    registered(opened)
    yield opened
    opened.desk.close()


def numbers(home: Path) -> list[str]:
    """The complaints a home holds, read by opening it."""
    opened = open_office(home)
    found = [number for (number,) in opened.desk.rows("SELECT number FROM complaints ORDER BY id")]
    assert [one for one in opened.upkeep.check() if one.trouble] == []
    opened.desk.close()
    return found


def test_a_backup_says_what_it_holds(office: Office, home: Path) -> None:
    path = office.backups.make(act())
    told = bundles.read(path)
    assert (told.counts["complaints"], told.sealed, told.head.startswith("0")) == (1, False, False)
    assert [row.path for row in listing(home)] == [path]


def test_the_name_tells_time_schema_and_the_end_of_the_history(office: Office) -> None:
    path = office.backups.automatic()
    head = office.chronicle.verify()["head"]
    assert path.name.endswith(f"-s{SCHEMA}-{head[:8]}.zip")


def test_what_was_written_after_it_is_gone_after_a_restore(office: Office, home: Path) -> None:
    path, first = office.backups.make(act()), registered(office).number
    office.desk.close()
    restore(home, path)
    assert first not in numbers(home)


def test_the_present_files_are_kept_aside(office: Office, home: Path) -> None:
    path = office.backups.make(act())
    registered(office)
    office.desk.close()
    restore(home, path)
    aside = next(home.glob(f"{ASIDE}-*"))
    shutil.copy(home / KEY_NAME, aside / KEY_NAME)
    assert len(numbers(aside)) == 2


def test_a_log_left_behind_does_not_come_into_what_was_restored(office: Office, home: Path) -> None:
    path = office.backups.make(act())
    registered(office)
    left = {name: (home / name).read_bytes() for name in (FILE_NAME, f"{FILE_NAME}-wal")}
    office.desk.close()
    for name, content in left.items():
        (home / name).write_bytes(content)
    restore(home, path)
    assert len(numbers(home)) == 1


@pytest.mark.parametrize("steps", range(7))
def test_a_restore_cut_off_anywhere_is_the_old_data_or_the_new(
    office: Office, home: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    path = office.backups.make(act())
    registered(office)
    office.desk.close()
    left = [steps]
    moved = Path.replace

    def replace(source: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return moved(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with suppress(KeyboardInterrupt):
            restore(home, path)
    assert len(numbers(home)) in (1, 2)
    assert not (home / TICKET).exists()


def test_without_a_ticket_there_is_nothing_to_finish(office: Office, home: Path) -> None:
    (home / STAGE).mkdir()
    assert not finish(home)


@pytest.mark.parametrize("ticket", ["", "[1]", "{}", '{"aside": "../elsewhere"}', "\x00\x01"])
def test_a_ticket_nobody_can_read_still_leads_forward(office: Office, home: Path, ticket: str) -> None:
    office.desk.close()
    (home / STAGE).mkdir()
    shutil.copyfile(home / FILE_NAME, home / STAGE / FILE_NAME)
    (home / TICKET).write_text(ticket)
    assert finish(home)
    assert (home / f"{ASIDE}-unknown" / FILE_NAME).exists()
    assert len(numbers(home)) == 1


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A file cut off somewhere, or with some bytes of another value."""
    broken = bytearray(content)
    if chance.random() < 0.3:
        return bytes(broken[: chance.randrange(len(broken))])
    for _ in range(chance.randint(1, 40)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def test_a_damaged_backup_is_never_put_in_place(office: Office, home: Path, tmp_path: Path) -> None:
    content, chance = office.backups.make(act()).read_bytes(), random.Random(3)  # noqa: S311 - which bytes
    office.desk.close()
    other, refused = tmp_path / "other.zip", 0
    for _ in range(60):
        other.write_bytes(damaged(content, chance))
        before = (home / FILE_NAME).read_bytes()
        try:
            restore(home, other)
        except DeskError as refusal:
            refused += refusal.code == Damaged.code
            assert (home / FILE_NAME).read_bytes() == before
        else:
            assert len(numbers(home)) == 1
    assert refused >= 50


def test_on_another_computer_the_recovery_code_opens_it(home: Path, tmp_path: Path) -> None:
    office = open_office(home)
    code = office.access.hire("林清", ("服务总监",), "2580", act()).recovery_code
    path = office.backups.automatic()
    office.desk.close()
    other = tmp_path / "other"
    other.mkdir()
    for wrong in ("", "AAAA-BBBB-CCCC-DDDD"):
        with pytest.raises(InvalidInput, match="恢复码"):
            restore(other, path, wrong)
    restore(other, path, code.lower())
    assert numbers(other) == []
    assert (other / KEY_NAME).read_text() == (home / KEY_NAME).read_text()


def test_the_key_of_a_guarded_home_is_in_no_backup(home: Path) -> None:
    office = open_office(home)
    office.access.hire("林清", ("服务总监",), "2580", act())
    path = office.backups.automatic()
    office.desk.close()
    assert (home / KEY_NAME).read_bytes().strip() not in path.read_bytes()
    assert bundles.key_of(path) is None


def test_data_that_is_damaged_is_not_backed_up_and_nothing_is_thinned(office: Office, home: Path) -> None:
    office.desk.database.execute_sql("UPDATE complaints SET words = '别的话'")
    with pytest.raises(Damaged):
        office.backups.automatic()
    assert (home / MARK).exists()
    assert listing(home) == []
    assert "备份已停止" in office.backups.health().stopped


def test_while_the_data_is_damaged_no_good_backup_goes(office: Office, home: Path) -> None:
    whole = office.backups.automatic()
    old = [whole.with_name(f"crm-20190101-1{hour}0000-s1-00000000.zip") for hour in (1, 2, 3)]
    for path in old:
        shutil.copyfile(whole, path)
    (home / MARK).touch()
    office.backups.thin()
    assert all(path.exists() for path in old)
    (home / MARK).unlink()
    office.backups.thin()
    assert not all(path.exists() for path in old)


def test_a_trial_says_what_it_found(office: Office) -> None:
    with pytest.raises(StorageRefused, match="还没有备份"):
        office.backups.try_out()
    office.backups.automatic()
    assert office.backups.try_out().startswith("测试恢复通过")
    assert office.backups.health().tested_at is not None


def test_it_is_known_whether_anything_was_written_since(office: Office) -> None:
    assert office.backups.changed()
    office.backups.automatic()
    assert not office.backups.changed()
    registered(office)
    assert office.backups.changed()


def test_the_second_folder_gets_a_copy_and_the_attachments_once(office: Office, tmp_path: Path) -> None:
    found, _ = office.customers.register(customer(), act())
    office.attachments.add(PNG, "照片.png", act(), customer_id=found)
    office.settings.change({SECOND_FOLDER: str(tmp_path / "usb")}, act())
    path = office.backups.automatic()
    assert (tmp_path / "usb" / path.name).read_bytes() == path.read_bytes()
    assert len(list((tmp_path / "usb" / "attachments").rglob("*.png"))) == 1


def test_a_stick_that_is_not_there_is_told_and_the_backup_stands(office: Office, home: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").write_text("no folder")
    office.settings.change({SECOND_FOLDER: str(tmp_path / "usb")}, act())
    with pytest.raises(StorageRefused, match="第二个文件夹"):
        office.backups.automatic()
    assert len(listing(home)) == 1


def test_who_may_not_keep_backups_makes_none(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.backups.make(act(who="张三", rights=frozenset()))


def test_two_days_whole_then_days_weeks_and_months() -> None:
    now = datetime(2026, 11, 21, 14)
    made = [now - timedelta(hours=3 * n) for n in range(8 * 900)]
    stay = kept(made, now)
    assert {one for one in made if now - one <= timedelta(days=2)} <= stay
    assert len({one.date() for one in stay if one >= now - timedelta(days=11)}) == 12
    assert len({(one.year, one.month) for one in stay}) == 24
    assert len(stay) < 17 + 12 + 10 + 24


def test_the_list_names_what_cannot_be_read(office: Office, home: Path) -> None:
    office.backups.automatic()
    (home / "backups" / "crm-20200101-000000-s1-empty.zip").write_bytes(b"PK nonsense")
    assert [bool(row.trouble) for row in listing(home)] == [False, True]


def test_the_manifest_is_plain_text(office: Office) -> None:
    import zipfile  # noqa: PLC0415 - what a person without the program would use

    with zipfile.ZipFile(office.backups.make(act())) as zipped:
        assert sorted(zipped.namelist()) == ["crm.db", "key", "manifest.json"]
        assert json.loads(zipped.read("manifest.json"))["counts"]["complaints"] == 1


def test_a_step_that_changes_much_is_preceded_by_a_backup_once(office: Office, home: Path) -> None:
    assert office.backups.before("导入") == listing(home)[0].path
    assert office.backups.before("导入") is None


def test_an_empty_home_has_nothing_to_keep_before_its_first_import(tmp_path: Path) -> None:
    empty = open_office(tmp_path / "empty")
    assert empty.backups.before("导入") is None
    assert not empty.backups.changed()
    empty.desk.close()


def test_a_step_does_not_begin_without_its_backup(office: Office, home: Path) -> None:
    (home / "backups").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageRefused, match="合并前的备份没有做成，合并没有开始：数据文件夹不能写入"):
        office.backups.before("合并")


def test_a_stick_that_is_not_there_holds_up_no_step_but_is_told(office: Office, home: Path) -> None:
    (home / "stick").write_text("no folder", encoding="utf-8")
    office.settings.change({SECOND_FOLDER: str(home / "stick")}, act())
    assert office.backups.before("导入") is not None
    registered(office)
    with pytest.raises(StorageRefused):
        office.backups.automatic()
    assert "第二个文件夹" in office.backups.health().trouble
    office.settings.change({SECOND_FOLDER: ""}, act())
    office.backups.automatic()
    assert office.backups.health().trouble == ""


def test_what_a_killed_backup_left_goes_before_the_next_one(office: Office, home: Path) -> None:
    for name in (".crm-left", ".crm-young"):
        (home / "backups" / name).mkdir(parents=True)
    os.utime(home / "backups" / ".crm-left", (0, 0))
    office.backups.automatic()
    assert sorted(path.name for path in (home / "backups").glob(".*")) == [".crm-young"]


@pytest.mark.parametrize(
    ("health", "light"),
    [
        (BackupHealth(), Light.GOOD),
        (BackupHealth(changed=True), Light.SOON),
        (BackupHealth(changed=True, opened_at=_ago(minutes=50)), Light.GOOD),
        (BackupHealth(changed=True, opened_at=_ago(minutes=70)), Light.SOON),
        (BackupHealth(trouble="磁盘已满", changed=True, opened_at=NOW), Light.SOON),
        (BackupHealth(_ago(hours=23), first_at=_ago(days=29), changed=True), Light.GOOD),
        (BackupHealth(_ago(hours=25), first_at=_ago(days=29), changed=True), Light.SOON),
        (BackupHealth(_ago(days=20), first_at=_ago(days=29)), Light.GOOD),
        (BackupHealth(_ago(hours=1), first_at=_ago(days=31)), Light.SOON),
        (BackupHealth(_ago(hours=1), _ago(days=3), first_at=_ago(days=90)), Light.GOOD),
        (BackupHealth(_ago(hours=1), _ago(days=31), first_at=_ago(days=90)), Light.SOON),
        (BackupHealth(_ago(hours=1), trouble="U 盘不在"), Light.SOON),
        (BackupHealth(_ago(hours=1), stopped="数据核对不通过"), Light.STOPPED),
    ],
)
def test_the_light_says_how_the_backups_are(health: BackupHealth, light: Light) -> None:
    assert health.light(NOW) is light


def test_a_backup_never_takes_the_place_of_a_folder_or_a_device(office: Office, tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(InvalidInput, match="不是普通文件"):
        office.backups.make(act(), tmp_path / "folder.zip")
    assert list((tmp_path / "folder.zip").iterdir()) == []


def test_a_step_waits_for_the_backup_that_is_being_made_and_makes_no_second(office: Office, home: Path) -> None:
    made: list[Path | None] = []

    def step() -> None:
        with office.desk.reading():
            made.append(office.backups.before("合并"))

    steps = [threading.Thread(target=step) for _ in range(3)]
    for one in steps:
        one.start()
    for one in steps:
        one.join()
    assert [path is None for path in made].count(False) == 1
    assert len(listing(home)) == 1


class Stopped(Exception):
    """取消 was pressed."""


def test_a_backup_tells_how_far_it_is_and_stops_when_told(office: Office, home: Path) -> None:
    told: list[int] = []

    def progress(done: int, total: int) -> None:
        told.append(100 * done // total)

    office.backups.before("合并", progress)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 100)
    registered(office)

    def stop(done: int, _total: int) -> None:
        if done > 50:
            raise Stopped

    with pytest.raises(Stopped):
        office.backups.before("合并", stop)
    assert len(listing(home)) == 1
    assert not list((home / "backups").glob(".*"))


def test_a_home_whose_picture_was_erased_is_backed_up_all_the_same(office: Office) -> None:
    found, _ = office.customers.register(customer(), act())
    office.attachments.add(PNG, "行驶证.png", act(), customer_id=found)
    office.persons.erase(found, "本人要求", director())
    assert bundles.read(office.backups.automatic()).attachments == ()
