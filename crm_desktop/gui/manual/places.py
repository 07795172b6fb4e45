"""Which page of 使用手册 belongs to which piece of the window: the one table behind F1.

A piece is named by its class. What has the keyboard is asked first, then what it stands in, and so outwards: a small
question belongs to the page it was asked on.
"""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTabBar, QTabWidget, QWidget

PLACES: dict[str, str] = {
    # 窗口
    "TopBand": "找任何东西：搜索框",
    "SearchList": "找任何东西：搜索框",
    "PersonGate": "换人和锁定",
    "PersonDialog": "换人和锁定",
    "LockPage": "换人和锁定",
    "FirstRunDialog": "第一次打开",
    "TodayPage": "今日",
    "Welcome": "第一次打开",
    "TroublePage": "打不开、出错了",
    "UpgradePage": "打不开、出错了",
    # 抱怨投诉
    "ComplaintsPage": "抱怨投诉的列表",
    "IntakePage": "新建抱怨单",
    "KnownLine": "认出是谁：上方的两行",
    "FactLine": "认出是谁：上方的两行",
    "FactsDialog": "认出是谁：上方的两行",
    "GradeDialog": "新建抱怨单",
    "CaseView": "一张抱怨单",
    "CaseSide": "一张单怎样才能关闭",
    "ReworksTab": "返修",
    "CallsTab": "回访",
    "ClassLine": "归类：一个键",
    "OffersBlock": "一张抱怨单",
    "GuidePanel": "六步向导",
    "PlaybookWindow": "处理手册",
    "PlaybookTab": "处理手册",
    "LedgerDialog": "损失和补偿",
    "SimilarDialog": "相似案例",
    "LetterDialog": "函件",
    "ArchivePage": "存档与销毁",
    "AttachmentsDialog": "附件",
    "ScansDialog": "扫描件",
    "PreviewDialog": "预览和打印",
    # 返修、回访、措施
    "ReworksPage": "返修",
    "FollowUpsPage": "回访",
    "SignsDialog": "苗头",
    "SurveysWindow": "电话调查",
    "MeasuresPage": "措施",
    "FrequentPanel": "高频预警",
    # 客户档案
    "CustomersPage": "一位客户的档案",
    "ViewButton": "看哪些客户",
    "WarrantyTab": "一位客户的档案",
    "GradingDialog": "每年评一次级",
    "RecallsDialog": "召回和服务活动",
    "MergeDialog": "查重与合并",
    # 报表
    "ReportsPage": "登记表",
    "ReportsRoom": "登记表",
    "MonthPage": "月度分析报告",
    "BehindDialog": "月度分析报告",
    # 导入
    "ImportDialog": "导入",
    "PastImports": "导入",
    # 设置
    "SettingsPage": "设置",
    "PeopleCard": "员工",
    "PeopleQuestion": "员工",
    "CodeDialog": "员工",
    "HistoryDialog": "员工",
    "BackupCard": "备份与恢复",
    "PrintCard": "套打：打在印好的单子上",
    "LookCard": "外观：浅色、深色和字号",
    "AboutCard": "关于",
    "RulesWindow": "规则",
    "ChangesDialog": "规则",
    "RuleDialog": "规则",
    "RightDialog": "规则",
    "ProcedureWindow": "设置",
}
"""Class of the piece, heading of the manual."""

_WITH_CARDS = {"SettingsPage"}
"""Rooms whose buttons above stand for every card: the card that lies open is what one is at."""


def heading_of(piece: QWidget | None) -> str:
    """The heading for whatever has the keyboard, or for what it stands in; empty where nothing of it is listed."""
    if isinstance(piece, QTabBar) and isinstance(book := piece.parentWidget(), QTabWidget):
        piece = _inside(book.currentWidget())
    while piece is not None:
        if told := _told(piece):
            return _lying_open(piece) or told if type(piece).__name__ in _WITH_CARDS else told
        piece = piece.parentWidget()
    return ""


def heading_in(room: QWidget | None) -> str:
    """The heading for what a room shows just now, whatever has the keyboard."""
    return _lying_open(room) or heading_of(room)


def _lying_open(room: QWidget | None) -> str:
    told = ""
    for stack in room.findChildren(QStackedWidget) if room is not None else ():
        if stack.isVisible():
            told = _told(_inside(stack.currentWidget())) or told
    return told


def _inside(page: QWidget | None) -> QWidget | None:
    """A page may stand in something that scrolls it."""
    return page.widget() if isinstance(page, QScrollArea) else page


def _told(piece: QWidget | None) -> str:
    return next((PLACES[kind.__name__] for kind in type(piece).__mro__ if kind.__name__ in PLACES), "")
