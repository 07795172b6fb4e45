"""处理手册: the shipped texts, and the dealership's own versions of them in the data folder.

A text that is edited is copied to ``playbook/`` of the home, and that file wins from then on, also where another
program changes it; 恢复原文 takes it away. The text is kept among the settings too: every backup carries it, the
history tells who changed it, and a home brought back without the folder still says it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.guidance import headings_of
from crm_desktop.domain.playbook import Chapter, check_headings, read_chapter
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.desk import Setting
from crm_desktop.models.faults import translated
from crm_desktop.models.lasting import write_whole
from crm_desktop.models.ledger import Ledger
from crm_desktop.paths import resource
from crm_desktop.services.desk import Desk
from crm_desktop.services.kept import kept_text
from crm_desktop.services.seen import check_seen

FOLDER = "playbook"
_SUFFIX = ".md"


class Playbook:
    """Chapters by the names of their files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.home / FOLDER
        self._read: dict[str, tuple[str, Chapter]] = {}

    def names(self) -> tuple[str, ...]:
        """Every chapter, in the order of the table of contents (resources/playbook/contents.txt)."""
        told = resource(FOLDER, "contents.txt").read_text(encoding="utf-8").split()
        return tuple(name for name in told if resource(FOLDER, name + _SUFFIX).is_file())

    def chapters(self) -> Mapping[str, Chapter]:
        """All of them as they hold here. A file somebody spoiled by hand gives way to the shipped text."""
        return {name: self.chapter(name) for name in self.names()}

    def chapter(self, name: str) -> Chapter:
        """One chapter; raises NotFound."""
        text = self.text(name)
        known = self._read.get(name)
        if known is None or known[0] != text:
            try:
                chapter = read_chapter(name, text)
            except InvalidInput:
                chapter = read_chapter(name, self.shipped(name))
            self._read[name] = known = (text, chapter)
        return known[1]

    def text(self, name: str) -> str:
        """The text in force; raises NotFound."""
        own = self._own(name)
        if own.is_file():
            return own.read_text(encoding="utf-8", errors="replace")
        return self._kept(name) or self.shipped(name)

    def shipped(self, name: str) -> str:
        """The text the program came with; raises NotFound."""
        if name not in self.names():
            raise NotFound(f"处理手册里没有“{name}”这一篇。")
        return resource(FOLDER, name + _SUFFIX).read_text(encoding="utf-8")

    def is_own(self, name: str) -> bool:
        """Whether the dealership has a version of its own."""
        return self._own(name).is_file() or bool(self._kept(name))

    def write(self, name: str, text: str, act: Act, seen: str | None = None) -> Chapter:
        """The dealership's own version from now on; ``seen`` is the text that was changed.

        :raises InvalidInput: as ``read_chapter`` and ``check_headings``. :raises StorageRefused: the folder cannot
            take it.
        """
        act = require(act, Right.RULES)
        self.shipped(name)
        chapter = read_chapter(name, text)
        check_headings(chapter, headings_of(name))
        check_seen(seen, self.text(name), "手册这一篇")
        kept = text.replace("\r\n", "\n").strip() + "\n"
        with translated(self._folder), self._desk.writing(act) as ledger:
            _keep(ledger, name, kept)
            self._folder.mkdir(exist_ok=True)
            write_whole(self._own(name), kept.encode())
        return chapter

    def restore(self, name: str, act: Act) -> Chapter:
        """Back to the shipped text; the dealership's own version goes."""
        act = require(act, Right.RULES)
        self.shipped(name)
        with translated(self._folder), self._desk.writing(act) as ledger:
            _keep(ledger, name, "")
            self._own(name).unlink(missing_ok=True)
        return self.chapter(name)

    def _own(self, name: str) -> Path:
        return self._folder / (name + _SUFFIX)

    def _kept(self, name: str) -> str:
        """The own text among the settings; empty where there is none."""
        return kept_text(self._desk, f"{FOLDER}.{name}")


def _keep(ledger: Ledger, name: str, text: str) -> None:
    setting, value = f"{FOLDER}.{name}", json.dumps(text, ensure_ascii=False)
    known = Setting.get_or_none(Setting.name == setting)
    record = known.id if known else ledger.add(Setting, f"处理手册 {name}", name=setting, value=json.dumps(""))
    ledger.change(Setting, record, {"value": value})
