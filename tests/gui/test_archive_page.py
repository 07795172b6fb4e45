"""存档与销毁 worked by hand: what waits to be filed, where it lies, and that nothing goes unseen or too early."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.staff import Role
from crm_desktop.gui.archive.archive_desk import archive_desk_of
from crm_desktop.gui.archive.page import ArchivePage
from crm_desktop.gui.disposal_desk import DisposalDesk
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.books import TabRow
from crm_desktop.papers.disposals import DisposalPapers
from crm_desktop.services.office import open_office
from tests.gui.hands import CTRL, Hands
from tests.gui.test_paper_desk import paper_desk
from tests.makers import NOW, closed, registered
from tests.services.people import CARER, DIRECTOR, hired
from tests.services.records import filed

DAY_BEFORE, LATER = "2028-11-20 09:00", "2028-11-21 09:00"


class Archive(Hands):
    """The page as the window has it, on a folder as it is at some later day."""

    def __init__(self, qtbot, office, messages, jobs):
        self.office, self.session = office, Session(office.desk)
        super().__init__(qtbot, ArchivePage(archive_desk_of(office), self.session, messages), messages)
        papers = paper_desk(office, jobs, messages, self.page)
        files = DisposalDesk(office.desk, papers, DisposalPapers(office.desk), self.session, jobs, messages)
        self.page.bundle_wanted.connect(files.export_bundle)
        self.page.certificate_wanted.connect(files.preview_certificate)
        files.bundled.connect(self.page.refresh)
        self.page.refresh()

    def turn_to(self, place):
        """One of the four lists, its first row at hand."""
        self.page.findChild(TabRow).setCurrentIndex(place)

    def seat(self, name):
        """Somebody else takes the desk."""
        self.session.sit_down(self.office.staff.find(name))


@pytest.fixture
def room(qtbot, office, answered, jobs):
    """The page today."""
    return Archive(qtbot, office, answered, jobs)


@pytest.fixture
def later(qtbot, office, home, answered, jobs, monkeypatch):
    """Opens the page on another day; a complaint was filed on 2026-11-21, 程立群 and 叶清扬 work here."""
    number = filed(office).number
    hired(office, DIRECTOR, Role.DIRECTOR)
    hired(office, CARER, Role.CARE_AGENT, by=office.staff.act(office.staff.find(DIRECTOR), "设置"))
    opened = []

    def on(local):
        monkeypatch.setenv("CRM_NOW", local)
        opened.append(open_office(home))
        made = Archive(qtbot, opened[-1], answered, jobs)
        made.number = number
        made.seat(CARER)
        return made

    office.desk.close()
    yield on
    for each in opened:
        each.desk.close()


def bundled(room):
    """Proposed and exported by 叶清扬."""
    room.turn_to(2)
    room.click("申请销毁")
    room.click("申请销毁", place=-1)
    room.turn_to(3)
    room.click("导出资料包")
    room.qtbot.waitUntil(lambda: "资料包已导出" in room.said())


def test_an_empty_page_says_how_papers_come_here(room):
    assert "单子由服务总监关闭以后到这里" in room.texts()
    room.turn_to(2)
    assert "一般保存 2 年，有返修的 6 年" in room.texts()


def test_what_was_closed_waits_with_its_clock_and_leads_to_where_it_is_filed(room, office):
    registered(office)
    number = closed(office).number
    room.page.refresh()
    room.page.take_focus()
    assert room.cells("待存档", 0) == [number]
    with room.qtbot.waitSignal(room.page.opened) as opened:
        room.press(Qt.Key.Key_Return)
    assert opened.args == [number]


def test_a_filed_paper_is_found_by_its_number_and_place_and_moved(later):
    room = later(NOW)
    room.turn_to(1)
    room.fill("查找存档", "b柜")
    assert room.cells("已存档", 1) == []
    room.fill("查找存档", "3 盒")
    room.page.take_focus()
    assert room.cells("已存档", 6) == ["2028-11-21"]
    room.click("改存放位置")
    room.fill("存放位置", "B柜 1 盒")
    room.click("保存")
    assert room.said() == "GD2026-0001 现在放在 B柜 1 盒。"
    room.fill("查找存档", "")
    assert room.cells("已存档", 2) == ["B柜 1 盒"]


def test_a_day_too_early_nothing_is_offered_for_disposal(later):
    room = later(DAY_BEFORE)
    room.turn_to(2)
    assert room.cells("到期可销毁", 1) == []
    assert not room.button("申请销毁").isEnabled()


def test_after_729_days_whoever_wants_it_gone_is_told_how_long_it_is_kept(later):
    room = later("2028-11-19 09:00")
    room.turn_to(1)
    room.click("申请销毁")
    room.click("申请销毁", place=-1)
    assert room.said().endswith("2026-11-21 归档，要保存 2 年，2028-11-21 之前不能销毁。")


def test_what_has_expired_is_proposed_exported_approved_and_its_record_stays(later):
    room = later(LATER)
    bundled(room)
    room.click("批准销毁")
    room.fill("PIN", "2468")
    room.click("批准销毁", place=-1)
    assert room.said().startswith("XH2028-001 已销毁 1 张")
    assert room.cells("销毁记录", 1) == ["已销毁"]
    room.turn_to(1)
    assert room.cells("已存档", 7) == ["已销毁"]


def test_nothing_is_approved_before_its_bundle_lies_outside(later):
    room = later(LATER)
    room.turn_to(2)
    room.press(Qt.Key.Key_A, CTRL)
    room.click("申请销毁")
    room.click("申请销毁", place=-1)
    room.turn_to(3)
    room.seat(DIRECTOR)
    room.click("批准销毁")
    room.click("批准销毁", place=-1)
    assert room.said() == "XH2028-001 还没有导出资料包，请先导出，再批准销毁。"


def test_a_wrong_pin_disposes_of_nothing(later):
    room = later(LATER)
    bundled(room)
    room.click("批准销毁")
    room.fill("PIN", "0000")
    room.click("批准销毁", place=-1)
    assert "PIN 不对" in room.said()
    assert room.cells("销毁记录", 1) == ["待批准"]


def test_what_the_director_refuses_is_kept_with_his_reason(later):
    room = later(LATER)
    bundled(room)
    room.seat(DIRECTOR)
    room.click("不批准")
    room.fill("不批准的原因", "客户还在诉讼")
    room.click("不批准", place=-1)
    assert room.said() == "XH2028-001 没有批准，单据继续保存。"
    room.turn_to(2)
    assert room.cells("到期可销毁", 7) == ["到期可销毁"]
