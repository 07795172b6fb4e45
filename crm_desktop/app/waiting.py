"""What waits for whoever sits down: what others entered for him, and what only he may decide."""

from __future__ import annotations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.rights import Right, may
from crm_desktop.services.drafts import KeptDraft
from crm_desktop.services.office import Office

_SHOWN = 3
"""So many unfinished forms are named, the rest is counted."""


def what_waits(office: Office, act: Act) -> str:
    """One sentence with the numbers, empty where nothing waits."""
    measures = [row for row in office.measure_lists.rows() if row.awaits_confirmation]
    waiting = {
        "等您确认的代录": {number for number, _ in office.corrections.to_confirm(act.who)},
        "等您确认的措施": {row.number for row in measures if row.on_behalf_of in (act.who, *act.roles)},
        "等您审批的延期": _extensions(office) if may(act, Right.EXTEND) else set(),
        "等您批准的销毁": _disposals(office) if may(act, Right.APPROVE_DISPOSAL) else set(),
    }
    told = [f"{word}：{'、'.join(sorted(numbers))}" for word, numbers in waiting.items() if numbers]
    if left := unfinished(office):
        told.append(left)
    return f"{'；'.join(told)}。" if told else ""


def unfinished(office: Office) -> str:
    """The forms somebody did not finish, latest first; each comes back where it is opened. What is too old goes."""
    office.drafts.forget_old()
    rows = office.drafts.rows()
    told = "、".join(dict.fromkeys(_where(office, row) for row in rows[:_SHOWN]))
    more = f"等 {len(rows)} 处" if len(rows) > _SHOWN else ""
    return f"写了没保存、打开就接着写：{told}{more}" if rows else ""


def _where(office: Office, row: KeptDraft) -> str:
    """A form by its name at the desk, and whose it is."""
    if row.form == "complaint":
        return "新建抱怨单"
    kind, _, key = row.record.split("/")[0].partition(":")
    if kind == "customer" and key.isdecimal():
        found = office.desk.rows("SELECT name FROM customers WHERE id = ?", (int(key),))
        return f"{found[0][0] if found else ''}的{row.form}"
    return f"{kind} {row.form}" if not key and kind else row.form


def _extensions(office: Office) -> set[str]:
    return {row.complaint_number for row in office.extensions.waiting()}


def _disposals(office: Office) -> set[str]:
    """Those whose bundle lies outside already."""
    return {row.number for row in office.disposals.rows() if row.bundle_digest and not row.decided_at}
