"""A disk seen through strace: every write, sync and name inside one folder, and what a power cut leaves of them.

All that was synced is there. Of the rest each write is kept, torn at a sector or lost, one by one; new, changed and
removed names are kept up to some point of their order, as a journaling file system keeps them, and a sync of any file
or folder makes all earlier names last.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from trials.furniture import TrialFailed

_CALLS = (
    "openat,close,write,pwrite64,lseek,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,"
    "rmdir,sendfile,copy_file_range,clone,clone3"
)
_SECTOR = 512
_DONE = re.compile(rb"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_WORDS = re.compile(rb'"[^"]*"|\{[^}]*\}|\[[^\]]*\]|[^,\s][^,]*')


@dataclass(frozen=True, slots=True)
class Step:
    """What happened: ``write`` and ``cut`` to the file ``node``, ``sync`` of it, ``named``, ``moved`` or ``gone``
    to a path (below the folder), ``told`` on the standard output."""

    kind: str
    node: int = -1
    at: int = 0
    content: bytes = b""
    path: str = ""
    target: str = ""


@dataclass(slots=True)
class _Open:
    path: str
    node: int
    at: int = 0


@dataclass(slots=True)
class Disk:
    """A folder as it was before (``names`` of nodes, their ``contents``), and what was done to it since."""

    root: Path
    names: dict[str, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> Disk:
        """What lies there now."""
        disk = cls(root)
        for node, path in enumerate(sorted(path for path in root.rglob("*") if path.is_file())):
            name = path.relative_to(root).as_posix()
            disk.names[name], disk.contents[node] = node, path.read_bytes()
        return disk

    def watch(self, trace: Path) -> None:
        """Takes in what strace wrote down."""
        self.steps = list(_Reader(self).steps(trace.read_bytes()))

    def after(self, cut: int, chance: random.Random) -> dict[str, bytes]:
        """What may lie there after a power cut behind so many steps."""
        steps = self.steps[:cut]
        synced = {step.node: place for place, step in enumerate(steps) if step.kind == "sync"}
        lasting = max(synced.values(), default=-1)
        later = [place for place, step in enumerate(steps) if step.path and place > lasting]
        until = chance.choice((*later, cut)) if later else cut
        names = dict(self.names)
        for step in steps[:until]:
            _named(names, step)
        kept = set(names.values())
        contents = {node: bytearray(self.contents.get(node, b"")) for node in kept}
        for place, step in enumerate(steps):
            if step.node in kept and step.kind in ("write", "cut"):
                sure = place <= synced.get(step.node, -1)
                if sure or chance.random() < 0.5:
                    _done(contents[step.node], step, None if sure else chance)
        return {path: bytes(contents[node]) for path, node in names.items()}


def strace_to(trace: Path) -> list[str]:
    """What to put before a command; raises ``TrialFailed`` where tracing is forbidden."""
    try:
        subprocess.run(["strace", "-o", "/dev/null", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise TrialFailed("tracing is forbidden here, or there is no strace: this trial cannot be run") from None
    return ["strace", "-f", "-xx", "-s", "10000000", "-e", f"trace={_CALLS}", "-o", str(trace)]


class _Reader:
    """Follows handles and names through a trace; only the program itself and its threads write into the folder."""

    def __init__(self, disk: Disk) -> None:
        self._root = str(disk.root)
        self._names = dict(disk.names)
        self._new = count(len(disk.names))
        self._contents = {node: bytearray(content) for node, content in disk.contents.items()}
        self._open: dict[int, _Open] = {}

    def steps(self, trace: bytes) -> Iterator[Step]:
        lines = [done for line in _whole_lines(trace) if (done := _DONE.match(line)) and int(done[4]) >= 0]
        ours = {lines[0][1]} | {one[4] for one in lines if one[2].startswith(b"clone") and b"CLONE_THREAD" in one[3]}
        for done in lines:
            if done[1] in ours:
                for step in self._steps_of(done[2].decode(), _WORDS.findall(done[3]), int(done[4])):
                    self._live(step)
                    yield step

    def _steps_of(self, name: str, words: list[bytes], result: int) -> Iterator[Step]:
        if name == "openat":
            yield from self._opened(words, result)
        elif name in ("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "rmdir"):
            yield from self._renamed(name, words)
        elif name == "write" and words[0] == b"1":
            yield Step("told", content=_bytes(words[1]))
        elif name in ("sendfile", "copy_file_range"):
            yield from self._copied(name, words, result)
        elif words and words[0].isdigit() and (handle := self._open.get(int(words[0]))):
            yield from self._written(name, handle, words, result)

    def _opened(self, words: list[bytes], result: int) -> Iterator[Step]:
        self._open.pop(result, None)
        path = self._path(words[1], words[0])
        if path is None:
            return
        if b"O_CREAT" in words[2] and path not in self._names:
            yield Step("named", next(self._new), path=path)
        handle = self._open[result] = _Open(path, self._names.get(path, -1))
        if b"O_TRUNC" in words[2] and self._contents.get(handle.node):
            yield Step("cut", handle.node)
        if b"O_APPEND" in words[2]:
            handle.at = len(self._contents.get(handle.node, b""))

    def _renamed(self, name: str, words: list[bytes]) -> Iterator[Step]:
        texts = [place for place, word in enumerate(words) if word.startswith(b'"')]
        paths = [self._path(words[place], words[place - 1] if place else b"") for place in texts]
        if name.startswith("rename") and all(paths):
            yield Step("moved", path=str(paths[0]), target=str(paths[1]))
        elif name.startswith("unlink") and paths[0] in self._names:
            yield Step("gone", path=paths[0])

    def _written(self, name: str, handle: _Open, words: list[bytes], result: int) -> Iterator[Step]:
        if name == "write":
            yield Step("write", handle.node, handle.at, _bytes(words[1])[:result])
            handle.at += result
        elif name == "pwrite64":
            yield Step("write", handle.node, int(words[3]), _bytes(words[1])[:result])
        elif name == "lseek":
            handle.at = result
        elif name == "ftruncate":
            yield Step("cut", handle.node, int(words[1]))
        elif name in ("fsync", "fdatasync"):
            yield Step("sync", handle.node)
        elif name == "close":
            del self._open[int(words[0])]

    def _copied(self, name: str, words: list[bytes], result: int) -> Iterator[Step]:
        source, target = (int(words[place]) for place in ((1, 0) if name == "sendfile" else (0, 2)))
        if target in self._open:
            reading, writing = self._open[source], self._open[target]
            content = bytes(self._contents[reading.node][reading.at : reading.at + result])
            yield Step("write", writing.node, writing.at, content)
            reading.at, writing.at = reading.at + result, writing.at + result

    def _live(self, step: Step) -> None:
        """The folder as the program itself sees it."""
        _named(self._names, step)
        if step.kind in ("write", "cut"):
            _done(self._contents.setdefault(step.node, bytearray()), step, None)

    def _path(self, word: bytes, folder: bytes) -> str | None:
        """Below the folder that is watched, or None."""
        text = _bytes(word).decode("utf-8", "replace")
        if not text.startswith("/") and folder.isdigit() and int(folder) in self._open:
            return f"{self._open[int(folder)].path}/{text}".removeprefix("./")
        if text == self._root:
            return "."
        return text.removeprefix(f"{self._root}/") if text.startswith(f"{self._root}/") else None


def _named(names: dict[str, int], step: Step) -> None:
    if step.kind == "named":
        names[step.path] = step.node
    elif step.kind == "gone":
        names.pop(step.path, None)
    elif step.kind == "moved":
        below = f"{step.path}/"
        for path in [path for path in names if path == step.path or path.startswith(below)]:
            names[step.target + path.removeprefix(step.path)] = names.pop(path)


def _done(content: bytearray, step: Step, chance: random.Random | None) -> None:
    if step.kind == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    written = step.content
    if chance is not None and chance.random() < 0.5:  # torn: some of its sectors only
        written = written[: chance.randrange(len(written) // _SECTOR + 1) * _SECTOR]
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(written)] = written


def _whole_lines(trace: bytes) -> Iterator[bytes]:
    """Calls that strace tells in two parts, put together again."""
    begun: dict[bytes, bytes] = {}
    for line in trace.splitlines():
        pid = line.split(b" ", 1)[0]
        if line.endswith(b"<unfinished ...>"):
            begun[pid] = line.removesuffix(b"<unfinished ...>").rstrip()
        elif b" resumed>" in line:
            yield begun.pop(pid, b"") + line.split(b" resumed>", 1)[1]
        else:
            yield line


def _bytes(word: bytes) -> bytes:
    text = _TEXT.match(word)
    return bytes.fromhex(text[1].replace(b"\\x", b"").decode("ascii")) if text else b""
