"""Plants faults one by one in a copy of the checkout: at least one test has to fail for each of them.

    python3 -m trials.faults            all of them; --keep writes the line into docs/reliability.md
    python3 -m trials.faults 3 17       only these

A fault is an exact replacement of text. One that no longer applies stops everything: it has to be written anew.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from trials.furniture import ROOT, Trial, environment

_LEFT_OUT = (".git", ".venv", "dist", "build", "out", "__pycache__", ".*_cache", ".hypothesis", "images", "benchmarks")


@dataclass(frozen=True, slots=True)
class Fault:
    """``before`` becomes ``after`` once in ``place``; the ``tests`` should notice."""

    what: str
    place: str
    before: str
    after: str
    tests: str


_FAULTS = (
    Fault("synchronous off", "models/base.py", '"synchronous": "full"', '"synchronous": "off"',
          "models/test_database.py"),
    Fault("a verb without transaction", "services/desk.py",
          'with translated(self.path), self.database.atomic("IMMEDIATE"):', "with translated(self.path):",
          "services/test_desk.py"),
    Fault("text of people as markup", "gui/widgets/labels.py",
          "self.setTextFormat(Qt.TextFormat.PlainText)", "pass", "gui/test_plain_labels.py"),
    Fault("a zip bomb is unpacked", "importers/xlsx_guard.py",
          "if too_dense or sum(", "if False and sum(", "importers/test_refused_files.py"),
    Fault("a restore leaves the old -wal", "models/swap.py",
          "(*(FILE_NAME + end for end in _SIDE_FILES), FILE_NAME)", "(FILE_NAME,)", "services/test_backups.py"),
    Fault("no lock of the writer", "models/lock.py",
          "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass", "test_command_line.py"),
    Fault("a right is not asked for", "services/extensions.py",
          "act = require(act, Right.EXTEND)", "pass", "services/test_rights_matrix.py"),
    Fault("checksums are not compared", "services/soundness.py",
          "if seal(model, dict(zip(names, row, strict=False))) != row[-2]", "if False", "services/test_upkeep.py"),
    Fault("links of the history are not compared", "models/history.py",
          "or link(key, before, row) != stored_link or", "or", "models/test_ledger.py"),
    Fault("an export is not synced before it takes its name", "exporters/files.py",
          "os.fsync(self.stream.fileno())", "pass", "exporters/test_files.py"),
    Fault("a backup is not opened before it counts", "services/bundles.py",
          "            proven(beside, key,", "            (lambda *_: None)(beside, key,", "services/test_backups.py"),
    Fault("the once-only key outside the transaction", "services/answers.py",
          'with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):',
          "with translated(self._desk.path):", "services/test_answers.py"),
    Fault("guessing PINs costs no time", "services/access.py", "        if left:\n", "        if False:\n",
          "services/test_access.py"),
    Fault("secure_delete off", "models/base.py", '"secure_delete": 1', '"secure_delete": 0', "models/test_database.py"),
    Fault("phones are not masked", "domain/identity.py", "return _middle_masked(base, 3, 4) + hidden",
          "return base + hidden", "domain/test_identity.py"),
    Fault("the cleaning gate lets everything in", "domain/text.py", 'if kind in ("Cc", "Cs", "Cf"):', "if False:",
          "domain/test_text.py"),
    Fault("what people wrote becomes a formula", "exporters/excel.py", '    cell.data_type = "s"\n', "",
          "exporters/test_excel.py"),
    Fault("the reading child has no limits", "importers/apart.py", "    _limit()\n    asked", "    asked",
          "importers/test_apart.py"),
    Fault("an upgrade without transaction", "models/database.py", 'connection.execute("BEGIN EXCLUSIVE")', "pass",
          "models/test_database.py"),
    Fault("the version seen is not compared", "models/ledger.py",
          'if ver is not None and row["ver"] != ver:', "if False:", "models/test_ledger.py"),
    Fault("a new database where one was", "models/database.py", "if used_before and (", "if False and (",
          "models/test_database.py"),
    Fault("data of a newer program is opened", "models/database.py", "if version > SCHEMA:", "if False:",
          "models/test_database.py"),
    Fault("a file takes its name before it is on the disk", "models/lasting.py",
          "        os.fsync(stream.fileno())\n", "        pass\n", "models/test_lasting.py"),
    Fault("a restore that was cut off is not carried through", "models/database.py",
          "            finish(home)\n", "            pass\n", "services/test_backups.py"),
    Fault("foreign keys off", "models/base.py", '"foreign_keys": 1', '"foreign_keys": 0', "models/test_database.py"),
    Fault("a home with people asks for no token", "door/people.py", "if self._office.desk.guarded():", "if False:",
          "door/test_door.py"),
    Fault("cells as far out as a sheet likes", "importers/cells.py", "if rows > MAX_ROWS:", "if False:",
          "importers/test_refused_files.py"),
    Fault("good backups go while the data is damaged", "services/backups.py",
          "        if self.marked():\n            return\n", "", "services/test_backups.py"),
    Fault("an attachment is taken for what it is named", "services/attachments.py",
          'return "" if same else', 'return "" if True else', "services/test_attachments.py"),
    Fault("who is erased stays in the drafts", "services/erasing.py", "if traces.told_in(content) or", "if False and",
          "services/test_persons.py"),
    Fault("a desk that nobody sits at stays open", "gui/locking.py", "self.idle.emit()", "pass",
          "gui/test_locking.py"),
    Fault("the log quotes what people wrote", "logbook.py", 'return _VALUES.sub("…", message)', "return message",
          "gui/test_furniture_crash.py"),
    Fault("the end of the history is not told beside it", "models/ledger.py",
          "self._database.after_commit(self._note_end)", "pass", "models/test_tail.py"),
    Fault("another key is taken for the history's", "models/database.py",
          "if key is None or key != spare:", "if key is None:", "models/test_database.py"),
    Fault("a trigger that is gone is not missed", "services/soundness.py",
          "if here.get(name) != made", "if False", "services/test_upkeep.py"),
)  # fmt: skip


def main() -> int:
    """Exit status 0 when every fault was noticed."""
    asked = argparse.ArgumentParser(prog="trials.faults")
    asked.add_argument("numbers", nargs="*", type=int, help="only these, counted from 1")
    asked.add_argument("--keep", action="store_true")
    told = asked.parse_args()
    chosen = [fault for number, fault in enumerate(_FAULTS, 1) if not told.numbers or number in told.numbers]
    with TemporaryDirectory(prefix="crm-faults-") as place:
        copy = Path(place) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        if stale := [fault.what for fault in chosen if fault.before not in _text(copy, fault)]:
            print(f"These have to be written anew, their place has changed: {stale}")
            return 1
        if not told.numbers and _fails(copy, *sorted({fault.tests for fault in _FAULTS})):
            print("The tests fail without any fault: mend that first.")
            return 1
        noticed = sum(_planted(copy, fault) for fault in chosen)
    print(f"{noticed} of {len(chosen)} faults noticed")
    if told.keep and not told.numbers and noticed == len(chosen):
        _keep(noticed)
    return 0 if noticed == len(chosen) else 1


def _text(copy: Path, fault: Fault) -> str:
    return (copy / "crm_desktop" / fault.place).read_text(encoding="utf-8")


def _planted(copy: Path, fault: Fault) -> bool:
    path, text = copy / "crm_desktop" / fault.place, _text(copy, fault)
    path.write_text(text.replace(fault.before, fault.after, 1), encoding="utf-8")
    try:
        noticed = _fails(copy, fault.tests)
    finally:
        path.write_text(text, encoding="utf-8")
    print(f"{'noticed' if noticed else 'NOT NOTICED'}: {fault.what} ({fault.tests})", flush=True)
    return noticed


def _fails(copy: Path, *tests: str) -> bool:
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *(f"tests/{one}" for one in tests)]
    done = subprocess.run(
        words, cwd=copy, env={**environment(), "PYTHONPATH": str(copy)}, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1, 2):  # 2: a test file that cannot even be imported
        raise SystemExit(f"{tests}: pytest ended with {done.returncode}: {done.stdout[-500:]}")
    return done.returncode != 0


def _keep(noticed: int) -> None:
    from trials.__main__ import PAPER, commit, keep  # noqa: PLC0415 - the runner, which reads every trial, only here

    trial = Trial("faults", "故意植入的错误", noticed, noticed, lambda *_: "")
    figures = f"植入 {noticed} 个错误，每个都至少有一个测试发现：{noticed} / {noticed}"
    keep(PAPER, trial, noticed, figures, date.today(), commit())  # noqa: DTZ011 - the day at this desk


if __name__ == "__main__":
    sys.exit(main())
