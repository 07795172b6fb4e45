"""Visits to the workshop (委托书, 工单, 结算单) from a dealer-management system."""

from __future__ import annotations

from crm_desktop.domain.imports import ImportedVisit, ImportKind
from crm_desktop.importers import party, readers
from crm_desktop.importers.recipe import Field, Recipe, Values

FIELDS = (
    party.ORDER,
    Field(
        "came_on",
        "进厂日期",
        readers.day,
        (
            *(
                "进厂时间",
                "进店日期",
                "进店时间",
                "送修日期",
                "送修时间",
                "接车日期",
                "接车时间",
                "接单日期",
                "接单时间",
            ),
            *("开单日期", "开单时间", "维修日期", "最近进店日期", "上次维修日期", "came_on"),
        ),
    ),
    Field(
        "left_on",
        "出厂日期",
        readers.day,
        ("出厂时间", "离厂时间", "离厂日期", "离店日期", "提车日期", "结算日期", "结算时间", "最近离店日期", "left_on"),
    ),
    Field(
        "promised_on",
        "预计交车时间",
        readers.day,
        ("预交车时间", "预计交车日期", "承诺交车时间", "约定交车时间", "预计完工时间", "promised_on"),
    ),
    Field(
        "repair_kind",
        "维修类别",
        readers.line(60),
        ("维修类型", "工单类型", "业务类型", "修理类别", "维修性质", "kind", "type"),
    ),
    party.MILEAGE,
    party.ADVISER,
    party.TECHNICIAN,
    Field("inspector", "质检员", readers.line(80), ("终检人", "质量检验员", "检验员", "终检", "inspector")),
    Field(
        "fault",
        "故障描述",
        readers.text,
        ("故障现象", "客户描述", "客户陈述", "报修内容", "故障", "送修原因", "fault"),
    ),
    Field(
        "items",
        "维修项目",
        readers.text,
        ("维修内容", "修理项目", "施工项目", "工时项目", "项目名称", "项目", "items"),
    ),
    Field(
        "amount_fen",
        "总费用",
        readers.fen,
        (
            *("结算金额", "总金额", "应收金额", "实收金额", "维修金额", "维修费用", "费用合计", "合计金额", "消费金额"),
            *("amount", "total"),
        ),
    ),
    party.NAME,
    party.PHONE,
    party.OTHER_PHONE,
    party.BROUGHT_BY,
    party.BROUGHT_BY_PHONE,
    party.PLATE,
    party.VIN,
    party.ENGINE_NUMBER,
    *party.BRAND_SERIES_MODEL,
    party.OWNER_NUMBER,
    party.REMARKS,
)


def finish(values: Values, extra: dict[str, str]) -> None:
    """A second phone column stands in for an empty first one."""
    party.take_other_phone(values, extra)


RECIPE = Recipe(
    ImportKind.VISITS,
    ImportedVisit,
    FIELDS,
    unsure={
        "单号": ("order_number",),
        "编号": ("order_number",),
        "单据编号": ("order_number",),
        "交车日期": ("left_on",),
        "交车时间": ("left_on",),
        "竣工日期": ("left_on",),
        "日期": ("came_on",),
        **party.UNSURE_WHO,
    },
    kept=(
        *party.KEPT_CAR_WORDS,
        *party.KEPT_PERSON_WORDS,
        *("派工状态", "竣工", "待信", "待料", "出厂里程", "购车日期", "销售日期", "颜色"),
        *(
            "工时费",
            "工时费用",
            "材料费",
            "材料费用",
            "配件费",
            "其它费用",
            "其他费用",
            "优惠金额",
            "付款方式",
            "材料名称",
            "配件",
        ),
        *("旧件处理", "质量保证期", "三包内外", "班组", "状态", "工单状态", "维修建议"),
    ),
    needed=(("order_number", "plate", "vin"),),
    finish=finish,
)
