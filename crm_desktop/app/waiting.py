"""What waits for whoever sits down: what others entered for him, and what only he may decide."""

from __future__ import annotations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.rights import Right, may
from crm_desktop.services.office import Office


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
    return f"{'；'.join(told)}。" if told else ""


def _extensions(office: Office) -> set[str]:
    return {row.complaint_number for row in office.extensions.waiting()}


def _disposals(office: Office) -> set[str]:
    """Those whose bundle lies outside already."""
    return {row.number for row in office.disposals.rows() if row.bundle_digest and not row.decided_at}
