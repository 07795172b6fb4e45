"""分类提示: what to ask about, by the kind of complaint (A18, 依据不同的抱怨填写); it never holds up saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.complaints import CATEGORIES
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line


def read_questions(table: Mapping[str, Any]) -> Mapping[str, str]:
    """What to ask by category, from a table like resources/rules/questions.json; a category may ask nothing.

    :raises InvalidInput: a category that is none, or an endless question.
    """
    found = {}
    for row in table.get("questions", ()):
        category = row.get("category", "")
        if category not in CATEGORIES:
            raise InvalidInput(f"没有“{category}”这个类别，请从 {'、'.join(CATEGORIES)} 中选。")
        found[category] = checked_line(row.get("ask", ""), f"{category}的提示", 120)
    return found
