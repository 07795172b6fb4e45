"""设置: what stands on every print, and who works here."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.domain.papers import Paper
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.gui.settings_room.backup_card import BackupCard
from crm_desktop.gui.settings_room.page import SettingsPage
from crm_desktop.gui.settings_room.people_card import PeopleDesk
from crm_desktop.services.office import Office
from crm_desktop.services.settings import SCAN_FOLDER
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.makers import act

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def hands(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Hands:
    """The room as it is first entered."""
    people = PeopleDesk(office.staff, office.access, office.duties)
    session = Session(office.desk)
    backups = BackupCard(office.desk, office.backups, office.settings, session, jobs, answered)
    page = SettingsPage(office.settings, people, backups, session, answered)
    return Hands(qtbot, page, answered)


def test_what_is_saved_stands_on_the_next_paper(hands: Hands, office: Office) -> None:
    hands.fill("经销商名称", "示范4S店")
    hands.fill("登记表文件编号", "SF-04")
    hands.save()
    paper = office.settings.letterhead(Paper.REGISTER)
    assert (paper.dealer_name, paper.document_number) == ("示范4S店", "SF-04")
    assert "设置已保存" in hands.said()


def test_what_somebody_else_saved_in_another_field_stays(hands: Hands, office: Office) -> None:
    hands.fill("品牌", "上汽大众")
    office.settings.change({"dealership.name": "别人改的店名"}, act())
    hands.save()
    kept = office.settings.values()
    assert (kept["dealership.name"], kept["dealership.brand"]) == ("别人改的店名", "上汽大众")


def test_leaving_unsaved_words_says_which(hands: Hands) -> None:
    hands.fill("品牌", "上汽大众")
    assert hands.page.unsaved() == "店名和文件编号还没有保存"
    hands.save()
    assert hands.page.unsaved() == ""


def test_a_logo_is_taken_without_losing_what_was_typed(hands: Hands, office: Office) -> None:
    hands.fill("品牌", "上汽大众")
    hands.messages.picked.write_bytes(PICTURE)
    hands.click("选择标志图片")
    assert office.settings.letterhead(Paper.COMPLAINT).logo == PICTURE
    assert hands.field("品牌").value() == "上汽大众"
    hands.click("去掉标志")
    assert office.settings.letterhead(Paper.COMPLAINT).logo is None


@pytest.mark.parametrize(("content", "told"), [(b"GIF89a", "PNG 或 JPG"), (PICTURE + b"\0" * 500_001, "500 KB")])
def test_a_picture_that_cannot_be_printed_is_refused(hands: Hands, content: bytes, told: str) -> None:
    hands.messages.picked.write_bytes(content)
    hands.click("选择标志图片")
    assert told in hands.said()


def test_who_left_is_no_longer_offered_but_never_deleted(
    hands: Hands, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(hands.messages, "choose", lambda title, _text, words, *_: asked.append(title) or words[0])
    office.staff.add("谢文杰", ("服务顾问",), act())
    hands.page.refresh()
    hands.page.turn_to("员工")
    hands.table("员工").selectRow(0)
    hands.click("标为离职")
    assert asked == ["谢文杰离职？"]
    assert hands.cells("员工", 0) == []
    assert [person.name for person in office.staff.people(with_left=True)] == ["谢文杰"]


def test_the_scan_folder_is_chosen_and_kept_when_saved(hands: Hands, office: Office) -> None:
    hands.click("选文件夹…")
    assert hands.page.unsaved()
    hands.save()
    assert office.settings.value(SCAN_FOLDER) == str(hands.messages.folder)
