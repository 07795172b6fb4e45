"""分类提示: every category asks something of its own, and only categories do."""

from __future__ import annotations

import json

import pytest

from crm_desktop.domain.complaints import CATEGORIES
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.questions import read_questions
from crm_desktop.paths import resource


def test_every_category_asks_something_of_its_own_and_names_its_source() -> None:
    table = json.loads(resource("rules", "questions.json").read_text(encoding="utf-8"))
    asked = read_questions(table)
    assert tuple(asked) == CATEGORIES
    assert len(set(asked.values())) == len(CATEGORIES)
    assert "A18" in table["source"]


@pytest.mark.parametrize("row", [{"category": "天气", "ask": "下雨吗"}, {"category": "维修质量", "ask": "问" * 121}])
def test_what_is_no_category_or_endless_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        read_questions({"questions": [row]})
