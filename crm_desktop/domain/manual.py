"""使用手册: its chapters as they lie in resources/manual, read into blocks that window and paper set each in its way.

A file is Markdown of the plain kind that GitHub shows, too: one ``# `` title, ``## `` and ``### `` headings,
paragraphs, ``- `` and ``1. `` lists, ``> `` notes, tables, a picture on a line of its own. In a line **bold** is what
stands on the screen, `code` is a key, and [text](other.md#heading) leads to a heading. What is not understood is
refused, so that a slip of the pen is found by a test and not by a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm_desktop.paths import resource

FOLDER, PICTURES = "manual", "images"
BETWEEN_CELLS = "　"
"""Where a row of a table is told as one text."""

_BOLD = r"(?<!\*)\*\*(?P<bold>[^*]+)\*\*(?!\*)"  # a masked number, 138****1234, is none
_INLINE = re.compile(rf"{_BOLD}|`(?P<key>[^`]+)`|(?<!!)\[(?P<text>[^\]]+)\]\((?P<link>[^)]+)\)")
_PICTURE = re.compile(rf"!\[(?P<caption>[^\]]+)\]\({PICTURES}/(?P<name>[\w-]+)\.png\)")
_NO_WORD = re.compile(r"[^\w\- ]")
_NUMBER = re.compile(r"(\d+)\. ")
_RULE = re.compile(r"\|(?:-+\|)+")
_MARKS = re.compile(r"(?<!\*)\*\*(?!\*)|`|!\[|\]\(|</?\w|^\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind. ``label``: they stand on the screen so. ``link``: the anchor of the heading they lead to."""

    text: str
    label: bool = False
    key: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is the chapter's title. No two headings of the manual are alike: each can be told by its words."""

    text: str
    level: int

    @property
    def anchor(self) -> str:
        """What a link to it says behind the #, as GitHub makes it: no punctuation, - for a blank."""
        return _NO_WORD.sub("", self.text.lower()).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a ``note`` stands on a ground of its own."""

    runs: Runs
    note: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list: steps numbered from ``first``, or points where that is 0."""

    rows: tuple[Runs, ...]
    first: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """``name`` without folder and suffix."""

    name: str
    caption: str


Block = Heading | Words | Items | Grid | Picture


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: its name without suffix, its title, what stands in it, the title first."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    def headings(self) -> tuple[Heading, ...]:
        """In their order, the title among them."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))


def plain(runs: Runs) -> str:
    """The words without their kinds."""
    return "".join(run.text for run in runs)


def texts(block: Block) -> Iterator[str]:
    """Every piece of text of a block that is read by itself: a paragraph, a step, a row of a table."""
    match block:
        case Heading():
            yield block.text
        case Words():
            yield plain(block.runs)
        case Items():
            yield from map(plain, block.rows)
        case Grid():
            yield BETWEEN_CELLS.join(block.head)
            yield from (BETWEEN_CELLS.join(map(plain, row)) for row in block.rows)
        case Picture():
            yield block.caption


def shipped_chapters() -> tuple[Chapter, ...]:
    """The manual as the program brings it, in the order of the files' names."""
    files = sorted(resource(FOLDER).glob("*.md"))
    return tuple(read_chapter(file.stem, file.read_text(encoding="utf-8")) for file in files)


def picture_bytes(name: str) -> bytes:
    """A picture of the manual; empty where it was not made yet."""
    file = resource(FOLDER, PICTURES, f"{name}.png")
    return file.read_bytes() if file.is_file() else b""


def read_chapter(name: str, text: str) -> Chapter:
    """A chapter out of its text.

    :raises ValueError: what it does not understand, with the words.
    """
    blocks = tuple(_block(lines) for lines in _groups(text))
    if not blocks or not isinstance(blocks[0], Heading) or blocks[0].level != 1:
        raise ValueError(f"{name}: a chapter begins with its title")
    return Chapter(name, blocks[0].text, blocks)


def read_runs(text: str) -> Runs:
    """The kinds of words in a line."""
    runs, at = [], 0
    for found in _INLINE.finditer(text):
        runs.append(Run(text[at : found.start()]))
        if found["link"]:
            runs.append(Run(found["text"], link=found["link"].partition("#")[2] or found["link"]))
        else:
            runs.append(Run(found["bold"] or found["key"], label=bool(found["bold"]), key=bool(found["key"])))
        at = found.end()
    runs.append(Run(text[at:]))
    kept = tuple(run for run in runs if run.text)
    if wrong := _MARKS.search("".join(run.text for run in kept)):
        raise ValueError(f"not understood: {wrong[0]} in {text}")
    return kept


def _groups(text: str) -> Iterator[list[str]]:
    """Lines that belong together: a blank line parts them, so does the beginning of a heading or picture."""
    held: list[str] = []
    for line in text.splitlines():
        alone = line.startswith(("#", "!["))
        if held and (alone or not line.strip()):
            yield held
            held = []
        if alone:
            yield [line]
        elif line.strip():
            held.append(line.rstrip())
    if held:
        yield held


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("#"):
        marks, _, words = first.partition(" ")
        return Heading(words.strip(), len(marks))
    if found := _PICTURE.fullmatch(first):
        return Picture(found["name"], found["caption"])
    if first.startswith("|"):
        return _grid(lines)
    if first.startswith("> "):
        return Words(read_runs(_joined([line.removeprefix(">") for line in lines])), note=True)
    if first.startswith("- ") or _NUMBER.match(first):
        return _items(lines)
    return Words(read_runs(_joined(lines)))


def _items(lines: list[str]) -> Items:
    number = _NUMBER.match(lines[0])
    held: list[list[str]] = []
    for line in lines:
        begins = _NUMBER.match(line) if number else line.startswith("- ")
        if begins:
            held.append([line[line.index(" ") :]])
        elif line.startswith(" "):
            held[-1].append(line)
        else:
            raise ValueError(f"a line of a list begins with its mark or with a blank: {line}")
    return Items(tuple(read_runs(_joined(one)) for one in held), int(number[1]) if number else 0)


def _grid(lines: list[str]) -> Grid:
    if len(lines) < 3 or not _RULE.fullmatch(lines[1].replace(" ", "")):
        raise ValueError(f"a table has a head, a rule and rows: {lines[0]}")
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in (lines[0], *lines[2:])]
    if len({len(row) for row in cells}) > 1:
        raise ValueError(f"every row of a table has as many cells as its head: {lines[0]}")
    return Grid(tuple(cells[0]), tuple(tuple(read_runs(cell) for cell in row) for row in cells[1:]))


def _joined(lines: list[str]) -> str:
    """One line: between Chinese words nothing stands where the file's line ended."""
    whole = ""
    for line in map(str.strip, lines):
        latin = whole[-1:].isascii() and line[:1].isascii() and bool(whole)
        whole += f" {line}" if latin else line
    return whole
