"""撤销上一步: what may be taken back, in words. Taking back writes the opposite; the history keeps both."""

from __future__ import annotations

from dataclasses import dataclass

REASON = "撤销上一步"
"""Stands in the history beside each value that was put back."""
NOTHING = "这里还没有可以撤销的改动。"
ALREADY = "上一步已经撤销了；还要改，请直接填写。"
TOO_OLD = "上一次改动不是这次坐下以后做的，不能撤销；请直接改回，改动会留在历史里。"
STEP = "上一步是办理流程里的一步，不能撤销；办错了请按“更正”或“重开”办，改动会留在历史里。"
ERASED = "上一次改动的内容已按要求删除，不能撤销。"
NOT_TOGETHER = "这一批没有写在一起，不能一步撤销；请到客户的“分类”里逐位改。"
TOO_MUCH = "上一次改动是成批写入的，不能在这里撤销；导入请到“设置”里撤销导入。"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was put back as it was before: the labels of the fields, and the version for the next change."""

    ver: int
    labels: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """For the message bar."""
        return f"已撤销：{'、'.join(self.labels)}改回了原来的内容，两次改动都在历史里。"


def by_another(who: str) -> str:
    """Why somebody else's change stays."""
    return f"上一次改动是{who or '别人'}做的，不能撤销；请先看最新内容，需要时直接改回。"


def of_another_kind(what: str) -> str:
    """Why a step of the procedure, or something new, stays."""
    return f"上一步是“{what}”，不能撤销；办错了请在原处更正，改动会留在历史里。"


def printed(who: str, at: str) -> str:
    """Why a change stays that is on paper already."""
    return f"改完以后{who or '别人'}在 {at} 打印或导出过这张单，不能一步撤销；要改请直接改，改好重新打印，旧的作废。"


def shut(state: str) -> str:
    """Why a case that is done stays."""
    return f"这张单{state}，不能撤销改动；要改请先按制度重开或写更正说明。"
