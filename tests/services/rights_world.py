"""A home with one of everything, and a call of every verb of the services, so that each can be tried by anybody."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.compensations import EntryDraft, Side
from crm_desktop.domain.errors import DeskError, NotAllowed
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.letters import LetterDraft
from crm_desktop.domain.measures import EvaluationDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.rights import FIRST_STAFF, OWNER, rights_of
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.domain.staff import ADMINISTRATOR, Role
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import ANALYSED, TODAY, act, at, complaint, customer, day, director, registered, vehicle
from tests.services.profile_world import PROFILE_CALLS
from tests.services.records import measure

NOBODY = "没有员工"
COLUMNS = (*Role, ADMINISTRATOR, OWNER, NOBODY)
"""Who tries: each role alone, 系统管理 alone, the 责任人 of the case without any role, a home without staff."""
RESPONSIBLE = "冯学勤"
PERSONAL = {"access.change_pin", "corrections.confirm", "measures.confirm"}
"""No right decides these: they are done by the one person they concern, and tested where they are at home."""


@dataclass(frozen=True, slots=True)
class World:
    """The home, and what the verbs are tried on: a case of 冯学勤 with a solution, a measure, a rework and calls."""

    office: Office
    number: str
    ver: int
    solution: int
    measure: int
    call: int
    rework_call: int


def made(office: Office) -> World:
    """One of everything, in a home without staff; the acts that try bring their own rights."""
    verbs, saved = office.complaints, registered(office)
    saved = verbs.assign(saved.number, saved.ver, director(), "技术", RESPONSIBLE)
    solution = office.solutions.propose(saved.number, SolutionDraft("更换阀体"), act())
    number = saved.number
    office.compensations.enter(number, EntryDraft(Side.GIVEN, "退款", 100), act())
    office.letters.write(number, LetterDraft("转办单", "转办单", "请核查"), act())
    kept = office.measures.register(measure(complaints=(number,)), act()).id
    call = office.follow_ups.plan(number, PlanDraft(TODAY), act())
    rework = office.reworks.register(number, ReworkDraft("内返", "RO1", day(-2)), act())
    done = ReworkDraft("内返", "RO1", day(-2), TODAY, "吴晓东", "李检", "换阀体", "合格")
    office.reworks.amend(rework, 1, done, act())
    rework_call = next(row.id for row in office.follow_ups.of_complaint(number) if row.id != call)
    return World(office, number, office.cases.case(number).ver, solution, kept, call, rework_call)


def by(column: str) -> Act:
    """Something done now by whoever the column stands for."""
    if column == NOBODY:
        return act()
    if column == OWNER:
        return act(who=RESPONSIBLE, rights=frozenset())
    return act(who="张三", rights=rights_of((column,)), roles=(column,), role=column)


def verbs(office: Office) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every method of every service that takes an act, found by looking."""
    for noun, maker in inspect.getmembers(Office):
        if isinstance(maker, cached_property):
            service = getattr(office, noun)
            for name, function in inspect.getmembers(type(service), inspect.isfunction):
                if not name.startswith("_") and "act" in inspect.signature(function).parameters:
                    yield f"{noun}.{name}", getattr(service, name)


def calls(world: World) -> dict[str, Mapping[str, Any]]:
    """What each line of the table hands over; a line may name a case of its verb behind a blank."""
    return {**_complaint_calls(world), **_other_calls(world), **PROFILE_CALLS}


