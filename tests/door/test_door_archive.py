"""What is closed through the door gets its plain form beside the answers, whoever opens a window or not."""

from __future__ import annotations

import io
import json
from pathlib import Path

from crm_desktop.door.serve import serve
from crm_desktop.services.office import Office
from tests.makers import closed, office  # noqa: F401 - a fixture, found by its name


def asked(office: Office, op: str, **args: object) -> dict[str, object]:  # noqa: F811 - the fixture handed on
    line = json.dumps({"id": 1, "op": op, "args": args}).encode() + b"\n"
    target = io.BytesIO()
    serve(office, io.BytesIO(line), target)
    answer: dict[str, object] = json.loads(target.getvalue().splitlines()[-1])
    return answer


def test_a_case_closed_through_the_door_has_its_form_when_the_caller_has_gone(
    office: Office,  # noqa: F811 - the fixture
    home: Path,
) -> None:
    saved = closed(office)
    assert asked(office, "complaints.get", number=saved.number)["ok"]
    assert sorted(path.suffix for path in home.glob(f"archive/2026/{saved.number}.*")) == [".json", ".pdf"]


def test_a_form_that_cannot_be_written_takes_nothing_from_the_answer(
    office: Office,  # noqa: F811 - the fixture
    home: Path,
) -> None:
    (home / "archive").write_text("a file where the folder should be", encoding="utf-8")
    number = closed(office).number
    assert asked(office, "complaints.get", number=number)["ok"]
    (home / "archive").unlink()
    assert asked(office, "complaints.get", number=number)["ok"]
    assert len(list(home.glob(f"archive/2026/{number}.*"))) == 2
