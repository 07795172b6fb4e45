"""Which characters our faces have, which they lack, and what a cut face still holds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from crm_desktop.exporters.fonts import BOLD, REGULAR, Typeface, missing
from crm_desktop.exporters.truetype import TrueTypeFace
from crm_desktop.paths import resource

RARE_NAMES = "𬭎㛃䶮𠮷𫟷龘"


def all_of(encoding: str) -> str:
    """Every character a double-byte set can say."""
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return "".join(pair.decode(encoding, "ignore") for pair in pairs)


def cut(chars: str, typeface: Typeface = REGULAR) -> TTFont:
    numbers = [typeface.glyphs[char].number for char in chars]
    return TTFont(BytesIO(typeface.face(0).subset([0, *numbers])), checkChecksums=2)


def outline(font: TTFont, number: int) -> object:
    name = font.getGlyphName(number)
    return [list(part) for part in font["glyf"][name].getCoordinates(font["glyf"])]


@pytest.mark.parametrize("typeface", [REGULAR, BOLD])
@pytest.mark.parametrize("char", RARE_NAMES)
def test_rare_name_characters_have_a_picture(typeface: Typeface, char: str):
    glyph = typeface.glyphs[char]
    assert glyph.found
    assert glyph.number


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5"])
def test_every_chinese_character_of_the_usual_sets_has_a_picture(encoding: str):
    assert missing("".join(char for char in all_of(encoding) if "\u4e00" <= char <= "\u9fff")) == ()


def test_headings_and_common_names_are_set_in_true_bold():
    assert {BOLD.glyphs[char].face for char in "顾客抱怨及返修记录玥珺喆堃TS20261121-003（）"} == {0}


def test_a_character_bold_lacks_is_taken_from_regular():
    assert BOLD.glyphs["龘"].face == 1


def test_characters_without_a_picture_are_named_once_each_in_their_order():
    assert missing("一😀二한😀") == ("U+1F600 😀", "U+D55C 한")


def test_what_cannot_be_shown_is_named_by_its_number_alone():
    assert missing("a\x07\ud800") == ("U+0007", "U+D800")


def test_what_is_never_seen_is_not_missed():
    assert missing("甲\n乙\t丙\u200d丁\ufe0f戊\u3000己\u2009") == ()


def test_a_missing_character_takes_the_place_of_the_mark_it_is_printed_as():
    face, geta = REGULAR.glyphs["😀"], REGULAR.glyphs["〓"]
    assert (face.number, face.width, face.found) == (geta.number, geta.width, False)


def test_chinese_characters_are_an_em_wide_and_latin_ones_narrower():
    assert REGULAR.width("客户") == 2000
    assert REGULAR.width("i") < REGULAR.width("W") < 1000


def test_invisible_characters_take_no_room():
    assert REGULAR.width("客\u200d户\ufe0f") == 2000


def test_a_cut_face_has_the_glyphs_in_the_order_asked_for():
    with TTFont(resource("fonts", "NotoSansSC-Regular.ttf"), lazy=True) as whole:
        for place, char in enumerate("抱A怨", 1):
            assert outline(cut("抱A怨"), place) == outline(whole, REGULAR.glyphs[char].number)


def test_a_cut_face_keeps_the_widths():
    widths = [width for width, _ in cut("抱A怨")["hmtx"].metrics.values()]
    assert widths == [1000, 1000, REGULAR.width("A"), 1000]


def test_a_cut_face_is_small():
    face = REGULAR.face(0)
    assert len(face.subset([0, *(REGULAR.glyphs[char].number for char in "抱怨投诉单")])) < 4000


def test_a_file_that_is_no_face_of_ours_is_refused(tmp_path: Path):
    font = TTFont(resource("fonts", "DeskExtras.ttf"))
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 12]
    font.save(tmp_path / "old.ttf")
    with pytest.raises(ValueError, match="make_fonts"):
        TrueTypeFace(tmp_path / "old.ttf")


@pytest.mark.parametrize("face", ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "DeskExtras.ttf"])
def test_no_glyph_of_ours_is_composed_of_others(face: str):
    with TTFont(resource("fonts", face), lazy=True) as font:
        starts, glyphs = font["loca"], font.getTableData("glyf")
        begun = [glyphs[starts[n]] for n in range(len(starts) - 1) if starts[n] != starts[n + 1]]
    assert not any(first & 0x80 for first in begun)


def test_each_face_has_its_licence_beside_it():
    names = {path.name for path in resource("fonts").iterdir()}
    assert {"OFL-NotoSansSC.txt", "LICENSE-DeskExtras.txt", "README.md"} <= names
