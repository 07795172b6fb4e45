"""The entrances to what helps while a complaint is handled, opened like all others of the office."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from crm_desktop.services.desk import Desk

if TYPE_CHECKING:
    from crm_desktop.services.compensations import Compensations
    from crm_desktop.services.guidance import Guidance
    from crm_desktop.services.letters import Letters
    from crm_desktop.services.playbook import Playbook


class CareEntrances:
    """The part of ``Office`` that knows how a complaint is handled; imports wait for the first question, see there."""

    desk: Desk

    @property
    def _tables(self) -> Desk:
        self.desk.bind()
        return self.desk

    @cached_property
    def compensations(self) -> Compensations:
        from crm_desktop.services.compensations import Compensations  # noqa: PLC0415 - see the class

        return Compensations(self._tables)

    @cached_property
    def guidance(self) -> Guidance:
        from crm_desktop.services.guidance import Guidance  # noqa: PLC0415 - see the class

        return Guidance(self._tables)

    @cached_property
    def letters(self) -> Letters:
        from crm_desktop.services.letters import Letters  # noqa: PLC0415 - see the class

        return Letters(self._tables)

    @cached_property
    def playbook(self) -> Playbook:
        from crm_desktop.services.playbook import Playbook  # noqa: PLC0415 - see the class

        return Playbook(self._tables)
