"""A 重大 media complaint with a rework, walked from 登记 to 已关闭, and every shortcut refused with a sentence."""

import pytest

from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.closing import NotReady
from crm_desktop.domain.errors import DeskError, InvalidInput, NotAllowed
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.outside import PublicationDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.domain.staff import Role
from tests.makers import ANALYSED, SOLVED, day
from tests.services.procedure import by, complaint, fields, solved

MARKETING, DIRECTOR = Role.MARKETING_MANAGER, Role.DIRECTOR
TECHNICAL, ADVISER, MANAGER = Role.TECHNICAL_DIRECTOR, Role.ADVISER, Role.MANAGER
EMPTY_WORDS = "加强培训，提高质量意识，杜绝再次发生"


class Walk:
    """One media complaint on its way; ``at`` moves the clock, every step takes the newest version."""

    def __init__(self, office):
        self.office, self.verbs, self.hour = office, office.complaints, "2026-11-21 09:00"
        draft = complaint(channel="媒体", severity="重大", words="论坛发帖：返修两次还抖", category="维修质量")
        self.number = self.verbs.register(draft, by(MARKETING, self.hour)).number

    def by(self, role, local=""):
        """The next step, done by this role at this hour of the day, or at the hour of the last one."""
        self.hour = f"2026-11-21 {local}" if local else self.hour
        return by(role, self.hour)

    @property
    def ver(self):
        """The newest version."""
        return self.office.cases.case(self.number).ver

    def do(self, verb, role, *more, local="", **named):
        """One verb of the course by a role; the state after it."""
        return getattr(self.verbs, verb)(self.number, self.ver, self.by(role, local), *more, **named).state

    def amend(self, role, changes):
        """Fields written by a role; the state after it."""
        return self.verbs.amend(self.number, self.ver, changes, self.by(role)).state

    def begin(self):
        """Handed over, given to 冯学勤, published and reported."""
        self.do("hand_over", MARKETING, local="09:20")
        self.do("assign", DIRECTOR, "技术", "冯学勤", local="09:40")

    def publish(self):
        """A thread in a forum that was withdrawn."""
        thread = self.office.outside.publish(self.number, PublicationDraft("车友论坛"), self.by(MARKETING))
        self.office.outside.settle(thread, 1, self.by(MARKETING), "已撤销")

    def report(self):
        """Up to the maker's public relations, with a receipt."""
        self.office.outside.escalate(self.number, self.ver, self.by(MARKETING), "邮件", receipt="RBO-1")

    def agree(self):
        """Two options, the first one agreed upon."""
        first = self.office.solutions.propose(self.number, SolutionDraft("免费更换总成", 860_000), self.by(TECHNICAL))
        self.office.solutions.propose(self.number, SolutionDraft("回购", 9_000_000), self.by(TECHNICAL))
        self.office.solutions.agree(first, 1, self.by(TECHNICAL))

    def repair(self, finished=True):
        """A rework, finished today."""
        draft = ReworkDraft(order_number="RO2", came_on=day(0), finished_on=day(0) if finished else None)
        return self.office.reworks.register(self.number, draft, self.by(ADVISER))


@pytest.fixture
def walk(office):
    """The complaint just registered."""
    return Walk(office)


def test_a_media_complaint_walks_from_registering_to_closing(walk):
    states = [walk.do("hand_over", MARKETING, local="09:20")]
    states.append(walk.do("assign", DIRECTOR, "技术", "冯学勤", local="09:40"))
    walk.publish()
    walk.report()
    states.append(walk.amend(TECHNICAL, ANALYSED))
    walk.repair()
    walk.agree()
    states.append(walk.do("resolve", TECHNICAL, local="13:00", fields=SOLVED))
    assert (fields(walk.office, walk.number), walk.office.closing.shown_state(walk.number)) == ([], "待关闭")
    states.append(walk.do("close", DIRECTOR, "同意关闭", local="13:30"))
    assert states == ["已移交", "处理中", "处理中", "已解决", "已关闭"]
    kinds = [event.kind for event in walk.office.cases.case(walk.number).events]
    assert kinds[:4] == ["registered", "handed_over", "taken_up", "escalated"]
    assert all(finding.trouble == "" for finding in walk.office.upkeep.check())


