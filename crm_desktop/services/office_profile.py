"""The entrances to the services around a customer's profile, opened like all others of the office."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from crm_desktop.services.desk import Desk

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Attachments
    from crm_desktop.services.banners import Banners
    from crm_desktop.services.dealings import Dealings
    from crm_desktop.services.duplicates import Duplicates
    from crm_desktop.services.gaps import Gaps
    from crm_desktop.services.grades import Grades
    from crm_desktop.services.joins import Joins
    from crm_desktop.services.merging import Merging
    from crm_desktop.services.owners import Owners
    from crm_desktop.services.persons import Persons
    from crm_desktop.services.profiles import Profiles
    from crm_desktop.services.recalls import Recalls
    from crm_desktop.services.scans import Scans
    from crm_desktop.services.segments import Segments
    from crm_desktop.services.signs import Signs
    from crm_desktop.services.surveys import Surveys
    from crm_desktop.services.timelines import Timelines
    from crm_desktop.services.visits import Visits
    from crm_desktop.services.warranties import Warranties


class ProfileEntrances:
    """The part of ``Office`` that knows customers; imports wait for the first question, see there."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def attachments(self) -> Attachments:
        from crm_desktop.services.attachments import Attachments  # noqa: PLC0415 - see the class

        return Attachments(self.desk)

    @cached_property
    def banners(self) -> Banners:
        from crm_desktop.services.banners import Banners  # noqa: PLC0415 - see the class

        return Banners(self.desk)

    @cached_property
    def dealings(self) -> Dealings:
        from crm_desktop.services.dealings import Dealings  # noqa: PLC0415 - see the class

        return Dealings(self.desk)

    @cached_property
    def duplicates(self) -> Duplicates:
        from crm_desktop.services.duplicates import Duplicates  # noqa: PLC0415 - see the class

        return Duplicates(self.desk)

    @cached_property
    def gaps(self) -> Gaps:
        from crm_desktop.services.gaps import Gaps  # noqa: PLC0415 - see the class

        return Gaps(self.desk)

    @cached_property
    def grades(self) -> Grades:
        from crm_desktop.services.grades import Grades  # noqa: PLC0415 - see the class

        return Grades(self.desk)

    @cached_property
    def joins(self) -> Joins:
        from crm_desktop.services.joins import Joins  # noqa: PLC0415 - see the class

        return Joins(self.desk)

    @cached_property
    def merging(self) -> Merging:
        from crm_desktop.services.merging import Merging  # noqa: PLC0415 - see the class

        return Merging(self.desk)

    @cached_property
    def owners(self) -> Owners:
        from crm_desktop.services.owners import Owners  # noqa: PLC0415 - see the class

        return Owners(self.desk)

    @cached_property
    def persons(self) -> Persons:
        from crm_desktop.services.persons import Persons  # noqa: PLC0415 - see the class

        self.desk.bind()
        return Persons(self.desk)

    @cached_property
    def profiles(self) -> Profiles:
        from crm_desktop.services.profiles import Profiles  # noqa: PLC0415 - see the class

        return Profiles(self.desk)

    @cached_property
    def recalls(self) -> Recalls:
        from crm_desktop.services.recalls import Recalls  # noqa: PLC0415 - see the class

        return Recalls(self.desk)

    @cached_property
    def scans(self) -> Scans:
        from crm_desktop.services.scans import Scans  # noqa: PLC0415 - see the class

        return Scans(self.desk)

    @cached_property
    def segments(self) -> Segments:
        from crm_desktop.services.segments import Segments  # noqa: PLC0415 - see the class

        return Segments(self.desk)

    @cached_property
    def signs(self) -> Signs:
        from crm_desktop.services.signs import Signs  # noqa: PLC0415 - see the class

        return Signs(self.desk)

    @cached_property
    def surveys(self) -> Surveys:
        from crm_desktop.services.surveys import Surveys  # noqa: PLC0415 - see the class

        return Surveys(self.desk)

    @cached_property
    def timelines(self) -> Timelines:
        from crm_desktop.services.timelines import Timelines  # noqa: PLC0415 - see the class

        return Timelines(self.desk)

    @cached_property
    def visits(self) -> Visits:
        from crm_desktop.services.visits import Visits  # noqa: PLC0415 - see the class

        return Visits(self.desk)

    @cached_property
    def warranties(self) -> Warranties:
        from crm_desktop.services.warranties import Warranties  # noqa: PLC0415 - see the class

        return Warranties(self.desk)
