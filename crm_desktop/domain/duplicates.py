"""重复客户: two files that look like one person, and what they have in common (requirement A89; peers B12).

A shared phone, VIN or plate is reason enough, also under two names (a wife, a nickname, a car that was sold): a person
looks and says so. A shared name alone is none: it must meet something else, or a hundred 张伟 would be offered.

    likeness(Person, Person) -> Likeness          probable where ``points`` reach ``PROBABLE``
    one_digit_away(phone) -> every number that is told from this one by a single digit
"""

from __future__ import annotations

from dataclasses import dataclass
from string import digits

from crm_desktop.domain.pinyin import initials

PROBABLE = 50
_PHONE, _VIN, _PLATE, _NAME, _SOUND, _NEAR_PHONE, _ADDRESS = 60, 60, 60, 30, 20, 30, 30
_OTHER_NAME = 10
_MOBILE_DIGITS = 11
_SHORTEST_ADDRESS = 6


@dataclass(frozen=True, slots=True)
class Person:
    """One file as it is compared; phones, plates and VINs in their stored form."""

    id: int
    name: str = ""
    phones: frozenset[str] = frozenset()
    plates: frozenset[str] = frozenset()
    vins: frozenset[str] = frozenset()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike, 0 to 100, and why, in the desk's words."""

    points: int
    reasons: tuple[str, ...]

    @property
    def probable(self) -> bool:
        """Whether the pair is offered."""
        return self.points >= PROBABLE


def likeness(one: Person, other: Person) -> Likeness:
    """Everything two files have in common. Two names that contradict each other are told, and take points off."""
    found = [
        *_shared("电话", one.phones, other.phones, _PHONE),
        *_shared("VIN", one.vins, other.vins, _VIN),
        *_shared("车牌", one.plates, other.plates, _PLATE),
    ]
    name = _names(one.name, other.name)
    if name:
        found.append(name)
    if not one.phones & other.phones and _near(one.phones, other.phones):
        found.append((_NEAR_PHONE, "手机号只差一位"))
    if one.address == other.address and len(one.address) >= _SHORTEST_ADDRESS:
        found.append((_ADDRESS, "地址相同"))
    if found and one.name and other.name and not name:
        found.append((-_OTHER_NAME, "姓名不同"))
    points = sum(number for number, _ in found)
    return Likeness(max(0, min(100, points)), tuple(why for _, why in found))


def one_digit_away(phone: str) -> list[str]:
    """Nine numbers for each of its digits."""
    return [f"{phone[:i]}{digit}{phone[i + 1 :]}" for i, own in enumerate(phone) for digit in digits if digit != own]


def sounds_like(one: str, other: str) -> bool:
    """Whether two names of one length differ in at most one character, which is read with the same initial."""
    if len(one) != len(other) or len(one) < 2:
        return False
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(different) <= 1 and all(_alike(a, b) for a, b in different)


def _alike(one: str, other: str) -> bool:
    return not set(initials(one).split()).isdisjoint(initials(other).split())


def _shared(kind: str, one: frozenset[str], other: frozenset[str], points: int) -> list[tuple[int, str]]:
    return [(points, f"{kind}相同（{'、'.join(sorted(one & other))}）")] if one & other else []


def _names(one: str, other: str) -> tuple[int, str] | None:
    one, other = "".join(one.split()), "".join(other.split())
    if not one or not other:
        return None
    if one == other:
        return _NAME, "姓名相同"
    return (_SOUND, "姓名只差一个字、读音相近") if sounds_like(one, other) else None


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    pairs = ((a, b) for a in one for b in other if len(a) == len(b) == _MOBILE_DIGITS)
    return any(sum(x != y for x, y in zip(a, b, strict=True)) == 1 for a, b in pairs)
