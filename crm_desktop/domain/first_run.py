"""首次设置: what the first start asks, all of it before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.pins import checked_pin
from crm_desktop.domain.text import checked_line

DEALERSHIP = {
    "name": "经销商名称",
    "code": "经销商代码",
    "brand": "品牌",
    "address": "地址",
    "phone": "服务电话",
}
"""What stands on papers, in the order asked; each is the setting ``dealership.<name>``."""
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A colleague as entered at the first start; the first of them holds 系统管理."""

    name: str
    roles: tuple[str, ...]
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FirstDraft:
    """Everything the first start asks; ``place`` is empty where the folder was named before."""

    dealership: Mapping[str, str]
    people: tuple[Newcomer, ...] = ()
    second_folder: str = ""
    place: str = ""


def checked_newcomer(newcomer: Newcomer, others: Sequence[Newcomer]) -> Newcomer:
    """A colleague as he will be kept, beside those already entered.

    :raises InvalidInput: under ``name`` or ``pin``.
    """
    name = checked_line(newcomer.name, "姓名", _LONGEST_NAME)
    if not name:
        raise InvalidInput({"name": "请填员工姓名。"})
    if name in {other.name for other in others}:
        raise InvalidInput({"name": f"已有员工“{name}”；同名的请加上工号区分。"})
    return Newcomer(name, newcomer.roles, checked_pin(newcomer.pin))


def checked_name(dealership: Mapping[str, str]) -> None:
    """:raises InvalidInput: under ``name``, where the dealership has none."""
    if not dealership.get("name", "").strip():
        raise InvalidInput({"name": "请填经销商名称，它会印在每张单子和报表上。"})
