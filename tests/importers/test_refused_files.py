"""Files that are no table, or not an honest one: one sentence each, never a crash."""

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers import cells
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import COMPLAINTS, OLD_XLS, ole_file, repacked, saved, with_cells, xlsx_file


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        read_table(path)
    assert refused.value.sentence.endswith("。")
    return refused.value.sentence


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def test_a_password_is_asked_to_be_taken_off(tmp_path: Path):
    assert "打开密码" in refusal(ole_file(tmp_path, "EncryptedPackage"))


def test_an_old_workbook_with_a_password_says_so_too(tmp_path: Path):
    codepage, filepass = struct.pack("<HH", 0x42, 2), struct.pack("<HH", 0x2F, 2)
    locked = OLD_XLS.read_bytes().replace(codepage, filepass, 1)
    assert "打开密码" in refusal(saved(tmp_path, locked, "台账.xls"))


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf", "文件是空的"),
        (b" \r\n\r\n", "文件是空的"),
        (b"%PDF-1.7 ...", "PDF 文件"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"MZ\x90\x00", "程序文件"),
        (b"MIME-Version: 1.0\r\n", "网页存档"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML 表格"),
        (b"<html><body>no table</body></html>", "里面没有表格"),
        (b"PK\x03\x04 not a zip", "已损坏"),
        (zipped(**{"word/document.xml": b"<w/>"}), "Word"),
        (zipped(**{"ppt/presentation.xml": b"<p/>"}), "演示文稿"),
        (zipped(**{"content.xml": b"<o/>"}), "ods"),
        (zipped(**{"a.csv": b"a,b"}), "压缩包"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, content: bytes, hint: str):
    assert hint in refusal(saved(tmp_path, content, "台账.xlsx"))


@pytest.mark.parametrize(("stream", "hint"), [("WordDocument", "Word"), ("Unknown", "已损坏"), ("Workbook", "已损坏")])
def test_an_ole_container_without_a_workbook_is_refused(tmp_path: Path, stream: str, hint: str):
    assert hint in refusal(ole_file(tmp_path, stream))


def test_a_missing_file_a_folder_and_a_bad_name_are_refused(tmp_path: Path):
    assert "找不到文件“没有.xlsx”" in refusal(tmp_path / "没有.xlsx")
    assert "是文件夹" in refusal(tmp_path)
    assert "打不开" in refusal(tmp_path / "a\0b.xlsx")


def test_a_file_too_big_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crm_desktop.importers.tables.MAX_BYTES", 10)
    assert "请分成几个文件" in refusal(xlsx_file(tmp_path, *COMPLAINTS))


def test_too_many_columns_are_refused(tmp_path: Path):
    heads = ",".join(f"列{n}" for n in range(cells.MAX_COLUMNS + 1))
    assert "超过 200 列" in refusal(saved(tmp_path, heads.encode()))


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        (b'<row r="200000"><c r="GR200000"><v>1</v></c></row>', "8,000,000 格"),
        (b'<row r="9"><c r="ZZZZZ9"><v>1</v></c></row>', "200 列"),
        (b'<row r="9"><c s="1" r = "ZZZZZ9" ><v>1</v></c></row>', "200 列"),
        (b'<y:row xmlns:y="u" r="9"><y:c r="ZZZZ9"><v>1</v></y:c></y:row>', "200 列"),
        (b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>', "200,000 行"),
        (b'<row r="99999999"><c><v>1</v></c></row>', "200,000 行"),
        (b"<row>" + b"<c><v>1</v></c>" * 300 + b"</row>", "200 列"),
        (b'<row r="9"><c r="&#90;ZZZZ9"><v>1</v></c></row>', "已损坏"),
        (b'<row r="9"><c r="' + b"Z" * 50 + b'9"><v>1</v></c></row>', "已损坏"),
        (b'<row r="9"><c s=">" r="ZZZZZ9"><v>1</v></c></row>', "已损坏"),
        (b'<row r="9"><c r="A9" t="s"><v>999999</v></c></row>', "已损坏"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>', "已损坏"),
        (b"\x00", "已损坏"),
        (b'<row r="9"><c r="A9"', "已损坏"),
    ],
)
def test_a_sheet_that_would_burst_the_memory_is_refused(tmp_path: Path, row: bytes, hint: str):
    assert hint in refusal(with_cells(xlsx_file(tmp_path, *COMPLAINTS), row))


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path):
    bomb = repacked(xlsx_file(tmp_path, *COMPLAINTS), unchanged, **{"xl/x.xml": b" " * 30_000_000})
    assert "解开后太大" in refusal(bomb)


def unchanged(name: str, content: bytes) -> bytes:
    return content


@pytest.mark.parametrize("lost", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_that_lacks_a_part_is_damaged(tmp_path: Path, lost: str):
    def without(name: str, content: bytes) -> bytes | None:
        return None if name == lost else content

    assert "已损坏" in refusal(repacked(xlsx_file(tmp_path, *COMPLAINTS), without))


@pytest.mark.parametrize("kept", [300, 2000, 4000])
def test_a_cut_workbook_is_damaged(tmp_path: Path, kept: int):
    whole = xlsx_file(tmp_path, *COMPLAINTS)
    assert "已损坏" in refusal(saved(tmp_path, whole.read_bytes()[:kept], "台账.xlsx"))


@pytest.mark.parametrize(
    ("place", "content"),
    [
        (30, b"\x3b"),  # sector size
        (44, b"\xff\xff\xff\xff"),  # length of the chain table
        (48, b"\x00\x00\x00\x01"),  # first sector of the directory
        (68, b"\x02\x00\x00\x00"),  # list of further chain sectors
    ],
)
def test_an_old_workbook_with_a_damaged_container_is_refused(tmp_path: Path, place: int, content: bytes):
    whole = bytearray(OLD_XLS.read_bytes())
    whole[place : place + len(content)] = content
    assert "已损坏" in refusal(saved(tmp_path, bytes(whole), "台账.xls"))


@pytest.mark.parametrize(
    ("record", "body", "hint"),
    [
        (0x200, struct.pack("<IIHHH", 0, 0x0A000005, 0, 7, 0), "已损坏"),  # dimensions: would ask for a terabyte
        (0x200, struct.pack("<IIHHH", 9, 1, 0, 7, 0), "已损坏"),
        (0xFC, struct.pack("<II", 9, 0x7FFFFFFF), "已损坏"),  # shared strings
        (0x203, struct.pack("<HH", 60_000, 60_000), "200 列"),  # a number far away
    ],
)
def test_an_old_workbook_whose_records_lie_is_refused(tmp_path: Path, record: int, body: bytes, hint: str):
    whole = OLD_XLS.read_bytes()
    found = re.search(re.escape(struct.pack("<H", record)) + b"..", whole[2048:], re.DOTALL)
    assert found is not None
    start = 2048 + found.end()
    assert hint in refusal(saved(tmp_path, whole[:start] + body + whole[start + len(body) :], "台账.xls"))


def test_a_defect_inside_the_reader_becomes_a_sentence_and_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    shortened = bytearray(OLD_XLS.read_bytes())
    shortened[2080:2082] = struct.pack("<H", 0x22)  # the date system, in a record without a body
    assert "已损坏" in refusal(saved(tmp_path, bytes(shortened), "台账.xls"))
    assert capfd.readouterr().err == ""
