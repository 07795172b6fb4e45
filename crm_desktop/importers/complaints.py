"""Complaints from a 台账, a dealer-management system, a published list, or our own register exported."""

from __future__ import annotations

from crm_desktop.domain.complaints import Channel, Line, Severity
from crm_desktop.domain.imports import ImportedComplaint, ImportKind
from crm_desktop.domain.reworks import ReworkKind
from crm_desktop.importers import party, readers
from crm_desktop.importers.recipe import Field, Recipe, Values

CHANNELS = readers.synonyms(
    {
        Channel.FOLLOW_UP: "电话回访 客户关爱员回访 客户关爱回访 3DC 3DC回访 三日回访 售后回访",
        Channel.RECEPTION: "服务顾问接待 前台接待 前台 客户面访 面访 面谈 来店 到店 上门 现场 现场投诉 接待客户",
        Channel.HOTLINE: "400 400电话 热线 客服热线 厂家热线 厂家400 厂家400热线 上海大众400热线 上汽大众400热线",
        Channel.MEDIA: "自媒体 新闻媒体 网络媒体 网络 微博 抖音 论坛 电视台 报社",
        Channel.CONSUMER_BODY: "12315 消协/12315 消费者协会 消保委 消委会 市场监管 市场监管局 工商",
        Channel.AUTHORITY: "行业管理处 维修行业管理处 维修管理处 运管处 交通委 交委 12328 行业主管",
        Channel.OTHER: "其它",
    }
)
SEVERITIES = readers.synonyms(
    {
        Severity.ORDINARY: "普通 轻微 轻微抱怨 一般抱怨 一般投诉 低 中",
        Severity.MAJOR: "严重 重要 紧急 升级 严重抱怨 重大抱怨 重大投诉 紧急投诉 升级投诉 重要且紧急 高",
    }
)
LINES = readers.synonyms(
    {
        Line.TECHNICAL: "技术部 技术线 技术部门 车间 维修车间 维修 机电 钣喷 钣金 喷漆",
        Line.SERVICE: "服务部 服务线 服务部门 前台 服务前台 接待 售后服务部 客服部",
        Line.PARTS: "配件部 配件线 备件 备件部 零件 零配件 配件部门",
    }
)
NO_REWORK = "否"
REWORKS = readers.synonyms(
    {
        NO_REWORK: "不返修 无 不 未返修 N NO n no",
        ReworkKind.INTERNAL: "内部返修 内返修",
        # A complaint is told by a customer, so the car had left: 是 alone is an outside rework.
        ReworkKind.EXTERNAL: "是 返修 外部返修 外返修 Y YES y yes",
    }
)

