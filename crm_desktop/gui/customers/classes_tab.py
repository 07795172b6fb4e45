"""分类: stage with its days, grade with its past, tags, whose customer he is, and when each block was last checked."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.banner import Banner
from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.grading import GradeRow
from crm_desktop.domain.profile import Block, ProfileFacts, StageRow
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.customers.class_questions import GiveGrade, MoveStage, PutTag
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.customers.small_table import SmallTable
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.gui.widgets.signs import Chip


def _decided(row: GradeRow) -> date:
    return to_local(row.decided_at).date()


_STAGES: tuple[Column[StageRow], ...] = (
    Column("分类", attrgetter("stage"), width=6),
    Column("从哪天起", attrgetter("since_on"), Kind.DATE, width=11),
    Column("说明", attrgetter("note"), width=22, wrap=True),
    Column("经手", attrgetter("who"), width=7),
)
_GRADES: tuple[Column[GradeRow], ...] = (
    Column("等级", attrgetter("grade"), width=6),
    Column("评定日期", _decided, Kind.DATE, width=11),
    Column("得分", attrgetter("score"), Kind.INTEGER, width=5),
    Column("建议", attrgetter("proposed"), width=6),
    Column("理由", attrgetter("reason"), width=16, wrap=True),
    Column("经手", attrgetter("who"), width=7),
)
_BOXES_A_ROW = 2


class ClassesTab(ProfileTab):
    """Every step is taken at once and stays in the history."""

    title = "分类"

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages) -> None:
        super().__init__()
        self._desk, self._session, self._messages = desk, session, messages
        self._profile: CustomerProfile | None = None
        self._facts: ProfileFacts | None = None
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)

        self._stage, self._grade = Chip(), Chip()
        self._policy, self._owner = ElidedLabel(role="caption"), ElidedLabel(role="caption")
        self._move, self._judge, self._add = Button("改分类"), Button("评级"), Button("添加标签", icon="plus")
        self._stages: SmallTable[StageRow] = SmallTable("分类历史", _STAGES, attrgetter("since_on"))
        self._grades: SmallTable[GradeRow] = SmallTable("评级历史", _GRADES, attrgetter("decided_at"))
        self._tags, self._checks = QHBoxLayout(), QGridLayout()
        self._automatic, self._whole = ElidedLabel(role="caption"), ElidedLabel(role="caption")
        self._lay_out()

        self._asking.stored.connect(self.stored)
        self._move.clicked.connect(self._on_move)
        self._judge.clicked.connect(self._on_judge)
        self._add.clicked.connect(self._on_add)

    def show_profile(self, profile: CustomerProfile) -> None:
        self._profile = profile
        self._facts = facts = self._desk.profiles.facts(profile.id)
        self._stage.say(facts.stage or "未分类", Tone.INFO if facts.stage else Tone.GREY)
        self._grade.say(facts.grade or "未评级", Tone.INFO if facts.grade else Tone.GREY)
        self._policy.setText(facts.policy)
        self._owner.setText(f"归属 {facts.owner}" if facts.owner else "还没有归属顾问")
        self._stages.set_rows(facts.stages)
        self._grades.set_rows(self._desk.grades.past(profile.id))
        self._show_tags(self._desk.banners.of(profile.id))
        self._show_checks(facts)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_move(self) -> None:
        self._asking.begin(MoveStage(self._desk, self._known), SCREEN)

    def _on_judge(self) -> None:
        self._asking.begin(GiveGrade(self._desk, self._known), SCREEN)

    def _on_add(self) -> None:
        self._asking.begin(PutTag(self._desk, self._known), SCREEN)

    def _on_tag(self) -> None:
        """A tag is taken off by its own button."""
        button = self.sender()
        assert isinstance(button, Button)  # noqa: S101 - only our buttons are connected
        tag = str(button.property("tag"))
        if self._messages.ask(f"去掉标签“{tag}”？", "去掉后仍留在历史里，可以再加上。", "去掉"):
            self._try_untag(tag)

    def _on_checked(self) -> None:
        """Somebody asked the customer today, and the block is right."""
        button = self.sender()
        assert isinstance(button, Button)  # noqa: S101 - only our buttons are connected
        block = Block(button.property("block"))
        try:
            self._desk.profiles.confirm_checked(self._known.customer_id, block, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self.stored.emit(f"{block}今天已核实。")

    # -- helpers -------------------------------------------------------------------------------------------------

    @property
    def _known(self) -> ProfileFacts:
        assert self._facts is not None  # noqa: S101 - the tab is open for a stored customer only
        return self._facts

    def _try_untag(self, tag: str) -> None:
        try:
            self._desk.profiles.untag(self._known.customer_id, tag, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self.stored.emit(f"标签“{tag}”已去掉。")

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _show_tags(self, banner: Banner) -> None:
        _empty(self._tags)
        for tag in banner.tags:
            button = Button(tag, weight=Weight.QUIET, icon="x")
            button.setToolTip("去掉这个标签")
            button.setProperty("tag", tag)
            button.clicked.connect(self._on_tag)
            self._tags.addWidget(button)
            button.show()  # at once, so that it can take the keyboard
        self._tags.addStretch(1)
        told = "、".join(tag.text for tag in banner.automatic_tags)
        self._automatic.setText(f"按历史自动得出：{told}" if told else "")
        self._automatic.setVisible(bool(told))

    def _show_checks(self, facts: ProfileFacts) -> None:
        _empty(self._checks)
        today = local_day(self._session.act(SCREEN).at)
        self._whole.setText(self._desk.gaps.of(facts.customer_id).told)
        for place, (block, on) in enumerate(facts.checked_on.items()):
            row, column = divmod(place, _BOXES_A_ROW)
            when = PlainLabel(f"{on}" if on else "没有核实过", "caption")
            button = Button(f"{block}已核实", weight=Weight.QUIET)
            button.setProperty("block", block)
            button.setEnabled(on != today)
            button.clicked.connect(self._on_checked)
            for beside, widget in enumerate((PlainLabel(block, "label"), when, button)):
                self._checks.addWidget(widget, row, 3 * column + beside)
                widget.show()  # at once, so that it can take the keyboard

    def _lay_out(self) -> None:
        self._stages.set_empty("还没有分类，按“改分类”定一个。")
        self._grades.set_empty("还没有评级，按“评级”定一个。")
        for words, chip, beside, button in (
            ("分类", self._stage, self._owner, self._move),
            ("等级", self._grade, self._policy, self._judge),
        ):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(PlainLabel(words, "heading"))
            line.addWidget(chip)
            line.addWidget(beside, 1)
            line.addWidget(button)
            self.body.addLayout(line)
            self.body.addWidget(self._stages if chip is self._stage else self._grades)
            self.body.addWidget(Rule())
        tags = QHBoxLayout()
        tags.addWidget(PlainLabel("标签", "heading"))
        tags.addLayout(self._tags, 1)
        tags.addWidget(self._add)
        self.body.addLayout(tags)
        self.body.addWidget(self._automatic)
        self.body.addWidget(Rule())
        checked = QHBoxLayout()
        checked.setSpacing(8)
        checked.addWidget(PlainLabel("上次核实", "heading"))
        checked.addWidget(self._whole, 1)
        self.body.addLayout(checked)
        self.body.addLayout(self._checks)
        self.body.addStretch(1)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
