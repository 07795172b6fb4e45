"""Makes resources/fonts from the published faces, so that everybody can see where ours come from.

    python tools/make_fonts.py PACKAGE.tgz HanaMinB.ttf

PACKAGE.tgz is the npm package @expo-google-fonts/noto-sans-sc (`npm pack @expo-google-fonts/noto-sans-sc`);
HanaMinB.ttf comes with Debian's fonts-hanazono. Needs fontTools (the extra [dev]). Three faces come out:

    NotoSansSC-Regular.ttf   as published: every character it has may be asked for on paper
    NotoSansSC-Bold.ttf      cut to the characters of headings and common names; the rest falls back to regular
    DeskExtras.ttf           rare name characters that Noto Sans SC lacks, cut from HanaMinB and renamed because its
                             licence reserves the name, and the boxes ☐ ☑ of our forms, drawn here
"""

from __future__ import annotations

import io
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
REGULAR = "package/400Regular/NotoSansSC_400Regular.ttf"
BOLD = "package/700Bold/NotoSansSC_700Bold.ttf"

# Found in names, in neither GB2312 nor the first level of Big5.
NAMES = "玥珺喆堃昇翀婳犇骉媖璟祎沄彧垚甦赟洺淏頔頫禤䶮㛃𬭎琭玙珣琎瑀瑢璎璠璐昳晞晔暄曈煊煜焜炜烜燊燚禛禔"
# In neither weight of Noto Sans SC: variants and simplified forms that stand in identity cards.
RARE = (
    "𠮷𫟷𤋮𡈼𠀾𠔻𣇄𣉞𨰻𠅀𡛟𡥈𪚥𣃁𣋠𤆵𦤎𫝆𬱓𫍰𬬰𬭉𣶏𣻸𥙿𠊎𡌛𡶴𣆟𤨣𤩴𦶜𧶠𨥈𩃀𫘤𫛢𬀰𬊇𬍑𬣼𬴐𪻐𪻲𪻨"
    "𪻶𬎆𬍜𬎑𤤴𤥃𤦂𤪌𤾉𪾔𪫺𪸩𬋖𬊓𬋍𬆁𫞦𫝈𫞂𣽅𣽎𬇏𠗦𠗠𪞝𫪧𫩛𡝗𡣍𫱚𫲗𪥫𪥰𫰠𫰡𫍢𫍡𬤥𫓦𫓨𫓩𬬴𬭀𬭔𬭞"
)

# In thousandths of the em: the frame of Noto's own □, and a tick that stays inside it.
FRAME = (((100, -20), (100, 780), (900, 780), (900, -20)), ((140, 20), (860, 20), (860, 740), (140, 740)))
TICK = ((205, 400), (270, 462), (425, 290), (720, 668), (792, 612), (432, 150))


def main(package: str, hanamin: str) -> None:
    """Write the three faces and the licence of the first two."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as tar:
        (FONTS / "NotoSansSC-Regular.ttf").write_bytes(_member(tar, REGULAR))
        bold = TTFont(io.BytesIO(_member(tar, BOLD)), recalcTimestamp=False)
        (FONTS / "OFL-NotoSansSC.txt").write_bytes(_member(tar, "package/LICENSE_FONT"))
    _cut(bold, _printable() | _double_bytes("gb2312", 0xA1, 0xF8) | _double_bytes("big5", 0xA1, 0xC7) | set(NAMES))
    bold.save(FONTS / "NotoSansSC-Bold.ttf")
    rare = TTFont(hanamin, recalcTimestamp=False)
    _cut(rare, set(RARE))
    _draw(rare, "☐", FRAME)
    _draw(rare, "☑", (*FRAME, TICK))
    _rename(rare, "Desk Extras", "DeskExtras")
    rare.save(FONTS / "DeskExtras.ttf")
    for face in sorted(FONTS.glob("*.ttf")):
        _check(TTFont(face))
        print(f"{face.name}: {face.stat().st_size / 1e6:.2f} MB")


def _check(font: TTFont) -> None:
    """What exporters/truetype.py counts on: a map in format 12, and every glyph an outline of its own."""
    if not any(table.format == 12 for table in font["cmap"].tables):
        raise SystemExit("a face without a format 12 map")
    if any(font["glyf"][name].isComposite() for name in font.getGlyphOrder()):
        raise SystemExit("a face with glyphs composed of others")


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is not in the package")
    return file.read()


def _printable() -> set[str]:
    """ASCII, Latin-1, the punctuation of typed text, arrows, numbers in circles, boxes and ticks."""
    blocks = ((0x20, 0x7F), (0xA0, 0x100), (0x2010, 0x2040), (0x2100, 0x2200), (0x2460, 0x2474), (0x25A0, 0x2714))
    return {chr(code) for first, end in blocks for code in range(first, end)}


def _double_bytes(encoding: str, first: int, end: int) -> set[str]:
    """The characters of a double-byte set whose lead byte lies in the range."""
    pairs = (bytes([lead, trail]) for lead in range(first, end) for trail in range(0x40, 0xFF))
    return {text for pair in pairs if len(text := pair.decode(encoding, "ignore")) == 1}


def _cut(font: TTFont, chars: Iterable[str]) -> None:
    """Keep these characters, without hinting and without layout rules, which paper does not use."""
    options = Options(
        hinting=False,
        layout_features=[],
        notdef_outline=True,
        name_IDs=["*"],
        name_languages=["*"],
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "FFTM", "DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in chars])
    subsetter.subset(font)
    _only_wide_map(font)


def _draw(font: TTFont, char: str, contours: Iterable[Iterable[tuple[int, int]]]) -> None:
    """Add a character as wide as a Chinese one, made of straight lines."""
    em = font["head"].unitsPerEm
    pen = TTGlyphPen(None)
    for contour in contours:
        start, *rest = ((round(x * em / 1000), round(y * em / 1000)) for x, y in contour)
        pen.moveTo(start)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    name = f"uni{ord(char):04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (em, glyph.xMin)
    for table in font["cmap"].tables:
        table.cmap[ord(char)] = name


def _only_wide_map(font: TTFont) -> None:
    """One character map in format 12 (exporters/truetype.py reads no other), and the format 4 that windows expect."""
    mapping = font.getBestCmap()
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion = 0
    font["cmap"].tables = [
        _map(4, 1, {code: name for code, name in mapping.items() if code <= 0xFFFF}),
        _map(12, 10, mapping),
    ]


def _map(kind: int, encoding: int, mapping: dict[int, str]) -> CmapSubtable:
    table = CmapSubtable.newSubtable(kind)
    table.platformID, table.platEncID, table.language = 3, encoding, 0
    table.cmap = mapping
    return table


def _rename(font: TTFont, family: str, postscript: str) -> None:
    """A name of our own in every place a name can stand; the copyright notice stays."""
    copyright_notice = font["name"].getDebugName(0)
    font["name"] = newTable("name")
    font["name"].names = []
    texts = {
        0: copyright_notice,
        1: family,
        2: "Regular",
        3: f"{family}; parts cut from HanaMinB",
        4: family,
        6: postscript,
    }
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
