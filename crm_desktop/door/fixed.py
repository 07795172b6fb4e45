"""The operations interface.md fixes by name and shape, where the service's own draft is shaped otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import FIELD_LABELS, Channel, Line, Severity
from crm_desktop.domain.customers import ContactDraft, CustomerDraft, CustomerKind, VehicleDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import is_mobile, phone_key
from crm_desktop.domain.intake import FIELD_KINDS
from crm_desktop.domain.rights import Right
from crm_desktop.domain.search import HitKind
from crm_desktop.door.operations import Arg, Operation, Told, Visit, args_of_draft, check_names
from crm_desktop.door.values import built, kind_of, taken, told
from crm_desktop.services.cases import VIEWS, ComplaintFilter

_AMENDABLE = tuple(name for name in FIELD_LABELS if name not in ("state", "customer", "vehicle"))
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "channel": tuple(Channel), "severity": tuple(Severity), "line": tuple(Line),
}  # fmt: skip
_CAR = ("plate", "vin", "model", "mileage", "bought_on", "brand", "series", "colour", "engine_number")
_WHO = (("name", "string"), ("phone", "string"), ("phones", "array"), ("address", "string"))
_SAVED = ("id", "number", "state", "ver")
_PAGE = 200


def operations() -> Iterator[Operation]:
    """Everything of interface.md section 4 that has a shape of its own."""
    number = Arg("number", "string", required=True)
    versioned = (number, Arg("ver", "integer", required=True), Arg("at", "datetime"))
    fields = tuple(_field_arg(name) for name in _AMENDABLE)
    steps = (Arg("late_reason", "string"), Arg("note", "string"))
    yield Operation("customers.register", _customer_args(), _register_customer, ("id", "ver"), Right.PROFILE)
    yield Operation("complaints.register", _complaint_args(), _register_complaint, _SAVED, Right.REGISTER)
    yield Operation(
        "complaints.amend", (*versioned, Arg("reason", "string"), *fields, Arg("fields", "object")), _amend, _SAVED
    )
    yield Operation(
        "complaints.resolve", (*versioned, *steps, *fields, Arg("fields", "object")), _resolve, _SAVED, Right.RESOLVE
    )
    yield Operation("complaints.get", (number,), _case, ("number", "ver", "state", "fields", "events"), writes=False)
    page = (Arg("limit", "integer"), Arg("offset", "integer"))
    yield Operation(
        "complaints.rows",
        (Arg("view", "string", choices=tuple(VIEWS)), Arg("first", "date"), Arg("last", "date"), Arg("words", "string"),
         *page),
        _rows, ("total", "rows"), writes=False,
    )  # fmt: skip
    yield Operation("customers.rows", page, _customers, ("total", "rows"), writes=False)
    yield Operation("customers.find", (Arg("text", "string", required=True),), _find_customers, ("hits",), writes=False)
    yield Operation("search.find", (Arg("text", "string", required=True),), _find, ("hits",), writes=False)
    at = Arg("at", "datetime")
    yield Operation("clocks.due", (at,), _due, ("milestones",), writes=False)


def _customer_args() -> tuple[Arg, ...]:
    own = args_of_draft(CustomerDraft, required=("name",))
    kinds = {"kind": tuple(CustomerKind)}
    return (
        *(replace(arg, choices=kinds.get(arg.name, ()), required=False) for arg in own),
        Arg("phones", "array"),
    )


def _complaint_args() -> tuple[Arg, ...]:
    own = args_of_draft(ComplaintDraft, required=("words",))
    return (
        *(replace(arg, choices=_CHOICES.get(arg.name, arg.choices)) for arg in own),
        Arg("name", "string"),
        Arg("customer", "object", of=tuple(Arg(*one) for one in _WHO)),
        Arg("vehicle", "object", of=tuple(arg for arg in args_of_draft(VehicleDraft) if arg.name in _CAR)),
    )


def _register_customer(visit: Visit, given: Told) -> dict[str, Any]:
    told_of = dict(given)
    phones = taken(tuple[str, ...], told_of.pop("phones", []), "phones")
    draft: CustomerDraft = built(CustomerDraft, told_of)
    draft = replace(draft, contacts=(*(_contact(one) for one in phones), *draft.contacts))
    customer_id, ver = visit.office.customers.register(draft, visit.act)
    return {"id": customer_id, "ver": ver}


def _contact(number: str) -> ContactDraft:
    key = phone_key(number)
    return ContactDraft(number) if is_mobile(key) else ContactDraft(number, kind="座机")


def _register_complaint(visit: Visit, given: Told) -> dict[str, Any]:
    """``customer`` and ``vehicle`` may be objects, or words: a name, a plate. What the form has no field for (an
    address, a model) fills what is blank in their files."""
    told_of = dict(given)
    customer, car = _object(told_of.pop("customer", None), "name"), _object(told_of.pop("vehicle", None), "plate")
    if "name" in told_of:
        told_of["customer_name"] = told_of.pop("name")
    check_names((*_customer_args(), Arg("phone", "string")), customer)
    phones = taken(tuple[str, ...], customer.get("phones") or [], "customer.phones")
    address = taken(str, customer.get("address") or "", "customer.address")
    wanted: VehicleDraft = built(VehicleDraft, car, "vehicle.")
    party = {
        "customer_name": customer.get("name"),
        "phone": customer.get("phone") or (phones[0] if phones else None),
        "plate": wanted.plate,
        "vin": wanted.vin,
        "mileage": wanted.mileage,
    }
    told_of |= {name: value for name, value in party.items() if value and not told_of.get(name)}
    saved = visit.office.complaints.register(built(ComplaintDraft, told_of), visit.act)
    _complete(visit, saved.number, phones, address, wanted)
    return {"id": saved.id, "number": saved.number, "state": saved.state, "ver": _ver(visit, saved.number)}


def _complete(visit: Visit, number: str, phones: tuple[str, ...], address: str, car: VehicleDraft) -> None:
    case = visit.office.cases.case(number)
    if case.customer_id is None or not (phones[1:] or address or car.model or car.bought_on):
        return
    profile = visit.office.customers.profile(case.customer_id)
    known = {phone_key(contact.value) for contact in profile.draft.contacts}
    more = tuple(_contact(phone) for phone in phones if phone_key(phone) not in known)
    cars = tuple(_filled(one, car) if one.id == case.vehicle_id else one for one in profile.draft.vehicles)
    filled = replace(
        profile.draft,
        address=profile.draft.address or address,
        contacts=(*profile.draft.contacts, *more),
        vehicles=cars,
    )
    if filled != profile.draft:
        visit.office.customers.amend(case.customer_id, profile.ver, filled, visit.act)


def _filled(kept: VehicleDraft, told_of: VehicleDraft) -> VehicleDraft:
    return replace(kept, **{n: getattr(told_of, n) for n in _CAR if not getattr(kept, n) and getattr(told_of, n)})


def _object(value: Any, single: str) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {single: value}
    if isinstance(value, dict):
        return dict(value)
    raise InvalidInput({single: f'参数要写成对象，如 {{"{single}": …}}。'})


def _ver(visit: Visit, number: str) -> int:
    return visit.office.cases.case(number).ver


def _field_arg(name: str) -> Arg:
    return Arg(name, kind_of(_kind(name)), choices=_CHOICES.get(name, ()), label=FIELD_LABELS[name])


def _kind(name: str) -> Any:
    kinds = FIELD_KINDS.get(name, (str,))
    return kinds[0] | None if type(None) in kinds else kinds[0]


def _changes(given: Told) -> dict[str, Any]:
    """Fields of the form, told beside the other arguments or inside ``fields``."""
    inside = taken(Mapping[str, Any], given.get("fields") or {}, "fields")
    asked = {**inside, **{name: given[name] for name in _AMENDABLE if name in given}}
    return {name: taken(_kind(name), value, name) for name, value in asked.items()}


def _when(given: Told) -> datetime | None:
    at: datetime | None = taken(datetime | None, given.get("at"), "at")
    return at


def _amend(visit: Visit, given: Told) -> dict[str, Any]:
    number, ver = taken(str, given["number"], "number"), taken(int, given["ver"], "ver")
    reason = taken(str, given.get("reason") or "", "reason")
    saved: dict[str, Any] = told(
        visit.office.complaints.amend(number, ver, _changes(given), visit.act, reason, _when(given))
    )
    return saved


def _resolve(visit: Visit, given: Told) -> dict[str, Any]:
    number, ver = taken(str, given["number"], "number"), taken(int, given["ver"], "ver")
    note, late = (taken(str, given.get(name) or "", name) for name in ("note", "late_reason"))
    saved: dict[str, Any] = told(
        visit.office.complaints.resolve(
            number, ver, visit.act, note, _when(given), fields=_changes(given), late_reason=late
        )
    )
    return saved


def _case(visit: Visit, given: Told) -> Any:
    return told(visit.office.cases.case(taken(str, given["number"], "number")))


def _rows(visit: Visit, given: Told) -> Any:
    wanted: ComplaintFilter = built(ComplaintFilter, {n: v for n, v in given.items() if n not in ("limit", "offset")})
    if wanted.view not in VIEWS:
        raise InvalidInput({"view": f"没有“{wanted.view}”这张清单，请从 {'、'.join(VIEWS)} 中选。"})
    return _page(visit.office.cases, visit.office.cases.ids(wanted), given)


def _customers(visit: Visit, given: Told) -> Any:
    return _page(visit.office.customers, visit.office.customers.ids(), given)


def _page(service: Any, ids: list[int], given: Told) -> dict[str, Any]:
    first = max(0, taken(int, given.get("offset", 0), "offset"))
    count = min(max(0, taken(int, given.get("limit", _PAGE), "limit")), _PAGE * 50)
    return {"total": len(ids), "rows": told(service.fetch(ids[first : first + count]))}


def _find(visit: Visit, given: Told) -> Any:
    return told(visit.office.search.find(taken(str, given["text"], "text")))


def _find_customers(visit: Visit, given: Told) -> Any:
    hits = visit.office.search.find(taken(str, given["text"], "text"))
    return told([hit for hit in hits if hit.kind == HitKind.CUSTOMER])


def _due(visit: Visit, given: Told) -> Any:
    return told(visit.office.clocks.open_milestones(_when(given) or visit.office.desk.now()))
