"""Commands that try out a rule: nothing is read from the customers, nothing is written."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import datetime

from crm_desktop.cli.homes import looking
from crm_desktop.clock import clock_for, local_day
from crm_desktop.domain.calendar import Calendar, shipped_calendar
from crm_desktop.domain.dates import parse_time
from crm_desktop.domain.deadlines import Deadline, milestones
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.routes import Rulebook, shipped_rulebook
from crm_desktop.domain.wording import Result, check_cause, check_measure, explain, shipped_lists, template
from crm_desktop.domain.wording_marks import WordLists
from crm_desktop.models.database import FILE_NAME


def deadlines(asked: Namespace) -> int:
    """The rule simulator: when a complaint received then would be due, by the home's rules or the shipped ones."""
    received = _received(asked)
    rulebook, calendar = _clock_rules(asked)
    clocks = milestones(rulebook, calendar, asked.channel, asked.severity, received)
    steps = {"hand_over": clocks.hand_over, "respond": clocks.respond, "resolve": clocks.resolve}
    if asked.json:
        json.dump({step: _told(deadline) for step, deadline in steps.items()}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for deadline in steps.values():
        if deadline is not None:
            print(f"{deadline.milestone.label}\t{deadline.due:%Y-%m-%d %H:%M}\t{deadline.why}")
    return 0


def check_wording(asked: Namespace) -> int:
    """空话拦截: what a measure or a cause lacks, by the home's lists or the shipped; 1 where it would be blocked."""
    check = check_measure if asked.kind == "measure" else check_cause
    lists = _word_lists(asked)
    verdict = check(asked.text, lists)
    if asked.json:
        found = [{"word": word.word, "at": word.at, "kind": word.kind} for word in verdict.found]
        answer = {"verdict": verdict.result.value, "found": found, "missing": list(verdict.missing)}
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print(explain(verdict))
        if verdict.missing:
            print(template(verdict, lists))
    return 1 if verdict.result is Result.BLOCK else 0


def _clock_rules(asked: Namespace) -> tuple[Rulebook, Calendar]:
    if not (asked.home / FILE_NAME).exists():
        return shipped_rulebook(), shipped_calendar()
    with looking(asked) as office:
        return office.rules.rulebook(), office.rules.calendar()


def _word_lists(asked: Namespace) -> WordLists:
    if not (asked.home / FILE_NAME).exists():
        return shipped_lists()
    with looking(asked) as office:
        return office.rules.wording()


def _received(asked: Namespace) -> datetime:
    """受理时间 as typed, to the second.

    :raises InvalidInput: for what is no time, and for a day without one: midnight must be said.
    """
    if not any(char.isdigit() for char in asked.received):
        raise InvalidInput(f"受理时间“{asked.received}”看不懂，请写成 2026-11-23T18:05 这样的式样。")
    today = local_day(clock_for(asked.home)())
    received, told = parse_time(asked.received, today, future=True)
    if not told and not any(mark in asked.received for mark in ":：时"):
        raise InvalidInput(f"受理时间“{asked.received}”没有写几点几分，请写成 2026-11-23T18:05 这样的式样。")
    return received


def _told(deadline: Deadline | None) -> dict[str, str] | None:
    if deadline is None:
        return None
    whole_minute = deadline.due.second == 0
    return {"due": deadline.due.isoformat(timespec="minutes" if whole_minute else "seconds"), "why": deadline.why}
