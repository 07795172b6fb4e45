"""Makers of sheets: believable register rows, a filled complaint form and a letterhead, the same for every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.domain.register import COLUMNS, TITLE, RegisterRow
from crm_desktop.domain.sheets import Box, Letterhead, Signature, TableSheet

_SENTENCES = (
    "变速箱 2 挡升 3 挡一顿一顿的，11 月 3 号、12 号都来修过，每次开两天又犯。",
    "空调开了半小时出风口还是热的，孩子坐在后排一身汗！",
    "说好下午四点交车，等到六点半才给钥匙，中间没有一个人告诉我原因。",
    "换完轮胎跑高速方向盘抖，100 km/h 以上特别明显。",
    "工时费比报价多收了 380 元，结算单上写的项目我根本没同意。",
    "前台态度很差，问两句就说“你自己看单子”。",
    "天窗漏水，顶棚湿了一大块，脚垫下面全是水。",
    "发动机故障灯亮，清了故障码第二天又亮（P0171）。",
    "配件订了三周还没到，车一直趴在店里。",
    "洗车把前保险杠划了一道，约 15 cm。",
)
_CORRECTIONS = (
    "更换滑阀箱并做自适应学习，路试 20 km 换挡平顺。",
    "补充制冷剂 120 g，更换膨胀阀，出风口温度 6 ℃。",
    "四轮动平衡重做，左前加 15 g。",
    "退还多收工时费 380 元，服务经理当面致歉。",
    "疏通天窗排水管，烘干顶棚，更换地毯。",
)
_CAUSES = (
    "2 号滑阀磨损，上次只清了故障码而没有测油压；终检单上没有油压一项。",
    "膨胀阀卡滞，修车时未测高低压，流程没有要求记录压力值。",
    "动平衡机 3 月起未校准，校准提醒只写在纸上。",
    "报价单改动后没有让客户再签字，系统允许直接改价。",
    "排水管接头脱落，年检项目里没有通水试验。",
)
_MEASURES = (
    "技术总监每周五抽查 10 台变速箱车辆的油压记录，连续 4 周 0 台不合格视为有效。",
    "质检员自 12 月 1 日起对每台空调维修车辆记录高低压并在终检单签字。",
    "设备管理员每月 5 日前校准动平衡机并贴标签，服务经理月底复核。",
    "改价后必须由客户在平板上签字，前台主管每日 17:00 抽查 5 单。",
)
_FEEDBACK = ("这次修好了，谢谢。", "还要再观察几天。", "态度比上次好，希望别再有下次。", "")
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林"
_GIVEN = ["建国", "丽华", "志强", "敏", "秀英", "俊杰", "欣怡", "浩然", "婷婷", "伟"]


def letterhead(**changes: object) -> Letterhead:
    """The dealership every test prints for."""
    plain = Letterhead("示范上汽大众 4S 店", "7580123", "上汽大众", "KG-04-01", "3")
    return replace(plain, **changes)  # type: ignore[arg-type]  # field names come as words


def register_row(**changes: object) -> RegisterRow:
    """One closed complaint with an external rework, every column filled."""
    day = date(2026, 11, 3)
    plain = RegisterRow(
        sequence=1,
        received_on=day,
        number="TS20261103-001",
        channel="接待",
        severity="重大",
        category="维修质量",
        order_number="RO2611030027",
        plate="沪A8K231",
        vin="LSVAL41Z882104202",
        model="朗逸 1.5L 2023",
        mileage=38620,
        customer_name="李建国",
        phone="138****5521",
        words=_SENTENCES[0],
        rework="外返",
        rework_order_number="RO2611050031",
        rework_finished_on=day + timedelta(days=3),
        correction=_CORRECTIONS[0],
        root_cause=_CAUSES[0],
        long_term_measure=_MEASURES[0],
        responsible="张工",
        planned_on=day + timedelta(days=4),
        done_on=day + timedelta(days=3),
        followed_up_on=day + timedelta(days=6),
        follow_up_by="王敏",
        follow_up_result="满意",
        feedback=_FEEDBACK[0],
        closed_on=day + timedelta(days=7),
        closed_by="赵总监",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # field names come as words


def register_rows(n: int, seed: int = 7) -> Iterator[RegisterRow]:
    """``n`` rows with texts of varied length, made one by one; the same seed gives the same rows."""
    chance = random.Random(seed)  # noqa: S311 - sample data, not secrets
    for sequence in range(1, n + 1):
        yield _random_row(chance, sequence)


def register_sheet(*rows: RegisterRow, period: str = "2026年11月") -> TableSheet[RegisterRow]:
    """The register on its way to a file."""
    return TableSheet(TITLE, letterhead(), COLUMNS, rows, period)


_CASE: dict[str, str] = {
    "plate": "沪A·8K231",
    "vin": "LSVAL41Z882104202",
    "model": "朗逸 1.5L 2023",
    "mileage": "38,620 km",
    "bought_on": "2023-05-18",
    "order_number": "RO2611030027",
    "adviser": "王敏",
    "technician": "张工",
    "category": "维修质量",
    "words": _SENTENCES[0],
    "demand": "彻底修好，给一个书面说法。",
    "first_reply": "同意明天再试车。",
    "root_cause": _CAUSES[0],
    "correction": _CORRECTIONS[0],
    "solution": "免费更换滑阀箱，提供代步车两天。",
    "soothing": "服务总监当面致歉，赠保养一次。",
    "long_term_measure": _MEASURES[0],
}


def complaint_sheet(**changes: object) -> ComplaintSheet:
    """A complaint form as it looks when everything but the signatures is done."""
    plain = ComplaintSheet(
        letterhead=letterhead(),
        severity=boxes("一般", "重大", ticked="重大"),
        channel=boxes("回访", "接待", "400热线", "媒体", "消协/12315", "行业管理", "其他", ticked="接待"),
        line=boxes("技术", "服务", "配件", ticked="技术"),
        rework=boxes("否", "内返", "外返", ticked="外返"),
        satisfaction=boxes("满意", "一般", "不满意", "未表态", ticked="满意"),
        signatures=(
            Signature("责任人", name="张工", signed_on="2026-11-06"),
            Signature("服务经理"),
            Signature("服务总监意见", boxes("同意关闭", "退回")),
            Signature("客户关爱部归档", note="归档号："),
            Signature("总经理（重大）"),
        ),
        **_CASE,
        number="TS20261103-001",
        date="2026-11-03",
        customer_name="李建国",
        phone="138 1667 5521",
        brought_by="本人",
        address="上海市浦东新区示范路 100 号",
        customer_grade="VIP",
        received_at="2026-11-03 13:44",
        received_by="王敏",
        respond_due="2026-11-03 14:14",
        resolve_due="2026-11-06 13:44",
        handed_over="11-03 13:50 王敏",
        responded="11-03 14:02 赵总监",
        resolved="11-06 10:30 张工",
        responsible="张工",
        rework_order_number="RO2611050031",
        rework_finished_on="2026-11-06",
        follow_up_by="王敏",
        followed_up_at="2026-11-09 10:20",
        feedback=_FEEDBACK[0],
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # field names come as words


def blank_complaint_sheet() -> ComplaintSheet:
    """The form to be filled by hand: nothing but its letterhead, boxes and signature blocks."""
    return ComplaintSheet(
        letterhead=letterhead(),
        severity=boxes("一般", "重大"),
        channel=boxes("回访", "接待", "400热线", "媒体", "消协/12315", "行业管理", "其他"),
        line=boxes("技术", "服务", "配件"),
        rework=boxes("否", "内返", "外返"),
        satisfaction=boxes("满意", "一般", "不满意", "未表态"),
        signatures=(
            Signature("责任人"),
            Signature("服务经理"),
            Signature("服务总监意见", boxes("同意关闭", "退回")),
            Signature("客户关爱部归档", note="归档号："),
            Signature("总经理（重大）"),
        ),
    )


def boxes(*labels: str, ticked: str = "") -> tuple[Box, ...]:
    """A row of boxes, one of them ticked."""
    return tuple(Box(label, label == ticked) for label in labels)


def _random_row(chance: random.Random, sequence: int) -> RegisterRow:
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(330))
    closed = chance.random() < 0.7
    rework = chance.choice(("否", "否", "内返", "外返"))
    again = rework != "否"
    return register_row(
        sequence=sequence,
        received_on=day,
        number=f"TS{day:%Y%m%d}-{sequence % 1000:03}",
        channel=chance.choice(("回访", "接待", "400热线", "媒体", "消协", "行业管理", "其他")),
        severity=chance.choice(("一般", "一般", "一般", "重大")),
        category=chance.choice(("维修质量", "维修价格", "服务态度", "配件供应", "产品质量")),
        order_number=f"RO{day:%y%m%d}{chance.randrange(10000):04}",
        plate=f"沪{chance.choice('ABCDEF')}{chance.randrange(100000):05}",
        vin=f"LSVAL41Z8{chance.randrange(10**8):08}",
        model=chance.choice(("朗逸 1.5L 2023", "帕萨特 330TSI 豪华版", "途观L 380TSI 四驱", "ID.4 X 2025 长续航")),
        mileage=chance.choice((None, chance.randrange(500, 180_000))),
        customer_name=chance.choice(_SURNAMES) + chance.choice(_GIVEN),
        phone=f"13{chance.randrange(10)}****{chance.randrange(10000):04}",
        words="".join(chance.choices(_SENTENCES, k=chance.randint(1, 6))),
        rework=rework,
        rework_order_number=f"RO{day:%y%m}{chance.randrange(10**6):06}" if again else "",
        rework_finished_on=day + timedelta(days=chance.randint(1, 9)) if again else None,
        correction="\n".join(chance.choices(_CORRECTIONS, k=chance.randint(1, 3))),
        root_cause="".join(chance.choices(_CAUSES, k=chance.randint(1, 3))),
        long_term_measure="\n".join(chance.choices(_MEASURES, k=chance.randint(1, 3))),
        responsible=chance.choice(("张工", "钱主管", "沈经理")),
        planned_on=day + timedelta(days=3),
        done_on=day + timedelta(days=chance.randint(1, 6)) if closed else None,
        followed_up_on=day + timedelta(days=9) if closed else None,
        follow_up_by="王敏" if closed else "",
        follow_up_result=chance.choice(("满意", "一般", "不满意", "未表态")) if closed else "",
        feedback=chance.choice(_FEEDBACK) if closed else "",
        closed_on=day + timedelta(days=10) if closed else None,
        closed_by="赵总监" if closed else "",
    )
