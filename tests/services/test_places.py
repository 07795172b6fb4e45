"""Where data may lie: never on a network, never where a sync program copies it about; each refusal is one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.models.database import FILE_NAME
from crm_desktop.services.ground import Ground, mounted, open_to_all, this_ground
from crm_desktop.services.office import Office
from crm_desktop.services.places import check_still_there, checked_place, is_begun, why_not
from tests.makers import act

WINDOWS = Ground(True, (r"C:\Users\clerk\公司文件",), drive_type=lambda root: 4 if root == "Z:\\" else 3)
MOUNTS = """/dev/sda1 / ext4 rw,relatime 0 0
server:/export /mnt/share nfs4 rw 0 0
//server/daten /mnt/alte\\040Daten cifs rw 0 0
/dev/sdb1 /mnt/share/disk ext4 rw 0 0
"""
MAC = "/dev/disk3s1 on / (apfs, sealed)\n//clerk@server/share on /Volumes/share (smbfs, nodev)\n"


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        (r"\\server\客诉", "网络盘"),
        ("//server/share/x", "网络盘"),
        (r"\\?\UNC\server\share", "网络盘"),
        (r"Z:\客诉管家", "网络盘"),
        (r"c:\users\CLERK\公司文件\客诉", "OneDrive"),
        (r"D:\OneDrive - 示范店\客诉", "OneDrive"),
        (r"C:\Users\clerk\我的坚果云\客诉", "坚果云"),
        (r"D:\BaiduSyncdisk", "百度网盘"),
        ("客诉管家", "完整的文件夹"),
        (r"\客诉管家", "完整的文件夹"),
    ],
)
def test_on_windows_these_are_refused(folder: str, why: str) -> None:
    told = why_not(folder, WINDOWS)
    assert why in told
    assert told.count("。") == 1


@pytest.mark.parametrize("folder", [r"C:\ProgramData\crm_desktop\data", r"D:\客诉管家", r"\\?\D:\客诉", "E:/客诉"])
def test_on_windows_these_may_be_taken(folder: str) -> None:
    assert why_not(folder, WINDOWS) == ""


@pytest.mark.parametrize(
    ("folder", "refused"),
    [
        ("/home/clerk/客诉", False),
        ("/mnt/share/客诉", True),
        ("/mnt/alte Daten/x", True),
        ("/mnt/share/disk/客诉", False),
        ("/mnt/shared", False),
        ("/home/clerk/Dropbox/客诉", True),
        ("/home/clerk/Nextcloud", True),
    ],
)
def test_a_mounted_share_is_told_from_a_disk(folder: str, refused: bool) -> None:
    assert bool(why_not(folder, Ground(mounts=mounted(MOUNTS)))) is refused


def test_a_share_of_a_mac_is_told_too() -> None:
    ground = Ground(mounts=mounted(MAC))
    assert "网络盘" in why_not("/Volumes/share/x", ground)
    assert why_not("/Users/clerk/x", ground) == ""
    assert "iCloud" in why_not("/Users/clerk/Library/Mobile Documents/x", ground)


def test_this_computer_is_asked_for_its_mounts(tmp_path: Path) -> None:
    assert why_not(str(tmp_path / "新"), this_ground()) == ""


def test_a_new_folder_may_be_taken_and_is_left_as_it_was(tmp_path: Path) -> None:
    assert checked_place(f" {tmp_path / '一层' / '客诉'} ") == tmp_path / "一层" / "客诉"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").touch()
    with pytest.raises(InvalidInput, match="已有别的文件"):
        checked_place(str(tmp_path))
    with pytest.raises(InvalidInput, match="是一个文件"):
        checked_place(str(tmp_path / "照片.jpg"))


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_is_followed_to_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "OneDrive")
    with pytest.raises(InvalidInput, match="OneDrive"):
        checked_place(str(tmp_path / "link" / "客诉"))


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match="不能写入"):
        checked_place(str(tmp_path / "file" / "客诉"))


def test_data_counts_as_begun_once_something_is_in_it(office: Office, home: Path, tmp_path: Path) -> None:
    assert not is_begun(tmp_path / "nowhere")
    assert not is_begun(home)
    office.settings.change({"dealership.name": "示范店"}, act())
    assert is_begun(home)


def test_a_file_that_is_not_ours_is_not_begun_anew(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"something else" * 100)
    assert is_begun(tmp_path)


def test_a_chosen_folder_that_is_gone_is_not_made_again(office: Office, home: Path, tmp_path: Path) -> None:
    check_still_there(home)
    with pytest.raises(StorageRefused, match="不见了"):
        check_still_there(tmp_path / "usb")


@pytest.mark.skipif(os.name == "nt", reason="there the rights are really given")
def test_only_windows_has_accounts_to_open_a_folder_to(tmp_path: Path) -> None:
    assert open_to_all(tmp_path)
