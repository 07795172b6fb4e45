"""规则: what the dealership may set for itself; where it has set nothing, the shipped rules hold.

A rule is one JSON document in the settings, read by the same function as the shipped file of the same name under
resources/rules; every change lies in the history with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import Retention, read_retention
from crm_desktop.domain.calendar import read_calendar
from crm_desktop.domain.call_rules import CallRules, read_calls
from crm_desktop.domain.channels import with_own
from crm_desktop.domain.classification import Axis, ClassWord, read_classes
from crm_desktop.domain.closing import read_spared
from crm_desktop.domain.compensations import CompensationRules, read_compensation
from crm_desktop.domain.complaints import Channel, Severity
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput
from crm_desktop.domain.escalation import read_escalation
from crm_desktop.domain.frequent import read_frequency
from crm_desktop.domain.grading import GradingRules, read_grading
from crm_desktop.domain.outside_parties import OutsideParty, read_parties
from crm_desktop.domain.profile import ProfileRules, read_profile_rules
from crm_desktop.domain.questions import read_questions
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.routes import Rulebook, check_some_time, read_rulebook
from crm_desktop.domain.severity import Tick, read_ticks
from crm_desktop.domain.text import checked_line
from crm_desktop.domain.warranty import WarrantyRules, read_warranty
from crm_desktop.domain.wording import read_wording
from crm_desktop.domain.wording_marks import WordLists
from crm_desktop.models.desk import Setting
from crm_desktop.models.moments import moment
from crm_desktop.services.clock_rules import ClockRules, document, shipped


class RuleName(StrEnum):
    """The documents, by the names of their files."""

    ROUTES = "routes"
    CALENDAR = "calendar"
    SEVERITY = "severity"
    WORDING = "wording"
    ESCALATION = "escalation"
    FOLLOW_UPS = "followups"
    CLOSING = "closing"
    RETENTION = "retention"
    WARRANTY = "warranty"
    GRADING = "grading"
    PROFILE = "profile"
    QUESTIONS = "questions"
    OUTSIDE = "outside"
    COMPENSATION = "compensation"
    CLASSES = "classes"
    FREQUENT = "frequent"


LABELS: Mapping[RuleName, str] = {
    RuleName.ROUTES: "时限规则",
    RuleName.CALENDAR: "营业日历",
    RuleName.SEVERITY: "重大判据",
    RuleName.WORDING: "空话词表",
    RuleName.ESCALATION: "提醒与上报",
    RuleName.FOLLOW_UPS: "回访",
    RuleName.CLOSING: "关闭清单",
    RuleName.RETENTION: "保存期限",
    RuleName.WARRANTY: "三包和质保",
    RuleName.GRADING: "客户评级",
    RuleName.PROFILE: "字典和自定义字段",
    RuleName.QUESTIONS: "分类提示",
    RuleName.OUTSIDE: "外部单位",
    RuleName.COMPENSATION: "补偿方式和额度",
    RuleName.CLASSES: "归类词表",
    RuleName.FREQUENT: "高频预警",
}
_MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)
"""What a reader raises over a document of another shape, as a caller of the automation door may send it."""
_READERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    RuleName.ROUTES: read_rulebook,
    RuleName.CALENDAR: read_calendar,
    RuleName.SEVERITY: read_ticks,
    RuleName.WORDING: read_wording,
    RuleName.ESCALATION: read_escalation,
    RuleName.FOLLOW_UPS: read_calls,
    RuleName.CLOSING: read_spared,
    RuleName.RETENTION: read_retention,
    RuleName.WARRANTY: read_warranty,
    RuleName.GRADING: read_grading,
    RuleName.PROFILE: read_profile_rules,
    RuleName.QUESTIONS: read_questions,
    RuleName.OUTSIDE: read_parties,
    RuleName.COMPENSATION: read_compensation,
    RuleName.CLASSES: read_classes,
    RuleName.FREQUENT: read_frequency,
}


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One change of a document, by whom, when (UTC) and why; both documents whole."""

    at: datetime
    who: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]


