"""What trials share: a home in a temporary folder, the automation door as a caller outside has it, and an outcome."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROGRAM = [sys.executable, "-m", "crm_desktop"]
ROOT = Path(__file__).resolve().parent.parent
PIN = "2468"
Rows = dict[str, list[tuple[object, ...]]]


class TrialFailed(AssertionError):
    """A trial saw what must not be."""


@dataclass(frozen=True, slots=True)
class Trial:
    """``run(rounds, seed)`` tells its figures in one line, or raises ``TrialFailed``; ``small`` and ``big`` are the
    rounds of CI and of a release."""

    name: str
    what: str
    small: int
    big: int
    run: Callable[[int, int], str]


@contextmanager
def new_home() -> Iterator[Path]:
    """A data folder that goes again."""
    with TemporaryDirectory(prefix="crm-trial-") as place:
        yield Path(place) / "home"


def command(home: Path, *words: str, check: bool = True, **given: Any) -> subprocess.CompletedProcess[str]:
    """One command of the program, as 服务总监 where the home has people; ``given`` as for ``started``."""
    process = started(home, *words, **given)
    out, err = process.communicate(timeout=600)
    done = subprocess.CompletedProcess(process.args, process.returncode, out.decode(), err.decode())
    if check and done.returncode:
        raise TrialFailed(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done


def started(
    home: Path, *words: str, before: Sequence[str] = (), more: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """One command of the program, running; ``before`` starts it (prlimit, strace), ``more`` is put into its
    environment."""
    return subprocess.Popen(
        [*before, *PROGRAM, "--home", str(home), "--as", "服务总监", *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        env={**environment(), **(more or {})},
    )  # fmt: skip


def killed(process: subprocess.Popen[bytes]) -> None:
    """As by a power cut: no last word. Waits until it is gone."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(BrokenPipeError):  # a wish that was not taken any more
                stream.close()


class Caller:
    """The automation door of one home, spoken to over its pipes."""

    def __init__(self, home: Path, **given: Any) -> None:
        self.process = started(home, "serve", **given)
        try:
            first = self._line()
        except EOFError:
            raise TrialFailed(f"the door did not open: {self._last_words()}") from None
        if not first.get("ready"):
            raise TrialFailed(f"the door did not open: {first}")
        self._token = ""

    def send(self, op: str, **args: Any) -> None:
        """Asks and does not wait."""
        assert self.process.stdin is not None
        wish = {"id": 1, "op": op, "token": self._token, "args": args}
        self.process.stdin.write(json.dumps(wish).encode() + b"\n")
        self.process.stdin.flush()

    def answer(self, op: str, **args: Any) -> dict[str, Any]:
        """Whatever comes back, a refusal too; a fault of the program's own fails the trial."""
        self.send(op, **args)
        answer = self._line()
        if answer.get("code") == 1:
            raise TrialFailed(f"{op}: a fault inside the program")
        return answer

    def ask(self, op: str, **args: Any) -> Any:
        """The result of what must be allowed."""
        answer = self.answer(op, **args)
        if not answer["ok"]:
            raise TrialFailed(f"{op}: {answer['error']}")
        return answer["result"]

    def sit_down(self, name: str = "服务总监", token: str = "") -> str:
        """From now on this person asks, or whoever holds this token. Returns the token."""
        self._token = token.strip() if token else self.ask("staff.login", name=name, pin=PIN)["token"]
        return self._token

    def close(self) -> None:
        """Says goodbye."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _last_words(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode("utf-8", "replace").strip()[-300:]

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer


def version_of(home: Path) -> int:
    """The schema number of its database."""
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        return int(rows.execute("PRAGMA user_version").fetchone()[0])


def rows_of(home: Path) -> Rows:
    """Every row of every table, the search index left aside."""
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY name"
        names = [name for (name,) in rows.execute(query)]
        return {name: rows.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in names}


def environment() -> dict[str, str]:
    """As the program is started by all trials."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "CRM_PIN": PIN, "QT_QPA_PLATFORM": "offscreen"}
