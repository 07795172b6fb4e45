"""The health light of the backups: one quiet line with a sign and words, in the colour of how they are."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.backups import BackupHealth, BackupSpace, Light
from crm_desktop.gui import theme
from crm_desktop.gui.widgets.buttons import Button, Weight

_PICTURES = {Light.GOOD: "circle-check", Light.SOON: "clock", Light.STOPPED: "alert-triangle"}


def health_words(health: BackupHealth, now: datetime) -> str:
    """When the last backup and the last trial were (``now`` UTC), and before it what is wrong, if anything."""
    light = health.light(now)
    if light is Light.STOPPED:
        return f"{light}：数据核对不通过"
    if light is Light.GOOD and health.last_at is None:
        return "还没有备份，稍后自动做第一份" if health.changed else ""
    made = f"上次备份 {_when(health.last_at, now)}" if health.last_at else "还没有备份"
    tried = f"上次测试恢复 {_when(health.tested_at, now)}" if health.tested_at else "还没有测试恢复"
    failed = "上一次没有做成 · " if health.trouble else "还有一件事没做完 · " if health.also else ""
    return ("" if light is Light.GOOD else f"{light}：") + f"{failed}{made} · {tried}"


def space_words(space: BackupSpace) -> str:
    """How much the backups take, what they may take, and what goes when they are more."""
    taken = f"备份 {space.count} 份，共 {_size(space.taken)}；最多占磁盘空余的五分之一（{_size(space.room)}）。"
    if space.is_tight:
        return f"{taken}现在放不下，只留最近几份，请清理磁盘。"
    return f"{taken}超出时先去掉两天内较密的，每天、每周、每月的最后一份最后才动。"


def _size(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1_000_000_000 else f"{size / 1e6:,.1f} MB"


class BackupLine(Button):
    """Looks like words; a click or Enter leads to the backups. It is hidden while there is nothing to keep."""

    def __init__(self) -> None:
        super().__init__("", weight=Weight.QUIET, icon=_PICTURES[Light.GOOD])
        self._light = Light.GOOD
        self.hide()

    def show_health(self, health: BackupHealth, now: datetime) -> None:
        """Another word, sign and colour."""
        self._light = health.light(now)
        waits = self._light is Light.GOOD and health.last_at is None
        self._picture = _PICTURES[Light.SOON if waits else self._light]
        words = health_words(health, now)
        self.say(words)
        self.setVisible(bool(words))

    def _ink(self) -> tuple[str, str]:
        colours = theme.colours()
        inks = {Light.GOOD: colours.caption, Light.SOON: colours.soon, Light.STOPPED: colours.late}
        return inks[self._light], colours.caption


def _when(moment: datetime, now: datetime) -> str:
    """The time of today, the day of another day, with the year where it is another one."""
    at, today = to_local(moment), to_local(now)
    if at.date() == today.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == today.year else f"{at:%Y-%m-%d}"
