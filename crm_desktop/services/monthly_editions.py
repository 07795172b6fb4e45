"""编制, 签字, 审阅: the frozen editions of a month's report, who signed them, and the comments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.monthly import Comment, month_of
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.staff import Role
from crm_desktop.domain.text import checked_text
from crm_desktop.models.moments import moment
from crm_desktop.models.records import MonthlyNote, MonthlySignature
from crm_desktop.services.desk import Desk
from crm_desktop.services.seen import check_seen

TYPICAL = "typical"
"""The section under which the numbers of cases chosen by hand are kept."""
_HEAD_LENGTH = 12
_SIGNERS = ((Role.DIRECTOR, Right.SIGN_REPORT), (Role.GENERAL_MANAGER, Right.REVIEW))
TO_SIGN, TO_REVIEW, FINAL = "待服务总监签字", "待总经理审阅", "已定稿"


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: in which role, by whom, on which local day, with what opinion."""

    role: str
    who: str
    on: date
    opinion: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a month's report as it was frozen. ``frozen_at`` is UTC; ``content`` what was written then."""

    id: int
    period: str
    edition: int
    frozen_at: datetime
    frozen_by: str
    content: dict[str, Any]
    signed: tuple[Signed, ...] = ()

    @property
    def state(self) -> str:
        """Who is to sign next; 已定稿 once both have."""
        return (TO_SIGN, TO_REVIEW, FINAL)[len(self.signed)]


class MonthlyEditions:
    """What was frozen is never changed; signatures stand beside it, comments go into the next edition."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, period: str) -> list[Edition]:
        """The editions of a month, latest first; raises InvalidInput for no month."""
        rows = self._desk.rows(
            "SELECT id, period, edition, frozen_at, frozen_by, content FROM monthly_reports WHERE period = ?"
            " ORDER BY edition DESC",
            (f"{month_of(period)[0]:%Y-%m}",),
        )
        return [self._edition(*row) for row in rows]

    def sign(self, period: str, opinion: str, act: Act) -> Edition:
        """服务总监 signs the latest edition.

        :raises NotAllowed: no right to, nothing frozen yet, or signed already.
        """
        return self._sign(0, period, opinion, act)

    def review(self, period: str, opinion: str, act: Act) -> Edition:
        """总经理 has read the latest edition: it is final.

        :raises NotAllowed: no right to, 服务总监 has not signed it, or reviewed already.
        """
        return self._sign(1, period, opinion, act)

    def comment(self, period: str, section: str, text: str, act: Act, seen: str | None = None) -> None:
        """What is to stand under a section of the next edition; an empty text takes it away. ``seen`` stood there.

        :raises NotAllowed: no right to. :raises InvalidInput: no such period.
        """
        act = require(act, Right.FREEZE)
        named = _period(period)
        stood = {one.section: one.text for one in self.comments(named)}.get(section, "")
        check_seen(seen, stood, "这一章的评注")
        self._note(named, section, checked_text(text, "评注"), act)

    def choose_cases(self, period: str, numbers: Sequence[str], act: Act) -> None:
        """Other 典型案例 than the rule would take; none of them: the rule's again.

        :raises NotAllowed: no right to. :raises InvalidInput: a number that is no complaint of that month.
        """
        act, named = require(act, Right.FREEZE), _period(period)
        wanted = list(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))
        marks = ", ".join("?" * len(wanted))
        known = {
            number: local_day(moment(received))
            for number, received in self._desk.rows(
                f"SELECT number, received_at FROM complaints WHERE number IN ({marks}) AND state <> '作废'",
                tuple(wanted),
            )
        }
        for number in wanted:
            if f"{known.get(number, date.min):%Y-%m}" != named:
                raise InvalidInput({"numbers": f"“{number}”不是 {named} 的抱怨单，请核对单号。"})
        self._note(named, TYPICAL, "、".join(wanted), act)

    def chosen(self, period: str) -> tuple[str, ...]:
        """The numbers of the 典型案例 chosen by hand; none where the rule decides."""
        rows = self._desk.rows("SELECT text FROM monthly_notes WHERE period = ? AND section = ?", (period, TYPICAL))
        return tuple(filter(None, rows[0][0].split("、"))) if rows else ()

    def comments(self, period: str) -> tuple[Comment, ...]:
        """What is written about the sections so far."""
        rows = self._desk.rows(
            "SELECT section, text, who, entered_at FROM monthly_notes WHERE period = ? AND section <> ? AND text <> ''"
            " ORDER BY id",
            (period, TYPICAL),
        )
        return tuple(Comment(section, text, who, local_day(moment(at))) for section, text, who, at in rows)

    def history_head(self) -> str:
        """How many lines the history has and how its last link begins: what ``check`` can be held against."""
        rows = self._desk.rows("SELECT value FROM facts WHERE name = 'history_head'")
        count, _, last = rows[0][0].partition(":") if rows else ("0", "", "")
        return f"{count} 条，链头 {last[:_HEAD_LENGTH]}" if last else "0 条"

    def _sign(self, place: int, period: str, opinion: str, act: Act) -> Edition:
        role, right = _SIGNERS[place]
        act = require(act, right)
        editions = self.of(period)
        if not editions:
            raise NotAllowed("这个月还没有编制月报，请客户关爱部先编制，再签字。")
        latest = editions[0]
        if len(latest.signed) != place:
            told = {TO_SIGN: "请先由服务总监签字，再由总经理审阅。", TO_REVIEW: "服务总监已经签过这一版了。"}
            raise NotAllowed(told.get(latest.state, f"第 {latest.edition} 版已经定稿，有变化请编制新的一版。"))
        with self._desk.writing(act) as ledger:
            ledger.add(
                MonthlySignature,
                f"{latest.period} 第 {latest.edition} 版",
                report=latest.id,
                role=role.value,
                opinion=checked_text(opinion, "意见"),
                who=act.who,
                staff=act.staff_id,
                signed_at=act.at,
            )
        return self.of(period)[0]

    def _note(self, period: str, section: str, text: str, act: Act) -> None:
        values = {"text": text, "who": act.who, "staff": act.staff_id, "entered_at": act.at}
        known = self._desk.rows("SELECT id FROM monthly_notes WHERE period = ? AND section = ?", (period, section))
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(MonthlyNote, known[0][0], values)
            elif text:
                ledger.add(MonthlyNote, f"{period} {section}", period=period, section=section, **values)

    def _edition(self, found: int, period: str, edition: int, at: str, by: str, content: str) -> Edition:
        signed = self._desk.rows(
            "SELECT role, who, signed_at, opinion FROM monthly_signatures WHERE report_id = ? ORDER BY id", (found,)
        )
        told = tuple(Signed(role, who, local_day(moment(on)), opinion) for role, who, on, opinion in signed)
        return Edition(found, period, edition, moment(at), by, json.loads(content), told)


def _period(text: str) -> str:
    return f"{month_of(text)[0]:%Y-%m}"
