"""Fields every kind shares: who (车主, 送修人), which car, which order, and the words that name them.

Source of the words: facts.md 8.1 (real exports of dealer-management systems) and 8.2.
"""

from __future__ import annotations

from crm_desktop.importers import readers
from crm_desktop.importers.recipe import Field

NAME_WORDS = (
    *("客户姓名", "顾客姓名", "客户名称", "顾客名称", "车主姓名", "车主名称", "车主", "姓名", "机动车所有人"),
    *(
        "会员名称",
        "投诉人姓名",
        "投诉人",
        "抱怨人",
        "用户姓名",
        "托修方",
        "客户",
        "顾客",
        "车主/客户姓名",
        "客户/车主姓名",
    ),
    *("customer_name", "customer", "owner_name", "name"),
)
MOBILE_WORDS = (
    *("手机", "手机号", "手机号码", "客户手机", "客户手机号", "车主手机", "车主手机号", "顾客手机", "移动电话"),
    *("mobile", "mobile_phone", "cellphone"),
)
PHONE_WORDS = (
    *(
        "联系电话",
        "客户电话",
        "客户联系电话",
        "顾客电话",
        "车主电话",
        "车主联系电话",
        "投诉人电话",
        "电话号码",
        "联系人及电话",
    ),
    *("phone", "tel", "telephone", "phone_number"),
)
LANDLINE_WORDS = ("固定电话", "座机", "家庭电话", "办公电话", "单位电话", "landline")
ORDER_WORDS = (
    *("委托书号", "任务委托书号", "委托书编号", "任务委托书", "委托书", "工单号", "维修工单号", "施工单号", "维修单号"),
    *("结算单号", "结算清单编号", "源单号", "ro_no", "order_number", "order_no"),
)
ADVISER_WORDS = (
    *("服务顾问", "维修顾问", "客户经理", "服务专员", "接待员", "接待人", "保养顾问", "sa", "最后维修顾问名称"),
    *("上次维修工单的服务专员", "adviser", "advisor"),
)
TECHNICIAN_WORDS = ("主修技师", "维修技师", "责任技师", "主修人员", "主修人", "承修人", "主修", "技师", "technician")

NAME = Field("customer_name", "客户姓名", readers.name, NAME_WORDS)
PHONE = Field("phone", "联系电话", readers.phone, MOBILE_WORDS + PHONE_WORDS + LANDLINE_WORDS, spill="other_phone")
OTHER_PHONE = Field("other_phone", "", readers.phone)
BROUGHT_BY = Field("brought_by", "送修人", readers.name, ("送修人姓名", "报修人", "deliverer", "brought_by"))
BROUGHT_BY_PHONE = Field(
    "brought_by_phone",
    "送修人电话",
    readers.phone,
    (
        "送修人手机",
        "送修人手机号",
        "送修人电话",
        "送修人联系电话",
        "送修人联系方式",
        "brought_by_phone",
        "deliverer_phone",
        "deliverer_mobile",
    ),
)
ORDER = Field("order_number", "委托书号", readers.number_text, ORDER_WORDS)
ADVISER = Field("adviser", "服务顾问", readers.line(80), ADVISER_WORDS)
TECHNICIAN = Field("technician", "主修技师", readers.line(80), TECHNICIAN_WORDS)
REMARKS = Field("remarks", "备注", readers.text, ("登记人备注", "备注信息", "remarks", "remark", "note", "notes"))
OWNER_NUMBER = Field(
    "owner_number",
    "车主编号",
    readers.number_text,
    ("客户编号", "车主/客户编号", "会员编号", "会员号", "档案号", "owner_number", "customer_id"),
)

