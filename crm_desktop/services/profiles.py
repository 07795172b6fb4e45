"""档案: facts, consent, 分类 with its days, 核实, tags by hand, and how a contact wishes to be reached.

facts(customer_id) -> ProfileFacts                    tags(customer_id) -> tuple[str, ...]
amend_facts(customer_id, ver, FactsDraft, act) -> ver      contact_wishes(customer_id) -> {contact_id: ContactWish}
move_stage(customer_id, Stage, act, since_on, note)   confirm_checked(customer_id, Block, act)
tag / untag(customer_id, tag, act)                    wish(contact_id, ContactWish, act)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.profile import (
    CHECKED_COLUMN,
    Block,
    FactsDraft,
    ProfileFacts,
    Stage,
    StageRow,
    checked_facts,
)
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.customers import Contact, Customer
from crm_desktop.models.profile import CustomerTag, StageStep
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules

_FACTS = (
    "trade", "size", "standing", "likes", "dislikes", "needs", "usual_adviser", "region", "do_not_disturb",
    "contact_consent", "contact_consent_on", "keep_consent", "keep_consent_on",
)  # fmt: skip
_QUERY = (
    f"SELECT ver, owner, stage, stage_on, grade, custom, {', '.join(CHECKED_COLUMN.values())}, {', '.join(_FACTS)}"
    " FROM customers WHERE id = ?"
)
_TAG_LENGTH = 20


@dataclass(frozen=True, slots=True)
class ContactWish:
    """How one number wishes to be used."""

    preferred: bool = False
    do_not_disturb: bool = False


class Profiles:
    """What is known of a customer beside names, numbers and cars."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def facts(self, customer_id: int) -> ProfileFacts:
        """Everything, with the steps of the 分类, the latest first; raises NotFound.

        Of the dealership's own fields those there are now; one that was taken away keeps what it holds for later.
        """
        found = self._desk.rows(_QUERY, (customer_id,))
        if not found:
            raise NotFound("没有这位客户，请刷新后再看。")
        ver, owner, stage, stage_on, grade, custom, *rest = found[0]
        days = [_day(text) for text in rest[: len(CHECKED_COLUMN)]]
        own = {field.key for field in Rules(self._desk).profile().custom_fields}
        told = {key: text for key, text in json.loads(custom).items() if key in own}
        return ProfileFacts(
            customer_id=customer_id,
            ver=ver,
            draft=_draft(rest[len(CHECKED_COLUMN) :], told),
            owner=owner,
            stage=stage,
            stage_on=_day(stage_on),
            grade=grade,
            policy=Rules(self._desk).grading().policy(grade),
            checked_on=dict(zip(CHECKED_COLUMN, days, strict=True)),
            stages=self._stages(customer_id),
        )

    def amend_facts(self, customer_id: int, ver: int, draft: FactsDraft, act: Act) -> int:
        """Saves the facts as they now stand. Returns the new version.

        :raises InvalidInput: as ``checked_facts``. :raises ChangedMeanwhile: somebody saved first.
        """
        act = require(act, Right.PROFILE)
        rules = Rules(self._desk).profile()
        cleaned = checked_facts(draft, rules, local_day(act.at))
        values: dict[str, Any] = {name: getattr(cleaned, name) for name in _FACTS}
        custom = {**self._resting(customer_id, {field.key for field in rules.custom_fields}), **cleaned.custom}
        values["custom"] = json.dumps(custom, ensure_ascii=False, sort_keys=True)
        with self._desk.writing(act) as ledger:
            return ledger.change(Customer, customer_id, values, ver)

    def move_stage(self, customer_id: int, stage: str, act: Act, since_on: date | None = None, note: str = "") -> None:
        """新, 目标, 潜在, 意向, 成交 or 流失, from a day on; every step stays.

        :raises InvalidInput: an unknown stage, a day to come or before the last step.
        """
        act = require(act, Right.PROFILE)
        today, last = local_day(act.at), self._stages(customer_id)
        since = since_on or today
        if stage not in tuple(Stage):
            raise InvalidInput({"stage": f"客户分类请从 {'、'.join(Stage)} 中选。"})
        if since > today or (last and since < last[0].since_on):
            raise InvalidInput({"since_on": "分类的日期应在上一步和今天之间，请核对。"})
        told = checked_line(note, "说明")
        with self._desk.writing(act) as ledger:
            ledger.change(Customer, customer_id, {"stage": stage, "stage_on": since}, reason=told)
            ledger.add(
                StageStep, stage, customer=customer_id, stage=stage, since_on=since, note=told, who=act.who,
                entered_at=act.at,
            )  # fmt: skip

    def confirm_checked(self, customer_id: int, block: Block, act: Act) -> None:
        """Somebody asked the customer today and the block is right (上次核实日期)."""
        act = require(act, Right.PROFILE)
        column = CHECKED_COLUMN[Block(block)]
        with self._desk.writing(act) as ledger:
            ledger.change(Customer, customer_id, {column: local_day(act.at)})

    def tags(self, customer_id: int) -> tuple[str, ...]:
        """Those put on by hand, in the order they came."""
        query = "SELECT tag FROM customer_tags WHERE customer_id = ? AND removed = 0 ORDER BY id"
        return tuple(tag for (tag,) in self._desk.rows(query, (customer_id,)))

    def tag(self, customer_id: int, tag: str, act: Act) -> None:
        """One more tag; one that is there already stays as it is.

        :raises InvalidInput: an empty tag, or one that is too long.
        """
        act = require(act, Right.PROFILE)
        word = checked_line(tag, "标签", _TAG_LENGTH)
        if not word:
            raise InvalidInput({"tag": "请写标签的名称。"})
        known = self._tag(customer_id, word)
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(CustomerTag, known, {"removed": False})
            else:
                ledger.add(CustomerTag, word, customer=customer_id, tag=word, who=act.who, entered_at=act.at)

    def untag(self, customer_id: int, tag: str, act: Act) -> None:
        """Takes a tag off; raises NotFound where it is not on."""
        act = require(act, Right.PROFILE)
        known = self._tag(customer_id, tag)
        if known is None:
            raise NotFound(f"这位客户没有“{tag}”这个标签，请刷新后再看。")
        with self._desk.writing(act) as ledger:
            ledger.change(CustomerTag, known, {"removed": True})

    def contact_wishes(self, customer_id: int) -> dict[int, ContactWish]:
        """Preferred numbers and those not to be called, by the contact's id."""
        query = "SELECT id, preferred, do_not_disturb FROM contacts WHERE customer_id = ? AND removed = 0"
        return {i: ContactWish(bool(first), bool(no)) for i, first, no in self._desk.rows(query, (customer_id,))}

    def wish(self, contact_id: int, wish: ContactWish, act: Act) -> None:
        """Whether this number is the one to use, or one not to call; one of a customer is preferred.

        :raises NotFound: no such contact.
        """
        act = require(act, Right.PROFILE)
        others = (
            "SELECT id FROM contacts WHERE preferred = 1 AND id <> ?"
            " AND customer_id = (SELECT customer_id FROM contacts WHERE id = ?)"
        )
        with self._desk.writing(act) as ledger:
            for (other,) in self._desk.rows(others, (contact_id, contact_id)) if wish.preferred else ():
                ledger.change(Contact, other, {"preferred": False})
            changes = {"preferred": wish.preferred, "do_not_disturb": wish.do_not_disturb}
            ledger.change(Contact, contact_id, changes)

    def _resting(self, customer_id: int, own: set[str]) -> dict[str, str]:
        """What fields hold that were taken away since."""
        found = self._desk.rows("SELECT custom FROM customers WHERE id = ?", (customer_id,))
        return {key: text for key, text in json.loads(found[0][0] if found else "{}").items() if key not in own}

    def _tag(self, customer_id: int, tag: str) -> int | None:
        found = self._desk.rows("SELECT id FROM customer_tags WHERE customer_id = ? AND tag = ?", (customer_id, tag))
        return int(found[0][0]) if found else None

    def _stages(self, customer_id: int) -> tuple[StageRow, ...]:
        query = "SELECT stage, since_on, note, who FROM stage_steps WHERE customer_id = ? ORDER BY id DESC"
        return tuple(
            StageRow(stage, date.fromisoformat(since), note, who)
            for stage, since, note, who in self._desk.rows(query, (customer_id,))
        )


def _draft(values: list[Any], custom: dict[str, str]) -> FactsDraft:
    told = dict(zip(_FACTS, values, strict=True))
    for name in ("contact_consent_on", "keep_consent_on"):
        told[name] = _day(told[name])
    told["do_not_disturb"] = bool(told["do_not_disturb"])
    return FactsDraft(**told, custom=custom)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
