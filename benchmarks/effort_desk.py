"""The desk on which the effort is counted: four people with PINs, customers, a day's work, at a fixed hour."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crm_desktop.clock import TEST_MARK, to_utc
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.customers import ContactDraft, CustomerDraft, VehicleDraft
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.rights import Right
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office, open_office

NOW = "2026-11-20T10:00:00"
"""Local time at this desk, a Friday; the data folder holds the mark that lets ``CRM_NOW`` set it."""
PIN = "2468"
PEOPLE = {"谢文杰": Role.ADVISER, "程立群": Role.DIRECTOR, "周晓岚": Role.CARE_AGENT, "冯学勤": Role.TECHNICAL_DIRECTOR}
KNOWN_PHONE, KNOWN_PLATE = "13800005521", "沪A8K231"
TO_CLOSE = 3

_SOLVED = {
    "root_cause": "阀体油道有毛刺，入库检验单没有油道清洁度这一项，所以装车前没有检出",
    "long_term_measure": "质检员吴晓东自12月1日起每批阀体抽查5件油道清洁度并在检验单签字，技术总监每月5日复核",
    "correction": "更换阀体总成，试车 20 公里换挡平顺",
    "solution": "免费更换阀体总成，送一次保养",
    "soothing": "当面道歉，修车期间提供代步车",
    "told_customer": "阀体已更换，质保重新计算一年",
}
_DAY = ("空调不冷，等了三天配件", "洗车刮花车门，没有人告诉我", "交车晚了两小时", "结算金额比报价高")


def make_desk(home: Path) -> None:
    """Fills an empty folder; whoever opens it sets ``CRM_NOW`` to ``NOW`` first."""
    (home / TEST_MARK).touch()
    office = open_office(home)
    for name, role in PEOPLE.items():
        office.access.hire(name, (role,), PIN, _by("程立群", "2026-11-02T08:00:00"))
    office.settings.change({"dealership.name": "示范汽车 4S 店"}, _by("程立群", NOW))
    for number, name in enumerate(("曾小明", "傅启东", "倪国强")):
        office.customers.register(_customer(name, number), _by("谢文杰", NOW))
    for number in range(TO_CLOSE):
        _wait_to_be_closed(office, number)
    for number, words in enumerate(_DAY):
        _wait_in_hand(office, number, words)
    _plan_call(office)
    office.desk.close()


def _customer(name: str, number: int) -> CustomerDraft:
    plate = KNOWN_PLATE if not number else f"沪B1234{number}"
    phone = KNOWN_PHONE if not number else f"1390000778{number}"
    car = VehicleDraft(plate=plate, vin=f"LSVAB4188N200420{number}", model="朗逸 1.5L")
    return CustomerDraft(name=name, contacts=(ContactDraft(phone),), vehicles=(car,))


def _wait_to_be_closed(office: Office, number: int) -> None:
    """Received this morning and solved: the director's decision is all that is missing."""
    received = f"2026-11-20T08:3{number}:00"
    at = _by("谢文杰", received).at
    draft = ComplaintDraft(
        words="变速箱一顿一顿", customer_name=f"客户{number}", phone=f"1370000112{number}", plate=f"沪C5566{number}"
    )
    verbs = office.complaints
    saved = verbs.register(draft, _by("谢文杰", received))
    saved = verbs.hand_over(saved.number, saved.ver, _by("谢文杰", received), "程立群", at)
    saved = verbs.assign(saved.number, saved.ver, _by("程立群", received), "技术", "冯学勤", at)
    cause = {name: _SOLVED[name] for name in ("root_cause", "long_term_measure")}
    saved = verbs.amend(saved.number, saved.ver, cause, _by("程立群", received))
    saved = verbs.respond(saved.number, saved.ver, _by("程立群", received), at=at)
    fields = {name: text for name, text in _SOLVED.items() if name not in cause}
    verbs.resolve(saved.number, saved.ver, _by("程立群", received), at=at, fields=fields)


def _wait_in_hand(office: Office, number: int, words: str) -> None:
    channel = Channel.HOTLINE if number == 1 else Channel.RECEPTION
    draft = ComplaintDraft(words=words, phone=f"1360000990{number}", plate=f"沪D7788{number}", channel=channel)
    office.complaints.register(draft, _by("谢文杰", f"2026-11-20T09:{40 + number}:00"))


def _plan_call(office: Office) -> None:
    """A customer without a complaint is to be called today."""
    known = office.search.exact(phone="13900007781")[0]
    assert known.customer_id is not None
    plan = PlanDraft(office.desk.today(), reason="保养后回访")
    office.follow_ups.plan_for(known.customer_id, known.vehicle_id, plan, _by("周晓岚", NOW))


def _by(name: str, local: str) -> Act:
    role = PEOPLE[name]
    return Act(name, to_utc(datetime.fromisoformat(local)), "desk", role=role, roles=(role,), rights=frozenset(Right))
