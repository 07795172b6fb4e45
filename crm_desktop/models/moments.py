"""UTC times as the database keeps them: text whose order is time order."""

from __future__ import annotations

from datetime import UTC, datetime

STAMP = "%Y-%m-%dT%H:%M:%SZ"


def stamp(value: datetime) -> str:
    """A UTC time as the database keeps it."""
    return value.astimezone(UTC).strftime(STAMP)


def moment(text: str) -> datetime:
    """The aware UTC time of a stored stamp."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