PLATE = Field(
    "plate",
    "车牌号",
    readers.plate,
    (
        "车牌",
        "车牌号码",
        "牌照号",
        "牌照号码",
        "牌照",
        "车号",
        "号牌号码",
        "车辆牌照",
        "license",
        "license_plate",
        "plate",
    ),
)
VIN = Field(
    "vin",
    "VIN",
    readers.vin,
    (
        *("VIN号", "VIN码", "VIN号码", "车架号", "车架号码", "车架VIN码", "底盘号", "车辆识别代号", "车辆识别代码"),
        *("车辆识别码", "车架", "VIN号/车架号", "VIN/车架号", "车架号/VIN"),
    ),
)
ENGINE_NUMBER = Field(
    "engine_number", "发动机号", readers.line(40), ("发动机号码", "发动机", "engine_number", "engine_no")
)
BRAND = Field("brand", "品牌", readers.line(60), ("厂牌", "车辆品牌", "汽车品牌", "brand"))
SERIES = Field("series", "车系", readers.line(60), ("车种", "系列", "车系名称", "car_model", "series"))
MODEL = Field(
    "model",
    "车型",
    readers.line(120),
    (
        "车型名称",
        "车辆型号",
        "型号",
        "品牌车型",
        "品牌型号",
        "厂牌车型信息",
        "厂牌型号",
        "车辆",
        "车辆资料",
        "type_",
        "model",
    ),
)
COLOUR = Field("colour", "颜色", readers.line(30), ("车身颜色", "车辆颜色", "外观颜色", "colour", "color"))
BOUGHT_ON = Field(
    "bought_on",
    "购车日期",
    readers.day,
    ("购车时间", "购买日期", "销售日期", "开票日期", "sales_date", "bought_on", "purchase_date"),
)
MILEAGE = Field(
    "mileage",
    "行驶里程",
    readers.kilometres,
    (
        *("里程", "里程数", "公里数", "行驶公里数", "行驶里程数", "当前里程", "进厂里程", "送修里程", "进店里程"),
        *("最近进店里程", "mileage", "odometer", "km"),
    ),
)

UNSURE_WHO = {
    "电话": ("phone", "other_phone"),
    "联系方式": ("phone", "brought_by_phone"),
    "联系人": ("customer_name", "brought_by"),
    "联系人电话": ("phone", "brought_by_phone"),
    "联系人手机": ("phone", "brought_by_phone"),
}
"""Headings that are the owner's where nothing else is, else those of whoever brings the car."""

BRAND_SERIES_MODEL = (BRAND, SERIES, MODEL)

KEPT_CAR_WORDS = (
    *("商业险到期日期", "商业险到期", "交强险到期日期", "交强险到期", "保险到期", "保险到期日期", "保险公司"),
    *("商业险单号", "商业险投保公司ID", "商业险投保公司名称", "商业险金额", "商业险投保公司"),
    *("交强险单号", "交强险投保公司ID", "交强险投保公司名称", "交强险金额", "交强险投保公司"),
    *("年审到期日期", "年检到期", "年检到期日期", "年审到期", "驾驶证发证日期", "质保到期时间", "质保到期日期"),
    *(
        "上次保养日期",
        "下次保养日期",
        "下次保养里程",
        "预计下次保养日期",
        "日均里程",
        "维修周期",
        "保养周期",
        "间隔保养里程",
    ),
    *(
        "第一次进厂日期",
        "来厂次数",
        "消费金额",
        "消费次数",
        "钥匙号",
        "车辆用途",
        "车辆类型",
        "是否本公司购车",
        "购车因素",
    ),
)
KEPT_PERSON_WORDS = (
    *("邮编", "职业", "证件类型", "是否是会员", "会员等级", "生日", "出生日期", "邮箱", "微信", "微信号", "QQ"),
    *("省份", "城市", "区县", "地址", "客户地址", "车主地址", "联系地址", "性别", "车主性质", "客户性质", "客户类型"),
    *(
        "销售顾问",
        "创建人",
        "建档日期",
        "建档人",
        "经销商",
        "经销商名称",
        "经销商代码",
        "不激活原因",
        "是否绑定微信",
        "是否回厂",
    ),
)


def take_other_phone(values: dict[str, object], extra: dict[str, str]) -> None:
    """A second number column: it stands in where the first is empty, else it is kept as 其他电话."""
    other = values.pop("other_phone", "")
    if not other or other == values.get("phone"):
        return
    if values.get("phone"):
        extra["其他电话"] = str(other)
    else:
        values["phone"] = other
