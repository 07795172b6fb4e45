"""The exports facts.md 8.1 describes, made from their headings: invented rows, the traps those files are known for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.cells import Cell
from tests.importers.makers_files import csv_bytes, saved, xlsx_file

Rows = list[list[Cell]]


@dataclass(frozen=True)
class Described:
    """One kind of file: how it is written, what it is, and how many rows it adds, completes and refuses."""

    kind: ImportKind
    write: Callable[[Path], Path]
    added: int
    updated: int = 0
    refused: int = 0
    needs: tuple[str, ...] = ()


def rows(*lines: str) -> Rows:
    """Cells parted by |: nothing for an empty one, #1.5 a number, @2020-08-29 a day, else text."""
    return [[_cell(told) for told in line.split("|")] for line in lines]


def _cell(told: str) -> Cell:
    if told.startswith("#"):
        return float(told[1:])
    return date.fromisoformat(told[1:]) if told.startswith("@") else told or None


def html_xls(folder: Path, table: Rows, name: str) -> Path:
    """A web page that calls itself a workbook, as many systems export."""
    lines = ("".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in table)
    page = "<html><body><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></body></html>"
    return saved(folder, page.encode("gb18030"), name)


def owners(folder: Path) -> Path:
    """用友 车主管理: the columns 职业 and 联系人 are swapped, as in the real ones."""
    table = rows(
        "车主性质|车主编号|车主|是否是会员|手机|电话|邮编|地址|职业|联系人|联系人手机|联系人电话|创建人|证件类型|证件号码|购车因素",
        "个人|CZ0001|李一|是|13800000001||201800|嘉定区一路 1 号|李一嫂|教师|13900000001||甲|身份证||口碑",
        "单位|CZ0002|某某物流有限公司|否||021-62340002||宝山区二路 2 号||周二|13800000002||甲|营业执照||价格",
    )
    return html_xls(folder, table, "某店_车主管理.xls")


def cars(folder: Path) -> Path:
    """用友 车辆管理: the owner is known by his number only, who brings the car stands apart from him."""
    table = rows(
        "车主编号|车牌号|VIN|发动机|品牌|车系|车型|钥匙号|送修人|送修人手机|送修人电话|销售顾问|创建人|建档日期|不激活原因"
        "|是否绑定微信",
        "CZ0001|沪A10001|LSVAL41Z882104202|EA1|上汽大众|朗逸|1.5L|K1|李小一|13700000001||乙|甲|2019-1-2||否",
        "CZ0001|沪A10002|LSVCA2A41BN123450|EA2|上汽大众|途观|2.0T|K2|李一|13800000001||乙|甲|2020/03/04||是",
    )
    return html_xls(folder, table, "某店_车辆管理.xls")


def lost_customers(folder: Path) -> Path:
    """用友 流失报警: a title above the headings, days as serial numbers."""
    heads = (
        "经销商|车牌号|车主|是否回厂|车主电话|车主手机|车主地址|车主性质|省份|城市|区县|销售顾问|联系人|VIN|送修人电话|送修人手机",
        "上次维修日期|上次维修工单的服务专员|销售日期|预计下次保养日期|下次保养里程|提醒人|品牌|车系|车型|车主编号",
        "服务专员|是否本公司购车|行驶里程|第一次进厂日期",
    )
    table = rows(
        "|".join(heads),
        "某店|沪B20003|陈三|否||13800000203|三路 3 号|个人|上海|上海|嘉定|乙|陈三|LSVAL41Z882104202||"
        "|#44075|丙|@2018-05-18|2021-3-1|60000|丁|上汽大众|朗逸|1.5L|CZ0103|丙|是|52,300|2018-6-1",
        "某店|沪B20004|陈四|否|62340204||四路 4 号|个人|上海|上海|嘉定|乙|陈四|LSVCA2A41BN123450||13700000204"
        "|#44076|丙|#43238|2021-3-1|60000|丁|上汽大众|途观|2.0T|CZ0104|丙|否|8.2万|2018-6-1",
    )
    return xlsx_file(folder, ["流失客户报警"], *table)


def calls(folder: Path) -> Path:
    """用友 DCRC 回访 of customers already on file, and of one nobody knows."""
    table = rows(
        "回访编号|回访类型|车主/客户编号|车主/客户姓名|回访日期|回访内容|回访人|反馈信息|品牌|车系|车型|VIN|联系人手机"
        "|联系人电话",
        "HF001|三日回访|CZ0001|李一|2020年9月2日|是否满意|孙关爱|满意|上汽大众|朗逸|1.5L|LSVAL41Z882104202|13800000001|",
        "HF002|流失回访|CZ0002|某某物流有限公司|2020-09-03 10:20|为何不来|孙关爱|路远|上汽大众|途观|||13800000002|",
        "HF003|三日回访|CZ0999|没人认识|2020-09-03|是否满意|孙关爱||||||13100009999|",
    )
    return saved(folder, csv_bytes(table, "gb18030"), "DCRC回访.csv")


def orders(folder: Path) -> Path:
    """用友 工单: no customer at all, only the plate."""
    table = rows(
        "工单号|开单日期|车型|车牌号|派工状态|待信|待料|竣工|预交车时间|工单类型|维修类型|终检人|服务顾问",
        "RO20200801|2020/08/01|朗逸|沪A10001|已派工|否|否|是|2020-08-01 17:00|普通|一般维修|赵质检|张顾问",
        "RO20200802|2020/08/02|途观|沪A10002|已派工|否|是|否|2020-08-05 17:00|普通|事故车|赵质检|张顾问",
        "RO20200803|2020/08/03|朗逸|沪A10001|已派工|否|否|是|2020-08-03 17:00|返修|一般维修|赵质检|李顾问",
    )
    return xlsx_file(folder, *table)


