"""The facts of the counter's banner in the order they matter, as the window says them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crm_desktop.domain.banner import Banner
from crm_desktop.domain.banner import Tone as Loudness
from crm_desktop.domain.risk import RiskLevel
from crm_desktop.gui.theme import Tone

_TONES = {Loudness.ALARM: Tone.LATE, Loudness.WARN: Tone.SOON}
_ORDER = (Tone.LATE, Tone.SOON, None)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``number`` is the complaint it leads to, ``source`` what it rests on. No tone: said quietly."""

    topic: str
    text: str
    tone: Tone | None = None
    number: str = ""
    source: str = ""

    @property
    def words(self) -> str:
        """The fact in one line."""
        return f"{self.topic} {self.text}"


def facts_of(banner: Banner | None) -> tuple[Fact, ...]:
    """Alarms first, then what to mind, then the rest; nothing for nobody."""
    if banner is None:
        return ()
    told = list(_told(banner))
    return tuple(fact for tone in _ORDER for fact in told if fact.tone is tone)


def _told(banner: Banner) -> Iterator[Fact]:
    risk = banner.risk
    if risk.level is not RiskLevel.LOW:
        tone = Tone.LATE if risk.level is RiskLevel.HIGH else Tone.SOON
        yield Fact("升级风险", f"{risk.level}：{'，'.join(risk.reasons)}", tone, source=risk.advice)
    for line in banner.lines:
        yield Fact(line.topic, line.text, _TONES.get(line.tone), line.number, line.source)
    if banner.tags:
        yield Fact("标签", "、".join(banner.tags))
    if banner.automatic_tags:
        why = "；".join(tag.why for tag in banner.automatic_tags)
        yield Fact("自动标签", "、".join(tag.text for tag in banner.automatic_tags), source=why)
