"""外部单位: whom a case deals with outside the house, and how they are reached (requirement A4, gap G13).

An address book the dealership keeps; the shipped one (resources/rules/outside.json) has the names of the procedure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line

MOST = 200


class PartyKind(StrEnum):
    """What somebody outside is to a case (seed 001 篇1 三, 四)."""

    HOTLINE = "厂家400"
    PUBLIC_RELATIONS = "厂家公关"
    MEDIA = "媒体"
    CONSUMER_BODY = "消协"
    AUTHORITY = "行业管理"
    OTHER = "其他"


KIND_OF_CHANNEL: Mapping[str, PartyKind] = {
    Channel.HOTLINE: PartyKind.HOTLINE,
    Channel.MEDIA: PartyKind.MEDIA,
    Channel.CONSUMER_BODY: PartyKind.CONSUMER_BODY,
    Channel.AUTHORITY: PartyKind.AUTHORITY,
}
"""Whom a complaint of this channel came from."""


@dataclass(frozen=True, slots=True)
class OutsideParty:
    """One entry of the address book."""

    kind: str
    name: str
    contact: str = ""
    phone: str = ""
    notes: str = ""

    @property
    def reached(self) -> str:
        """Whom to ask for, and where; empty where nobody wrote it down."""
        return " ".join(filter(None, (self.contact, self.phone)))


def read_parties(table: Mapping[str, Any]) -> tuple[OutsideParty, ...]:
    """The address book, from a table like resources/rules/outside.json.

    :raises InvalidInput: no name, a kind that is none, the same one twice, or more than a house deals with.
    """
    names = [one.name for one in fields(OutsideParty)]
    found = tuple(OutsideParty(**{name: str(row.get(name, "")) for name in names}) for row in table["parties"])
    if len(found) > MOST:
        raise InvalidInput(f"外部单位最多 {MOST} 个，请去掉不用的。")
    seen = set()
    for party in found:
        if party.kind not in tuple(PartyKind):
            raise InvalidInput({"kind": f"外部单位的类型请从 {'、'.join(PartyKind)} 中选。"})
        if not checked_line(party.name, "名称", 60):
            raise InvalidInput({"name": "请写外部单位的名称。"})
        checked_line(party.contact, "联系人", 60)
        checked_line(party.phone, "电话", 60)
        checked_line(party.notes, "备注")
        if (party.kind, party.name) in seen:
            raise InvalidInput({"name": f"{party.kind}里已有“{party.name}”，请改那一行。"})
        seen.add((party.kind, party.name))
    return found


def of_kind(parties: Sequence[OutsideParty], kind: PartyKind | None) -> tuple[OutsideParty, ...]:
    """Those of one kind, in the order of the book."""
    return tuple(party for party in parties if party.kind == kind)


def whom_to_call(parties: Sequence[OutsideParty]) -> str:
    """Whom one can call, in one line; those nobody wrote a contact down for are passed over."""
    return "；".join(f"{party.name} {party.reached}" for party in parties if party.reached)
