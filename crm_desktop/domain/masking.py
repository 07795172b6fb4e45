"""Nobody in particular: names, phones, plates, VIN and the like taken out of free texts, for papers that teach.

By the known values of a case first (its customer, his car, the staff), then by pattern. It rather takes a word too many
than one too few: what is left has to be of use to a newcomer, not to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crm_desktop.domain.identity import PROVINCES

CUSTOMER, COLLEAGUE, SOMEBODY = "某客户", "某同事", "某"
PHONE, PLATE, VIN, CODE, PLACE, PAPER = "某电话", "某车牌", "某车架号", "某编号", "某地址", "某单号"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_TAIL, _SHORTEST = 4, 2
_TITLES = "先生|女士|小姐|太太|阿姨|叔叔|大哥|大姐|老师|师傅|经理|总监|主管|顾问|主任|老板|班长|组长|会计|哥|姐"
_TITLES += "|总(?!成|线|共|是|之|体|部|数|泵|有|会|算|里|件|计)|工(?!单|时|艺|作|具|位|序|况|程|厂|人|资)"
_NUMERALS = "零〇○一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"(?:TS|JY|GD|XH)\d{4,8}-\d{2,4}", PAPER),
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", CODE),
    (r"(?:微信|QQ|抖音|微博)号?[:：是为\s]*[A-Za-z0-9_-]{5,}", CODE),
    (rf"[{PROVINCES}使领][A-Z][\s·•・.\-]?(?:[A-Z0-9][\s·•・.\-]?){{3,5}}[A-Z0-9警学挂港澳领]", PLATE),
    (r"(?<![A-Z0-9])(?=[A-Z]*\d)(?:[A-Z0-9][\s\-]?){16}[A-Z0-9](?![A-Z0-9])", VIN),
    (r"(?<!\d)(?:\+?86[\s\-]?)?1[3-9](?:[\s\-—–·.]?\d){9}(?!\d)", PHONE),
    (r"(?<!\d)\(?0\d{2,3}\)?[\s\-—–]?\d{7,8}(?:[\s\-转]+\d{1,6})?(?!\d)", PHONE),
    (rf"[{_NUMERALS}](?:[\s\-、]?[{_NUMERALS}]){{6,}}", PHONE),
    (r"(?<![A-Z0-9])(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{12,}(?![A-Z0-9])", CODE),
    (r"\d(?:[\s\-]?\d){6,}X?", CODE),
    (r"(?:尾号|后四位|末四位)[是为:：\s]*[A-Z0-9]{3,6}", CODE),
)


_ADDRESS = (
    r"[一-龥]{1,6}(?:路|街|大道|巷|弄|小区|新村|花园|公寓)\d+(?:弄|号|栋|幢|单元|室|楼|-)*(?:\d+(?:号|栋|幢|单元|室|楼|-)*)*",
    PLACE,
)
"""Before everything else: a street that is known is one with its number."""


@dataclass(frozen=True, slots=True)
class Surnames:
    """What may be a name and what only looks like one, from the word lists of 空话拦截."""

    letters: str = ""
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the files know of those a text speaks of; ``codes`` are order numbers, tickets and the like."""

    customers: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    vins: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(slots=True)
class Masker:
    """Takes out of texts what tells of whom they speak."""

    known: Known
    surnames: Surnames = field(default_factory=Surnames)
    _steps: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        steps = [_ADDRESS, *self._of_the_case(), *_PATTERNS, *self._of_anybody()]
        self._steps = [(re.compile(pattern, re.IGNORECASE), word) for pattern, word in steps]

    def text(self, text: str) -> str:
        """The text with what was found replaced by what it was."""
        told = text.translate(_WIDE)
        for pattern, word in self._steps:
            told = pattern.sub(word, told)
        return told

    def _of_the_case(self) -> Iterable[tuple[str, str]]:
        known = self.known
        for names, word in ((known.customers, CUSTOMER), (known.colleagues, COLLEAGUE)):
            yield from _any_of(_ways_to_say(names), word)
        yield from _any_of(known.places, PLACE)
        yield from _any_of([*known.vins, *_tails(known.vins, 8, 6)], VIN)
        yield from _any_of([*known.plates, *(plate[1:] for plate in known.plates), *_tails(known.plates, 5)], PLATE)
        yield from _any_of([*known.phones, *_tails(known.phones, _TAIL)], PHONE)
        yield from _any_of(known.codes, CODE)

    def _of_anybody(self) -> Iterable[tuple[str, str]]:
        """张师傅, 王建国先生, 老李, 姓赵: whoever has a surname that is one."""
        if not self.surnames.letters:
            return
        letters = f"[{self.surnames.letters}]"
        no_name = "|".join(map(re.escape, sorted(self.surnames.not_names, key=len, reverse=True)))
        guard = (f"(?!{no_name})" if no_name else "") + "(?!(?<=[允不也准])许)"  # 允许顾问 is no 许顾问
        yield rf"{guard}{letters}[一-龥]{{0,2}}?({_TITLES})", SOMEBODY + r"\1"
        yield (
            rf"(?<![一-龥])[老小阿]{guard}(?!{no_name or 'X'}){letters}(?![一-龥]{{0,1}}(?:号|件|块|条))",
            SOMEBODY + "人",
        )
        yield rf"姓{letters}", "姓" + SOMEBODY


def _ways_to_say(names: Iterable[str]) -> list[str]:
    """曾小明, 曾小明的 given name, 曾先生, 老曾, 小曾; a company without 有限公司 too."""
    said: list[str] = []
    for name in names:
        plain = name.strip()
        if len(plain) < _SHORTEST:
            continue
        said.append(plain)
        short = re.sub(r"(?:股份|责任)?有限(?:责任)?公司.*$|公司$", "", plain)
        said += [short] if len(short) >= _TAIL else []
        if re.fullmatch(r"[一-龥]{2,4}", plain):
            surname = _SHORTEST if len(plain) == _TAIL else 1  # 司徒青竹: four letters have a surname of two
            said += [plain[surname:]] if len(plain) > _SHORTEST else []
            said += [f"{before}{plain[0]}" for before in "老小阿"]
            said += [f"{plain[:surname]}{title}" for title in ("先生", "女士", "小姐")]
    return said


def _tails(codes: Iterable[str], *lengths: int) -> list[str]:
    return [code[-length:] for code in codes for length in lengths if len(code) > length]


def _any_of(words: Sequence[str] | Iterable[str], becomes: str) -> Iterable[tuple[str, str]]:
    """One pattern for all of them, the longest first, spaces, dots and dashes between letters and digits forgiven."""
    told = sorted({word.translate(_WIDE).strip() for word in words if len(word.strip()) >= _SHORTEST}, key=len)
    if told:
        yield "|".join(map(_loosely, reversed(told))), becomes


def _loosely(word: str) -> str:
    letters = [re.escape(letter) for letter in word if letter.isalnum()]
    plain = r"[\s·•・.\-—]?".join(letters) or re.escape(word)
    before, after = (r"(?<![A-Z0-9])" if word[0].isascii() else ""), (r"(?![A-Z0-9])" if word[-1].isascii() else "")
    return f"{before}{plain}{after}"