FIELDS = (
    Field(
        "source_number",
        "抱怨单号",
        readers.number_text,
        (
            *(
                "投诉编号",
                "抱怨编号",
                "抱怨单编号",
                "投诉单号",
                "投诉单编号",
                "抱怨/投诉单号",
                "抱怨/投诉编号",
                "来源单号",
            ),
            *("登记号", "受理编号", "受理单号", "id_", "complaint_id", "complaint_number", "source_number"),
        ),
    ),
    Field(
        "received_at",
        "抱怨日期",
        readers.moment,
        (
            *(
                "受理时间",
                "受理日期",
                "投诉时间",
                "投诉日期",
                "抱怨时间",
                "接收时间",
                "接收日期",
                "接诉时间",
                "接诉日期",
            ),
            *("来电时间", "来电日期", "反映时间", "反映日期", "顾客投诉日期", "登记时间", "登记日期", "记录时间"),
            *("datetime", "received_at", "date"),
        ),
    ),
    Field("occurred_at", "发生时间", readers.moment, ("发生日期", "事发时间", "事件时间", "occurred_at")),
    Field(
        "channel_text",
        "接收渠道",
        readers.line(60),
        (
            *("渠道", "投诉来源", "抱怨来源", "投诉渠道", "抱怨渠道", "受理渠道", "来源渠道", "信息来源", "投诉方式"),
            *("受理方式", "来源", "channel"),
        ),
    ),
    Field(
        "severity",
        "级别",
        readers.choice(SEVERITIES),
        ("投诉级别", "抱怨级别", "严重程度", "严重性", "紧急程度", "重要程度", "等级", "severity", "level"),
    ),
    Field(
        "category",
        "类别",
        readers.line(60),
        (
            *(
                "抱怨类别",
                "投诉类别",
                "抱怨类型",
                "投诉类型",
                "投诉分类",
                "抱怨分类",
                "问题类型",
                "问题类别",
                "问题分类",
            ),
            *("category",),
        ),
    ),
    Field("customer_name", "顾客姓名", readers.line(80), party.NAME_WORDS),
    party.PHONE,
    party.OTHER_PHONE,
    party.BROUGHT_BY,
    party.BROUGHT_BY_PHONE,
    party.PLATE,
    party.VIN,
    *party.BRAND_SERIES_MODEL,
    party.MILEAGE,
    party.BOUGHT_ON,
    party.ORDER,
    Field(
        "words",
        "抱怨内容",
        readers.text,
        (
            *(
                "投诉内容",
                "抱怨/投诉内容",
                "抱怨投诉内容",
                "顾客抱怨内容",
                "客户抱怨内容",
                "客户抱怨",
                "顾客抱怨",
                "客户陈述",
            ),
            *(
                "客户原话",
                "问题描述",
                "具体问题描述",
                "投诉描述",
                "抱怨描述",
                "问题及具体表现",
                "客户投诉/抱怨问题描述",
            ),
            *(
                "客户反映情况",
                "反映情况",
                "客户反映",
                "抱怨记录",
                "投诉摘要",
                "简要描述",
                "用户描述",
                "事件描述",
                "事件经过",
            ),
            *("desc", "description", "words", "complaint", "content"),
        ),
    ),
    Field(
        "demand",
        "诉求",
        readers.text,
        (
            *("客户诉求", "顾客诉求", "用户诉求", "客户要求", "顾客要求", "顾客的要求", "用户要求", "投诉诉求", "期望"),
            *("客户期望", "demand"),
        ),
    ),
    Field("fault_codes", "故障代码", readers.codes, ("故障码", "问题代码", "故障编码", "problem", "fault_codes")),
    Field(
        "source_status",
        "状态",
        readers.line(60),
        ("处理状态", "投诉状态", "抱怨状态", "单据状态", "处理进度", "进度", "status"),
    ),
    Field(
        "solution",
        "解决措施",
        readers.text,
        (
            *(
                "解决方案",
                "处理结果",
                "处理方案",
                "处理措施",
                "处理意见",
                "处理内容",
                "处理情况",
                "处理方法",
                "解决办法",
            ),
            *("抱怨投诉解决方案", "solution", "result"),
        ),
    ),
    Field("correction", "缺点纠正", readers.text, ("应急措施", "临时措施", "纠正措施", "correction")),
    Field(
        "root_cause",
        "抱怨产生根本原因分析",
        readers.text,
        (
            *(
                "根本原因分析",
                "根本原因",
                "抱怨产生根本原因",
                "原因分析",
                "责任部门原因分析",
                "初步原因评估",
                "投诉原因",
            ),
            *("抱怨原因", "原因", "root_cause", "cause"),
        ),
    ),
    Field(
        "long_term_measure",
        "长期质量保证的措施",
        readers.text,
        (
            *("长期质量保证措施", "长期整改措施", "长期措施", "预防措施", "整改措施", "纠正预防措施", "改进措施"),
            *("long_term_measure",),
        ),
    ),
    Field(
        "responsible_line", "责任线", readers.choice(LINES), ("责任部门", "责任单位", "发生部门", "部门", "department")
    ),
    Field(
        "responsible",
        "责任人",
        readers.line(80),
        ("直接责任人", "处理责任人", "主办人", "投诉员工", "投诉对象", "responsible"),
    ),
    Field("rework", "是否返修", readers.choice(REWORKS), ("返修", "返修类型", "内返/外返", "rework")),
    Field("rework_order_number", "返修委托书号", readers.number_text, ("返修工单号", "返修单号", "外返单号")),
    Field("rework_finished_on", "返修修竣日期", readers.day, ("修竣日期", "返修完成日期", "返修竣工日期")),
    Field(
        "planned_on",
        "计划完成日期",
        readers.coming_day,
        ("计划完成时间", "要求完成日期", "要求完成时间", "规定关闭时间", "预计完成日期", "解决截止"),
    ),
    Field(
        "done_on",
        "实际完成日期",
        readers.moment,
        ("实际完成时间", "处理完成日期", "完成日期", "完成时间", "解决日期", "解决时间", "处理日期", "处理时间"),
    ),
    Field("followed_up_on", "回访日期", readers.day, ("回访时间", "二次回访时间", "实际回访日")),
    Field("follow_up_by", "回访人", readers.line(80), ("回访员", "回访人员")),
    Field("follow_up_result", "回访结果", readers.line(200), ("回访情况", "满意度", "客户满意度", "是否满意")),
    Field(
        "feedback",
        "顾客反馈",
        readers.text,
        ("客户反馈", "反馈信息", "回访内容", "客户初次反馈", "客户意见", "顾客意见", "用户反馈", "feedback"),
    ),
    Field(
        "closed_on",
        "关闭日期",
        readers.moment,
        ("关闭时间", "结案日期", "结案时间", "办结日期", "闭环日期", "closed_on"),
    ),
    Field("closed_by", "关闭人", readers.line(80), ("结案人", "关闭审批人", "closed_by")),
    party.ADVISER,
    party.TECHNICIAN,
    party.REMARKS,
)