def repair_saas(folder: Path) -> Path:
    """D3 客户资料: 31 columns, three needed; one customer with two cars, phones as numbers, a row without anybody."""
    heads = (
        "客户名称*|手机号码*|车牌号*|车架号|地址|厂牌车型信息|发动机号|年审到期日期|商业险单号|商业险投保公司ID",
        "商业险投保公司名称|商业险金额|商业险到期日期|交强险单号|交强险到期日期|颜色|驾驶证发证日期|上次保养日期|下次保养日期|下次保养里程",
        "日均里程|维修周期|保养周期|间隔保养里程|最近进店里程|最近进店日期|最近离店日期|最后维修顾问名称|来厂次数|消费金额|备注",
    )
    rest = (
        "三路 3 号|上汽大众 朗逸|EA3|2027-8-1|PDAA1|#7|某保险|#3200.5|@2027-01-02|PDZA1|2027/1/2|白|2010-5-5"
        "|2026-5-1|2026-11-1|#60000|#40|#180|#180|#10000|#52300|2026-5-1|2026-5-1|张顾问|#6|#4800|喜欢周末来"
    )
    table = rows(
        "|".join(heads),
        f"钱五|#13800000501|沪C30001|LSVAL41Z882104202|{rest}",
        f"钱五|#13800000501|沪C30002|LSVCA2A41BN123450|{rest}",
        f"孙六|#1.3800000601e10|沪CD30003|LSVNV2182E2100001|{rest}",
        f"||||{rest}",
    )
    return xlsx_file(folder, *table)


def members(folder: Path) -> Path:
    """D4 保养档案."""
    table = rows(
        "车架VIN码|客户手机号|会员名称|保养顾问|车系|公里数|购车时间|质保到期时间",
        "LSVAL41Z882104202|13800000701|吴七|张顾问|朗逸|12001|2023/5/18|2026/5/18",
        "LSVCA2A41BN123450|13800000702|吴八|张顾问|途观|12002|2023/5/18|2026/5/18",
    )
    return saved(folder, csv_bytes(table, "utf-8-sig"), "保养档案.csv")


def settlements(folder: Path) -> Path:
    """D5 上海结算清单: owner and 送修人 are two people; an order of two lines counts once."""
    heads = (
        "结算清单编号|机动车所有人|送修人|联系电话|品牌型号|车牌号码|发动机号|车辆识别代码(VIN)|车辆类型|维修类别|送修日期",
        "出厂日期|送修里程|出厂里程|故障描述|维修项目|工时费用|材料费用|其它费用|总费用|旧件处理|质量保证期",
    )
    car = "13800001001|上汽大众 朗逸|沪D40001|EA4|LSVAL41Z882104202|小型汽车|一般维修|2020-08-29|2020-08-30|52300|52302"
    table = rows(
        "|".join(heads),
        f"JS001|郑十|郑小十|{car}|空调不冷|换压缩机|200|1,380.50|0|1,580.50|客户取走|20000 公里",
        f"JS001|郑十|郑小十|{car}|空调不冷|加冷媒|50|80|0|1,580.50||",
        f"JS002|郑十|郑十|{car}|保养|换机油|80|300|0|380||",
    )
    return xlsx_file(folder, *table)


def shared_cars(folder: Path) -> Path:
    """一车多主: a car that two people own, and who brings it is a third."""
    table = rows(
        "车主|车主手机|车牌号|VIN|送修人|送修人手机",
        "冯甲|13800001101|沪E50001|LSVAL41Z882104202|司机老王|13700001101",
        "冯乙|13800001102|沪E50001|LSVAL41Z882104202|司机老王|13700001101",
    )
    return xlsx_file(folder, *table)


def own_book(folder: Path) -> Path:
    """A dealership's own 台账: title and period above, its own words, a row without a day."""
    table = rows(
        "某 4S 店客户抱怨台账",
        "统计期间：2020 年 8 月",
        "序号|抱怨时间|车主姓名|电话|车牌|车种|公里数|投诉来源|投诉级别|投诉内容|处理结果|责任部门|投诉员工"
        "|结案日期|满意度|备注",
        "#1|2020-8-3 9:05|褚一|13800001201|沪F60001|朗逸|#52300|400热线|严重|空调不冷|换压缩机|维修|王师傅"
        "|2020-8-9|满意|",
        "#2|@2020-08-12|卫二|021-62341202|沪F60002|途观|8.2万|前台|一般|等太久|道歉送券|前台|张顾问||不满意|再跟",
        "#3||蒋三|13800001203|沪F60003|帕萨特||微博|一般|网上说我们乱收费||||||",
    )
    return xlsx_file(folder, *table)


DESCRIBED: dict[str, Described] = {
    "用友车主": Described(ImportKind.CUSTOMERS, owners, added=2),
    "用友车辆": Described(ImportKind.CUSTOMERS, cars, added=0, updated=2, needs=("用友车主",)),
    "用友流失报警": Described(ImportKind.CUSTOMERS, lost_customers, added=2),
    "用友回访": Described(ImportKind.FOLLOWUPS, calls, added=2, refused=1, needs=("用友车主", "用友车辆")),
    "用友工单": Described(ImportKind.VISITS, orders, added=3),
    "维修云 31 列": Described(ImportKind.CUSTOMERS, repair_saas, added=2, updated=1, refused=1),
    "保养档案": Described(ImportKind.CUSTOMERS, members, added=2),
    "结算清单": Described(ImportKind.VISITS, settlements, added=2),
    "一车多主": Described(ImportKind.CUSTOMERS, shared_cars, added=2),
    "自己的台账": Described(ImportKind.COMPLAINTS, own_book, added=2, refused=1),
}
