"""The loop of the automation door: one line in, one line out, in this order, until the caller closes its end."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from crm_desktop import __version__, logbook
from crm_desktop.domain.errors import Damaged, DeskError, InvalidInput
from crm_desktop.door.catalogue import operations
from crm_desktop.door.operations import Operation, Visit, check_names, told_of
from crm_desktop.door.people import People
from crm_desktop.door.second_forms import FormWriter
from crm_desktop.door.wishes import LINE_LIMIT, Wish, read, wish_of
from crm_desktop.models.database import SCHEMA
from crm_desktop.models.faults import unreachable
from crm_desktop.services.answers import Answers
from crm_desktop.services.office import Office

_BROKEN = "程序内部出错，这一步没有写入；原因已记入日志，请核对后重试。"
_DAMAGED = "数据已损坏（{trouble}），这一步没有写入。请停止录入，从备份恢复。"
_BUG = 1


class Door:
    """Answers the wishes of one caller over one open home."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._people = People(office)
        self._answers = Answers(office.desk)
        self._operations: Mapping[str, Operation] = operations(office)

    def greeting(self) -> dict[str, Any]:
        """The first line out."""
        return {"ready": True, "version": __version__, "schema": SCHEMA}

    def answer(self, line: bytes) -> dict[str, Any]:
        """What goes back for one line: the result once it is on the disk, or a refusal with its code."""
        number = None
        try:
            told = read(line)
            number = told.get("id")
            return {"id": number, "ok": True, "result": self._do(wish_of(told))}
        except DeskError as refusal:
            return {"id": number, **refused(refusal)}
        except OSError as fault:  # a path that nobody can have
            logbook.write(self._office.desk.home / "logs" / "crash.log", logbook.describe(fault))
            return {"id": number, **refused(unreachable(fault, self._office.desk.home))}
        except Exception as error:  # noqa: BLE001 - a caller gets an answer to every line, and we a line in the log
            logbook.write(self._office.desk.home / "logs" / "crash.log", logbook.describe(error))
            from crm_desktop.services.soundness import damage  # noqa: PLC0415 - only where something broke

            if trouble := damage(self._office.desk.home):
                return {"id": number, **refused(Damaged(_DAMAGED.format(trouble=trouble)))}
            return {"id": number, "ok": False, "code": _BUG, "error": _BROKEN, "fields": {}}

    def _do(self, wish: Wish) -> Any:
        if wish.op == "system.ops":
            return [told_of(one) for one in self._operations.values()]
        if wish.op in ("staff.login", "staff.logout"):
            return self._sit_down(wish)
        operation = self._operations.get(wish.op)
        if operation is None:
            raise InvalidInput(f"没有操作“{wish.op[:60]}”，请用 system.ops 查看全部操作。")
        visit = Visit(self._office, self._people.act(wish.token), self._people.act)
        check_names(operation.args, wish.args)
        if not operation.writes:
            return operation.run(visit, wish.args)
        if operation.alone:
            return operation.run(visit, wish.args)
        return self._answers.once(wish.key, wish.op, lambda: operation.run(visit, wish.args))

    def _sit_down(self, wish: Wish) -> Any:
        operation = self._operations[wish.op]
        check_names(operation.args, wish.args)
        if wish.op == "staff.logout":
            self._people.logout(wish.token)
            return {}
        name, pin = (wish.args.get(part) for part in ("name", "pin"))
        if not isinstance(name, str) or not isinstance(pin, str):
            raise InvalidInput({"name": "name 和 pin 都要写成文字。"})
        return self._people.login(name, pin)


def refused(refusal: DeskError) -> dict[str, Any]:
    """A refusal as the door tells it."""
    fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
    return {"ok": False, "code": refusal.code, "error": refusal.sentence, "fields": fields}


def serve(office: Office, source: BinaryIO, target: BinaryIO) -> None:
    """Answers line by line until the source ends."""
    door, forms = Door(office), FormWriter(office.desk)
    say(target, door.greeting())
    while line := source.readline(LINE_LIMIT + 1):
        whole = line
        while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            line = source.readline(LINE_LIMIT + 1)
        if whole.strip():
            say(target, door.answer(whole))
            forms.wake()
    forms.finish()


def say(target: BinaryIO, told: Mapping[str, Any]) -> None:
    """One line out, at once."""
    target.write(json.dumps(told, ensure_ascii=False).encode("utf-8") + b"\n")
    target.flush()


def standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """The caller's ends of the door.

    :raises InvalidInput: a program without them (started by a double click).
    """
    if sys.stdin is None or sys.stdout is None:
        raise InvalidInput("自动接口要从另一个程序里启动（标准输入输出），不能双击打开。")
    return sys.stdin.buffer, sys.stdout.buffer
