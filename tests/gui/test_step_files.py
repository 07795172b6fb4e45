"""Files at the steps of a case in the window: chosen or dropped, kept, listed, opened only when they are right."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.attachments_dialog import AttachmentsDialog
from crm_desktop.gui.widgets.file_field import FileField
from tests.gui.complaints_room import Room
from tests.makers import complaint, registered
from tests.services.test_attachments import PDF, PNG
from tests.services.test_step_files import signed


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A picture of a signed paper."""
    path = tmp_path / "移交单.png"
    path.write_bytes(PNG)
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the computer's own programs."""
    paths: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: paths.append(Path(url.toLocalFile())))
    return paths


def drop(field: FileField, path: Path) -> None:
    """A file dragged from a folder onto the field."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    rest = (dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(field.rect().center(), Qt.DropAction.CopyAction, *rest)
    QApplication.sendEvent(field, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(field, QDropEvent(QPointF(field.rect().center()), Qt.DropAction.CopyAction, *rest))


def media_case(room: Room) -> str:
    """A 重大 complaint of the media, opened at 处理."""
    number = room.office.complaints.register(
        complaint(channel="媒体", severity="重大"), room.session.act("受理")
    ).number
    room.seat_director()
    room.page.show_case(number)
    saved = room.office.complaints.hand_over(number, 1, room.session.act("受理"))
    room.office.complaints.assign(number, saved.ver, room.session.act("受理"), "服务", "程立群")
    room.page.refresh()
    room.turn_to("处理")
    return number


def files(room: Room) -> AttachmentsDialog:
    """The window of the files."""
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AttachmentsDialog))
    return QApplication.activeModalWidget()


def names(room: Room, number: str) -> list[str]:
    """The attachments of a case."""
    return [row.name for row in room.office.attachments.of_complaint(number)]


def test_a_signed_paper_is_dropped_onto_the_step_and_stands_in_the_course(room, paper):
    saved = registered(room.office)
    room.page.show_case(saved.number)
    room.click("交服务总监")
    dialog = room.dialog()
    room.click("代录：替别人录入", dialog)
    room.fill("谁的意见", "程立群", dialog)
    drop(room.field("签字纸单", dialog), paper)
    room.click("记录移交", dialog)
    assert names(room, saved.number) == ["移交单.png"]
    room.turn_to("归档")
    assert "签字纸单：移交单.png" in room.cells("经过", 3)
    assert room.button("附件 1")


def test_a_file_is_chosen_with_the_button(room, paper, monkeypatch):
    number = media_case(room)
    monkeypatch.setattr(room.messages, "choose_open", lambda *_: paper)
    room.click("登记稿件")
    dialog = room.dialog()
    room.fill("媒体", "汽车之家", dialog)
    room.click("选文件…", dialog)
    room.click("登记稿件", dialog)
    assert names(room, number) == ["移交单.png"]
    assert room.office.outside.publications(number)[0].draft.screenshot == "移交单.png"


def test_who_changes_the_name_means_words_and_no_file(room, paper):
    field = FileField()
    room.qtbot.addWidget(field)
    field.choose(paper)
    assert field.value() == paper
    field.set_typed("A柜 3 盒")
    assert field.value() == "A柜 3 盒"


def test_a_receipt_is_refused_as_a_program_and_nothing_typed_is_lost(room, tmp_path):
    number = media_case(room)
    office = room.office
    office.outside.escalate(number, office.cases.case(number).ver, room.session.act("处理"), "邮件")
    (tmp_path / "回执.pdf").write_bytes(b"MZ program")
    room.page.refresh()
    room.click("收到回执")
    dialog = room.dialog()
    room.fill("回执", "RBO-77", dialog)
    drop(room.field("回执文件", dialog), tmp_path / "回执.pdf")
    room.click("保存", dialog)
    assert "附件只收图片" in room.said()
    (tmp_path / "回执.pdf").write_bytes(PDF)
    room.click("保存", dialog)
    assert office.outside.escalations(number)[0].receipt == "RBO-77（回执.pdf）"


def test_files_are_listed_opened_and_added(room, opened, paper, monkeypatch, tmp_path):
    saved = registered(room.office)
    room.office.attachments.add(PDF, "行驶证.pdf", room.session.act("受理"), number=saved.number, note="客户带来")
    room.page.show_case(saved.number)
    room.click("附件 1")
    dialog = files(room)
    room.click("打开", dialog)
    assert [path.read_bytes() for path in opened] == [PDF]
    monkeypatch.setattr(room.messages, "choose_open", lambda *_: paper)
    room.click("添加附件", dialog)
    assert names(room, saved.number) == ["行驶证.pdf", "移交单.png"]
    assert "已添加" in room.said()


def test_a_file_that_is_no_longer_what_was_added_is_not_opened(room, opened):
    saved = registered(room.office)
    told = signed(room.office)
    room.office.complaints.hand_over(saved.number, saved.ver, room.session.act("受理"), told=told)
    (path,) = (file for file in (room.office.desk.home / "attachments").rglob("*") if file.is_file())
    path.write_bytes(b"forged")
    room.page.show_case(saved.number)
    room.click("附件 1")
    room.click("打开", files(room))
    assert opened == []
    assert "内容被改动过，请从备份里找回" in room.said()


def test_a_file_of_another_case_is_taken_off_the_list_with_its_reason(room):
    saved = registered(room.office)
    room.office.attachments.add(PDF, "别人的.pdf", room.session.act("受理"), number=saved.number)
    room.page.show_case(saved.number)
    room.click("附件 1")
    dialog = files(room)
    room.click("去掉", dialog)
    room.qtbot.waitUntil(lambda: QApplication.activeModalWidget() not in (None, dialog))
    why = QApplication.activeModalWidget()
    room.click("去掉", why)
    assert "请写明原因" in room.field("去掉原因", why).accessibleDescription()
    room.fill("去掉原因", "选错了文件", why)
    room.click("去掉", why)
    assert names(room, saved.number) == []
    assert room.button("附件")
