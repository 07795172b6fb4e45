"""What this computer says of its folders: which lie on a network, which OneDrive copies about, who may write where.

Windows and macOS were not run here: what is made of their answers is proven with answers as they give them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

_MOUNT_OF_LINUX = re.compile(r"^\S+ (\S+) (\S+) ", re.MULTILINE)
_MOUNT_OF_MAC = re.compile(r"^.+? on (.+?) \((\w+)[,)]", re.MULTILINE)
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_EVERYBODY = "*S-1-5-32-545"
"""BUILTIN\\Users under every language of Windows."""


_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def _no_drive(_root: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What this computer says of itself. ``mounts``: folder and file system; ``synced``: folders of OneDrive."""

    windows: bool = False
    synced: tuple[str, ...] = ()
    mounts: tuple[tuple[str, str], ...] = ()
    drive_type: Callable[[str], int] = field(default=_no_drive)

    def path(self, text: str) -> PurePath:
        """A path by the rules of this system, without the mark of long paths."""
        if not self.windows:
            return PurePosixPath(text)
        plain = text.replace("/", "\\")
        for mark, instead in (("\\\\?\\UNC\\", "\\\\"), ("\\\\?\\", "")):
            if plain.upper().startswith(mark.upper()):
                return PureWindowsPath(instead + plain[len(mark) :])
        return PureWindowsPath(plain)


def this_ground() -> Ground:
    """The computer we run on."""
    if sys.platform == "win32":
        return Ground(True, _onedrive_folders(os.environ), drive_type=_drive_type)
    return Ground(mounts=mounted(_mounts_told()))


def mounted(told: str) -> tuple[tuple[str, str], ...]:
    """Folder and file system of each mount: what /proc/self/mounts of Linux or ``mount`` of macOS says."""
    found = _MOUNT_OF_MAC.findall(told) or _MOUNT_OF_LINUX.findall(told)
    return tuple((folder.replace("\\040", " "), kind.lower()) for folder, kind in found)


def open_to_all(folder: Path) -> bool:
    """Lets every account of this Windows write in the folder and in all that comes into it; elsewhere nothing is done.

    A folder in ProgramData may be read by all, but a file there is changed by its maker only; whoever makes the folder
    may say otherwise, without an administrator. A folder of one's own profile stays one's own. False where Windows
    refuses: whoever made the folder can work, the others cannot.
    """
    if sys.platform != "win32" or folder.is_relative_to(Path.home()):
        return True
    tool = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "icacls.exe"
    words = (str(tool), str(folder), "/grant", f"{_EVERYBODY}:(OI)(CI)M", "/Q")
    try:
        done = subprocess.run(  # noqa: S603 - a tool of Windows itself, on a folder of this computer
            words, capture_output=True, timeout=30, check=False, creationflags=_NO_WINDOW
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _mounts_told() -> str:
    try:
        if sys.platform == "darwin":
            done = subprocess.run(("/sbin/mount",), capture_output=True, timeout=10, check=False)
            return done.stdout.decode("utf-8", "replace")
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _onedrive_folders(environment: Mapping[str, str]) -> tuple[str, ...]:
    """What the variables and the registry of Windows say."""
    told = [environment[name] for name in _ONEDRIVE if environment.get(name)]
    return tuple(dict.fromkeys((*told, *_registered_folders())))


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def _registered_folders() -> list[str]:
    found: list[str] = []
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - Windows only

        for parent, value in (
            (r"Software\Microsoft\OneDrive\Accounts", "UserFolder"),
            (r"Software\SyncEngines\Providers\OneDrive", "MountPoint"),
        ):
            with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, parent) as accounts:
                for number in range(winreg.QueryInfoKey(accounts)[0]):
                    with suppress(OSError), winreg.OpenKey(accounts, winreg.EnumKey(accounts, number)) as account:
                        found.append(str(winreg.QueryValueEx(account, value)[0]))
    return found
