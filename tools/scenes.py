"""What the pictures show: the window of one home at one size, and how each scene is brought about in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QImage, QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QTabWidget, QWidget

from crm_desktop.app import open_program
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.profile import Stage as Class
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.customers.view_button import ViewButton
from crm_desktop.gui.importing.dialog import ImportDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.warranties import CarTerms

SAMPLE_PERSON, SAMPLE_PIN = "服务总监", "2468"  # in a sample home one person has each role, and all have the same PIN
_SETTLE_MS = 350
_PATIENCE_MS, _STEP_MS = 20_000, 50
_SHADE = QColor(29, 37, 48, 70)
# Complaints whose tabs show most of what they are for.
_CASES = {
    "handling": "closed = 0 AND state <> '已解决' ORDER BY severity = '重大' DESC, number DESC",
    "reworks": "id IN (SELECT complaint_id FROM reworks) ORDER BY closed, number DESC",
    "calls": "id IN (SELECT complaint_id FROM follow_ups WHERE feedback <> '') ORDER BY number DESC",
    "closed": "closed = 1 ORDER BY number DESC",
}
_CLOSED = "(SELECT *, state IN ('已关闭', '已存档') closed FROM complaints WHERE state <> '作废')"
_REGULAR = (  # a customer with one car who has complained before: he is recognised, and his file has something to tell
    "SELECT v.customer_id, c.value FROM vehicles v JOIN contacts c ON c.customer_id = v.customer_id"
    " JOIN complaints q ON q.customer_id = v.customer_id"
    " GROUP BY v.customer_id ORDER BY COUNT(DISTINCT q.id) DESC, v.customer_id LIMIT 1"
)
_FAULTY = """\
投诉日期,客户姓名,联系电话,车牌号,车型,抱怨内容,导购
2026-11-02,周敏,13816670417,沪A8K231,朗逸,交车时右后门有一道新划痕,A
2026-13-45,何丽,13916670418,沪B2K775,途观L,空调不制冷,B
2026-11-05,孙伟,13716670419,沪C3M552,帕萨特,方向盘抖动,A
2026-11-06,郑凯,13616670420,沪A6T118,朗逸,,A
2026-11-07,陈静,13716670421,沪AD12345,ID.4,充电口盖打不开,C
"""


def settle(milliseconds: int = _SETTLE_MS) -> None:
    """Time for lists to fill, pages to paint and jobs to go on: QTest.qWait would hold the jobs' threads back."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Stage:
    """The window, worked through what stands on it."""

    def __init__(self, home: Path, size: QSize) -> None:
        self.home = home
        self._cast()
        self.program = open_program(home, Messages())
        self.window = self.program.window
        self.program.show()
        self.window.resize(size)
        settle()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def sit_down(self, role: str, pin: str) -> None:
        """The one who holds this role proves it, as in the morning."""
        people = self._named(QTableView, "换人")
        model = people.model()
        rows = [row for row in range(model.rowCount()) if role in str(model.index(row, 2).data())]
        people.selectRow(rows[0])
        self.fill("PIN 码", pin)
        self.press("进入")
        settle()

    def enter(self, room: str) -> Any:
        """A room's page, shown."""
        return self.window.show_page(room)

    def press(self, name: str) -> None:
        """The button of this name, in the window or in the dialog before it."""
        QTest.mouseClick(self._named(QAbstractButton, name), Qt.MouseButton.LeftButton)

    def press_like(self, beginning: str) -> None:
        """The button whose word begins so: a count stands behind it."""
        words = [button.text() for button in self.window.findChildren(QAbstractButton) if button.isVisible()]
        self.press(next(word for word in words if word.startswith(beginning)))

    def ask(self, text: str) -> None:
        """Ctrl+K and a text, as an input method hands it over."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(self.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._named(QWidget, "搜索"), event)

    def fill(self, label: str, text: str) -> None:
        """Text in an input."""
        field = self._named(QWidget, label)
        field.setFocus()
        field.set_typed(text)

    def type_in(self, label: str, keys: str) -> None:
        """Keys into an input that offers what is already in the files; Enter takes the first offer."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        field = self._named(QWidget, label)
        field.setFocus()
        QTest.keyClicks(field, keys)
        settle()
        QTest.keyClick(field, Qt.Key.Key_Return)

    def until(self, there: Callable[[], object]) -> None:
        """Waits for the end of a job."""
        for _ in range(_PATIENCE_MS // _STEP_MS):
            if there():
                return
            settle(_STEP_MS)
        raise TimeoutError("the window never came to what the scene waits for")

    def offers(self, name: str) -> Callable[[], bool]:
        """Whether the button of this name may be pressed."""

        def ready() -> bool:
            buttons = (self.dialog() or self.window).findChildren(QAbstractButton)
            return any(b.accessibleName() == name and b.isVisible() and b.isEnabled() for b in buttons)

        return ready

    def dialog(self) -> QWidget | None:
        """What stands before the window."""
        front = QApplication.activeModalWidget()
        if front is not None:
            return front
        others = (widget for widget in QApplication.topLevelWidgets() if widget is not self.window)
        return next((widget for widget in others if widget.isVisible() and widget.isWindow()), None)

    def picture(self) -> QImage:
        """Window and dialog as somebody sees them."""
        seen = self.window.grab()
        if front := self.dialog():
            _lay_before(seen, front.grab())
        return seen.toImage()

    def end(self) -> None:
        """Lets go of the home."""
        if front := self.dialog():
            front.close()
        self.window.hide()
        self.program.close()

    def _cast(self) -> None:
        """Which complaints and which customer the scenes play with; nobody in an empty home."""
        office = open_office(self.home)
        ask = office.desk.rows
        found = {name: ask(f"SELECT number FROM {_CLOSED} WHERE {where} LIMIT 1") for name, where in _CASES.items()}
        self.cases = {name: str(rows[0][0]) for name, rows in found.items() if rows}
        regulars = ask(_REGULAR)
        self.customer, self.phone = regulars[0] if regulars else (0, "")
        if regulars:
            _tell_of(office, self.customer)
        office.desk.close()

    def _named(self, kind: type[Any], name: str) -> Any:
        inside = self.dialog() or self.window
        found = [w for w in inside.findChildren(kind) if w.accessibleName() == name and w.isVisible()]
        if not found:
            raise LookupError(f"{name} is not to be seen")
        return found[0]


def _lay_before(window: QPixmap, front: QPixmap) -> None:
    at = QPoint((window.width() - front.width()) // 2, (window.height() - front.height()) // 2)
    with QPainter(window) as painter:
        painter.fillRect(window.rect(), _SHADE)
        painter.drawPixmap(at, front)


def _tell_of(office: Office, customer: int) -> None:
    """What a good adviser would have written about this customer."""
    desk, act = office.profiles, office.staff.act(office.staff.find("服务总监"), "客户档案")
    facts = desk.facts(customer)
    if facts.draft.likes:
        return
    told = FactsDraft(
        likes="喝茶，爱聊车",
        dislikes="不要当着家人谈价钱",
        needs="带孩子来，要坐儿童区旁边",
        usual_adviser=office.staff.find("服务顾问").name,
        contact_consent="同意",
        keep_consent="同意",
    )
    desk.amend_facts(customer, facts.ver, told, act)
    desk.tag(customer, "怕等待", act)
    desk.move_stage(customer, Class.DEAL, act, None, "第二辆车")
    office.grades.confirm(customer, "VIP", act, "介绍过三位朋友来买车")
    car = office.customers.profile(customer).draft.vehicles[0].id or 0
    bought = office.desk.today() - timedelta(days=500)
    office.warranties.set_terms(car, office.warranties.view(car).ver, CarTerms(bought, purpose="家用"), act)


# --- the scenes: each is told by the name of its picture ------------------------------------------------------------


def _customers(stage: Stage) -> None:
    stage.enter("客户档案").show_customer(stage.customer)


def _profile(title: str) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        page = stage.enter("客户档案")
        page.show_customer(stage.customer)
        book = page.findChild(QTabWidget)
        book.setCurrentIndex([book.tabText(place) for place in range(book.count())].index(title))

    return scene


def _choose(stage: Stage, beginning: str) -> None:
    """An entry of a menu, by how it begins."""
    actions = stage.window.findChildren(QAction)
    next(action for action in actions if action.text().startswith(beginning)).trigger()
    settle()


def _merge(stage: Stage) -> None:
    stage.enter("客户档案")
    _choose(stage, "查重与合并")
    settle()


def _narrow(stage: Stage) -> None:
    page = stage.enter("客户档案")
    page.findChild(ViewButton).fill()
    _choose(stage, "筛选…")


def _facts(stage: Stage) -> None:
    _customers(stage)
    settle()
    stage.press_like("更多（")


def _search(stage: Stage) -> None:
    stage.enter("今日")
    stage.ask("水")


def _signs(stage: Stage) -> None:
    stage.enter("回访")
    stage.press("苗头")


def _complaints(stage: Stage) -> None:
    stage.enter("抱怨投诉").show_list("全部")


def _archive(stage: Stage) -> None:
    stage.enter("抱怨投诉").show_list("全部")
    stage.press("存档与销毁")


def _intake(stage: Stage) -> None:
    stage.press("新建抱怨单")
    stage.type_in("联系电话", stage.phone[-4:])
    stage.fill("抱怨内容", "变速箱二挡升三挡一顿一顿的，这个月来修过两次，每次开两天又犯。今天必须给我一个说法。")


def _case(name: str, turn: Turn) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        stage.enter("抱怨投诉").show_case(stage.cases[name], turn)

    return scene


def _room(name: str) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        stage.enter(name)

    return scene


def _first_row(name: str) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        lists = stage.enter(name).findChildren(RowTable)
        next(table for table in lists if table.isVisible()).selectRow(0)

    return scene


def _preview(stage: Stage) -> None:
    stage.enter("报表")
    settle()
    stage.press("打印预览")
    stage.until(stage.dialog)
    settle()  # pages are drawn one by one
    settle()


def _import(stage: Stage) -> None:
    faulty = stage.home / "十一月台账.csv"
    faulty.write_text(_FAULTY, encoding="gb18030")
    stage.enter("今日")
    stage.program.show_import()
    settle()
    front = stage.dialog()
    assert isinstance(front, ImportDialog)  # noqa: S101 - it was just opened
    front.choose(faulty)
    stage.until(stage.offers("下一步"))


def _import_columns(stage: Stage) -> None:
    stage.press("下一步")


def _import_trial(stage: Stage) -> None:
    stage.press("试导入")
    stage.until(stage.offers("导入"))


def _import_result(stage: Stage) -> None:
    stage.press("导入")
    stage.until(stage.offers("撤销这次导入"))


def _past_imports(stage: Stage) -> None:
    stage.press("完成")
    settle()
    stage.program.show_import()
    settle()
    stage.press("导入记录")


def _empty_desk(stage: Stage) -> None:
    stage.fill("经销商名称", "示范上汽大众4S店")
    stage.press("开始使用")


def _locked(_stage: Stage) -> None:
    """As the window stands in the morning."""


def _today(stage: Stage) -> None:
    stage.sit_down("服务顾问", SAMPLE_PIN)
    stage.enter("今日")


SCENES: dict[str, Callable[[Stage], None]] = {
    "locked": _locked,
    "today": _today,
    "customers": _customers,
    "profile-facts": _profile("资料"),
    "profile-history": _profile("历史"),
    "profile-classes": _profile("分类"),
    "profile-warranty": _profile("保修"),
    "facts": _facts,
    "merge": _merge,
    "narrow": _narrow,
    "complaints": _complaints,
    "intake": _intake,
    "case-received": _case("handling", Turn.RECEIVED),
    "case-handling": _case("handling", Turn.HANDLING),
    "case-solution": _case("closed", Turn.SOLUTION),
    "case-reworks": _case("reworks", Turn.REWORKS),
    "case-calls": _case("calls", Turn.CALLS),
    "case-measures": _case("closed", Turn.MEASURES),
    "case-filing": _case("closed", Turn.FILING),
    "case-history": _case("closed", Turn.HISTORY),
    "archive": _archive,
    "reworks": _first_row("返修"),
    "follow-ups": _first_row("回访"),
    "measures": _first_row("纠正预防"),
    "reports": _room("报表"),
    "preview": _preview,
    "settings": _room("设置"),
    "search": _search,
    "signs": _signs,
}
"""In a home with sample data; each begins where the one before it ended."""

FIRST_SCENES: dict[str, Callable[[Stage], None]] = {
    "first-start": _room("今日"),
    "empty-desk": _empty_desk,
    "import": _import,
    "import-columns": _import_columns,
    "import-trial": _import_trial,
    "import-result": _import_result,
    "import-past": _past_imports,
}
"""In a home that has just been made."""
