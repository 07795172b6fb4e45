"""Customers with their cars: owner lists and vehicle lists of dealer-management systems, and 客户资料 templates."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerKind
from crm_desktop.domain.imports import ImportedCustomer, ImportKind
from crm_desktop.importers import party, readers
from crm_desktop.importers.recipe import Field, Recipe, Values

KINDS = readers.synonyms(
    {
        CustomerKind.PERSON: "个人客户 私人 私车 私家车 个体 自然人",
        CustomerKind.COMPANY: "单位客户 公司 企业 公车 机构 政府 车队 集团客户 大客户 法人",
    }
)
GENDERS = readers.synonyms({"男": "男士 先生 男性 M m", "女": "女士 小姐 女性 F f"})

FIELDS = (
    party.OWNER_NUMBER,
    Field("name", "客户姓名", readers.name, party.NAME_WORDS),
    Field(
        "kind",
        "客户性质",
        readers.choice(KINDS),
        ("车主性质", "客户类型", "客户类别", "车主类型", "个人/单位", "性质", "kind"),
    ),
    Field("gender", "性别", readers.choice(GENDERS), ("客户性别", "车主性别", "gender", "sex")),
    Field("phones", "手机", readers.phones, party.MOBILE_WORDS + party.PHONE_WORDS, spill="more_phones"),
    Field("more_phones", "", readers.phones),
    Field("landline", "固定电话", readers.phone, party.LANDLINE_WORDS, spill="more_phones"),
    Field(
        "address",
        "地址",
        readers.line(200),
        ("客户地址", "车主地址", "联系地址", "家庭地址", "通讯地址", "住址", "单位地址", "address"),
    ),
    Field("source", "客户来源", readers.line(80), ("来源", "来源渠道", "信息来源", "source")),
    party.BROUGHT_BY,
    party.BROUGHT_BY_PHONE,
    party.PLATE,
    party.VIN,
    party.ENGINE_NUMBER,
    *party.BRAND_SERIES_MODEL,
    party.COLOUR,
    party.BOUGHT_ON,
    party.MILEAGE,
    party.ADVISER,
    Field("notes", "备注", readers.text, ("说明", "客户备注", "备注信息", "remarks", "remark", "note", "notes")),
)


def finish(values: Values, extra: dict[str, str]) -> None:
    """Brings every number of the owner together, each once: mobiles, further columns, the landline."""
    landline = values.get("landline", "")
    told = (*values.pop("phones", ()), *values.pop("more_phones", ()), *((landline,) if landline else ()))
    if told:
        values["phones"] = tuple(dict.fromkeys(told))


RECIPE = Recipe(
    ImportKind.CUSTOMERS,
    ImportedCustomer,
    FIELDS,
    unsure={
        "电话": ("phones", "landline", "more_phones"),
        "联系方式": ("phones", "brought_by_phone"),
        "联系人": ("name", "brought_by"),
        "联系人手机": ("phones", "brought_by_phone", "more_phones"),
        "联系人电话": ("phones", "brought_by_phone", "more_phones"),
        "交车日期": ("bought_on",),
        "交车时间": ("bought_on",),
        "编号": ("owner_number",),
        "客户代码": ("owner_number",),
    },
    kept=(
        *party.KEPT_CAR_WORDS,
        *party.KEPT_PERSON_WORDS,
        *(
            "最近进店日期",
            "最近离店日期",
            "上次维修日期",
            "提醒人",
            "单位名称",
            "证件号码",
            "主修技师",
            "登记日期",
            "创建时间",
        ),
    ),
    needed=(("name", "phones", "landline", "plate", "vin"),),
    finish=finish,
)
