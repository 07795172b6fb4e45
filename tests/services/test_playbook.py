"""处理手册: every text is read, every row of guidance is served, the dealership's own version wins until 恢复原文."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.guidance import CHOICES, STEP_CHAPTER, headings_of
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from tests.makers import act
from tests.services.procedure import by
from tests.services.profile_world import admin

ROOT = Path(__file__).parents[2]
OF_GUIDANCE = [
    f"A{row}"
    for row in (
        66, 70, 128, 129, 130, 131, 144, 145, 155, 156, 184, 185, 197, 218, 224, 228, 231, 234, 240, 241, 246, 248,
        249, 251, 252, 253, 254, 256, 270, 273, 276, 277, 278, 281, 282, 297,
    )
]  # fmt: skip
"""The rows of priority G: guidance, cards, templates shipped as data."""
COERCIVE = ("威逼", "威胁他", "黑白脸", "丢车保帅", "拖得越久成本越低", "找他单位", "拖到他让步")
"""What gap G16 keeps out of every text."""


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """Which heading of which text serves a row (docs/playbook.csv)."""
    with (ROOT / "docs" / "playbook.csv").open(encoding="utf-8", newline="") as file:
        return {row["row"]: row["place"] for row in csv.DictReader(file)}


def test_every_row_of_guidance_has_its_text(places: dict[str, str]) -> None:
    assert [row for row in OF_GUIDANCE if row not in places] == []


def test_every_place_is_a_heading_that_says_something(office: Office, places: dict[str, str]) -> None:
    for place in places.values():
        name, _, heading = place.partition("#")
        section = office.playbook.chapter(name).section(heading)
        assert section is not None and section.lines, place


def test_the_head_of_a_text_names_the_rows_the_list_gives_it(office: Office, places: dict[str, str]) -> None:
    told = defaultdict(set)
    for row, place in places.items():
        told[place.partition("#")[0]].add(row)
    assert {name: set(one.serves) for name, one in office.playbook.chapters().items()} == told


def test_the_table_of_contents_names_every_text() -> None:
    folder = ROOT / "resources" / "playbook"
    assert sorted((folder / "contents.txt").read_text(encoding="utf-8").split()) == sorted(
        path.stem for path in folder.glob("*.md")
    )


def test_the_coercive_tricks_are_left_out(office: Office) -> None:
    whole = "".join(office.playbook.text(name) for name in office.playbook.names())
    assert [word for word in COERCIVE if word in whole] == []


def test_the_guide_finds_every_heading_and_a_line_for_each_step(office: Office) -> None:
    for name in (STEP_CHAPTER, *CHOICES):
        chapter = office.playbook.chapter(name)
        for heading in headings_of(name):
            section = chapter.section(heading)
            assert section is not None, heading
            if name != STEP_CHAPTER:
                assert all(section.for_step(step) for step in range(1, 7)), heading


def test_the_dealerships_own_text_wins_until_the_shipped_one_is_put_back(office: Office) -> None:
    book = office.playbook
    own = book.text("apology").replace("太晚", "拖到第二天")
    book.write("apology", own, admin())
    assert "拖到第二天" in book.text("apology") and book.is_own("apology")
    assert (office.desk.home / "playbook" / "apology.md").read_text(encoding="utf-8") == book.text("apology")
    book.restore("apology", admin())
    assert book.text("apology") == book.shipped("apology") and not book.is_own("apology")


def test_a_home_brought_back_without_the_folder_still_says_its_own_text(office: Office) -> None:
    book = office.playbook
    book.write("apology", book.text("apology").replace("太晚", "拖到第二天"), admin())
    (office.desk.home / "playbook" / "apology.md").unlink()
    assert "拖到第二天" in book.text("apology") and book.is_own("apology")
    book.restore("apology", admin())
    assert not book.is_own("apology")


def test_what_is_written_into_the_file_with_another_program_holds(office: Office) -> None:
    book = office.playbook
    book.write("apology", book.text("apology"), admin())
    file = office.desk.home / "playbook" / "apology.md"
    file.write_text(book.text("apology").replace("太晚", "隔夜"), encoding="utf-8")
    section = book.chapter("apology").section("五个忌讳")
    assert section is not None and any(line.startswith("隔夜") for line in section.lines)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("apology", "道歉要快", "开头的“---”几行请保留"),
        ("apology", "---\ntitle: 道歉\n---\n要快", "至少留一个小标题"),
        ("psyche", "---\ntitle: 心理\n---\n## 期待解决\n1. 快", "“## 渴望尊重”、“## 补偿型”"),
    ],
)
def test_a_text_nobody_could_read_any_more_is_refused(office: Office, name: str, text: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        office.playbook.write(name, text, admin())
    assert not office.playbook.is_own(name)


def test_a_file_spoiled_by_hand_gives_way_to_the_shipped_text(office: Office) -> None:
    (office.desk.home / "playbook").mkdir()
    (office.desk.home / "playbook" / "apology.md").write_text("x", encoding="utf-8")
    assert office.playbook.chapter("apology").section("五个忌讳") is not None


def test_an_unknown_text_is_not_found_and_no_path_leads_out_of_the_folder(office: Office) -> None:
    for name in ("没有", "../rules/rights", "..\\x"):
        with pytest.raises(NotFound):
            office.playbook.write(name, office.playbook.text("apology"), admin())


def test_only_who_keeps_the_rules_changes_a_text_and_the_history_knows(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.playbook.write("apology", office.playbook.text("apology"), by(Role.DIRECTOR))
    office.playbook.write("apology", office.playbook.text("apology"), act())
    told = office.desk.rows(
        "SELECT h.who FROM history h JOIN settings s ON s.id = h.entity_id WHERE h.entity = 'settings'"
        " AND s.name = 'playbook.apology' AND h.field = 'value'"
    )
    assert told == [("谢文杰",)]