def test_after_the_rework_manager_or_director_call_and_an_unsatisfied_answer_opens_a_new_round(walk):
    test_a_media_complaint_walks_from_registering_to_closing(walk)
    calls = walk.office.follow_ups.of_complaint(walk.number)
    assert [call.planned_on for call in calls] == [day(3), day(7)]
    unhappy = CallDraft(satisfaction="不满意", feedback="又抖了")
    with pytest.raises(NotAllowed, match="服务经理、服务总监"):
        walk.office.follow_ups.record(calls[0].id, 1, unhappy, by(Role.CARE_AGENT, "2026-11-24 10:00"))
    walk.office.follow_ups.record(calls[0].id, 1, unhappy, by(MANAGER, "2026-11-24 10:00"))
    case = walk.office.cases.case(walk.number)
    assert (case.state, case.events[-1].kind, case.events[-1].note) == ("处理中", "reopened", "回访不满意：又抖了")
    assert fields(walk.office, walk.number) == ["resolve"]


LACKING = [
    ("publish", ["withdrawals"]),
    ("report", ["receipt"]),
    ("repair", ["finished_on"]),
    ("assign", ["responsible"]),
]


@pytest.mark.parametrize(("left_out", "missing"), LACKING)
def test_whatever_is_left_out_keeps_the_case_open(walk, left_out, missing):
    walk.do("hand_over", MARKETING, local="09:20")
    if left_out != "assign":
        walk.do("assign", DIRECTOR, "技术", "冯学勤")
    for step in ("publish", "report"):
        if step != left_out:
            getattr(walk, step)()
    walk.repair(finished=left_out != "repair")
    # Without a 责任人 nobody may write the cause: here it was written before he was taken out.
    walk.verbs.amend(walk.number, walk.ver, ANALYSED, by(TECHNICAL, walk.hour, rights=None))
    walk.agree()
    walk.do("resolve", TECHNICAL, fields=SOLVED)
    with pytest.raises(NotReady) as refused:
        walk.do("close", DIRECTOR)
    assert list(refused.value.fields) == missing
    assert refused.value.sentence.startswith("还不能关闭，缺 1 项：")


def close_by_marketing(walk):
    walk.do("close", MARKETING)


def close_at_once(walk):
    walk.do("close", DIRECTOR)


def measure_before_cause(walk):
    walk.amend(TECHNICAL, {"long_term_measure": ANALYSED["long_term_measure"]})


def measure_after_blame(walk):
    walk.amend(TECHNICAL, {"root_cause": "员工责任心不强", "long_term_measure": ANALYSED["long_term_measure"]})


def cause_by_another(walk):
    walk.amend(ADVISER, {"root_cause": ANALYSED["root_cause"]})


def assign_by_marketing(walk):
    walk.do("assign", MARKETING, "技术", "冯学勤")


def solve_without_words(walk):
    walk.agree()
    walk.do("resolve", TECHNICAL)


def solve_without_an_agreed_option(walk):
    walk.do("resolve", TECHNICAL, fields=SOLVED)


def solve_tomorrow(walk):
    walk.agree()
    walk.do("resolve", TECHNICAL, "", by(TECHNICAL, "2026-11-22 09:00").at, fields=SOLVED)


def hand_over_twice(walk):
    walk.do("hand_over", MARKETING)


def hand_over_before_receiving(walk):
    walk.do("respond", DIRECTOR, by(DIRECTOR, "2026-11-21 08:00").at)


def void_without_reason(walk):
    walk.do("void", DIRECTOR, " ")


def return_what_is_not_solved(walk):
    walk.do("return_", DIRECTOR, "没解决")


def reopen_what_is_open(walk):
    walk.do("reopen", DIRECTOR, "再来")


def override_by_the_responsible(walk):
    walk.office.corrections.override_wording(walk.number, walk.ver, walk.by(TECHNICAL), "root_cause", "就这样")


