"""Follow-up calls from a list of a dealer-management system or a 回访记录表 (facts.md 3.2)."""

from __future__ import annotations

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.followups import Outcome, Satisfaction
from crm_desktop.domain.imports import ImportedFollowUp, ImportKind
from crm_desktop.importers import party, readers
from crm_desktop.importers.recipe import Field, Recipe, Values

OUTCOMES = readers.synonyms(
    {
        Outcome.REACHED: "成功回访 回访成功 已回访 回访已处理 接通 已接通 正常接听 正常",
        Outcome.NO_ANSWER: "无人接 未接 未接听 无应答 没人接",
        Outcome.REFUSED: "拒绝回访 拒绝 拒接 挂断 不愿回访",
        Outcome.DEAD_NUMBER: "号码为空号",
        Outcome.WRONG_NUMBER: "号码错误 电话错误 错号 客户信息错误 非本人",
        Outcome.UNREACHABLE: "无法联系 关机 停机 占线 不在服务区 打不通 联系不上",
    }
)
SATISFACTIONS = readers.synonyms(
    {
        Satisfaction.SATISFIED: "非常满意 很满意 十分满意 比较满意",
        Satisfaction.FAIR: "基本满意 尚可",
        Satisfaction.DISSATISFIED: "不满 很不满意 非常不满意 较不满意",
        Satisfaction.SILENT: "不表态 未评价 未表示",
    }
)
_SATISFIED_OR_NOT = {"是": Satisfaction.SATISFIED.value, "否": Satisfaction.DISSATISFIED.value}

FIELDS = (
    Field("source_number", "回访编号", readers.number_text, ("回访单号", "id_")),
    Field(
        "complaint_number",
        "抱怨单号",
        readers.number_text,
        ("投诉编号", "抱怨编号", "抱怨单编号", "投诉单号", "complaint_number"),
    ),
    party.ORDER,
    party.NAME,
    party.PHONE,
    party.OTHER_PHONE,
    party.PLATE,
    party.VIN,
    Field(
        "planned_on",
        "计划回访日期",
        readers.coming_day,
        ("预定回访日", "预定回访日期", "计划回访日", "应回访日期", "预计回访日期", "计划日期", "planned_on"),
    ),
    Field(
        "called_at",
        "回访时间",
        readers.moment,
        ("实际回访日", "实际回访日期", "实际回访时间", "回访日期", "回访日", "跟踪日期", "called_at", "datetime"),
    ),
    Field("caller", "回访人", readers.line(80), ("回访员", "回访人员", "跟踪人", "caller")),
    Field("reason", "回访事由", readers.line(120), ("事由", "回访类型", "回访原因", "reason")),
    Field(
        "result_text",
        "回访结果",
        readers.line(200),
        ("回访状态", "接通情况", "接通结果", "联系结果", "回访情况", "不成功原因", "outcome", "result"),
    ),
    Field("satisfaction_text", "满意度", readers.line(60), ("客户满意度", "是否满意", "总体满意度", "satisfaction")),
    Field("score_text", "评分", readers.line(20), ("满意度评分", "得分", "打分", "总体评分", "分数", "score")),
    Field(
        "feedback",
        "顾客反馈",
        readers.text,
        (
            *("客户反馈", "反馈信息", "回访内容", "回访记录", "客户反映情况", "客户建议", "客户意见", "顾客意见"),
            *("不满意内容", "feedback"),
        ),
    ),
    Field("next_on", "下次回访日期", readers.coming_day, ("下次回访时间", "下次联系日期", "next_on")),
    party.REMARKS,
)


def finish(values: Values, extra: dict[str, str]) -> None:
    """Sorts the words of 回访结果, 满意度 and 评分 into outcome, satisfaction and score.

    A satisfied or dissatisfied customer was reached. A number under 满意度 is a score; a word nobody knows stays
    in ``result_text`` or ``extra``.

    :raises InvalidInput: for a score outside 1 to 10.
    """
    party.take_other_phone(values, extra)
    called = values.pop("called_at", None)
    if called is not None:
        values["called_at"], values["called_has_time"] = called
    result, opinion = values.get("result_text", ""), values.pop("satisfaction_text", "")
    satisfaction = SATISFACTIONS.get(opinion) or _SATISFIED_OR_NOT.get(opinion) or SATISFACTIONS.get(result, "")
    outcome = OUTCOMES.get(result, Outcome.REACHED if satisfaction else "")
    values |= {"outcome": outcome, "satisfaction": satisfaction}
    points = values.pop("score_text", "") or (
        opinion if opinion.removesuffix("分").replace(".", "", 1).isdigit() else ""
    )
    if points:
        values["score"] = _score(points)
    elif opinion and not satisfaction:
        extra["满意度"] = opinion


def _score(points: str) -> int:
    told = points.removesuffix("分").removesuffix(".0")
    if not (told.isascii() and told.isdigit() and 1 <= int(told) <= 10):
        raise InvalidInput(f"评分：“{points[:20]}”不是 1 到 10 的整数，请核对。")
    return int(told)


RECIPE = Recipe(
    ImportKind.FOLLOWUPS,
    ImportedFollowUp,
    FIELDS,
    unsure={
        "单号": ("complaint_number", "order_number"),
        "编号": ("source_number",),
        "日期": ("called_at",),
        "时间": ("called_at",),
        "电话": ("phone", "other_phone"),
        "联系方式": ("phone", "other_phone"),
        "联系人": ("customer_name",),
        "联系人电话": ("phone", "other_phone"),
        "联系人手机": ("phone", "other_phone"),
        "送修人": ("customer_name",),
        "送修人电话": ("phone", "other_phone"),
        "送修人手机": ("phone", "other_phone"),
        "处理结果": ("feedback",),
        "服务顾问": (),
    },
    kept=(
        *party.KEPT_CAR_WORDS,
        *party.KEPT_PERSON_WORDS,
        *party.ADVISER_WORDS,
        *party.TECHNICIAN_WORDS,
        *(
            "品牌",
            "车系",
            "车型",
            "品牌车型",
            "颜色",
            "车主/客户编号",
            "车主编号",
            "客户编号",
            "回访方式",
            "级别",
            "维修项目",
        ),
        *(
            "是否推荐",
            "不满意项",
            "不满意原因",
            "三包内外",
            "下次保养日期",
            "消费历史",
            "回访历史",
            "处理日期",
            "解决日期",
            "负责人签字",
        ),
        *("进厂日期", "出厂日期", "里程", "行驶里程", "4S店名称"),
    ),
    needed=(
        ("complaint_number", "order_number", "phone", "other_phone", "plate", "vin"),
        ("called_at", "planned_on", "result_text", "satisfaction_text", "feedback", "score_text"),
    ),
    finish=finish,
)
