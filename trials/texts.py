"""Any Unicode through the text fields, then into Excel and PDF and back: as typed, under the published rule (T9)."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from openpyxl import load_workbook
from pypdf import PdfReader

from crm_desktop.domain.text import clean_line, clean_text
from trials.furniture import ROOT, Caller, Trial, TrialFailed, new_home

_TEXTS = {"words": clean_text, "demand": clean_text, "category": clean_line, "order_number": clean_line}
_LATER = dict.fromkeys(("first_reply", "correction", "root_cause", "soothing", "remarks"), clean_text)
"""Written into the case afterwards."""
_UNPRINTED = ("remarks",)
"""Remarks are for the desk; the form has no place for them."""
_CUSTOMER = {"name": clean_line, "address": clean_line, "source": clean_line, "notes": clean_text}
_PIECES = (
    "<b>粗</b>", "&lt;&amp;", "=1+1", "+cmd|'/c calc'!A1", "@SUM(A1)", "-2", "\u202e反", "a\u0301", "\ud83d\ude00",
    "\ud800", "\ufffe", "_x000D_", "_x0041_", "\x00", "\x0b", "\r\n", "\u2028", "\ufeff",
    "%s{0}", "\u200d", "👨‍👩‍👧", "𠮷", "㐂", "']]>", "\\n",
)  # fmt: skip
_BLOCKS = ((0x20, 0x7F), (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x00, 0xFFFF), (0x0, 0x10FFFF),
           (0x600, 0x6FF), (0x1F300, 0x1FAFF), (0xAC00, 0xD7A3))  # fmt: skip
_PRINTED_EVERY, _INVALID = 10, 3


def run(rounds: int, seed: int) -> str:
    """So many complaints and customers of random texts; every tenth complaint is printed too."""
    chance, texts, printed = random.Random(seed), 0, 0  # noqa: S311 - words, not secrets
    stored: dict[str, str] = {}
    with new_home() as home:
        caller = Caller(home)
        for number in range(rounds):
            given = {name: _text(chance) for name in _TEXTS | _LATER}
            found = _registered(caller, given)
            texts += len(given) + _customer(caller, {name: _text(chance) for name in _CUSTOMER})
            if found:
                stored[found["number"]] = found["words"]
                if number % _PRINTED_EVERY == 0:
                    printed += 1
                    _print(caller, home.parent / "单.pdf", found)
        _workbook(caller, home.parent / "台账.xlsx", stored)
        caller.close()
    return (
        f"{texts:,} 段任意文字：存下的都合清洗规则，{len(stored):,} 张单导出 Excel 逐字相同、没有一格是公式，"
        f"{printed} 张 PDF 的字都在，缺字形的逐个列出"
    )


def _text(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randrange(1, 8)):
        low, high = chance.choice(_BLOCKS)
        letters = "".join(chr(chance.randint(low, min(high, sys.maxunicode))) for _ in range(chance.randrange(4)))
        parts.append(chance.choice((letters, letters, chance.choice(_PIECES))))
    return "".join(parts)


def _registered(caller: Caller, given: dict[str, str]) -> dict[str, Any]:
    answer = caller.answer("complaints.register", name="客户", **{name: given[name] for name in _TEXTS})
    if not answer["ok"]:
        if answer["code"] != _INVALID or _clean(clean_text(given["words"])):
            raise TrialFailed(f"{given!r}: {answer['error']}")
        return {}
    later = {name: given[name] for name in _LATER}
    amended = caller.answer("complaints.amend", **{"number": answer["result"]["number"], "ver": 1, **later})
    if not amended["ok"]:
        raise TrialFailed(f"{later!r}: {amended['error']}")
    fields = caller.ask("complaints.get", number=answer["result"]["number"])["fields"]
    _compare(given, fields, _TEXTS | _LATER)
    return {**fields, "number": answer["result"]["number"]}


def _customer(caller: Caller, given: dict[str, str]) -> int:
    answer = caller.answer("customers.register", kind="个人", **given)
    if answer["ok"]:
        _compare(given, caller.ask("customers.profile", customer_id=answer["result"]["id"])["draft"], _CUSTOMER)
    elif answer["code"] != _INVALID or _clean(clean_line(given["name"])):
        raise TrialFailed(f"{given!r}: {answer['error']}")
    return len(given)


def _compare(given: dict[str, str], kept: dict[str, Any], rules: dict[str, Any]) -> None:
    for name, rule in rules.items():
        joined = given[name].encode("utf-16", "surrogatepass").decode("utf-16", "ignore")  # as JSON brings it
        if kept[name] != rule(joined):
            raise TrialFailed(f"{name}: {given[name]!r} was kept as {kept[name]!r}, not {rule(joined)!r}")


def _workbook(caller: Caller, path: Path, stored: dict[str, str]) -> None:
    caller.ask("exports.write", paper="register", out=str(path), **{"from": "2020-01-01", "to": "2099-12-31"})
    sheet = load_workbook(path).worksheets[0]
    cells = list(chain.from_iterable(sheet.iter_rows()))
    if any(cell.data_type == "f" for cell in cells):
        raise TrialFailed("a formula in the register")
    heads = {cell.value: cell.column for cell in cells if cell.value in ("抱怨内容", "单号", "投诉编号", "编号")}
    at, row_of = heads.pop("抱怨内容"), {cell.value: cell.row for cell in cells if cell.value in stored}
    for number, words in stored.items():
        value = sheet.cell(row_of[number], at).value.replace("_x005F_", "_")  # as Excel reads it (ECMA-376, ST_Xstring)
        if value != words:
            raise TrialFailed(f"{number}: {words!r} stands in the register as {value!r}")


def _print(caller: Caller, path: Path, case: dict[str, Any]) -> None:
    written = caller.ask("exports.write", paper="complaint", number=case["number"], out=str(path))
    texts = [str(case[name]) for name in _TEXTS | _LATER if name not in _UNPRINTED]
    expected = {f"U+{ord(char):04X}" for text in texts for char in text if _seen(char) and ord(char) not in _glyphs()}
    named = {one.split(" ")[0] for one in written["missing"]}
    if named != expected:
        raise TrialFailed(f"{case['number']}: missing {sorted(named ^ expected)} in {texts!r}")
    there = Counter("".join(page.extract_text() for page in PdfReader(path).pages))
    wanted = Counter(char for char in case["words"] if _seen(char) and ord(char) in _glyphs())
    if lost := wanted - there:
        raise TrialFailed(f"{case['number']}: {sorted(lost)} of {case['words']!r} is not in the text of the PDF")


def _seen(char: str) -> bool:
    selector = 0xFE00 <= ord(char) < 0xFE10 or 0xE0100 <= ord(char) < 0xE01F0
    return unicodedata.category(char) not in ("Zs", "Zl", "Zp", "Cf", "Cc") and not selector


def _clean(text: str) -> str:
    return "".join(char for char in text if _seen(char))


def _glyphs() -> frozenset[int]:
    """What the shipped faces have, asked of the files by another reader than the program's own."""
    if not _KNOWN:
        for name in ("NotoSansSC-Regular.ttf", "DeskExtras.ttf"):
            _KNOWN.update(TTFont(ROOT / "resources" / "fonts" / name).getBestCmap())
    return frozenset(_KNOWN)


_KNOWN: set[int] = set()
TRIAL = Trial("texts", "任意文字", 60, 1_600, run)
