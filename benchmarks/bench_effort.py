"""What five jobs of the desk take: keys, clicks and seconds of the keystroke-level model, counted at the real window.

    python -m benchmarks.bench_effort

Prints the table and writes it to ``benchmarks/effort.md``. The window is worked without a screen, by keys sent to what
has the keyboard; every job proves in the files that it was done. ``tests/test_effort.py`` counts again and compares.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.effort_desk import NOW, PEOPLE, PIN, make_desk
from benchmarks.effort_hands import Hands, Tally
from benchmarks.effort_jobs import JOBS, Desk, Job
from crm_desktop.app import open_program, start_qt
from crm_desktop.gui.messages import Messages
from crm_desktop.models.database import FILE_NAME

TABLE = Path(__file__).with_name("effort.md")
HEAD = """# What five jobs take

Counted by `python3 dev.py bench effort` at the real window, begun on 今日 with the person named at the desk. An action
is one key chord or one click: going from field to field counts, typed words do not. Seconds are those of the
keystroke-level model, whose operators and constants stand in `benchmarks/effort_hands.py`; the last column adds the
typing itself. `…` is a text. `tests/test_effort.py` counts again in every run of the suite and compares.

| job | who | actions | goal | clicks | seconds | with words | what is pressed |
|---|---|---|---|---|---|---|---|
"""
FOOT = """
The printing ends at the system's own question, which wants one Enter more; where there is no printer the preview says
so instead. Three cases closed are three decisions, each signed by a PIN: 4 actions a case.
"""


@contextmanager
def desk_of(home: Path, who: str) -> Iterator[Desk]:
    """The program's window on this folder, with this person at the desk and nothing counted yet."""
    messages = Messages()
    program = open_program(home, messages)
    hands = Hands(program.window)
    program.show()
    try:
        hands.until(program.window.current_name, "the first page")
        hands.press(str(list(PEOPLE).index(who) + 1))
        hands.type(PIN)
        hands.press("Return")
        hands.until(lambda: not program.window.is_covered(), "the desk")
        hands.stands_at("先办这几件")
        hands.begin()
        with closing(sqlite3.connect(home / FILE_NAME)) as files:
            yield Desk(hands, messages, files)
    finally:
        program.window.hide()
        program.close()
        program.window.deleteLater()


def counted(job: Job, home: Path) -> Tally:
    """Does the job on a folder that ``make_desk`` has filled; the folder is used up by it."""
    with desk_of(home, job.who) as desk:
        job.do(desk)
        return desk.hands.tally


def line_of(job: Job, tally: Tally) -> str:
    """A row of the table."""
    goal = f"≤ {job.most}" if job.most else ""
    pressed = " ".join(f"`{step}`" if step != "…" else step for step in tally.steps)
    whole = tally.seconds + tally.words_seconds
    numbers = f"{tally.actions} | {goal} | {tally.clicks} | {tally.seconds:.1f} | {whole:.1f}"
    return f"| {job.title} | {PEOPLE[job.who]} | {numbers} | {pressed} |"


def table_of(tallies: Mapping[str, Tally]) -> str:
    """The page of the table."""
    return HEAD + "".join(f"{line_of(JOBS[name], tally)}\n" for name, tally in tallies.items()) + FOOT


def main() -> None:
    """Count, print, write, and fail where a goal is missed or a mouse was wanted."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "CRM_NOW": NOW}
    start_qt()
    tallies = {}
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        make_desk(made)
        for name, job in JOBS.items():
            home = shutil.copytree(made, Path(temporary) / name)
            tallies[name] = counted(job, home)
    told = table_of(tallies)
    TABLE.write_text(told, encoding="utf-8")
    print(told)
    if any(tally.clicks or tally.actions > (JOBS[name].most or tally.actions) for name, tally in tallies.items()):
        sys.exit(1)


if __name__ == "__main__":
    main()
