"""指标: every share of the monthly report in one table: its name, its formula in words, what is divided by what.

Definitions: facts.md section 3.5; ``source`` says whose each one is. The formula stands in the report and is the
tooltip on screen; nothing else defines a share.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.monthly import Figure, Share

_DMS = "经销商管理系统报表口径"
_OWN = "自拟"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One definition. ``part`` and ``whole`` name what is counted; ``goal``: per cent, where there is one."""

    name: str
    formula: str
    part: str
    whole: str
    source: str
    unit: str = " %"
    goal: float | None = None

    @property
    def told(self) -> str:
        """The tooltip: 关闭率 = 已关闭 ÷ 需考核（来源：…）."""
        return f"{self.name} = {self.formula}（来源：{self.source}）"


_SATISFIED = "最后一次成功回访为满意 ÷ 有答复（目标 100 %）"
_TABLE = (
    Kpi("每百台进厂抱怨数", "投诉件数 ÷ 进厂台次 × 100", "抱怨/投诉件数", "进厂台次", "4S 店常用投诉率", " 件"),
    Kpi("关闭率", "已关闭 ÷ 需考核", "已关闭", "需考核", _DMS),
    Kpi("及时关闭率", "（期限或批准的延期之内反馈 + 未到期的未关单）÷ 需考核", "及时关闭", "需考核", _DMS),
    Kpi("一次性及时关闭率", "一次处理满意且无延期（没有退回、重开）÷ 需考核", "一次性及时关闭", "需考核", _DMS),
    Kpi("按岗位填单", "接收人的岗位是时限规则里的填单人 ÷ 接收人在员工表里的单", "岗位相符", "接收人在员工表里", _OWN),
    Kpi("移交及时率", "按时或未到期 ÷ 应办", "按时", "应办", _DMS, goal=100),
    Kpi("响应及时率", "按时或未到期 ÷ 应办", "按时", "应办", _DMS, goal=100),
    Kpi("解决及时率", "按时或未到期 ÷ 应办", "按时", "应办", _DMS, goal=100),
    Kpi("存档及时率", "按时或未到期 ÷ 应办", "按时", "应办", _DMS, goal=100),
    Kpi("重复处理率", "退回或重开过的单 ÷ 需考核", "重复处理", "需考核", _DMS),
    Kpi("返修率", "返修车辆台次 ÷ 维修车辆总台次", "返修台次", "维修台次", "行业期刊"),
    Kpi(
        "一次修复率",
        "1 − 30 天内因同一故障返修台次 ÷ 同期维修台次（按委托书号或同车认）",
        "一次修好",
        "维修台次",
        "行业常用，30 天窗",
    ),
    Kpi(
        "准时交车率",
        "出厂日期不晚于预计交车日期的台次 ÷ 写了预计交车、已出厂的台次（按天）",
        "准时交车",
        "写了预计交车",
        "公开库口径：完工时间 ≤ 预交车时间",
    ),
    Kpi("回访率", "回访量 ÷ 结算车次", "回访总数", "结算车次", _DMS),
    Kpi("回访成功率", "成功回访数 ÷ 回访总数", "成功回访", "回访总数", _DMS),
    Kpi("一次成功回访率", "首次拨打即成功 ÷ 回访总数", "一次成功", "回访总数", _DMS),
    Kpi("满意率", "满意数 ÷ 成功回访数（不用回访总数作分母）", "满意", "成功回访", _OWN),
    Kpi("最终满意率", _SATISFIED, "满意", "有答复", "制度 篇1 五.4", goal=100),
    Kpi("最终满意率（不含恶意、无效）", _SATISFIED, "满意", "有答复", "制度 篇1 五.4", goal=100),
    Kpi("复来店率", "关闭后 90 天内又进厂的车 ÷ 已关闭、车辆已知的单", "复来店", "已关闭、车辆已知", "002 四"),
    Kpi("措施有效率", "评估为有效的措施 ÷ 本月评估的措施", "评估有效", "本月评估", _OWN),
)
KPIS = {kpi.name: kpi for kpi in _TABLE}
"""Every share by its name, in the order of the report."""


def share(name: str, part: Figure, whole: Figure) -> Share:
    """A share of this name, with the formula of the table.

    :raises KeyError: no such share is defined.
    """
    kpi = KPIS[name]
    return Share(name, part, whole, kpi.formula, kpi.unit)
