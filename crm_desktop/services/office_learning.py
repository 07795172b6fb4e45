"""The entrances to what is learnt from complaints: what proves a measure, what comes often, cases to tell."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from crm_desktop.services.desk import Desk

if TYPE_CHECKING:
    from crm_desktop.services.call_answers import CallAnswers
    from crm_desktop.services.casebooks import Casebooks
    from crm_desktop.services.dispatch import Dispatch
    from crm_desktop.services.frequent import FrequentProblems
    from crm_desktop.services.proofs import Proofs


class LearningEntrances:
    """The part of ``Office`` that looks back; imports wait for the first question, see there."""

    desk: Desk

    @cached_property
    def call_answers(self) -> CallAnswers:
        from crm_desktop.services.call_answers import CallAnswers  # noqa: PLC0415 - see the class

        return CallAnswers(self.desk)

    @cached_property
    def dispatch(self) -> Dispatch:
        from crm_desktop.services.dispatch import Dispatch  # noqa: PLC0415 - see the class

        self.desk.bind()
        return Dispatch(self.desk)

    @cached_property
    def casebooks(self) -> Casebooks:
        from crm_desktop.services.casebooks import Casebooks  # noqa: PLC0415 - see the class

        return Casebooks(self.desk)

    @cached_property
    def frequent(self) -> FrequentProblems:
        from crm_desktop.services.frequent import FrequentProblems  # noqa: PLC0415 - see the class

        return FrequentProblems(self.desk)

    @cached_property
    def proofs(self) -> Proofs:
        from crm_desktop.services.proofs import Proofs  # noqa: PLC0415 - see the class

        return Proofs(self.desk)
