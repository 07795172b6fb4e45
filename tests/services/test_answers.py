"""A once-only key and what was done under it: both on the disk, or neither."""

from __future__ import annotations

import pytest

from crm_desktop.services.answers import Answers
from crm_desktop.services.office import Office
from tests.makers import registered


def test_what_was_done_goes_when_its_key_cannot_be_kept(office: Office) -> None:
    def done() -> dict[str, object]:
        return {"number": registered(office).number, "no": object()}

    with pytest.raises(TypeError):
        Answers(office.desk).once("key", "complaints.register", done)
    assert office.desk.rows("SELECT COUNT(*) FROM complaints") == [(0,)]
