"""Who plays in the scenes: complaints whose tabs show most of what they are for, and one customer with a past."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from crm_desktop.domain.profile import FactsDraft, Stage
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.warranties import CarTerms
from scenes.ready import answer, attach, count_losses, lay_scans

_CASES = {
    "handling": "closed = 0 AND state <> '已解决' ORDER BY severity = '重大' DESC, number DESC",
    "reworks": "id IN (SELECT complaint_id FROM reworks) ORDER BY closed, number DESC",
    "calls": "id IN (SELECT complaint_id FROM follow_ups WHERE feedback <> '') ORDER BY number DESC",
    "solved": "state = '已解决' AND customer_id IS NOT NULL ORDER BY number DESC",
    "closed": "closed = 1 ORDER BY number DESC",
}
_CLOSED = "(SELECT *, state IN ('已关闭', '已存档') closed FROM complaints WHERE state <> '作废')"
_REGULAR = (  # a customer with one car who has complained before: he is recognised, and his file has something to tell
    "SELECT v.customer_id, c.value FROM vehicles v JOIN contacts c ON c.customer_id = v.customer_id"
    " JOIN complaints q ON q.customer_id = v.customer_id"
    " GROUP BY v.customer_id ORDER BY COUNT(DISTINCT q.id) DESC, v.customer_id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The numbers of the complaints by what they are shown for, the customer and his telephone number."""

    cases: dict[str, str] = field(default_factory=dict)
    customer: int = 0
    phone: str = ""


def cast(home: Path) -> Cast:
    """Looked for in this home; nobody in an empty one. The customer's file gets what a good adviser would have told."""
    office = open_office(home)
    ask = office.desk.rows
    found = {name: ask(f"SELECT number FROM {_CLOSED} WHERE {where} LIMIT 1") for name, where in _CASES.items()}
    cases = {name: str(rows[0][0]) for name, rows in found.items() if rows}
    regulars = ask(_REGULAR)
    if regulars:
        _tell_of(office, regulars[0][0], cases)
    office.desk.close()
    return Cast(cases, *regulars[0]) if regulars else Cast(cases)


def _tell_of(office: Office, customer: int, cases: dict[str, str]) -> None:
    """What a good adviser would have written about this customer, and what the scanner and the telephone brought."""
    desk, act = office.profiles, office.staff.act(office.staff.find("服务总监"), "客户档案")
    facts = desk.facts(customer)
    if facts.draft.likes:
        return
    told = FactsDraft(
        likes="喝茶，爱聊车",
        dislikes="不要当着家人谈价钱",
        needs="带孩子来，要坐儿童区旁边",
        usual_adviser=office.staff.find("服务顾问").name,
        contact_consent="同意",
        keep_consent="同意",
    )
    desk.amend_facts(customer, facts.ver, told, act)
    desk.tag(customer, "怕等待", act)
    desk.move_stage(customer, Stage.DEAL, act, None, "第二辆车")
    office.grades.confirm(customer, "VIP", act, "介绍过三位朋友来买车")
    car = office.customers.profile(customer).draft.vehicles[0].id or 0
    bought = office.desk.today() - timedelta(days=500)
    own = office.customers.profile(customer).complaint_numbers[0]
    attach(office, customer, own, act)
    lay_scans(office, [cases["handling"], cases["reworks"]], act)
    answer(office, act)
    count_losses(office, cases["handling"], act)
    office.warranties.set_terms(car, office.warranties.view(car).ver, CarTerms(bought, purpose="家用"), act)
