"""Who answers what a room wishes: one table a room, the signal's name and its listener."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from crm_desktop.app.beside import Beside
from crm_desktop.app.guard import Guard
from crm_desktop.app.rooms import CALLS, COMPLAINTS, CUSTOMERS, MEASURES, REPORTS, REWORKS, SETTINGS, TODAY, Rooms
from crm_desktop.app.ways import Ways

Table = dict[str, Any]


class Wishes(QObject):
    """Introduces each room as it is built; a new wish is one line in its room's table.

    ``complaint_saved``: what is due may have changed. ``dealer_changed``: so may the dealership's name.
    ``draft_changed``: something was typed into 新建抱怨单. ``code_wanted``: a recovery code and whose it is are to be
    printed. ``restore_wanted``: a backup, and its recovery code, is to be put in the place of the data.
    """

    complaint_saved = Signal()
    dealer_changed = Signal()
    draft_changed = Signal()
    code_wanted = Signal(str, str)
    restore_wanted = Signal(object, str)

    def __init__(self, rooms: Rooms, ways: Ways, beside: Beside, guard: Guard) -> None:
        super().__init__(ways)
        self._rooms, self._ways, self._beside, self._guard = rooms, ways, beside, guard
        beside.hired.connect(guard.seat_first)

    def introduce(self, room: str, page: Any) -> None:
        """A room was built: its wishes find their listeners."""
        tables = {
            TODAY: self._of_today,
            CUSTOMERS: self._of_customers,
            COMPLAINTS: self._of_complaints,
            REWORKS: self._of_lists,
            CALLS: self._of_lists,
            MEASURES: self._of_measures,
            REPORTS: self._of_reports,
            SETTINGS: self._of_settings,
        }
        for signal, listener in tables[room]().items() if room in tables else ():
            getattr(page, signal).connect(listener)

    def _of_today(self) -> Table:
        ways = self._ways
        return {
            "work_wanted": ways.show_work,
            "complaint_wanted": ways.show_case,
            "errand_wanted": ways.show_errand,
            "sheet_wanted": self._preview_sheet,
            "solved_wanted": ways.show_solved,
            "call_wanted": ways.show_call,
            "rework_wanted": ways.show_rework,
            "open_complaints_wanted": ways.show_open,
            "missing_customers_wanted": ways.show_missing,
            "calls_wanted": ways.show_calls,
            "reworks_wanted": ways.show_reworks,
            "problems_wanted": ways.show_problems,
            "new_complaint_wanted": ways.new_complaint,
            "import_wanted": self._beside.show_import,
            "demo_wanted": self._beside.open_sample,
            "set_up_wanted": self._beside.set_up,
            "backups_wanted": ways.show_backups,
        }

    def _preview_sheet(self, title: str) -> None:
        self._rooms.records.preview_desk_paper(title)

    def _of_customers(self) -> Table:
        return {
            "complaint_wanted": self._ways.show_case,
            "new_complaint_wanted": self._ways.new_complaint_of,
            "export_wanted": self._rooms.customer_export.begin,
        }

    def _of_complaints(self) -> Table:
        papers, ways = self._rooms.papers, self._ways
        return {
            "print_wanted": papers.preview_form,
            "blank_wanted": papers.preview_blank,
            "pdf_wanted": papers.export_form_pdf,
            "excel_wanted": papers.export_form_excel,
            "export_wanted": papers.export_complaints,
            "archive_wanted": ways.show_archive,
            "scans_wanted": self._rooms.scans.begin,
            "record_wanted": self._rooms.records.hand_out,
            "measure_wanted": ways.new_measure,
            "measures_wanted": ways.show_measures,
            "draft_changed": self.draft_changed,
            "saved": self.complaint_saved,
            "customer_wanted": ways.show_customer,
            "day_wanted": ways.show_day,
        }

    def _of_lists(self) -> Table:
        return {"complaint_wanted": self._ways.show_case}

    def _of_measures(self) -> Table:
        records = self._rooms.records
        return {
            "complaint_wanted": self._ways.show_case,
            "preview_wanted": records.preview_measures,
            "pdf_wanted": records.export_measures_pdf,
            "excel_wanted": records.export_measures_excel,
            "casebook_wanted": records.preview_casebook,
            "report_wanted": records.hand_out_evaluation,
        }

    def _of_reports(self) -> Table:
        records = self._rooms.records
        return {
            "month_wanted": records.hand_out,
            "desk_paper_wanted": records.preview_desk_paper,
            "complaint_wanted": self._ways.show_case,
        }

    def _of_settings(self) -> Table:
        return {
            "saved": self.dealer_changed,
            "staff_changed": self._guard.begin,
            "code_wanted": self.code_wanted,
            "restore_wanted": self.restore_wanted,
            "import_wanted": self._beside.show_import,
            "sample_wanted": self._beside.open_sample,
            "blank_wanted": self._rooms.papers.preview_blank,
            "rules_wanted": self._beside.show_rules,
            "procedure_wanted": self._beside.show_procedure,
        }