class Rules(ClockRules):
    """The rules in force, and the one verb that changes them."""

    def ticks(self) -> tuple[Tick, ...]:
        """The tick list that proposes 重大."""
        ticks: tuple[Tick, ...] = self._read(RuleName.SEVERITY)
        return ticks

    def claim_limit_fen(self) -> int:
        """Above this compensation 方案 A/B/C are asked for."""
        return int(self.table(RuleName.SEVERITY).get("claim_limit", 0)) * 100

    def wording(self) -> WordLists:
        """The word lists of 空话拦截."""
        lists: WordLists = self._read(RuleName.WORDING)
        return lists

    def call_days(self) -> tuple[int, ...]:
        """On which days after a rework was finished the customer is called (D+3, D+7)."""
        return self.calls().days

    def calls(self) -> CallRules:
        """When customers are called after a rework, again after a call in vain, and what they are asked."""
        found: CallRules = _parsed(RuleName.FOLLOW_UPS, json.dumps(self.table(RuleName.FOLLOW_UPS)))
        return found

    def spared_at_closing(self) -> frozenset[str]:
        """The fields the dealership does not ask for at 关闭."""
        spared: frozenset[str] = self._read(RuleName.CLOSING)
        return spared

    def questions(self) -> Mapping[str, str]:
        """What to ask about, by the category of a complaint."""
        questions: Mapping[str, str] = self._read(RuleName.QUESTIONS)
        return questions

    def outside_parties(self) -> tuple[OutsideParty, ...]:
        """The address book of those a case deals with outside the house."""
        parties: tuple[OutsideParty, ...] = self._read(RuleName.OUTSIDE)
        return parties

    def compensation(self) -> CompensationRules:
        """What a customer may be given, and how much each role gives by itself."""
        found: CompensationRules = self._read(RuleName.COMPENSATION)
        return found

    def classes(self) -> Mapping[Axis, tuple[ClassWord, ...]]:
        """The words a complaint is classified by, with what they are recognised by."""
        classes: Mapping[Axis, tuple[ClassWord, ...]] = self._read(RuleName.CLASSES)
        return classes

    def retention(self) -> Retention:
        """保存期限 of a filed complaint."""
        retention: Retention = self._read(RuleName.RETENTION)
        return retention

    def warranty(self) -> WarrantyRules:
        """The periods and counts of 三包, and the 质量保证期 of repairs."""
        found: WarrantyRules = self._read(RuleName.WARRANTY)
        return found

    def grading(self) -> GradingRules:
        """Weights, full marks and thresholds of 评级."""
        found: GradingRules = self._read(RuleName.GRADING)
        return found

    def profile(self) -> ProfileRules:
        """Dictionaries, own fields, and after how long a file counts as not checked."""
        found: ProfileRules = self._read(RuleName.PROFILE)
        return found

    def table(self, name: RuleName) -> dict[str, Any]:
        """The document in force, to be shown or edited."""
        table: dict[str, Any] = json.loads(document(self._desk, name))
        if name == RuleName.FOLLOW_UPS:  # a home that set its days before there was a script gets the shipped one
            return {**self.shipped(name), **table}
        return table

    def is_shipped(self, name: RuleName) -> bool:
        """Whether what holds is what the program came with, own channels aside."""
        return self.table(name) == self._restored(name)

    def shipped(self, name: RuleName) -> dict[str, Any]:
        """The document the program came with."""
        table: dict[str, Any] = json.loads(shipped(name))
        return table

    def changes(self, name: RuleName) -> list[RuleChange]:
        """Every change of a document, the latest first; what an erasure emptied is not told."""
        rows = self._desk.rows(
            "SELECT h.at, h.who, h.reason, h.old, h.new FROM history h JOIN settings s ON s.id = h.entity_id"
            " WHERE h.entity = 'settings' AND h.field = 'value' AND s.name = ? AND h.new IS NOT NULL"
            " ORDER BY h.id DESC",
            (_setting(name),),
        )
        first = self.shipped(name)
        return [
            RuleChange(moment(at), who, reason, json.loads(old or "{}") or first, json.loads(new))
            for at, who, reason, old, new in rows
        ]

    def ver(self, name: RuleName) -> int:
        """How often a document was changed: what ``change`` is told to be sure that nobody else did meanwhile."""
        found = self._desk.rows("SELECT ver FROM settings WHERE name = ?", (_setting(name),))
        return int(found[0][0]) if found else 0

    def change(self, name: RuleName, table: Mapping[str, Any], act: Act, reason: str, ver: int | None = None) -> None:
        """Puts another document in force; it holds for every clock asked from now on.

        :raises ChangedMeanwhile: it is not the ``ver`` any more that was shown.

        :raises InvalidInput: no reason, what the document's reader refuses, or a channel gone that must stay.
        """
        act = require(act, Right.RULES)
        why = checked_line(reason, "修改原因")
        if not why:
            raise InvalidInput({"reason": f"修改{LABELS[name]}请写明原因。"})
        try:
            self._check(name, table)
        except _MISSHAPEN:
            told = f"{LABELS[name]}缺了内容或写法不对，没有改动；请照现有规则补全再送来。"
            raise InvalidInput({"table": told}) from None
        if ver is not None and ver != self.ver(name):
            raise ChangedMeanwhile(f"{LABELS[name]}刚被别人改过，请看过现在的内容再保存；您写的还在。")
        self._keep(name, json.dumps(table, ensure_ascii=False), act, why)

    def _check(self, name: RuleName, table: Mapping[str, Any]) -> None:
        read = _READERS[name](table)
        if name == RuleName.ROUTES:
            self._check_channels(read)
            check_some_time(read)

    def restore(self, name: RuleName, act: Act, reason: str) -> None:
        """Back to the shipped document, with the dealership's own channels kept; raises as ``change``."""
        self.change(name, self._restored(name), act, reason)

    def _restored(self, name: RuleName) -> dict[str, Any]:
        shipped = self.shipped(name)
        return with_own(shipped, self.table(name)) if name == RuleName.ROUTES else shipped

    def _check_channels(self, rulebook: Rulebook) -> None:
        """Every channel has its clocks: the seven of the procedure, and each one complaints came by."""
        came = dict(self._desk.rows("SELECT channel, count(*) FROM complaints GROUP BY channel"))
        for channel, count in came.items():
            if channel not in rulebook.channels:
                raise InvalidInput(f"接收渠道“{channel}”已有 {count} 张抱怨单，不能去掉，只能停用。")
        for channel in dict.fromkeys((*Channel, *rulebook.channels)):
            for severity in Severity:
                rulebook.rule(channel, severity)

    def _keep(self, name: RuleName, text: str, act: Act, why: str) -> None:
        with self._desk.writing(act) as ledger:
            known = Setting.get_or_none(Setting.name == _setting(name))
            record = known.id if known else ledger.add(Setting, LABELS[name], name=_setting(name), value="{}")
            ledger.change(Setting, record, {"value": text}, reason=why)

    def _read(self, name: RuleName) -> Any:
        return _parsed(name, document(self._desk, name))


def _setting(name: RuleName) -> str:
    return f"rules.{name}"


@lru_cache(maxsize=16)
def _parsed(name: str, text: str) -> Any:
    """Read once for each wording of a document, however often it is asked for."""
    return _READERS[name](json.loads(text))
