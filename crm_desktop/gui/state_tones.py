"""The tone a complaint's state wears, the same in every room; the word always stands with it."""

from __future__ import annotations

from crm_desktop.gui.theme import Tone

_TONES = {
    "登记": Tone.SOON,
    "已移交": Tone.SOON,
    "已响应": Tone.INFO,
    "处理中": Tone.INFO,
    "已解决": Tone.DONE,
}


def state_tone(state: str) -> Tone:
    """Amber while nobody has taken it up, blue in work, green when solved, grey when it is over."""
    return _TONES.get(state, Tone.GREY)
