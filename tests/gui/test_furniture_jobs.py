"""Long work: its result, its refusal, its cancel and its end arrive on the UI thread, whatever happens meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.gui.jobs import BROKEN, Cancelled, Jobs, Progress


class Desk(QLabel):
    """A widget that waits for work; remembers what it was told and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.threads: set[int] = set()

    def on_done(self, result: object) -> None:
        self.told.append(("done", result))
        self.threads.add(threading.get_ident())

    def on_failed(self, sentence: str) -> None:
        self.told.append(("failed", sentence))
        self.threads.add(threading.get_ident())


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def jobs(qtbot: QtBot, said: list[str]) -> Iterator[Jobs]:
    made = Jobs(said.append, said.append)
    yield made
    made.stop_all()


def count(progress: Progress, cancelled: Cancelled) -> int:
    progress(1, 2)
    progress(2, 2)
    return threading.get_ident()


def refuse(progress: Progress, cancelled: Cancelled) -> None:
    raise WorkbookRefused("这个文件有密码，请先在 Excel 中去掉密码。")


def break_down(progress: Progress, cancelled: Cancelled) -> None:
    raise ZeroDivisionError("13812345678")


def work_until_cancelled(progress: Progress, cancelled: Cancelled) -> None:
    while True:
        progress(1, 2)
        threading.Event().wait(0.005)


def test_the_result_arrives_on_the_ui_thread_and_the_work_ran_on_another(jobs: Jobs, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.ended):
        jobs.run(count, desk.on_done, desk.on_failed, "数数")
    assert desk.threads == {threading.get_ident()}
    assert desk.told[0] != ("done", threading.get_ident())


def test_a_refusal_arrives_as_its_sentence(jobs: Jobs, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.ended):
        jobs.run(refuse, desk.on_done, desk.on_failed)
    assert desk.told == [("failed", "这个文件有密码，请先在 Excel 中去掉密码。")]


def test_a_refusal_nobody_waits_for_is_said(jobs: Jobs, desk: Desk, said: list[str], qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.ended):
        jobs.run(refuse, desk.on_done)
    assert said == ["这个文件有密码，请先在 Excel 中去掉密码。"]


def test_our_own_bug_goes_to_the_crash_log_and_the_desk_is_told_without_values(
    jobs: Jobs, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(jobs.ended):
        jobs.run(break_down, desk.on_done, desk.on_failed)
    assert [error[0] for error in caught] == [ZeroDivisionError]
    assert desk.told == [("failed", BROKEN)]


def test_cancelled_work_ends_and_tells_only_that(jobs: Jobs, desk: Desk, said: list[str], qtbot: QtBot) -> None:
    job = jobs.run(work_until_cancelled, desk.on_done, desk.on_failed, "导出登记表")
    with qtbot.waitSignal(jobs.ended):
        job.cancel()
    assert (desk.told, said) == ([], ["已取消：导出登记表"])


def test_work_that_nobody_waits_for_any_more_ends_without_a_word(
    jobs: Jobs, desk: Desk, said: list[str], qtbot: QtBot
) -> None:
    job = jobs.run(work_until_cancelled, desk.on_done, desk.on_failed, "读取登记表")
    with qtbot.waitSignal(jobs.ended):
        job.give_up()
    assert (desk.told, said) == ([], [])


def test_progress_arrives_with_the_last_step(jobs: Jobs, desk: Desk, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    heard = threading.Event()

    def count_once_heard(progress: Progress, cancelled: Cancelled) -> Any:
        heard.wait(5)
        return count(progress, cancelled)

    with qtbot.waitSignal(jobs.ended):
        job = jobs.run(count_once_heard, desk.on_done)
        job.progressed.connect(lambda done, total: steps.append((done, total)))
        heard.set()
    assert steps[-1] == (2, 2)


def test_a_late_result_for_a_closed_widget_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    closed = Desk()
    gate = threading.Event()

    def wait(progress: Progress, cancelled: Cancelled) -> None:
        gate.wait(5)

    jobs.run(wait, closed.on_done, closed.on_failed)
    delete(closed)
    with qtbot.waitSignal(jobs.ended):
        gate.set()
    assert closed.told == []


def test_closing_cancels_and_waits_and_drops_what_comes_late(jobs: Jobs, desk: Desk, qtbot: QtBot) -> None:
    job = jobs.run(work_until_cancelled, desk.on_done, desk.on_failed)
    jobs.stop_all()
    assert job.isFinished()
    qtbot.wait(20)
    assert (desk.told, jobs.running()) == ([], ())


def test_two_jobs_run_side_by_side(jobs: Jobs, desk: Desk, qtbot: QtBot) -> None:
    first = jobs.run(work_until_cancelled, desk.on_done, label="一")
    second = jobs.run(count, desk.on_done, label="二")
    qtbot.waitUntil(lambda: jobs.running() == (first,))
    assert len(desk.told) == 1
    assert second is not first


def test_nothing_is_collected_on_the_thread_of_the_work(jobs: Jobs, desk: Desk, qtbot: QtBot) -> None:
    seen: list[bool] = []

    def work(_progress: Progress, _cancelled: Cancelled) -> None:
        seen.append(gc.isenabled())

    assert gc.isenabled()
    with qtbot.waitSignal(jobs.ended):
        jobs.run(work, desk.on_done)
    assert (seen, gc.isenabled()) == ([False], True)


def test_while_one_works_the_collector_rests_though_another_was_stopped(jobs: Jobs, qtbot: QtBot) -> None:
    other = Jobs(print, print)
    jobs.run(work_until_cancelled, print)
    other.run(work_until_cancelled, print)
    other.stop_all()
    assert not gc.isenabled()
    jobs.stop_all()
    assert gc.isenabled()
