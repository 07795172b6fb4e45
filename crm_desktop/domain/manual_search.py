"""Finds words in 使用手册: Chinese as typed, letters in any case, and pinyin initials where nothing else fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from crm_desktop.domain import pinyin
from crm_desktop.domain.manual import Chapter, Heading, texts

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_BEFORE, _AFTER = 8, 24
_FEWEST_LETTERS = 2
MOST = 80


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that has the words, the heading it stands under, and what of it is to be marked."""

    heading: str
    sentence: str
    mark: str
    is_heading: bool = False

    @property
    def glimpse(self) -> str:
        """As much of the sentence as a list shows: what was found and the words around it."""
        begin = max(0, self.sentence.find(self.mark) - _BEFORE)
        end = begin + _BEFORE + _AFTER
        return f"{'…' if begin else ''}{self.sentence[begin:end].strip()}{'…' if end < len(self.sentence) else ''}"


class ManualIndex:
    """The sentences of the manual in their order."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._lines = [line for chapter in chapters for line in _lines(chapter)]

    def find(self, asked: str) -> list[Hit]:
        """Headings before sentences, each in the order of the manual; at most ``MOST``.

        Words parted by a blank must all stand in a sentence or its heading.
        """
        words = asked.casefold().split()
        if not words:
            return []
        found = [hit for line in self._lines if (hit := _told(line, words))]
        letters = "".join(words)
        if not found and letters.isascii() and letters.isalpha() and len(letters) >= _FEWEST_LETTERS:
            found = self._by_initials(letters)
        return sorted(found, key=_sentences_after_headings)[:MOST]

    def _by_initials(self, letters: str) -> list[Hit]:
        hits = []
        for (heading, sentence, is_heading), spelled in zip(self._lines, self._initials, strict=True):
            at = _place(letters, [readings for _, readings in spelled])
            if at is not None:
                begin, end = spelled[at][0], spelled[at + len(letters) - 1][0] + 1
                hits.append(Hit(heading, sentence, sentence[begin:end], is_heading))
        return hits

    @cached_property
    def _initials(self) -> list[list[tuple[int, frozenset[str]]]]:
        """Of each sentence: where its Chinese characters stand, and the letters their readings begin with."""
        return [_spelled(sentence) for _heading, sentence, _is_heading in self._lines]


Line = tuple[str, str, bool]


def _lines(chapter: Chapter) -> Iterator[Line]:
    under = chapter.title
    for block in chapter.blocks:
        if isinstance(block, Heading):
            under = block.text
            yield under, under, True
            continue
        for text in texts(block):
            for sentence in _SENTENCE.findall(text):
                yield under, sentence.strip(), False


def _told(line: Line, words: Sequence[str]) -> Hit | None:
    heading, sentence, is_heading = line
    low = sentence.casefold()
    if words[0] not in low or any(word not in low and word not in heading.casefold() for word in words):
        return None
    at = low.find(words[0])
    return Hit(heading, sentence, sentence[at : at + len(words[0])], is_heading)


def _spelled(sentence: str) -> list[tuple[int, frozenset[str]]]:
    told = ((place, frozenset(pinyin.initials(char).split())) for place, char in enumerate(sentence))
    return [(place, letters) for place, letters in told if letters and not sentence[place].isascii()]


def _place(letters: str, spelled: Sequence[frozenset[str]]) -> int | None:
    """Where these letters first follow each other."""
    for at in range(len(spelled) - len(letters) + 1):
        if all(letter in spelled[at + step] for step, letter in enumerate(letters)):
            return at
    return None


def _sentences_after_headings(hit: Hit) -> bool:
    return not hit.is_heading
