"""Plates, VINs and phone numbers: one stored form each, what looks doubtful about it, and how it is masked.

A doubt is a sentence for the desk and never blocks (facts.md, section 7): the car in the yard is right, not the
pattern. Only ``phone_refusal`` refuses, and only where digits are known to be lost. The patterns are compiled when
they are first used (``re`` keeps them): the first page needs two of them.
"""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_INVISIBLE = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_BLANKS = (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_DASHES = "-‐‑‒–—―−－﹣~～"
_DOTS = ".·•‧∙⋅・･．。"

_TO_HALF = {**_FULL_WIDTH, **dict.fromkeys((*_CONTROLS, *_INVISIBLE)), **dict.fromkeys(_BLANKS, " ")}
_TO_PLATE = {**_FULL_WIDTH, **dict.fromkeys((*_CONTROLS, *_INVISIBLE, *_BLANKS, *map(ord, _DASHES + _DOTS)))}


NAMELESS = "未留姓名"
"""Whoever gave no name."""


def half_width(raw: str) -> str:
    """Full width as half width, every blank as one plain blank, no controls and no invisible marks."""
    return raw.translate(_TO_HALF)


def half_width_lines(raw: str) -> str:
    """The same, but for line ends and tabs, which stay."""
    return "".join(char if char in "\n\r\t" else half_width(char) for char in raw)


# --- plates ---------------------------------------------------------------------------------------------------

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_P = f"[{PROVINCES}]"
_L = "[A-HJ-NP-Z0-9]"
_OWN_NUMBER = r"(TS\d{8})-?(\d{3,})"
_PLATE = "|".join(
    (
        f"{_P}[A-HJ-NP-Z]{_L}{{5}}",  # ordinary, 7 characters
        f"{_P}[A-Z][A-HJK]{_L}[0-9]{{4}}",  # small new energy: D A B C E electric, F G H J K other
        f"{_P}[A-Z][0-9]{{5}}[A-HJK]",  # big new energy
        f"{_P}[A-Z]{_L}{{4}}[警学挂]",
        f"粤Z{_L}{{4}}[港澳]",
        "使[0-9]{6}|[0-9]{6}使",
        f"{_P}[A-Z]?[0-9]{{4,5}}领",
        "民航[A-Z0-9]{5}",
        f"{_P}[XS][A-Z0-9]{{3,4}}应急",
        f"WJ{_P}?[0-9]{{4,5}}[A-Z0-9]?",
        "[A-Z]{2}[0-9]{5}",  # armed forces
        "未上牌[0-9A-HJ-NPR-Z]{0,5}",  # no plate yet: the VIN's last five (facts.md 7.1)
    )
)
_ORDINARY = rf"{_P}[A-Z][A-Z0-9]*"
_PLATE_BREAK = r"[/\\、,;|&()\n\r\t ]|或者?|以及|和"
_GLUED_PLATE = rf"{_P}[A-Z][A-Z0-9]{{5,6}}(?={_P}|$)"


def complaint_number_key(raw: str) -> str:
    """A complaint's own number however it was typed: TS20261121003, ＴＳ20261121-003, ts20261121-003 → one form."""
    typed = half_width(raw).replace(" ", "").upper()
    own = re.fullmatch(_OWN_NUMBER, typed)
    return f"{own.group(1)}-{own.group(2)}" if own else typed


def plate_key(raw: str) -> str:
    """The stored form: blanks, dots and dashes out, upper case, half width (沪A·8k231 is 沪A8K231)."""
    return raw.translate(_TO_PLATE).upper()


def plates_in(text: str) -> tuple[str, ...]:
    """Every plate of a cell in its stored form, each once; what holds no known plates is one piece, to be doubted.

    They are parted by a sign, a line end or a blank, or glued together.
    """
    pieces = [plate_key(piece) for piece in re.split(_PLATE_BREAK, half_width_lines(text))]
    glued = [piece for whole in pieces for piece in re.findall(_GLUED_PLATE, whole) or (whole,)]
    known = tuple(dict.fromkeys(piece for piece in glued if re.fullmatch(_PLATE, piece)))
    return known if len(known) > 1 or set(known) == set(glued) else (plate_key(text),)


def plate_doubt(plate: str) -> str | None:
    """What looks wrong about a plate, as a sentence; None for a known kind and for no plate at all."""
    key = plate_key(plate)
    if not key or re.fullmatch(_PLATE, key):
        return None
    if re.fullmatch(_ORDINARY, key):
        if set(key[2:]) & {"I", "O"}:
            return f"车牌号 {key} 里有字母 I 或 O，车牌不用这两个字母，请核对是不是数字 1 或 0。"
        if len(key) not in (7, 8):
            return f"车牌号 {key} 是 {len(key)} 位，普通车牌 7 位、新能源车牌 8 位，请核对。"
        if len(key) == 8:
            return f"车牌号 {key} 不像新能源车牌（第三位或末位应为 A 至 K 的字母），请核对。"
    elif key[0] not in PROVINCES and len(key) in (7, 8):
        return f"车牌号 {key} 的第一个字不是省份简称，请核对。"
    return f"车牌号 {key} 不是常见的车牌式样，请核对。"


def shown_plate(key: str) -> str:
    """A stored plate as people write it (沪A·8K231); other kinds as they are."""
    if len(key) >= 7 and re.match(_ORDINARY, key):
        return f"{key[:2]}·{key[2:]}"
    return key


def masked_plate(plate: str) -> str:
    """沪A***31: region and the last two characters."""
    key = plate_key(plate)
    return _middle_masked(key, 2, 2) if len(key) >= 6 else "*" * len(key)


# --- VIN ------------------------------------------------------------------------------------------------------

_VIN = r"[0-9A-HJ-NPR-Z]{17}"
_VIN_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_key(raw: str) -> str:
    """The stored form: blanks, dots and dashes out, upper case, half width."""
    return raw.translate(_TO_PLATE).upper()


def vin_doubt(vin: str) -> str | None:
    """What looks wrong about a VIN under GB 16735, as a sentence; None for a good one and for none at all."""
    key = vin_key(vin)
    if not key:
        return None
    if len(key) != 17:
        return f"VIN {key} 是 {len(key)} 位，应为 17 位，请核对。"
    if set(key) & {"I", "O", "Q"}:
        return f"VIN {key} 里有字母 I、O 或 Q，VIN 不用这三个字母，请核对是不是数字 1 或 0。"
    if not re.fullmatch(_VIN, key):
        return f"VIN {key} 只能由数字和大写字母组成，请核对。"
    expected = _check_digit(key)
    if key[8] != expected:
        return f"VIN {key} 的第 9 位校验应为 {expected}，可能抄错，请核对；欧洲进口车可以没有校验位，无误可照常保存。"
    return None


def _check_digit(key: str) -> str:
    remainder = sum(_VIN_VALUES[char] * weight for char, weight in zip(key, _VIN_WEIGHTS, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder)


def masked_vin(vin: str) -> str:
    """LSV**********2204: the maker and the last four characters."""
    key = vin_key(vin)
    return _middle_masked(key, 3, 4) if len(key) >= 14 else "*" * len(key)


# --- phones ---------------------------------------------------------------------------------------------------

_MOBILE = r"1[3-9][0-9]{9}"
_SERVICE = r"[48]00[0-9]{7}"
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = rf"{_AREA}[0-9]{{7,8}}"
_LOCAL = r"(?![48]00)[2-9][0-9]{6,7}"
_PREFIX = r"(?:\+|00)86(?=[0-9-])|86-?(?=1[3-9](?:-?[0-9]){9})|86-(?=(?:-?[0-9]){9})"
_CARRIER = r"(?:17951|17911|17909|12593)(?=0?[0-9]{10})"
_EXTENSION = r"(?i)转|分机|EXT|#|X"
_DASH = f"[{re.escape(_DASHES)}]+"
_BETWEEN = r"[ ()\[\]【】.·]"
_SCIENTIFIC = r"(?i)([0-9])(?:\.([0-9]*))?E\+?([0-9]{1,2})"
_ALMOST_PHONE = r"[0-9]+(?:-[0-9]+)*"
_HARD_BREAK = r"[/\\、,;|&\n\r\t]|或者?|以及|和"
_LOOSE_NUMBER = (
    r"(?<![0-9])(?:(?:\+|00)?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]){8}(?![0-9])"
    r"|(?<![0-9])0[0-9]{2,3}[- )]*[2-9][0-9]{2,3}[- ]?[0-9]{4}(?:-[0-9]{1,6})?(?![0-9])"
    r"|(?<![0-9])[48]00[- ]?[0-9]{3}[- ]?[0-9]{4}(?![0-9])"
)


def phone_key(raw: str) -> str:
    """The stored form: digits only, without +86, 0086 or a carrier's 17951; an extension stays behind one dash.

    What is no phone number comes back tidied but whole, so that nothing typed is lost.
    """
    if len(raw) == 11 and raw.isascii() and raw.isdigit():
        return raw
    text = half_width(raw).strip()
    scientific = re.fullmatch(_SCIENTIFIC, text)
    if scientific:
        return _expanded(scientific) or text.upper()
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    bare = re.sub(_DASH, "-", re.sub(_EXTENSION, "-", re.sub(_BETWEEN, "", text))).strip("-")
    abroad = re.match(_PREFIX, bare)
    bare = re.sub(_CARRIER, "", bare[abroad.end() :].lstrip("-") if abroad else bare)
    if not re.fullmatch(_ALMOST_PHONE, bare):
        return text
    return _with_trunk_zero(_joined(bare.split("-")), abroad is not None)


def _expanded(scientific: re.Match[str]) -> str | None:
    """The whole number where the mantissa still has all its digits, else None."""
    first, rest, power = scientific.group(1), scientific.group(2) or "", int(scientific.group(3))
    if len(rest) < power or rest[power:].strip("0"):
        return None
    return first + rest[:power]


def _joined(parts: list[str]) -> str:
    """Groups of digits as one number: dashes inside it go, the one before an extension stays."""
    if len(parts) == 1:
        return parts[0]
    for count in range(1, len(parts)):
        base = "".join(parts[:count])
        extension = "".join(parts[count:])
        whole = _is_whole(base) or (count == 1 and re.fullmatch(_LOCAL, base) is not None)
        if whole and len(extension) <= 6:
            return f"{base}-{extension}"
    return "".join(parts)


def _is_whole(digits: str) -> bool:
    if re.fullmatch(_MOBILE, digits) or re.fullmatch(_SERVICE, digits):
        return True
    if digits.startswith(("01", "02")):  # three-digit area codes have eight-digit numbers everywhere
        return len(digits) == 11 and re.fullmatch(_LANDLINE, digits) is not None
    return re.fullmatch(_LANDLINE, digits) is not None


def _with_trunk_zero(number: str, from_abroad: bool) -> str:
    if number.startswith("0") and re.fullmatch(_MOBILE, number[1:12]):
        return number[1:]
    if from_abroad and re.fullmatch(_LANDLINE, "0" + number.partition("-")[0]) and not re.match(_SERVICE, number):
        return "0" + number
    return number


def is_mobile(phone: str) -> bool:
    """True for a stored number that rings a mobile phone (an extension of a privacy number is allowed)."""
    return re.fullmatch(_MOBILE, phone.partition("-")[0]) is not None


def is_masked(phone: str) -> bool:
    """True for a number that was already masked (138****1234), as our own exports show it."""
    return "**" in phone


def phone_refusal(raw: str) -> str | None:
    """Why this cannot be stored as a phone at all (digits lost in a spreadsheet), or None."""
    key = phone_key(raw)
    if re.fullmatch(_SCIENTIFIC, key):
        return f"电话 {key} 已被表格软件改成科学计数，后几位丢失，请改为文本后重新导入。"
    if key and not any("0" <= char <= "9" for char in key):
        return f"电话“{key[:20]}”里没有数字，请填写电话号码或留空。"
    return None


def phone_doubt(phone: str) -> str | None:
    """What looks wrong about a phone number, as a sentence; None for a good one and for none at all."""
    key = phone_key(phone)
    refusal = phone_refusal(phone)
    base, _, extension = key.partition("-")
    if refusal or not key:
        return refusal
    if any(re.fullmatch(pattern, base) for pattern in (_MOBILE, _SERVICE, _LANDLINE)) and len(extension) <= 6:
        return None
    return f"电话 {key} {_phone_flaw(base)}，请核对。"


def _phone_flaw(base: str) -> str:
    if is_masked(base):
        return "是打码的号码，不是完整号码"
    if re.fullmatch(_LOCAL, base):
        return "没有区号"
    if not base.isdigit() or not base.startswith("1"):
        return "不是常见的号码式样"
    if len(base) == 10 and re.fullmatch(_LANDLINE, "0" + base):
        return "是 10 位，可能丢了区号前的 0"
    return f"是 {len(base)} 位，手机号应为 11 位"


def phones_in(text: str) -> tuple[str, ...]:
    """Every number of a cell in its stored form, each once, in the order written.

    Two numbers in one cell are parted (/ 、 , ； blank or line end between them, or glued together); what holds
    digits but no number that is known stays as one piece, to be doubted.
    """
    if len(text) == 11 and text.isascii() and text.isdigit():
        return (text,)
    found: dict[str, None] = {}
    for piece in re.split(_HARD_BREAK, half_width_lines(text)):
        found.update(dict.fromkeys(_numbers(piece.strip())))
    return tuple(found)


def _numbers(piece: str) -> list[str]:
    if not any("0" <= char <= "9" for char in piece):
        return []
    key = phone_key(piece)
    if _is_whole(key.partition("-")[0]):
        return [key]
    if len(key) == 22 and re.fullmatch(_MOBILE, key[:11]) and re.fullmatch(_MOBILE, key[11:]):
        return [key[:11], key[11:]]
    loose = [phone_key(match.group()) for match in re.finditer(_LOOSE_NUMBER, piece)]
    return loose or [key]


def masked_phone(phone: str) -> str:
    """138****1234; a landline keeps its area code and last two digits; an extension is hidden.

    Shows at most seven of eleven digits, and fewer of a short or unknown number. Several numbers in one text are
    masked one by one.
    """
    numbers = phones_in(phone)
    if len(numbers) > 1:
        return "、".join(_masked_number(number) for number in numbers)
    return _masked_number(numbers[0]) if numbers else "*" * len(phone.strip())


def _masked_number(key: str) -> str:
    if is_masked(key):
        return key
    base, dash, extension = key.partition("-")
    hidden = dash + "*" * len(extension)
    if re.fullmatch(_MOBILE, base):
        return _middle_masked(base, 3, 4) + hidden
    if re.fullmatch(_SERVICE, base):
        return _middle_masked(base, 3, 2) + hidden
    area = re.match(_AREA, base)
    if area and re.fullmatch(_LANDLINE, base):
        return _middle_masked(base, area.end(), 2) + hidden
    if not base.isdigit():
        return "*" * len(key)
    return _middle_masked(base, 0, 2 if len(base) >= 7 else 0) + hidden


def _middle_masked(text: str, head: int, tail: int) -> str:
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
