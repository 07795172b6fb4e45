"""归档副本: writes the plain second form of closed cases, a few at a time, beside the work, never in a verb."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from crm_desktop.clock import to_local
from crm_desktop.domain.errors import DeskError, StorageRefused
from crm_desktop.domain.second_form import second_form
from crm_desktop.models.faults import translated
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules
from crm_desktop.services.second_forms import Case, SecondForms, Stand
from crm_desktop.services.sheets import Sheets

ROOM_FOR_PDF = 2_000_000_000
"""Bytes that stay free: with less than that only the small .json is written."""
_REST = 2.0
"""Of every hour two thirds belong to the window: after each form this much of its time is waited."""
Enough = Callable[[], bool]


class SecondFormPapers:
    """Joins what is behind with the files it becomes."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._forms = desk, SecondForms(desk)
        self._paper, self._rules = ComplaintPaper(Sheets(desk)), Rules(desk)
        self._swept = False

    def keep_up(self, enough: Enough, *, walk: bool = True, rest: float = _REST) -> bool:
        """Writes forms until ``enough`` or until none is behind; True where some are left.

        The cases that changed go first; with ``walk`` all others follow, the latest first, once in a home's life and
        after a restore. What was not finished is done the next time.

        :raises DeskError: a form cannot be written; it is kept for the light on 今日, and tried again.
        """
        if not self._swept:
            self._forms.sweep_unfinished()
            self._swept = True
        try:
            left = self._kept_up(enough, walk, rest)
        except DeskError as refusal:
            self._forms.note_trouble(f"归档副本没有写成：{refusal.sentence}")
            raise
        self._forms.note_trouble("")
        return left

    def _kept_up(self, enough: Enough, walk: bool, rest: float) -> bool:
        before = self._forms.stand()
        stand = before
        try:
            while not enough():
                new = self._one_step(stand, walk, rest)
                if new == stand:
                    break
                stand = new
        finally:
            if stand != before:
                self._forms.keep(stand)
        return stand != self._forms.gathered(stand) or bool(stand.waiting) or bool(stand.below)

    def _one_step(self, stand: Stand, walk: bool, rest: float) -> Stand:
        """One form, some lines of history, or the next stretch of the walk."""
        if stand.waiting:
            first, *others = stand.waiting
            for case in self._forms.cases([first]):
                self._renew(case, rest)
            return replace(stand, waiting=tuple(others))
        gathered = self._forms.gathered(stand)
        if gathered != stand:
            if self._forms.lost(stand.line, gathered.line):
                self._forms.sweep()
            return gathered
        if not walk or not stand.below:
            return stand
        found = self._forms.next_walked(stand)
        if found is None:
            self._forms.sweep()
            return replace(stand, below=0)
        self._renew(found, rest)
        return replace(stand, below=found.id)

    def _renew(self, case: Case, rest: float) -> None:
        """Brings the form of one case up to what is recorded; the .json comes last, so where it is right both are."""
        if case.disposed:
            self._forms.let_go([case.id])
            return
        if not case.closed and not self._forms.is_there(case):
            return
        began = time.monotonic()
        questions = {step.key: step.ask for step in self._rules.calls().script}
        text = second_form(self._forms.content(case), to_local, questions)
        place = self._forms.place(case, ".json")
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            self._write(case, text)
        time.sleep((time.monotonic() - began) * rest)

    def _write(self, case: Case, text: str) -> None:
        from crm_desktop.exporters.files import replacing  # noqa: PLC0415 - start-up

        plain, paper = (self._forms.place(case, suffix) for suffix in (".json", ".pdf"))
        with translated(plain):
            plain.parent.mkdir(parents=True, exist_ok=True)
        if case.on_paper and shutil.disk_usage(self._desk.home).free > ROOM_FOR_PDF:
            _check_place(paper, self._paper.write(case.number, paper).path)
        else:
            with translated(paper):
                paper.unlink(missing_ok=True)  # one of before would tell something else
        with replacing(plain) as new:
            new.stream.write(text.encode())
        _check_place(plain, new.path)


def _check_place(wanted: Path, written: Path) -> None:
    """:raises StorageRefused: the file was open elsewhere and went under a second name, under which nobody seeks it."""
    if written != wanted:
        written.unlink(missing_ok=True)
        raise StorageRefused(f"“{wanted.name}”正在别的程序里打开，归档副本没有更新；请关掉它，稍后自动再写。")
