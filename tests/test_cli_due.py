"""``due`` tells every open milestone; ``deadlines`` and ``check-wording`` follow the home's own rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import ADMINISTRATOR
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import act, at, office  # noqa: F401 - office is a fixture, found by its name
from tests.services.procedure import assigned, received

ADMIN = act(who="程立群", rights=rights_of((ADMINISTRATOR,)))


def told(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What a command answers as JSON."""
    assert cli.run(cli.parse(["--home", str(home), *words, "--json"])) == 0
    return json.loads(capsys.readouterr().out)


def test_due_tells_number_milestone_time_and_lateness(
    office: Office,  # noqa: F811 - the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = received(office, severity="重大"), assigned(office)
    office.promises.make(second.number, "下午4点回电", at("2026-11-21 16:00"), act())
    home = office.desk.home
    assert told(home, capsys, "due", "--at", "2026-11-21T09:12:30") == [
        {"number": first.number, "milestone": "hand_over", "due": "2026-11-21T09:10", "late_minutes": 3},
        {"number": first.number, "milestone": "respond", "due": "2026-11-21T09:30", "late_minutes": 0},
        {"number": second.number, "milestone": "promise", "due": "2026-11-21T16:00", "late_minutes": 0},
        {"number": first.number, "milestone": "resolve", "due": "2026-11-24T09:00", "late_minutes": 0},
        {"number": second.number, "milestone": "resolve", "due": "2026-11-24T09:00", "late_minutes": 0},
    ]


def test_due_reads_like_a_list(office: Office, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811 - the fixture
    received(office)
    assert cli.run(cli.parse(["--home", str(office.desk.home), "due", "--at", "2026-11-21T17:31"])) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "2026-11-21 17:30\tTS20261121-001\t移交，超期1分"


def test_long_overdue_is_told_in_days(office: Office, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811 - the fixture
    received(office)
    assert cli.run(cli.parse(["--home", str(office.desk.home), "due", "--at", "2026-11-23T19:30"])) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("移交，超期2天2小时")


def test_the_simulator_follows_the_home_s_own_rules(
    office: Office,  # noqa: F811 - the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = office.rules.table(RuleName.CALENDAR)
    table["week"]["周一"] = "08:30-20:00"
    office.rules.change(RuleName.CALENDAR, table, ADMIN, "周一延长营业")
    asked = ("deadlines", "--channel", "接待", "--severity", "一般", "--received", "2026-11-23T18:05")
    assert told(office.desk.home, capsys, *asked)["hand_over"]["due"] == "2026-11-23T20:00"
    assert told(office.desk.home / "none", capsys, *asked)["hand_over"]["due"] == "2026-11-24T17:30"
