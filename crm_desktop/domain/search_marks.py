"""Where a question stands in the text of a hit, so that the desk sees why it is there, and what a typed text may begin.

met_spans(text, typed) -> ((start, length), …)        what is to be marked in the text
typed_as(text) -> (field, value)                      the field of the intake a text belongs into
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm_desktop.domain.identity import half_width, phone_key, plate_doubt, plate_key, shown_plate, vin_key
from crm_desktop.domain.search import Question, code_form, folded

_PHONE_DIGITS = range(7, 13)
_LONGEST_NAME = 4
_VIN_LOOK = re.compile(r"(?=.*\d)[0-9A-Z]{17}")
_COMPANY = re.compile(r"(公司|集团|中心|商行|车队|工厂|学校|医院|银行|厂|局|店|社)$")
_DIGITS = re.compile(r"\+?[\d -]+")


def met_spans(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """The pieces of ``text`` that answer the question, from left to right, without overlaps.

    Words first; where none of them stands there, the question as a code, over blanks, dashes and dots.
    """
    question = Question(typed.strip())
    told = folded(text)
    spans = [span for word in question.words for span in _places(told, word)]
    return _joined(spans or list(_code_places(text, question)))


def typed_as(text: str) -> tuple[str, str]:
    """Field and value of the intake: phone, plate or VIN by their look, a short text as a name, a long one as words."""
    typed = half_width(text).strip()
    digits = sum(char.isdigit() for char in typed)
    if _DIGITS.fullmatch(typed) and digits in _PHONE_DIGITS:
        return "phone", phone_key(typed)
    if re.fullmatch(_VIN_LOOK, vin_key(typed)):
        return "vin", vin_key(typed)
    if digits and plate_doubt(plate_key(typed)) is None:
        return "plate", shown_plate(plate_key(typed))
    is_name = len(typed) <= _LONGEST_NAME or typed.isascii() or _COMPANY.search(typed)
    return ("customer_name", typed) if is_name else ("words", typed)


def _places(told: str, word: str) -> Iterator[tuple[int, int]]:
    at = told.find(word)
    while at >= 0:
        yield at, len(word)
        at = told.find(word, at + len(word))


def _code_places(text: str, question: Question) -> Iterator[tuple[int, int]]:
    """As the code of the text reads, told back in places of the text itself."""
    forms = [(code_form(char), at) for at, char in enumerate(text)]
    told = "".join(form for form, _ in forms)
    origin = [at for form, at in forms for _ in form]
    for part in question.phones or (question.code,):
        for at, length in _places(told, part) if part else ():
            yield origin[at], origin[at + length - 1] - origin[at] + 1


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, length in sorted(spans):
        if joined and start <= sum(joined[-1]):
            first = joined[-1][0]
            joined[-1] = (first, max(sum(joined[-1]), start + length) - first)
        else:
            joined.append((start, length))
    return tuple(joined)
