"""What tells of whom a text speaks is taken out of it, however it is written; the rest stays readable."""

from __future__ import annotations

import json

import pytest

from crm_desktop.domain.masking import Known, Masker, Surnames
from crm_desktop.paths import resource

LISTS = json.loads(resource("rules", "wording.json").read_text(encoding="utf-8"))["lists"]
SURNAMES = Surnames("".join(LISTS["surnames"]["words"]), tuple(" ".join(LISTS["surnames"]["not_names"]).split()))
KNOWN = Known(
    customers=("曾小明", "嘉善示例食品配送有限公司"),
    colleagues=("冯学勤", "Tom"),
    phones=("13800005521",),
    plates=("沪A8K231",),
    vins=("LSVAB4188N2004204",),
    codes=("WT20261103",),
    places=("共和新路",),
)
MASKER = Masker(KNOWN, SURNAMES)


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("曾小明说又坏了", "曾小明"),
        ("小明又打来电话", "小明"),
        ("曾先生很生气，老曾要投诉", "曾"),
        ("嘉善示例食品配送的车", "嘉善示例"),
        ("请冯学勤复核，冯工在场", "冯"),
        ("tom 在场", "tom"),
        ("电话 138 0000 5521", "5521"),
        ("电话138-0000-5521，尾号5521", "5521"),
        ("微信 car_lover88，电话１３９１２３４５６７８", "car_lover88"),
        ("打 13912345678 找他爱人", "13912345678"),
        ("一三九一二三四五六七八", "一三九"),
        ("座机 021-56781234 转 12", "56781234"),
        ("沪A·8K231 和苏E 4J705", "4J705"),
        ("ａ８ｋ２３１停在门口", "8k231"),
        ("沪AD12482 是新能源", "D12482"),
        ("车架号 LSVAB4188N2004204，尾号 004204", "004204"),
        ("换的车 lfv2a2150d3012345", "lfv2a2150d3012345"),
        ("委托书 WT20261103，单号 TS20261121-001", "WT2026"),
        ("身份证 31010119800101123X", "19800101"),
        ("发到 zeng@example.com", "zeng@"),
        ("住共和新路3550号", "3550"),
        ("接送到江场西路299弄6号202室", "299弄"),
        ("隔壁王阿姨和李建国先生都听见了", "建国"),
        ("技师张师傅没复查", "张"),
        ("他姓赵", "赵"),
    ],
)
def test_whoever_is_spoken_of_is_gone(said: str, gone: str) -> None:
    assert gone.casefold() not in MASKER.text(said).casefold()


@pytest.mark.parametrize(
    "said",
    [
        "更换阀体总成，试车 20 公里换挡平顺",
        "质检每批阀体抽查 5 件油道清洁度并在检验单签字，每月 5 日复核",
        "扭力扳手复紧 5 颗螺栓至 120 N·m，抽查 10 台，合格率 100%",
        "小时工时费 1,280.00 元，2026年10月8日 14:30 前完成",
        "系统允许顾问直接改价，须经理签字",
        "高温时空调不冷，制冷剂压力 0.25 MPa，里程 38,620 km",
    ],
)
def test_what_teaches_stays_as_it_is(said: str) -> None:
    assert MASKER.text(said) == said
