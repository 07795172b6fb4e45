"""Once-only keys of the automation door: the same key twice gives the first answer again, and does nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.models.faults import translated
from crm_desktop.models.moments import stamp
from crm_desktop.services.desk import Desk

KEY_LIMIT = 200


class Answers:
    """An answer is kept in the transaction of what it answers, so that both are there or neither is.

    What is kept names records by number and version and holds no words of people (``door/operations.small``).
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def once(self, key: str, op: str, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What ``do`` answers, in one IMMEDIATE transaction with everything it writes; with a known key (an empty
        one is none) the first answer, and nothing is done.

        :raises InvalidInput: a key that is too long, or was used for another operation.
        """
        if len(key) > KEY_LIMIT:
            raise InvalidInput({"key": f"key 太长，最多 {KEY_LIMIT} 个字。"})
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            known = self._desk.rows("SELECT op, answer FROM door_answers WHERE key = ?", (key,)) if key else []
            if known and known[0][0] != op:
                raise InvalidInput({"key": f"这个 key 已用于 {known[0][0]}，新的一件事请换一个 key。"})
            if known:
                first: dict[str, Any] = json.loads(known[0][1])
                return first
            answer = do()
            if key:
                self._desk.database.execute_sql(
                    "INSERT INTO door_answers (key, op, answer, at) VALUES (?, ?, ?, ?)",
                    (key, op, json.dumps(answer, ensure_ascii=False), stamp(self._desk.now())),
                )
            return answer
