"""判定恶意/无效: what only 服务总监 says, with a reason and the evidence for it (requirement A188, gap G17)."""

from __future__ import annotations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.judgements import JudgementRow, Validity
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line, checked_text
from crm_desktop.models.moments import moment
from crm_desktop.models.records import Judgement
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import guard
from crm_desktop.services.lookups import complaint_id


class Judgements:
    """One complaint has one judgement at most; a new one takes the place of the old, which the history keeps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def judge(self, number: str, kind: str, reason: str, evidence: str, act: Act) -> JudgementRow:
        """The complaint is 恶意 or 无效.

        :raises NotAllowed: no right to, or the complaint is filed. :raises InvalidInput: an unknown kind, no reason,
            or 恶意 without evidence.
        """
        act = require(act, Right.MALICIOUS)
        found = complaint_id(self._desk, number)
        guard(self._desk, found)
        why, proof = checked_line(reason, "判定理由"), checked_text(evidence, "证据")
        faults = {}
        if kind not in tuple(Validity):
            faults["kind"] = f"请选 {' 或 '.join(Validity)}。"
        if not why:
            faults["reason"] = "判定恶意或无效请写明理由。"
        if kind == Validity.MALICIOUS and not proof:
            faults["evidence"] = "判定恶意要有证据：录音、照片、记录放在哪里。"
        if faults:
            raise InvalidInput(faults)
        values = {"kind": kind, "reason": why, "evidence": proof, "who": act.who, "staff": act.staff_id,
                  "decided_at": act.at, "withdrawn_at": None}  # fmt: skip
        known = self._desk.rows("SELECT id FROM judgements WHERE complaint_id = ?", (found,))
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(Judgement, known[0][0], values)
            else:
                ledger.add(Judgement, kind, complaint=found, **values)
        return self._known(found)

    def take_back(self, number: str, reason: str, act: Act) -> None:
        """The judgement does not hold any more, with the reason; raises as ``judge``, NotFound where there is none."""
        act = require(act, Right.MALICIOUS)
        found = complaint_id(self._desk, number)
        guard(self._desk, found)
        why = checked_line(reason, "撤回理由")
        if not why:
            raise InvalidInput({"reason": "撤回判定请写明理由。"})
        row = self._known(found)
        with self._desk.writing(act) as ledger:
            ledger.change(Judgement, row.id, {"withdrawn_at": act.at}, row.ver, why)

    def of_complaint(self, number: str) -> JudgementRow | None:
        """What holds of one complaint; None where nothing was judged."""
        return self._row(complaint_id(self._desk, number))

    def _known(self, found: int) -> JudgementRow:
        row = self._row(found)
        if row is None:
            raise NotFound("这张单没有判定过恶意或无效。")
        return row

    def _row(self, found: int) -> JudgementRow | None:
        rows = self._desk.rows(
            "SELECT id, ver, kind, reason, evidence, who, decided_at FROM judgements"
            " WHERE complaint_id = ? AND withdrawn_at IS NULL",
            (found,),
        )
        if not rows:
            return None
        number, ver, kind, reason, evidence, who, at = rows[0]
        return JudgementRow(number, ver, kind, reason, evidence, who, moment(at))
