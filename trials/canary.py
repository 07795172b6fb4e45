"""A name, a phone, a plate and an ID number nobody else has: after kills and faults no log and no temporary file
knows them (T16)."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from tests.importers.makers_files import saved
from trials.furniture import Caller, Trial, TrialFailed, command, killed, new_home, started

_PHONE, _PLATE, _VIN, _ID = "13877766655", "沪A7C9K3", "LSVAA4189E2184847", "310101199003077758"
_NAME, _WORDS = "鸾翙", "变速箱在高架上突然跳空挡"
_SECRETS = (_PHONE, _PLATE, _VIN, _ID, _NAME, _WORDS)
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le")


def run(rounds: int, seed: int) -> str:
    """Each round writes, exports, imports and finds with the canaries, is refused with them, and is killed."""
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    with new_home() as home:
        command(home, "demo", "--customers", "3", "--complaints", "3", "--until", "2026-11-20")
        temporary = home.parent / "temporary"
        temporary.mkdir()
        aside = {"more": {"TMPDIR": str(temporary)}}
        bad = saved(home.parent, f"姓名,手机\n{_NAME},{_PHONE}{_ID}\n".encode(), "坏的.csv")
        for _ in range(rounds):
            caller = Caller(home, **aside)
            caller.sit_down()
            _everything(caller, home, bad)
            caller.send("complaints.register", words=_WORDS, name=_NAME, phone=_PHONE, plate=_PLATE)
            time.sleep(chance.uniform(0, 0.05))
            killed(caller.process)
            caller = Caller(home, **aside)
            caller.sit_down()
            caller.send("upkeep.backup")
            time.sleep(chance.uniform(0.05, 0.4))
            killed(caller.process)
            export = started(home, "export", "register", "--from", "2026-01-01", "--to", "2027-12-31",
                             str(home.parent / "台账.pdf"), **aside)  # fmt: skip
            time.sleep(chance.uniform(0.3, 1.2))
            killed(export)
            for words in (("find", f"{_PHONE}{_ID}"), ("export", "complaint", _NAME, str(home.parent / "单.pdf"))):
                _silent(words[0], command(home, *words, check=False, **aside).stderr.encode(), " ".join(words))
        looked = _looked_through(temporary, home)
    return (
        f"{rounds} 轮写入、备份、导出、导入、出错和强制结束：日志、临时文件夹（{looked} 个文件）和错误输出里"
        "没有姓名、电话、车牌、VIN、证件号和原话"
    )


def _everything(caller: Caller, home: Path, bad: Path) -> None:
    known = {"name": _NAME, "phone": _PHONE, "plate": _PLATE, "vin": _VIN}
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("complaints.register", {"words": f"{_WORDS} {_ID}", **known}),
        ("complaints.register", {"words": _WORDS, "name": _NAME, "phone": _PHONE + _ID, "plate": _PLATE * 30}),
        ("complaints.amend", {"number": _PHONE, "ver": 1, "words": _WORDS}),
        ("customers.register", {"name": _NAME, "phones": [_PHONE], "notes": _ID, "kind": _NAME}),
        ("search.find", {"text": _PHONE}),
        ("imports.run", {"kind": "customers", "file": str(bad)}),
        ("exports.write", {"paper": "complaint", "number": _NAME, "out": str(home.parent / "单.pdf")}),
        (_NAME, {_PHONE: _PLATE}),
        ("drafts.put", {"form": "complaint", "texts": {"words": _WORDS, "phone": _PHONE}}),
    )  # fmt: skip
    for op, args in asked:
        caller.answer(op, **args)


def _silent(place: str, content: bytes, typed: str = "") -> None:
    """What was typed at the terminal just now may be said there again, and nothing else."""
    words = [word for word in _SECRETS if word not in typed]
    if found := [word for word in words for encoding in _ENCODINGS if word.encode(encoding) in content]:
        raise TrialFailed(f"{place} knows {found}")


def _looked_through(temporary: Path, home: Path) -> int:
    files = [path for place in (temporary, home / "logs") for path in place.rglob("*") if path.is_file()]
    for path in files:
        _silent(str(path.relative_to(home.parent)), path.read_bytes())
    return len(files)


TRIAL = Trial("canary", "个人信息不外漏", 2, 200, run)
