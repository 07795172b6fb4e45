"""时限: when each step of a complaint is due, and one sentence that says why (seed 001 篇1; gaps G2 to G5, G10).

One function, ``milestones``, serves the case, the list of due work, the rule simulator and the command line. It
reads no clock and no database. All moments are naive local time, the wall clock of the desk (China has no summer
time); the services convert with ``crm_desktop.clock``. How far a clock has run is told by ``domain/standing.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.calendar import DAY, Calendar
from crm_desktop.domain.routes import ResolveTo, Rule, Rulebook, Span, Unit


class Milestone(StrEnum):
    """The four steps of the procedure, and a promise given to the customer; codes of interface.md 2."""

    HAND_OVER = "hand_over"
    RESPOND = "respond"
    RESOLVE = "resolve"
    FILE = "file"
    PROMISE = "promise"

    @property
    def label(self) -> str:
        """The word of the desk."""
        return _LABELS[self]


_LABELS = {
    Milestone.HAND_OVER: "移交",
    Milestone.RESPOND: "响应",
    Milestone.RESOLVE: "解决",
    Milestone.FILE: "存档",
    Milestone.PROMISE: "回话",
}


class Deadline(NamedTuple):
    """One clock. ``rule_due`` is what the rule alone says, ``due`` what counts; ``why`` explains ``due``."""

    milestone: Milestone
    started: datetime
    rule_due: datetime
    due: datetime
    why: str


class Extension(NamedTuple):
    """延期 as granted by 服务总监: the step may take until then."""

    until: datetime
    milestone: Milestone = Milestone.RESOLVE


class Milestones(NamedTuple):
    """The clocks of one complaint; None where the rule has none, ``file`` also while the complaint is not closed."""

    rule: Rule
    hand_over: Deadline | None
    respond: Deadline | None
    resolve: Deadline | None
    file: Deadline | None

    @property
    def running(self) -> tuple[Deadline, ...]:
        """The clocks there are, in the order of the procedure."""
        return tuple(one for one in (self.hand_over, self.respond, self.resolve, self.file) if one is not None)


def milestones(
    rulebook: Rulebook,
    calendar: Calendar,
    channel: str,
    severity: str,
    received_at: datetime,
    *,
    closed_at: datetime | None = None,
    reopened_at: datetime | None = None,
    patience: datetime | None = None,
    extensions: Sequence[Extension] = (),
) -> Milestones:
    """The clocks of a complaint, counted from 受理时间 (gap G3), 存档 from the closing (gap G10).

    ``patience`` is the moment until which the customer said he would wait (客户最大忍耐时间, seed 004): it brings
    forward every step before the closing that would be due later, never before the complaint was received.
    A complaint 重开 is solved anew from ``reopened_at`` on; 移交 and 响应 stay what they were.
    ``extensions`` are the granted ones in the order of decision; the last one of a step counts and never shortens.

    :raises InvalidInput: for a channel or severity without a rule, or a calendar without working days.
    """
    rule = rulebook.rule(channel, severity)
    name = f"{channel}·{severity}"
    granted = {extension.milestone: extension.until for extension in extensions}

    def clock(milestone: Milestone, span: Span | None) -> Deadline | None:
        if span is None:
            return None
        anew = milestone is Milestone.RESOLVE and reopened_at is not None
        start = reopened_at if anew and reopened_at is not None else received_at
        rule_due, how = _reach(span, calendar, start, _done_by(rule, milestone))
        plain = _Reading(name, "重开" if anew else "受理", start, how, rule_due)
        waits = None if anew and patience is not None and patience < start else patience
        return _effective(milestone, plain, granted.get(milestone), waits)

    filed = None
    if closed_at is not None:
        file_due, how = _reach(rulebook.file, calendar, closed_at, Milestone.FILE.label)
        plain = _Reading(name, "关闭", closed_at, how, file_due)
        filed = _effective(Milestone.FILE, plain, granted.get(Milestone.FILE), None)
    return Milestones(
        rule,
        hand_over=clock(Milestone.HAND_OVER, rule.hand_over),
        respond=clock(Milestone.RESPOND, rule.respond),
        resolve=clock(Milestone.RESOLVE, rule.resolve),
        file=filed,
    )


def promise(what: str, made_at: datetime, due: datetime) -> Deadline:
    """A promise to the customer (“下午4点回电”) as a clock of its own."""
    year = made_at.year != due.year
    why = f"{_stamp(made_at, year)} 答应客户“{what}” → {_stamp(due, year)}"
    return Deadline(Milestone.PROMISE, made_at, due, due, why)


class _Reading(NamedTuple):
    """What the rule alone says, before patience and extensions."""

    name: str
    began: str
    started: datetime
    how: str
    due: datetime


def _reach(span: Span, calendar: Calendar, start: datetime, step: str) -> tuple[datetime, str]:
    """When a span that begins at ``start`` ends, and the words for it."""
    match span.unit:
        case Unit.CLOSING:
            return calendar.before_closing(start), _before_closing_words(calendar, start, step)
        case Unit.MINUTES:
            return start + timedelta(minutes=span.amount), f"{span}内{step}"
        case Unit.HOURS:
            return start + timedelta(hours=span.amount), f"{span}内{step}"
        case Unit.DAYS:
            return start + timedelta(days=span.amount), f"{span}（{span.amount * 24}小时）内{step}"
        case Unit.WORKING_DAYS:
            last = calendar.add_working_days(start.date(), span.amount)
            return calendar.closing(last), f"{span.amount}个工作日内{step}（当天不算，算到下班）"
        case Unit.WORKING_MINUTES | Unit.WORKING_HOURS:
            minutes = span.amount * (60 if span.unit is Unit.WORKING_HOURS else 1)
            return calendar.add_working_minutes(start, minutes), f"{span}内{step}（只算营业时间）"


def _before_closing_words(calendar: Calendar, start: datetime, step: str) -> str:
    hours, due = calendar.hours(start.date()), calendar.before_closing(start)
    if due.date() == start.date():
        return f"下班前{step}"
    rest = (due.date() - start.date()) // DAY - 1
    if hours is None:
        return "当天休息" + (f"，之后还休息 {rest} 天" if rest else "")
    reached = "已到" if start.time() == hours.closes else "已过"
    return f"{reached}下班时间 {hours.closes:%H:%M}" + (f"，之后休息 {rest} 天" if rest else "")


def _effective(milestone: Milestone, rule: _Reading, extended: datetime | None, patience: datetime | None) -> Deadline:
    """The clock with the granted extension and the customer's patience; each is told where it counts."""
    due = rule.due
    later = [(rule.due, "→ {}")]
    if extended is not None and extended > due:
        due = extended
        later.append((extended, "已批准延期到 {}"))
    if patience is not None and patience < due:
        due = max(patience, rule.started)
        passed = patience < rule.started
        later.append((patience, "客户只等到 {}，受理时已过" if passed else "客户最多等到 {}，以此为准"))
    year = any(moment.year != rule.started.year for moment, _ in later)
    told = "；".join(words.format(_stamp(moment, year)) for moment, words in later)
    why = f"{rule.name}：{_stamp(rule.started, year)} {rule.began}，{rule.how} {told}"
    return Deadline(milestone, rule.started, rule.due, due, why)


def _done_by(rule: Rule, milestone: Milestone) -> str:
    if milestone is Milestone.RESOLVE and rule.resolve_to is ResolveTo.CLOSED:
        return "关闭投诉工单"
    return milestone.label


def _stamp(moment: datetime, year: bool) -> str:
    """11月23日 18:05, with the year where the sentence crosses one."""
    day = f"{moment.month}月{moment.day}日 {moment:%H:%M}"
    return f"{moment.year}年{day}" if year else day
