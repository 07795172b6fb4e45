"""个人信息: what goes on request is nowhere any more, what a rule keeps is told before, and the chain holds."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.customers import ContactDraft, ContactKind
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.persons import ERASED, Traces
from crm_desktop.papers.persons import PersonPapers
from crm_desktop.services.office import Office
from crm_desktop.services.samples import fill
from tests.makers import PHONE, PLATE, VIN, act, closed, customer, day, director, registered, vehicle
from tests.services.profile_world import known, visit
from tests.services.records import care

NAME, ADDRESS, WECHAT, ID_NUMBER = "欧阳金雀", "闵行区莘松路958弄12号", "jinque_1988", "310112198805120028"
OTHER_PHONE, ENGINE = "13911112222", "CFB778812"
VALUES = (NAME, PHONE, PLATE, VIN, ADDRESS, WECHAT, ID_NUMBER, OTHER_PHONE, ENGINE)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def person(office: Office) -> int:
    """Somebody who left traces in many places; no case of hers is open."""
    contacts = (ContactDraft(PHONE), ContactDraft(WECHAT, ContactKind.WECHAT), ContactDraft(OTHER_PHONE, name=NAME))
    car = vehicle(engine_number=ENGINE, brought_by=NAME, brought_by_phone=OTHER_PHONE)
    told = customer(name=NAME, address=ADDRESS, notes=f"身份证 {ID_NUMBER}", contacts=contacts, vehicles=(car,))
    found, _ = office.customers.register(told, act())
    office.drafts.put("intake", {"words": f"{NAME}又来电，{PHONE}"})
    office.attachments.add(PNG, f"{NAME}的行驶证.png", act(), customer_id=found)
    office.signs.note("嫌等得久", act(), customer_id=found)
    return found


def closed_case(office: Office) -> str:
    """A closed complaint that names her, her phone and her plate in its words."""
    words = f"{NAME}说变速箱一顿一顿，请打 138-0000-5521，车停 沪A·8K231 门口"
    saved = closed(office, words=words, customer_name=NAME, phone=PHONE, plate=PLATE)
    return saved.number


def erased(office: Office, found: int) -> None:
    row = office.persons.erase(found, f"{NAME}本人来店书面要求", director())
    assert row.left == 0


def left_in(office: Office) -> list[str]:
    """Which of her values still stand in a file of the data folder, backups aside."""
    office.desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    paths = [path for path in office.desk.home.rglob("*") if path.is_file() and "backups" not in path.parts]
    content = b"\n".join(path.read_bytes() for path in paths)
    return [value for value in VALUES if value.encode() in content]


def troubles(office: Office) -> list[str]:
    return [f"{finding.what} {finding.trouble}" for finding in office.upkeep.check() if finding.trouble]


def test_nothing_of_her_is_left_in_any_file_of_the_data_folder(office: Office):
    found = person(office)
    closed_case(office)
    office.desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert set(left_in(office)) == set(VALUES)
    erased(office, found)
    assert left_in(office) == []


def test_no_form_about_her_stays_unfinished(office: Office):
    found, number = person(office), closed_case(office)
    mine = (f"customer:{found}", f"customer:{found}/3", number, f"{number}/2")
    for record in (*mine, "customer:99", "TS20990101-001"):
        office.drafts.put("一张表", {"note": "爱喝龙井"}, record)
    erased(office, found)
    assert sorted(row.record for row in office.drafts.rows()) == ["TS20990101-001", "customer:99"]


def test_the_chain_and_every_checksum_hold_afterwards(office: Office):
    found = person(office)
    closed_case(office)
    erased(office, found)
    assert troubles(office) == []


@pytest.mark.parametrize("asked", [NAME, PHONE, PHONE[-4:], PLATE, VIN, "欧阳", "oyjq"])
def test_no_search_finds_her(office: Office, asked: str):
    found = person(office)
    closed_case(office)
    assert office.search.find(asked) != []
    erased(office, found)
    assert office.search.find(asked) == []


def test_a_closed_case_keeps_what_was_done_and_not_of_whom(office: Office):
    found, number = person(office), closed_case(office)
    erased(office, found)
    case = office.cases.case(number)
    assert case.fields["words"] == f"{ERASED}说变速箱一顿一顿，请打 {ERASED}，车停 {ERASED} 门口"
    assert case.fields["correction"].startswith("更换阀体总成")
    assert (case.customer_name, case.plate) == (ERASED, "")


def test_an_open_case_keeps_name_phone_and_car_until_it_is_closed(office: Office):
    found = person(office)
    saved = registered(office, customer_name=NAME)
    plan = office.persons.plan(found)
    assert plan.open_cases == (saved.number,)
    assert "第四十七条" in plan.stays[0].why
    erased(office, found)
    case = office.cases.case(saved.number)
    assert (case.customer_name, case.phone, case.plate) == (NAME, PHONE, PLATE)
    assert left_in(office) == [NAME, PHONE, PLATE, VIN, OTHER_PHONE, ENGINE]


def test_a_repair_of_this_year_keeps_the_vin_and_nothing_else_of_the_car(office: Office):
    found = person(office)
    visit(office, day(-30), customer_name=NAME)
    assert any("第十七条" in part.why for part in office.persons.plan(found).stays if part.count)
    erased(office, found)
    assert left_in(office) == [VIN]
    assert office.desk.rows("SELECT mileage, items, brought_by FROM visits") == [(32000, "更换机油", "")]


def test_a_repair_of_seven_years_ago_keeps_nothing(office: Office):
    found = person(office)
    visit(office, day(-7 * 366), customer_name=NAME)
    erased(office, found)
    assert left_in(office) == []


def test_a_number_she_shares_with_somebody_else_stays_in_his_file(office: Office):
    found = person(office)
    other, _ = office.customers.register(
        customer(name="周立", vehicles=(), contacts=(ContactDraft(OTHER_PHONE),)), act()
    )
    assert any(part.what == "与别人共用的号码" and part.count == 1 for part in office.persons.plan(found).stays)
    erased(office, found)
    assert office.customers.profile(other).draft.contacts[0].value == OTHER_PHONE


def test_the_file_of_everybody_else_stays_as_it_was(office: Office):
    found = person(office)
    other, _ = known(
        office, name="周立", contacts=(ContactDraft("13700001234"),), vehicles=(vehicle(plate="沪B12345", vin=""),)
    )
    before = office.customers.profile(other)
    erased(office, found)
    assert office.customers.profile(other) == before


def test_what_is_kept_of_it_says_who_when_why_and_how_many_and_no_value(office: Office):
    found = person(office)
    row = office.persons.erase(found, f"{NAME}本人来店书面要求", director())
    assert (row.number, row.who, row.reason) == ("SC2026-001", "程立群", f"{ERASED}本人来店书面要求")
    assert office.persons.rows() == [row]
    assert sum(part.count for part in row.goes) > 0


def test_whoever_shows_a_number_can_be_told_that_it_was_erased(office: Office):
    digests = office.persons.erase(person(office), "本人要求", director()) and office.desk.rows(
        "SELECT digests FROM erasures"
    )
    assert digests[0][0].count('"') >= 2 * len({PHONE, PLATE, VIN, OTHER_PHONE})


def test_the_copies_of_her_closed_cases_go_and_those_of_others_stay(office: Office):
    found, number = person(office), closed_case(office)
    folder = office.desk.home / "archive" / "2026"
    folder.mkdir(parents=True)
    for name in (f"{number}.json", f"{number}.pdf", "TS20250101-001.json", f"{number}9.json"):
        (folder / name).write_text(NAME if Path(name).stem == number else "别人")
    erased(office, found)
    assert sorted(path.name for path in folder.iterdir()) == ["TS20250101-001.json", f"{number}9.json"]


def test_a_file_that_was_merged_into_hers_is_hers(office: Office):
    found = person(office)
    twin, _ = office.customers.register(
        customer(name=NAME, contacts=(ContactDraft("13655556666"),), vehicles=()), act()
    )
    office.merging.merge(found, twin, "同一人", director())
    office.persons.erase(twin, "本人要求", director())
    assert left_in(office) == []
    assert b"13655556666" not in (office.desk.home / "crm.db").read_bytes()
    assert troubles(office) == []


def test_everybody_of_a_dealership_in_full_swing_can_be_erased_and_the_data_stay_sound(office: Office):
    fill(office.desk, 6, 4, day(-1), 1)
    everybody = [found for (found,) in office.desk.rows("SELECT id FROM customers WHERE merged_into_id IS NULL")]
    assert {office.persons.erase(found, "本人要求", director()).left for found in everybody} == {0}
    assert troubles(office) == []


def test_an_erasure_needs_a_reason_and_the_right_person(office: Office):
    found = person(office)
    with pytest.raises(InvalidInput) as refused:
        office.persons.erase(found, " ", director())
    assert "请写明删除的原因" in refused.value.sentence
    with pytest.raises(NotAllowed):
        office.persons.erase(found, "本人要求", care())


def test_what_is_told_of_one_person_holds_everything_of_hers(office: Office):
    found = person(office)
    number = closed_case(office)
    told = str(office.persons.content(found))
    assert [value for value in (*VALUES, number) if value not in told] == []


def test_a_code_is_found_however_it_was_spaced_and_not_inside_a_longer_number():
    traces = Traces((PHONE, PLATE), ("欧阳金雀",))
    assert traces.without("138 0000-5521 和沪a·8k231") == f"{ERASED} 和{ERASED}"
    assert not traces.told_in(f"9{PHONE}9")
    assert not traces.told_in("欧阳金雀") and traces.told_in("欧阳金雀", own=True)


def test_older_backups_that_still_hold_her_go_once_a_new_one_is_made(office: Office):
    found = person(office)
    office.backups.automatic()
    row = office.persons.erase(found, "本人要求", director())
    assert office.persons.renew_backups(row.id, director()) == 1
    (kept,) = office.backups.listing()
    with ZipFile(kept.path) as bundle:
        content = b"".join(bundle.read(name) for name in bundle.namelist())
    assert PHONE.encode() not in content


def test_she_is_handed_everything_in_a_zip_she_can_read(office: Office, tmp_path: Path):
    found, number = person(office), closed_case(office)
    written = PersonPapers(office.desk).write(found, tmp_path / "个人信息.zip", "本人要求查阅", director())
    with ZipFile(written.path) as bundle:
        names = bundle.namelist()
        told = bundle.read("个人信息.json").decode()
    assert {"说明.txt", "个人信息.json", "个人信息.xlsx", f"抱怨投诉单/{number}.pdf"} <= set(names)
    assert any(name.startswith("附件/01") for name in names)
    assert [value for value in VALUES if value not in told] == []


def test_her_copy_leaves_a_line_that_an_erasure_empties(office: Office, tmp_path: Path):
    found = person(office)
    PersonPapers(office.desk).write(found, tmp_path / "x.zip", f"{NAME}要求查阅", director())
    assert office.desk.rows("SELECT reason FROM history WHERE field = 'unmasked'") == [(f"{NAME}要求查阅",)]
    (tmp_path / "x.zip").unlink()
    erased(office, found)
    assert left_in(office) == []


@pytest.mark.parametrize("ending", ["个人信息.xlsx", "个人信息"])
def test_her_copy_is_a_zip_and_nothing_else(office: Office, tmp_path: Path, ending: str):
    with pytest.raises(InvalidInput):
        PersonPapers(office.desk).write(person(office), tmp_path / ending, "本人要求", director())


def test_an_erasure_that_is_called_off_leaves_everything_as_it_is(office: Office):
    found, number = person(office), closed_case(office)

    def call_off(done: int, total: int) -> None:
        if done > total // 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.persons.erase(found, "本人要求", director(), call_off)
    assert office.customers.profile(found).draft.name == NAME
    assert PLATE in office.cases.case(number).plate
    assert (office.persons.rows(), troubles(office)) == ([], [])


@given(
    code=st.text("0123456789ABCXYZ沪苏京长宁路", min_size=5, max_size=17),
    gaps=st.lists(
        st.sampled_from(["", "", " ", "-", "·", "•", ".", "\u3000", "\u00a0", "\n"]), min_size=17, max_size=17
    ),
    around=st.tuples(st.text(max_size=9), st.text(max_size=9)),
)
def test_a_glance_never_passes_over_a_text_that_speaks_of_somebody(
    code: str, gaps: list[str], around: tuple[str, str]
) -> None:
    text = around[0] + "".join(letter + gap for letter, gap in zip(code.lower(), gaps, strict=False)) + around[1]
    traces = Traces((code,))
    assert traces.may_stand_in(f"{text}\n别的".encode()) or not traces.told_in(text)
