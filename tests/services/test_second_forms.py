"""归档副本: every closed case can be read without the program, follows its record, and goes with what it tells."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.errors import StorageRefused
from crm_desktop.domain.second_form import LEFT_OUT, TITLES, label
from crm_desktop.papers import second_forms as papers
from crm_desktop.papers.second_forms import SecondFormPapers
from crm_desktop.services.backups import restore
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.second_forms import FOLDER, SecondForms
from tests.makers import PHONE, PLATE, act, closed, customer, director, registered
from tests.services.records import care, filed


def never() -> bool:
    return False


def written(office: Office) -> bool:
    """Everything that is behind is written; True where something is left all the same."""
    return SecondFormPapers(office.desk).keep_up(never, rest=0)


def form_of(office: Office, number: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((office.desk.home / FOLDER / "2026" / f"{number}.json").read_text("utf-8"))
    return told


def files(office: Office) -> list[str]:
    return sorted(path.name for path in (office.desk.home / FOLDER).glob("*/*"))


def test_a_closed_case_lies_there_as_paper_and_as_plain_text(office: Office) -> None:
    number = closed(office).number
    registered(office)
    assert not written(office)
    assert files(office) == [f"{number}.json", f"{number}.pdf"]
    assert (office.desk.home / FOLDER / "2026" / f"{number}.pdf").read_bytes().startswith(b"%PDF")


def test_it_tells_form_steps_and_measures_in_the_words_of_the_desk(office: Office) -> None:
    number = closed(office).number
    written(office)
    told = form_of(office, number)
    assert told["状态"] == "已关闭"
    assert told["抱怨投诉单"]["抱怨内容"] == "变速箱一顿一顿"
    assert told["经过"][0]["步骤"] == "登记"
    assert told["联系方式"][0]["号码"] == PHONE
    assert told["车辆"]["车牌号"] == PLATE


def test_every_column_of_every_table_on_it_has_a_name_or_is_left_out_on_purpose(office: Office) -> None:
    nameless = [
        f"{table}.{column}"
        for table in set(TITLES) - {"customers", "contacts", "vehicles"}
        for (_, column, *_) in office.desk.rows(f"PRAGMA table_info({table})")
        if column not in LEFT_OUT and label(table, column) is None
    ]
    assert nameless == []


def test_a_correction_after_filing_stands_on_it_after_the_next_round(office: Office) -> None:
    number = filed(office).number
    written(office)
    office.archive.add_correction(number, "行驶里程", "应为 38,620 km", care())
    assert SecondForms(office.desk).behind() == [number]
    written(office)
    assert form_of(office, number)["更正说明"][0]["更正内容"] == "应为 38,620 km"


def test_a_case_that_is_reopened_says_so_on_its_form(office: Office) -> None:
    saved = closed(office)
    written(office)
    office.complaints.reopen(saved.number, saved.ver, director(), "客户又来了")
    written(office)
    assert form_of(office, saved.number)["状态"] == "处理中"


def test_what_changed_nothing_is_not_written_again(office: Office) -> None:
    number = closed(office).number
    written(office)
    path = office.desk.home / FOLDER / "2026" / f"{number}.json"
    before = path.stat().st_ino
    (office.desk.home / FOLDER / "stand.json").unlink()
    written(office)
    assert path.stat().st_ino == before


def test_one_that_was_lost_comes_back_and_one_of_nothing_goes(office: Office) -> None:
    number = closed(office).number
    written(office)
    folder = office.desk.home / FOLDER / "2026"
    (folder / f"{number}.json").rename(folder / "TS20260101-009.json")
    (office.desk.home / FOLDER / "stand.json").unlink()
    written(office)
    assert files(office) == [f"{number}.json", f"{number}.pdf"]


def test_it_goes_on_where_it_was_stopped(office: Office) -> None:
    numbers = sorted(closed(office).number for _ in range(3))
    calls = iter([False, True])
    assert SecondFormPapers(office.desk).keep_up(lambda: next(calls, True), rest=0)
    assert len(files(office)) == 2
    assert not written(office)
    assert files(office) == sorted(f"{number}{end}" for number in numbers for end in (".json", ".pdf"))


def test_after_a_restore_every_form_follows_the_restored_records(office: Office, home: Path) -> None:
    number = filed(office).number
    backup = office.backups.make(act())
    office.archive.add_correction(number, "行驶里程", "应为 38,620 km", care())
    closed(office)
    written(office)
    office.desk.close()
    restore(home, backup)
    again = open_office(home)
    written(again)
    assert "更正说明" not in form_of(again, number)
    assert files(again) == [f"{number}.json", f"{number}.pdf"]
    again.desk.close()


def test_two_files_that_become_one_customer_change_the_name_on_it(office: Office) -> None:
    number = closed(office).number
    kept, _ = office.customers.register(customer(name="欧阳金雀", contacts=(), vehicles=()), act())
    [(other,)] = office.desk.rows("SELECT customer_id FROM complaints WHERE number = ?", (number,))
    written(office)
    office.merging.merge(kept, other, "同一人", director())
    written(office)
    assert form_of(office, number)["客户"]["姓名或名称"] == "欧阳金雀"


def test_who_was_erased_stands_on_no_form_at_once(office: Office) -> None:
    number, other = closed(office).number, registered(office, customer_name="别人", phone="", plate="").number
    [(found,)] = office.desk.rows("SELECT customer_id FROM complaints WHERE number = ?", (number,))
    written(office)
    office.persons.erase(found, "本人要求", director())
    assert files(office) == []
    written(office)
    assert "曾小明" not in json.dumps(form_of(office, number), ensure_ascii=False)
    assert other not in " ".join(files(office))


def test_without_room_only_the_small_one_is_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "ROOM_FOR_PDF", shutil.disk_usage(office.desk.home).total * 2)
    number = closed(office).number
    written(office)
    assert files(office) == [f"{number}.json"]


def test_a_folder_that_cannot_be_written_is_told_by_the_light_and_tried_again(office: Office) -> None:
    number = closed(office).number
    folder = office.desk.home / FOLDER
    folder.mkdir()
    (folder / "2026").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageRefused):
        written(office)
    assert office.backups.health().also.startswith("归档副本没有写成")
    (folder / "2026").unlink()
    written(office)
    assert files(office)[0] == f"{number}.json"
    assert office.backups.health().also == ""


def test_the_check_names_what_is_behind_and_calls_it_no_fault(office: Office) -> None:
    number = closed(office).number
    [finding] = [one for one in office.upkeep.check() if one.what == "归档副本"]
    assert number in finding.note
    assert not finding.trouble
    written(office)
    assert not [one for one in office.upkeep.check() if one.note]


def test_what_is_older_than_the_paper_is_kept_has_the_small_one_only(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = closed(office).number
    monkeypatch.setenv("CRM_NOW", "2028-11-22T14:00:00")
    later = open_office(office.desk.home)
    written(later)
    assert files(later) == [f"{number}.json"]
    later.desk.close()
