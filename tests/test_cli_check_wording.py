"""``check-wording``: a measure or a cause judged on the command line, without any home."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop import cli

Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Exit status and stdout, with a data folder that nobody made yet."""

    def command(kind: str, text: str, *more: str) -> tuple[int, str]:
        words = ["--home", str(tmp_path / "none"), "check-wording", "--kind", kind, text, *more]
        status = cli.run(cli.parse(words))
        assert not (tmp_path / "none").exists()
        return status, capsys.readouterr().out

    return command


def test_a_vague_measure_ends_with_1_and_says_what_is_missing(ask: Ask) -> None:
    status, said = ask("measure", "加强检查", "--json")
    assert (status, json.loads(said)) == (
        1,
        {
            "verdict": "block",
            "found": [{"word": "加强检查", "at": 0, "kind": "vague"}],
            "missing": ["who", "what", "when", "verify"],
        },
    )


def test_a_concrete_measure_ends_with_0(ask: Ask) -> None:
    status, said = ask("measure", "质检员每台车交车前复紧5颗螺栓到120N·m，终检单签字", "--json")
    assert (status, json.loads(said)) == (0, {"verdict": "pass", "found": [], "missing": []})


def test_a_hint_is_no_failure(ask: Ask) -> None:
    status, said = ask("measure", "质检员每台车交车前复核螺栓并在终检单签字", "--json")
    assert (status, json.loads(said)["verdict"]) == (0, "hint")


def test_a_cause_that_only_blames_ends_with_1_and_asks_why(ask: Ask) -> None:
    status, said = ask("cause", "员工粗心大意", "--json")
    answer = json.loads(said)
    assert (status, answer["verdict"], answer["missing"]) == (1, "block", ["next_why"])
    assert answer["found"] == [{"word": "粗心大意", "at": 2, "kind": "blame"}]


def test_without_json_it_says_a_sentence_and_offers_a_template(ask: Ask) -> None:
    status, said = ask("measure", "加强检查")
    assert status == 1
    assert said.splitlines()[0].startswith("还没有写明谁来做")
    assert "谁：" in said.splitlines()[1]


def test_an_unknown_kind_is_wrong_usage(ask: Ask) -> None:
    with pytest.raises(SystemExit) as ended:
        ask("plan", "加强检查")
    assert ended.value.code == 2
