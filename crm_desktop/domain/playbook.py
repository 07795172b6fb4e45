"""处理手册: texts the desk may read and edit, one subject a file, each head naming the requirement rows it serves.

    ---
    title: 道歉
    serves: A228 A187
    ---
    ## 五个忌讳
    - 没有诚意：……

A file is Markdown of the plainest kind: a head, sections that begin with ``## ``, lines that begin with ``- `` or a
number. Nothing else is understood, so that whoever edits one cannot break more than its own text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_text

_HEAD = re.compile(r"---\n(?P<head>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_ROW = re.compile(r"A\d+")
_NUMBERED = re.compile(r"(\d)[.、]\s*(.+)")
_MOST_LETTERS = 12_000
STEPS = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines, without their marks."""

    heading: str
    lines: tuple[str, ...]

    def for_step(self, step: int) -> str:
        """The line numbered with this step (1 to 6) in a section that has one for each; empty where it has none."""
        for line in self.lines:
            found = _NUMBERED.fullmatch(line)
            if found and int(found[1]) == step:
                return found[2]
        return ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: its name without suffix, its title, the rows it serves, its sections."""

    name: str
    title: str
    serves: tuple[str, ...]
    sections: tuple[Section, ...]

    def section(self, heading: str) -> Section | None:
        """The section of this heading."""
        return next((one for one in self.sections if one.heading == heading), None)


def read_chapter(name: str, text: str) -> Chapter:
    """A file as it lies in the folder.

    :raises InvalidInput: no head, no title, no section.
    """
    whole = checked_text(text, "手册", _MOST_LETTERS)
    found = _HEAD.fullmatch(f"{whole}\n")
    head = dict(_told(line) for line in found["head"].splitlines()) if found else {}
    if not found or not head.get("title"):
        raise InvalidInput({"text": "开头的“---”几行请保留：里面有标题（title）和依据的编号（serves）。"})
    sections = _sections(found["body"])
    if not sections:
        raise InvalidInput({"text": "至少留一个小标题：一行以“## ”开头。"})
    return Chapter(name, head["title"], tuple(_ROW.findall(head.get("serves", ""))), sections)


def check_headings(chapter: Chapter, wanted: Collection[str]) -> None:
    """Before an edited text takes the place of the shipped one.

    :raises InvalidInput: a heading is gone by which the 六步向导 finds what fits.
    """
    missing = [heading for heading in wanted if chapter.section(heading) is None]
    if missing:
        named = "、".join(f"“## {heading}”" for heading in missing[:3])
        raise InvalidInput({"text": f"小标题 {named} 不能去掉或改名，六步向导靠它找内容。"})


def _told(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _sections(body: str) -> tuple[Section, ...]:
    found: list[tuple[str, list[str]]] = []
    for raw in body.splitlines():
        line = raw.strip()
        if line.startswith("## "):
            found.append((line[3:].strip(), []))
        elif line and found:
            found[-1][1].append(line.removeprefix("- ").strip())
    return tuple(Section(heading, tuple(lines)) for heading, lines in found)
