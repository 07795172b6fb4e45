"""Files with random damage: read or refused with a sentence, never anything else."""

import random
from pathlib import Path

import pytest

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.domain.imports import ImportKind
from tests.importers.makers_files import COMPLAINTS, OLD_XLS, csv_bytes, read_rows, repacked, saved, xlsx_file

ROUNDS = 40
PIECES = [b"99999", b"<", b'"', b"ZZZ", b"\x00", b'<c r="XFD1048576"><v>1</v></c>', b"&#0;", b"-1", b"\xff\xfe"]


def repeatable(seed: int | str) -> random.Random:
    """The same damage at every run."""
    return random.Random(seed)  # noqa: S311 - damage, not secrets


def damaged(chance: random.Random, content: bytes) -> bytes:
    """The bytes with some of them changed, cut out or pushed in."""
    whole = bytearray(content)
    for _ in range(chance.choice([1, 3, 20])):
        place = chance.randrange(len(whole) + 1)
        turn = chance.randrange(4)
        if turn == 0:
            whole[place : place + 1] = chance.randbytes(1)
        elif turn == 1:
            del whole[place : place + chance.randrange(60)]
        elif turn == 2:
            whole[place:place] = chance.choice(PIECES)
        else:
            whole[place : place + 4] = chance.randbytes(4)
    return bytes(whole)


def read_or_refused(path: Path) -> None:
    try:
        read_rows(ImportKind.COMPLAINTS, path)
    except WorkbookRefused as refusal:
        assert refusal.sentence.endswith("。")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_damaged_csv_is_read_or_refused(tmp_path: Path, encoding: str):
    chance = repeatable(encoding)
    for _ in range(ROUNDS):
        read_or_refused(saved(tmp_path, damaged(chance, csv_bytes(COMPLAINTS * 20, encoding))))


def test_a_damaged_old_workbook_is_read_or_refused(tmp_path: Path):
    chance = repeatable(3)
    for _ in range(ROUNDS * 2):
        read_or_refused(saved(tmp_path, damaged(chance, OLD_XLS.read_bytes()), "台账.xls"))


def test_a_damaged_zip_is_read_or_refused(tmp_path: Path):
    chance = repeatable(4)
    whole = xlsx_file(tmp_path, *COMPLAINTS).read_bytes()
    for _ in range(ROUNDS):
        read_or_refused(saved(tmp_path, damaged(chance, whole), "台账2.xlsx"))


def test_a_workbook_with_one_damaged_part_is_read_or_refused(tmp_path: Path):
    chance = repeatable(5)
    names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
    for number in range(ROUNDS * 2):
        struck = names[number % len(names)]

        def strike(name: str, content: bytes, struck: str = struck) -> bytes:
            return damaged(chance, content) if name == struck else content

        read_or_refused(repacked(xlsx_file(tmp_path, *COMPLAINTS), strike))