def finish(values: Values, extra: dict[str, str]) -> None:
    """Parts times from their flags, days from their times; the file's channel becomes the desk's word where known."""
    party.take_other_phone(values, extra)
    received = values.pop("received_at", None)
    if received is not None:
        values["received_at"], values["received_has_time"] = received
    for day, time in (("done_on", "done_at"), ("closed_on", "closed_at")):
        if told := values.pop(day, None):
            values[day] = told[0].date()
            if told[1]:
                values[time] = told[0]
    occurred = values.pop("occurred_at", None)
    if occurred is not None:
        values["occurred_at"] = occurred[0]
    told = values.get("channel_text")
    if told:
        channel = CHANNELS.get(told) or CHANNELS.get(told.replace(" ", ""))
        if channel:
            values["channel"] = channel


RECIPE = Recipe(
    ImportKind.COMPLAINTS,
    ImportedComplaint,
    FIELDS,
    unsure={
        "单号": ("source_number", "order_number"),
        "编号": ("source_number",),
        "单据编号": ("source_number", "order_number"),
        "id": ("source_number",),
        "日期": ("received_at",),
        "时间": ("received_at",),
        "接单时间": ("received_at",),
        "创建时间": ("received_at",),
        "内容": ("words",),
        "描述": ("words",),
        "故障描述": ("words",),
        "故障现象": ("words",),
        **party.UNSURE_WHO,
        "交车日期": ("bought_on",),
        "处理人": ("responsible",),
        "服务总监": ("closed_by",),
        "说明": ("remarks",),
    },
    kept=(
        *party.KEPT_CAR_WORDS,
        *party.KEPT_PERSON_WORDS,
        *(
            "登记人",
            "记录人",
            "接单人",
            "受理人",
            "接收人",
            "派单人",
            "派单时间",
            "受理部门",
            "处理部门",
            "转出人",
            "转出时间",
        ),
        *("处理经过", "处理过程", "跟进情况", "跟踪情况", "沟通记录", "回访情况"),
        *("处罚方式", "处罚金额", "整改/处罚措施", "次要责任人", "故障部件", "颜色", "发动机号", "频次", "第几次投诉"),
        *(
            "是否闭环",
            "及时处理",
            "维修类型",
            "里程范围",
            "购买期限",
            "进厂日期",
            "出厂日期",
            "维修项目",
            "验证方法",
            "验证结果",
        ),
        *("响应时间", "响应截止", "返单时间", "核查情况", "安抚措施", "时长", "处理时长"),
    ),
    needed=(("words",),),
    finish=finish,
)
