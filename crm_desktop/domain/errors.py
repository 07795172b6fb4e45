"""What can go wrong at the desk, as one sentence each; anything that is not a DeskError is our bug."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST, _ENDING = 1_000, 200


class DeskError(Exception):
    """A refusal the desk can read: one Chinese sentence that says what is wrong and what to do.

    ``code`` is both the exit status of the command line and the code of the automation door
    (interface.md, section 4).
    """

    code = 3

    def __init__(self, sentence: str) -> None:
        """What somebody typed and the sentence quotes breaks no line of it, and fills no screen."""
        line = _BREAKS.sub(" ", sentence)
        self.sentence = line if len(line) <= _LONGEST else f"{line[: _LONGEST - _ENDING]}…{line[-_ENDING:]}"
        super().__init__(self.sentence)


class InvalidInput(DeskError):
    """Something typed cannot be accepted; ``fields`` maps a field's name to its own sentence."""

    code = 3

    def __init__(self, fields: Mapping[str, str] | str) -> None:
        self.fields: dict[str, str] = {} if isinstance(fields, str) else dict(fields)
        super().__init__(fields if isinstance(fields, str) else "；".join(self.fields.values()))


class NotFound(InvalidInput):
    """The number, name or file that was asked for does not exist."""


class ChangedMeanwhile(InvalidInput):
    """Somebody else saved the same record first (its version number moved on)."""


class NotAllowed(DeskError):
    """The procedure or the person's rights forbid it."""

    code = 4


class InUse(DeskError):
    """Another copy of the program writes to this data folder, or the target file is open elsewhere."""

    code = 5


class Damaged(DeskError):
    """The database fails its checks."""

    code = 6


class NewerSchema(DeskError):
    """The database was written by a newer version of the program."""

    code = 7


class StorageRefused(DeskError):
    """Disk full, read-only, or no such folder."""

    code = 8


class WorkbookRefused(DeskError):
    """A file to be imported cannot be read as a table."""

    code = 9
