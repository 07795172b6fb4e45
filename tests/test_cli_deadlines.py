"""``deadlines``: the rule simulator of the command line, without any home."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli

Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A data folder that nobody made yet."""
    return tmp_path / "none"


@pytest.fixture
def ask(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Exit status, and the JSON on stdout or the sentence on stderr."""

    def command(channel: str, severity: str, received: str) -> tuple[int, Any]:
        words = ["deadlines", "--channel", channel, "--severity", severity, "--received", received, "--json"]
        status = cli.run(cli.parse(["--home", str(nowhere), *words]))
        said = capsys.readouterr()
        return status, json.loads(said.out) if status == 0 else said.err

    return command


def test_every_due_time_comes_with_its_sentence(ask: Ask) -> None:
    assert ask("接待", "一般", "2026-11-23T18:05") == (
        0,
        {
            "hand_over": {
                "due": "2026-11-24T17:30",
                "why": "接待·一般：11月23日 18:05 受理，已过下班时间 17:30 → 11月24日 17:30",
            },
            "respond": None,
            "resolve": {
                "due": "2026-11-26T18:05",
                "why": "接待·一般：11月23日 18:05 受理，3天（72小时）内解决 → 11月26日 18:05",
            },
        },
    )


@pytest.mark.parametrize("received", ["2026-12-31T23:50", "2026-12-31 23:50:00", "2026年12月31日 23:50"])
def test_the_maker_hotline_runs_over_the_new_year(ask: Ask, received: str) -> None:
    _, told = ask("400热线", "重大", received)
    assert told["hand_over"] is None
    assert told["respond"]["due"] == "2027-01-01T02:50"
    assert told["resolve"]["due"] == "2027-01-03T23:50"
    assert (
        told["resolve"]["why"]
        == "400热线·重大：2026年12月31日 23:50 受理，3天（72小时）内关闭投诉工单 → 2027年1月3日 23:50"
    )


def test_midnight_is_a_time_when_it_is_said(ask: Ask) -> None:
    _, told = ask("媒体", "一般", "2026-11-24T00:00")
    assert told["hand_over"]["due"] == "2026-11-24T00:30"


def test_seconds_are_kept(ask: Ask) -> None:
    _, told = ask("回访", "重大", "2026-11-24T09:00:20")
    assert told["respond"]["due"] == "2026-11-24T09:30:20"


@pytest.mark.parametrize(
    ("channel", "severity", "received", "named"),
    [
        ("微信", "一般", "2026-11-24T09:00", "微信"),
        ("", "一般", "2026-11-24T09:00", "接待"),
        ("接待", "特大", "2026-11-24T09:00", "特大"),
        ("接待", "全部", "2026-11-24T09:00", "全部"),
        ("接待", "一般", "昨天", "昨天"),
        ("接待", "一般", "", "看不懂"),
        ("接待", "一般", "2026-11-24", "几点几分"),
        ("接待", "一般", "2026-11-24T25:00", "不存在"),
        ("接待", "一般", "2026-02-29T09:00", "不存在"),
        ("接待", "一般", "2026-11-24T09:00+08:00", "看不懂"),
        ("接待", "一般", "9999-12-31T23:59", "9999"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(
    ask: Ask, channel: str, severity: str, received: str, named: str
) -> None:
    status, sentence = ask(channel, severity, received)
    assert status == 3
    assert named in sentence
    assert sentence.endswith("。\n")
    assert sentence.count("\n") == 1


def test_what_is_no_time_at_all_is_answered_with_how_a_time_is_written(ask: Ask) -> None:
    status, said = ask("接待", "一般", "now")
    assert (status, "2026-11-23T18:05" in said) == (3, True)


def test_without_json_each_step_is_a_line(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["deadlines", "--channel", "接待", "--severity", "重大", "--received", "2026-11-24T09:00"]
    assert cli.run(cli.parse(["--home", str(nowhere), *words])) == 0
    steps = [line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()]
    assert steps == [["移交", "2026-11-24 09:10"], ["响应", "2026-11-24 09:30"], ["解决", "2026-11-27 09:00"]]


def test_asking_makes_no_data_folder(ask: Ask, nowhere: Path) -> None:
    ask("其他", "重大", "2026-11-24T09:00")
    assert not nowhere.exists()
