"""The lists of the room 纠正预防 as columns; where a measure stands is reckoned from the day of asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from crm_desktop.domain.measures import MeasureRow, MeasureState
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark

_TONES = {
    MeasureState.RUNNING: Tone.INFO,
    MeasureState.LATE: Tone.LATE,
    MeasureState.TO_EVALUATE: Tone.SOON,
    MeasureState.EFFECTIVE: Tone.DONE,
    MeasureState.PARTLY: Tone.SOON,
    MeasureState.INEFFECTIVE: Tone.LATE,
    MeasureState.CANCELLED: Tone.GREY,
}


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure as of ``today``."""

    row: MeasureRow
    today: date

    @property
    def id(self) -> int:
        """The measure's own id."""
        return self.row.id

    @property
    def state(self) -> MeasureState:
        """Where it stands."""
        return self.row.state(self.today)

    @property
    def due(self) -> date | None:
        """The day something is wanted: done, then evaluated; the day of the evaluation once it was made."""
        if self.row.evaluation:
            return self.row.evaluation.draft.evaluated_on
        return self.row.evaluation_due or self.row.draft.due_on

    @property
    def words(self) -> str:
        """The state with the days it is late."""
        late = (self.today - self.due).days if self.due else 0
        if self.state is MeasureState.LATE:
            return f"超期 {late} 天"
        if self.state is MeasureState.TO_EVALUATE and late < 0:
            return "观察中"
        return self.state.value

    @property
    def tone(self) -> Tone:
        """The tone of the words."""
        return Tone.GREY if self.words == "观察中" else _TONES[self.state]


def state_mark(line: MeasureLine) -> Mark:
    """Red for late and 无效, amber for what waits, green for 有效."""
    return Mark(line.tone)


def _complaints(line: MeasureLine) -> str:
    return "、".join(line.row.draft.complaints)


COLUMNS: tuple[Column[MeasureLine], ...] = (
    Column("状态", attrgetter("words"), width=9),
    Column("期限", attrgetter("due"), Kind.DATE, width=10),
    Column("责任人", attrgetter("row.draft.who"), width=8),
    Column("措施", attrgetter("row.draft.what"), width=30, wrap=True),
    Column("抱怨单号", _complaints, width=16),
)
