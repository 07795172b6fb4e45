"""The sentences about one call, and its answers as the form shows them."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.domain.followups import CallDraft, FollowUpRow, Satisfaction

_SIGN = "已列进“苗头”，可以在那里转成抱怨单"
NO_NEED = "“转成抱怨单”用于不满意的回访：满意度选“不满意”，写下客户的话，再按 F7。"


def hangs_on(number: str, *, left: bool) -> str:
    """F7 on a call that has its complaint; ``left``: what was typed there is not recorded yet."""
    return f"这次回访就是为 {number} 打的，不用再立单，已打开它{'；填的回访还没登记，在那边等着' if left else ''}。"


def answers_of(call: FollowUpRow) -> Mapping[str, object]:
    """What the form shows of a call that was made."""
    return {
        "outcome": call.outcome, "satisfaction": call.satisfaction or None, "score": call.score,
        "called_at": call.called_at, "caller": call.caller, "next_on": call.next_on, "feedback": call.feedback,
    }  # fmt: skip


def told(name: str, draft: CallDraft, complaint: str) -> str:
    """What was recorded, and what follows from it; ``complaint``: the one the call was made for, or nothing."""
    answer = draft.satisfaction or draft.outcome
    following = f"，{draft.next_on:%m-%d} 再回访" if draft.next_on else ""
    unhappy = f"；客户不满意，{_to(complaint)}" if draft.satisfaction == Satisfaction.DISSATISFIED else ""
    return f"{name}的回访已登记：{answer}{following}{unhappy}。"


def _to(complaint: str) -> str:
    return f"请打开 {complaint} 接着处理" if complaint else _SIGN


def moved_on(call: FollowUpRow) -> str:
    """Somebody was faster: what he wrote, and that nothing typed is lost."""
    if call.called_at is not None:
        said = " ".join(word for word in (call.outcome, call.satisfaction, call.feedback) if word)
        return f"这次回访刚由{call.caller or '别人'}登记了：{said}。您填的还在，要另记一次请打开抱怨单。"
    return "这次回访的计划刚被别人改过，您填的都还在，请看过再登记。"
