"""员工 in 首次设置: who works here, in which roles, each with his own PIN; the first of them holds 系统管理."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.first_run import Newcomer, checked_newcomer
from crm_desktop.domain.sheets import Column
from crm_desktop.domain.staff import Role
from crm_desktop.gui.first_run.pages import FirstPage
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.tick_boxes import TickBoxes

_NOBODY = "还没有员工。写上姓名和 PIN，勾岗位，按“加入”；也可以先跳过，以后在“设置 → 员工”里建。"
_FIELDS = ("name", "pin", "again")


def _name(person: Newcomer) -> str:
    return person.name


def _roles(person: Newcomer) -> str:
    return "、".join(person.roles)


_COLUMNS: tuple[Column[Newcomer], ...] = (Column("姓名", _name, width=14), Column("岗位", _roles, width=48))


class PeoplePage(FirstPage):
    """Keeps who was entered until all of it is written; a PIN is nowhere shown again."""

    step = "员工"
    sentence = "每人一个 PIN（4 到 12 位数字），由本人输入；第一位同时是系统管理，写好后会给他一张恢复码。"
    skip = "以后再建"

    def __init__(self) -> None:
        super().__init__()
        self._people: list[Newcomer] = []
        self._roles = TickBoxes(tuple(Role), (Role.DIRECTOR,))
        self._add, self._drop = Button("加入"), Button("去掉所选的人")
        self._table: RowTable[Newcomer] = RowTable("员工", _COLUMNS, key=_name)
        self._table.set_empty(_NOBODY)
        self.form.add_line("name", "姓名", span=2)
        self.form.add_secret("pin", "PIN 码")
        self.form.add_secret("again", "再输一次")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._add)
        line.addWidget(self._drop)
        line.addStretch(1)
        self.body.addWidget(self.form)
        self.body.addWidget(PlainLabel("岗位", "label"))
        self.body.addWidget(self._roles)
        self.body.addLayout(line)
        self.body.addWidget(self._table, 1)
        self._add.clicked.connect(self._on_add)
        self._drop.clicked.connect(self._on_drop)
        self._show()

    @property
    def people(self) -> tuple[Newcomer, ...]:
        """Who was entered so far, in that order."""
        return tuple(self._people)

    def check(self) -> None:
        """Whoever was typed and not yet added comes along; nobody's words are lost."""
        if any(text.strip() for text in self.form.typed().values()):
            self._take()

    def begin(self) -> None:
        self.form.go_to("name")

    def clear(self) -> None:
        self._people.clear()
        self._show()

    def told(self) -> tuple[tuple[str, str], ...]:
        if not self._people:
            return (("员工", "先不建：谁都能用，移交、定责任人、关闭要等建了员工"),)
        first, *others = self._people
        return (("系统管理", first.name), *((("其他员工", "、".join(map(_name, others))),) if others else ()))

    def _take(self) -> None:
        typed = self.form.typed()
        if typed["pin"] != typed["again"]:
            raise InvalidInput({"again": "两次输入的 PIN 不一样，请再输一次。"})
        entered = Newcomer(typed["name"], self._roles.ticked(), typed["pin"])
        self._people.append(checked_newcomer(entered, self._people))
        self._show()

    def _show(self) -> None:
        """The list as it is, and the form empty for the next one."""
        self.form.set_values(dict.fromkeys(_FIELDS, ""))
        self._roles.tick((Role.ADVISER,) if self._people else (Role.DIRECTOR,))
        self._table.set_rows(self._people)
        self._drop.setEnabled(bool(self._people))

    def _on_add(self) -> None:
        try:
            self._take()
        except InvalidInput as refusal:
            self.refuse(refusal)
            return
        self.begin()

    def _on_drop(self) -> None:
        chosen = self._table.current_row() or self._people[-1]
        self._people.remove(chosen)
        self._show()
        self.begin()
