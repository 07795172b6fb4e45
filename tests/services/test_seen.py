"""Two people at one record: the second is told, and both versions can be seen."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import act, complaint
from tests.services.procedure import by

SEEN = {"ver", "seen"}
NEW = "adds a record; what stands there stays"
ONCE = "can be done once only: the second is refused, and told why"
CHOICE = "one choice of a short list, every one of them in the history; the last word counts"
OWN = "only his own"
WHOLE = "works on what is stored at that moment, in its own transaction"
WITHOUT: dict[str, str] = {
    "access.hire": NEW, "access.reset_pin": OWN, "access.change_pin": OWN, "access.new_recovery_code": OWN,
    "archive.add_correction": NEW, "attachments.add": NEW,
    "backups.make": NEW, "backups.pack": NEW, "backups.set_password": OWN,
    "chronicle.content": "changes nothing", "compensations.enter": NEW, "complaints.register": NEW,
    "customers.register": NEW, "customers.add_vehicle": NEW, "dealings.add_payment": NEW, "dealings.add_contract": NEW,
    "disposals.propose": NEW, "duplicates.dismiss": ONCE, "duplicates.restore": ONCE,
    "duties.appoint_deputy": NEW, "duties.answer_for": CHOICE, "dispatch.complain": ONCE,
    "dispatch.plan_care": NEW,
    "follow_ups.plan": NEW, "follow_ups.plan_for": NEW, "follow_ups.call": NEW,
    "follow_ups.move_all": "one day for all of them, whatever day stood there",
    "undo.many": "each change is looked at by itself",
    "grades.confirm": "each grade is a record of its own",
    "guidance.read_as": "choices and three short changes, every one of them in the history",
    "imports.run": NEW, "imports.undo": ONCE, "imports.remember_columns": CHOICE,
    "joins.join": NEW, "joins.link": NEW, "joins.unlink": ONCE, "judgements.judge": ONCE, "judgements.take_back": ONCE,
    "letters.write": NEW, "measures.register": NEW, "merging.merge": ONCE, "merging.undo": ONCE,
    "monthly.freeze": NEW, "editions.sign": ONCE, "editions.review": ONCE,
    "editions.choose_cases": CHOICE,
    "outside.publish": NEW, "outside.nothing_published": ONCE,
    "owners.assign": CHOICE, "owners.hand_over": WHOLE,
    "persons.erase": WHOLE, "persons.renew_backups": WHOLE, "playbook.restore": WHOLE,
    "profiles.move_stage": "each step is a record of its own", "profiles.confirm_checked": "a day",
    "profiles.tag": CHOICE, "profiles.untag": CHOICE, "profiles.wish": CHOICE, "promises.make": NEW,
    "recalls.register": NEW, "recalls.done": NEW, "reworks.register": NEW, "rules.restore": WHOLE,
    "segments.save": OWN, "settings.change": "each setting by itself", "settings.set_logo": CHOICE,
    "signs.note": NEW, "signs.settle": ONCE, "signs.call": NEW, "signs.complain": ONCE,
    "solutions.propose": NEW, "staff.add": NEW, "staff.change_rights": "each right by itself",
    "surveys.start": NEW, "surveys.complain": ONCE,
    "upkeep.check_export": "changes nothing", "upkeep.note_unmasked": NEW, "upkeep.note_unmasked_customers": NEW,
    "visits.register": NEW, "warranties.record": NEW,
    "warranties.amend": "the repair itself carries the ver that was shown",
}  # fmt: skip
"""Why a verb needs not be told what was seen."""


def verbs(office: Office) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every verb of every service that somebody signs."""
    for noun, maker in inspect.getmembers(Office):
        if isinstance(maker, cached_property):
            for name, method in inspect.getmembers(type(getattr(office, noun)), inspect.isfunction):
                if not name.startswith("_") and "act" in inspect.signature(method).parameters:
                    yield f"{noun}.{name}", method


def test_every_verb_is_told_what_was_seen_or_needs_not_be(office: Office) -> None:
    blind = {place for place, method in verbs(office) if not SEEN & set(inspect.signature(method).parameters)}
    assert blind - set(WITHOUT) == set(), "take ver or seen, or say in WITHOUT why nobody can be written over"


def test_a_comment_on_the_month_is_not_written_over_unseen(office: Office) -> None:
    office.editions.comment("2026-11", "overview", "先写的", by(Role.CARE_AGENT), "")
    with pytest.raises(ChangedMeanwhile, match="现在存的是“先写的”"):
        office.editions.comment("2026-11", "overview", "后写的", by(Role.CARE_AGENT), "")
    office.editions.comment("2026-11", "overview", "后写的", by(Role.CARE_AGENT), "先写的")
    assert office.editions.comments("2026-11")[0].text == "后写的"


def test_a_note_of_the_six_steps_is_not_written_over_unseen(office: Office) -> None:
    number = office.complaints.register(complaint(), act()).number
    office.guidance.note(number, 1, "先写的", act(), seen="")
    with pytest.raises(ChangedMeanwhile, match="先写的"):
        office.guidance.note(number, 1, "后写的", act(), seen="")
    assert office.guidance.notes(number)[1].note == "先写的"


def test_a_text_of_the_playbook_is_not_written_over_unseen(office: Office) -> None:
    name = next(iter(office.playbook.chapters()))
    before = office.playbook.text(name)
    office.playbook.write(name, f"{before}\n- 先加的一行\n", act(), before)
    with pytest.raises(ChangedMeanwhile):
        office.playbook.write(name, f"{before}\n- 后加的一行\n", act(), before)
    assert "先加的一行" in office.playbook.text(name)


def test_rules_are_not_written_over_unseen(office: Office) -> None:
    table, ver = office.rules.table(RuleName.FOLLOW_UPS), office.rules.ver(RuleName.FOLLOW_UPS)
    office.rules.change(RuleName.FOLLOW_UPS, {**table, "after_solution_days": [5]}, act(), "先改", ver)
    with pytest.raises(ChangedMeanwhile):
        office.rules.change(RuleName.FOLLOW_UPS, {**table, "after_solution_days": [9]}, act(), "后改", ver)
    assert office.rules.table(RuleName.FOLLOW_UPS)["after_solution_days"] == [5]


def test_a_sign_is_settled_by_whoever_came_first(office: Office) -> None:
    sign = office.signs.note("等太久", act())
    office.signs.settle(sign, "已道歉", act())
    with pytest.raises(ChangedMeanwhile, match="已道歉"):
        office.signs.settle(sign, "已打电话", act())