def _complaint_calls(world: World) -> dict[str, Mapping[str, Any]]:
    changes = {"words": "又响了", "responsible": "梁晓雯", "correction": "换阀体", **ANALYSED}
    labels = {
        "words": "抱怨内容",
        "responsible": "责任人",
        "correction": "缺点纠正",
        "root_cause": "根本原因",
        "long_term_measure": "长期措施",
    }
    return {
        "complaints.register": {"draft": complaint()},
        "backups.pack": {"folder": world.office.desk.home / "packed"},
        "backups.set_password": {"password": "eight letters"},
        **{f"complaints.amend {labels[name]}": {"changes": {name: value}} for name, value in changes.items()},
        "complaints.assign": {"line": "服务", "responsible": "梁晓雯"},
        "complaints.grade": {"severity": "重大", "reason": "聚众"},
        "outside.case_result": {"case_number": "消协 12 号"},
        "outside.oem_ticket": {"ticket": "T400-1"},
        "promises.make": {"what": "回电", "due_at": at("2026-11-21 16:00")},
        "promises.break_": {"note": "忘了，已补打"},
        "solutions.propose": {"draft": SolutionDraft("退一次工时费")},
        "solutions.amend": {"solution_id": world.solution, "draft": SolutionDraft("更换阀体总成")},
        "solutions.take_back": {"solution_id": world.solution},
        "solutions.agree": {"solution_id": world.solution},
    }


def _other_calls(world: World) -> dict[str, Mapping[str, Any]]:
    call = CallDraft(satisfaction="满意", score=9, feedback="好了")
    return {
        "customers.register": {"draft": customer()},
        "customers.add_vehicle": {"customer_id": 1, "draft": vehicle()},
        "dispatch.complain": {"follow_up_id": world.call},
        "dispatch.plan_care": {"customer_ids": (1,), "draft": PlanDraft(TODAY)},
        "follow_ups.call": {"draft": call},
        "follow_ups.record": {"follow_up_id": world.call, "draft": call},
        "follow_ups.record 返修回访": {"follow_up_id": world.rework_call, "draft": call},
        "follow_ups.cancel 返修回访": {"follow_up_id": world.rework_call},
        "follow_ups.correct": {"follow_up_id": world.call, "draft": call},
        "follow_ups.correct 返修回访": {"follow_up_id": world.rework_call, "draft": call},
        "follow_ups.move_all": {"follow_up_ids": (world.call,), "on": TODAY},
        "undo.many": {"noun": "customers", "ids": (1,)},
        "follow_ups.move": {"follow_up_id": world.call, "on": TODAY},
        "follow_ups.move 返修回访": {"follow_up_id": world.rework_call, "on": TODAY},
        "measures.register": {"draft": measure(complaints=(world.number,))},
        "measures.amend": {"measure_id": world.measure, "draft": measure(complaints=(world.number,))},
        "measures.finish": {"measure_id": world.measure, "evidence": "记录表"},
        "measures.cancel": {"measure_id": world.measure},
        "measures.evaluate": {"measure_id": world.measure, "draft": EvaluationDraft()},
        "rules.restore": {"name": next(iter(RuleName))},
        "classifications.confirm": {"words": {}},
    }


_USUAL: Mapping[str, Any] = {
    "reason": "核对过",
    "note": "核对过",
    "at": None,
    "name": "李四",
    "roles": (),
    "pin": "2580",
}


def handed_over(world: World, line: str, verb: Callable[..., Any]) -> dict[str, Any]:
    """The arguments of one call, but for the act: those of ``calls``, else something of the name's usual kind.

    Where a verb asks for a right before it looks at anything else, it is all the same what it is handed.
    """
    told = {"number": world.number, "ver": world.ver, **_USUAL, **calls(world).get(line, {})}
    wanted = inspect.signature(verb).parameters.values()
    needed = [p.name for p in wanted if p.name != "act" and (p.default is inspect.Parameter.empty or p.name in told)]
    return {name: told.get(name, 1) for name in needed}


def is_refused(world: World, line: str, verb: Callable[..., Any], who: Act) -> bool:
    """Whether the verb refuses this person for want of a right; whatever it does is taken back.

    :raises AssertionError: it refused and yet changed something.
    """
    connection = world.office.desk.database.connection()
    with world.office.desk.database.atomic() as trial:
        before = connection.total_changes
        try:
            verb(**handed_over(world, line, verb), act=replace(who))
        except NotAllowed as refusal:
            refused = "的权限：" in refusal.sentence or refusal.sentence == FIRST_STAFF
            assert not refused or connection.total_changes == before, f"{line} wrote before it asked"
            return refused
        except (DeskError, AttributeError, LookupError, TypeError):  # it may: what it would do with these is not asked
            return False
        finally:
            trial.rollback()
    return False