def cannot_withdraw_without_reason(walk):
    thread = walk.office.outside.publish(walk.number, PublicationDraft("电视台"), walk.by(MARKETING))
    walk.office.outside.settle(thread, 1, walk.by(MARKETING), "不能撤销")


SHORTCUTS = [
    (close_by_marketing, "服务总监"),
    (close_at_once, "只有“已解决”的单可以"),
    (measure_before_cause, "先写抱怨产生根本原因分析"),
    (measure_after_blame, "还没有通过"),
    (cause_by_another, "本单责任人"),
    (assign_by_marketing, "服务总监"),
    (solve_without_words, "缺 3 项"),
    (solve_without_an_agreed_option, "请先写方案"),
    (solve_tomorrow, "晚于现在"),
    (hand_over_twice, "请用“更正”"),
    (hand_over_before_receiving, "早于受理时间"),
    (void_without_reason, "请写明原因"),
    (return_what_is_not_solved, "不能退回"),
    (reopen_what_is_open, "不能重开"),
    (override_by_the_responsible, "服务总监"),
    (cannot_withdraw_without_reason, "请写明原因"),
]


@pytest.mark.parametrize(("shortcut", "told"), SHORTCUTS, ids=[shortcut.__name__ for shortcut, _ in SHORTCUTS])
def test_a_shortcut_is_refused_with_a_sentence(walk, shortcut, told):
    walk.begin()
    before = walk.office.cases.case(walk.number)
    with pytest.raises(DeskError, match=told) as refused:
        shortcut(walk)
    after = walk.office.cases.case(walk.number)
    assert refused.value.sentence[-1] in "。？"
    assert (after.state, after.events) == (before.state, before.events)


def close_lacking(walk):
    """What closing says is missing, by field."""
    with pytest.raises(NotReady) as refused:
        walk.do("close", DIRECTOR)
    return list(refused.value.fields)


def test_the_last_shortcuts_are_refused_too(walk):
    care, shelf = by(Role.CARE_AGENT), FilingDraft("A柜 3 盒")
    walk.begin()
    walk.publish()
    walk.agree()
    walk.do("resolve", TECHNICAL, fields=SOLVED)
    assert close_lacking(walk) == ["root_cause", "long_term_measure", "receipt"]
    walk.amend(TECHNICAL, ANALYSED | {"long_term_measure": EMPTY_WORDS})
    walk.report()
    assert close_lacking(walk) == ["long_term_measure"]
    walk.amend(TECHNICAL, ANALYSED)
    with pytest.raises(NotAllowed, match="不能存档"):
        walk.office.archive.file(walk.number, walk.ver, shelf, care)
    walk.do("close", DIRECTOR, local="14:00")
    walk.office.archive.file(walk.number, walk.ver, shelf, care)
    after_729_days = by(Role.CARE_AGENT, "2028-11-19 09:00")
    with pytest.raises(NotAllowed, match="2028-11-21 之前不能销毁"):
        walk.office.disposals.propose([walk.number], "想腾地方", after_729_days)


def test_empty_words_are_no_measure_until_the_director_lets_this_very_text_pass(office):
    saved = solved(office)
    verbs, director = office.complaints, by(DIRECTOR)
    responsible = by(TECHNICAL)
    saved = verbs.amend(saved.number, saved.ver, {"long_term_measure": EMPTY_WORDS}, responsible)
    with pytest.raises(NotReady, match="没有通过：还没有写明"):
        verbs.close(saved.number, saved.ver, director)
    override = office.corrections.override_wording
    with pytest.raises(InvalidInput, match="请写明原因"):
        override(saved.number, saved.ver, director, "long_term_measure", "")
    saved = override(saved.number, saved.ver, director, "long_term_measure", "集团统一行动，另有文件")
    assert fields(office, saved.number) == []
    saved = verbs.amend(saved.number, saved.ver, {"long_term_measure": EMPTY_WORDS + "！"}, responsible)
    assert fields(office, saved.number) == ["long_term_measure"]
