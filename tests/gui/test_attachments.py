"""附件 in the window: dropped on button or window, pasted, and nothing but pictures, PDF and recordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from crm_desktop.gui.attachments_dialog import AttachmentsDialog
from tests.gui.customers_room import entered, file_of
from tests.gui.hands import Hands
from tests.makers import act, registered
from tests.services.test_attachments import PDF, PNG, WAV, stored

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """A picture, a PDF and a recording, as they lie in a folder."""
    contents = {"行驶证.png": PNG, "合同.pdf": PDF, "通话.wav": WAV}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def copied(paths: list[Path]) -> QMimeData:
    """What a folder hands over of these files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(target: QWidget, mime: QMimeData) -> bool:
    """Drags this onto a piece of the window; whether it was taken."""
    rest = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(target.rect().center(), Qt.DropAction.CopyAction, *rest)
    entering.ignore()
    QApplication.sendEvent(target, entering)
    if entering.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(target.rect().center()), Qt.DropAction.CopyAction, *rest))
    return entering.isAccepted()


def window(room: Hands) -> AttachmentsDialog:
    """The window of the files, once it is there and has the keyboard."""
    room.click("附件")
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AttachmentsDialog))
    dialog = QApplication.activeModalWidget()
    dialog.activateWindow()
    room.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def paste(room: Hands, dialog: QWidget, mime: QMimeData) -> None:
    """Ctrl+V with this in the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime)
    room.qtbot.keyClick(dialog, Qt.Key.Key_V, CTRL)


@pytest.fixture
def customer(office):
    """A customer on file."""
    return file_of(office)


@pytest.fixture
def room(qtbot, office, customer):
    """His file on the desk."""
    hands = entered(qtbot, office)
    hands.page.show_customer(customer)
    return hands


def names(office, customer):
    """What is attached to him."""
    return [row.name for row in office.attachments.of_customer(customer)]


def test_files_dropped_on_the_button_of_a_customer_are_his(room, office, customer, papers):
    assert drop(room.button("附件"), copied(papers))
    assert names(office, customer) == [path.name for path in papers]
    assert room.button("附件 3")
    assert "行驶证.png、合同.pdf、通话.wav 已添加到" in room.said()


def test_files_and_pictures_are_pasted_into_the_window(room, office, customer, papers):
    dialog = window(room)
    paste(room, dialog, copied(papers[:1]))
    shot = QMimeData()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    shot.setImageData(picture)
    paste(room, dialog, shot)
    first, second = names(office, customer)
    assert (first, second[:3], second[-4:]) == ("行驶证.png", "图片 ", ".png")
    kept = office.attachments.opened(office.attachments.of_customer(customer)[1].id)
    assert QImage(str(kept)).pixelColor(4, 4) == Qt.GlobalColor.red


def test_words_are_no_file(room, office, customer):
    dialog, words = window(room), QMimeData()
    words.setText("只是文字")
    assert not drop(dialog, words)
    paste(room, dialog, words)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert "剪贴板里没有文件也没有图片，请先复制再粘贴。" in labels
    assert names(office, customer) == []


def test_a_program_among_the_files_is_named_and_the_others_are_kept(room, office, customer, papers, tmp_path):
    (tmp_path / "看看.pdf").write_bytes(b"MZ program")
    assert drop(window(room), copied([tmp_path / "看看.pdf", *papers]))
    assert names(office, customer) == [path.name for path in papers]
    assert room.said().startswith("看看.pdf：附件只收图片")


def test_a_link_leads_nowhere(room, office, customer, papers, tmp_path):
    (tmp_path / "近路.png").symlink_to(papers[0])
    assert drop(room.button("附件"), copied([tmp_path / "近路.png"]))
    assert "不是普通文件" in room.said()
    assert names(office, customer) == []


def test_the_same_content_is_kept_once_under_its_hash(room, office, papers):
    drop(room.button("附件"), copied([papers[1]]))
    drop(room.button("附件 1"), copied([papers[1]]))
    (path,) = stored(office)
    assert path.parent.parent == office.desk.home / "attachments"
    assert (path.suffix, len(path.stem)) == (".pdf", 64)


def test_the_files_of_his_complaints_stand_among_his(qtbot, office):
    saved = registered(office)
    case = office.cases.case(saved.number)
    office.attachments.add(PDF, "签字单.pdf", act(), number=saved.number)
    hands = entered(qtbot, office)
    hands.page.show_customer(case.customer_id)
    hands.click("附件 1")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AttachmentsDialog))
    (table,) = QApplication.activeModalWidget().findChildren(QTableView)
    assert [table.model().index(0, column).data() for column in (0, 1)] == ["签字单.pdf", saved.number]


def test_a_new_file_has_nothing_to_attach_to_yet(room):
    room.page.new_customer()
    assert not room.button("附件").isEnabled()
