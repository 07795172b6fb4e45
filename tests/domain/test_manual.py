"""使用手册 as text: what the reader understands, what the search finds, and that what it says is there."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.domain.manual import (
    Block,
    Chapter,
    Grid,
    Heading,
    Items,
    Picture,
    Run,
    Words,
    picture_bytes,
    read_chapter,
    read_runs,
    shipped_chapters,
)
from crm_desktop.domain.manual_search import ManualIndex

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = """\
# 章

一段**保存**的话，
接着写 `Ctrl+S`。
## 节

> 注意：[去看](04-complaints.md#一张抱怨单)。

2. 第二步
   还是第二步
3. 第三步

| 甲 | 乙 |
|---|---|
| 1 | **丙** |

![图说](images/today.png)
"""


def everything() -> tuple[Chapter, ...]:
    """The manual as it is shipped."""
    return shipped_chapters()


def runs(block: Block) -> Iterator[Run]:
    """Every run of a block."""
    match block:
        case Words():
            yield from block.runs
        case Items():
            yield from (run for row in block.rows for run in row)
        case Grid():
            yield from (run for row in block.rows for cell in row for run in cell)


def all_runs() -> list[tuple[str, Run]]:
    """Of the whole manual, with the chapter of each."""
    return [(chapter.name, run) for chapter in everything() for block in chapter.blocks for run in runs(block)]


def test_a_chapter_is_read_into_blocks() -> None:
    chapter = read_chapter("x", TEXT)
    assert chapter.title == "章"
    words = (Run("一段"), Run("保存", label=True), Run("的话，接着写 "), Run("Ctrl+S", key=True), Run("。"))
    note = Words((Run("注意："), Run("去看", link="一张抱怨单"), Run("。")), note=True)
    steps = Items(((Run("第二步还是第二步"),), (Run("第三步"),)), first=2)
    table = Grid(("甲", "乙"), (((Run("1"),), (Run("丙", label=True),)),))
    assert chapter.blocks == (
        Heading("章", 1),
        Words(words),
        Heading("节", 2),
        note,
        steps,
        table,
        Picture("today", "图说"),
    )


@pytest.mark.parametrize("line", ["**没有关上", "<b>x</b>", "![图](elsewhere.png)", "`x", "[x](y"])
def test_what_is_not_understood_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        read_runs(line)


def test_a_masked_number_is_no_label() -> None:
    assert read_runs("显示 138****5521") == (Run("显示 138****5521"),)


def test_no_two_headings_are_alike() -> None:
    anchors = Counter(heading.anchor for chapter in everything() for heading in chapter.headings())
    assert [anchor for anchor, count in anchors.items() if count > 1] == []


def test_every_link_leads_to_a_heading() -> None:
    anchors = {heading.anchor for chapter in everything() for heading in chapter.headings()}
    assert [(name, run.link) for name, run in all_runs() if run.link and run.link not in anchors] == []


def test_every_picture_is_there() -> None:
    shown = [block.name for chapter in everything() for block in chapter.blocks if isinstance(block, Picture)]
    assert [name for name in shown if not picture_bytes(name).startswith(b"\x89PNG")] == []


def test_every_label_stands_on_the_screen() -> None:
    known = labels()
    said = {(name, run.text) for name, run in all_runs() if run.label}
    assert sorted((name, text) for name, text in said if text.strip("：…") not in known) == []


def labels() -> set[str]:
    """Every word of the program that is no docstring, and of the rules it is shipped with."""
    found: set[str] = set()
    for path in (ROOT / "crm_desktop").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        found |= {str(node.value).strip().strip("：…") for node in strings if id(node) not in silent}
    for path in (ROOT / "resources").rglob("*.json"):
        found |= set(re.findall(r'"([^"]+)"', json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)))
    return found


def test_chinese_words_are_found_with_their_sentence() -> None:
    hits = ManualIndex(everything()).find("恢复码")
    assert hits
    assert all("恢复码" in hit.sentence for hit in hits)
    assert "恢复码" in hits[-1].glimpse


def test_headings_come_first_and_letters_count_in_any_case() -> None:
    index = ManualIndex(everything())
    assert index.find("回访")[0].is_heading
    assert index.find("bitlocker")[0].heading == "打开 BitLocker"


def test_two_words_must_both_stand_there() -> None:
    found = ManualIndex(everything()).find("恢复码 系统管理")
    assert found
    assert all("系统管理" in hit.sentence + hit.heading for hit in found)


def test_pinyin_initials_find_what_nothing_else_finds() -> None:
    assert ManualIndex(everything()).find("ccyhb")[0].mark == "查重与合并"


def test_nothing_asked_finds_nothing() -> None:
    assert ManualIndex(everything()).find("  ") == []


def test_the_contents_in_docs_name_every_chapter_in_order() -> None:
    told = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")
    links = re.findall(r"- \[(.+)\]\(\.\./resources/manual/(.+)\.md\)", told)
    assert links == [(chapter.title, chapter.name) for chapter in everything()]


def test_every_key_it_names_is_one_the_program_waits_for() -> None:
    rooms = {f"Ctrl+{number}" for number in range(1, 9)}
    by_qt = {"Enter", "Ctrl", "Shift", "Shift+F10", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+Z"}
    known, last = labels() | rooms | by_qt, everything()[-1].name
    said = {(name, run.text) for name, run in all_runs() if run.key and name != last}
    assert sorted((name, key) for name, key in said if key not in known) == []
