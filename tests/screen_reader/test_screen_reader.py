"""A screen reader alone brings a customer's complaint from the desk to the register on disk."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader

from tests.screen_reader.conftest import Story


def test_a_complaint_gets_from_the_desk_to_the_register_through_names_alone(
    on_a_screen: Story, named_home: Path, tmp_path: Path
) -> None:
    told = on_a_screen("story.py", named_home, tmp_path / "register.pdf")
    paper = re.sub(r"\s", "", PdfReader(tmp_path / "register.pdf").pages[0].extract_text())
    assert "已登记" in told
    assert "变速箱二挡升三挡一顿一顿的" in paper
    assert "138****5521" in paper
