"""Commands for the records beside the form: 解决方案, 纠正预防措施, 有效性评估报告, 月度分析报告."""

from __future__ import annotations

from argparse import Namespace

from crm_desktop.cli.homes import exporting
from crm_desktop.domain.dates import parse_day
from crm_desktop.domain.papers import PAPER_TITLES, Paper


def export_solution(asked: Namespace) -> int:
    """《抱怨/投诉解决方案》 of one complaint, with the 《客户投诉解决确认书》 to sign."""
    from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, _act):
        written = RecordPapers(office.desk).write_solution(asked.number, asked.out)
    print(written.sentence(f"《{PAPER_TITLES[Paper.SOLUTION]}》和《{PAPER_TITLES[Paper.CONFIRMATION]}》"))
    return 0


def export_measures(asked: Namespace) -> int:
    """《纠正预防措施》, of a period or all."""
    from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, _act):
        today = office.desk.today()
        first, last = (parse_day(text, today, future=True) if text else None for text in (asked.first, asked.last))
        written = RecordPapers(office.desk).write_measures(asked.out, first, last)
        count = len(office.measure_lists.rows(first, last))
    print(written.sentence(f"《{PAPER_TITLES[Paper.MEASURES]}》{count} 项"))
    return 0


def export_evaluation(asked: Namespace) -> int:
    """《有效性评估报告》 of one complaint, one for each of its measures."""
    from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, _act):
        written = RecordPapers(office.desk).write_evaluations(asked.number, asked.out)
    print(written.sentence(f"《{PAPER_TITLES[Paper.EVALUATION]}》"))
    return 0


def export_monthly(asked: Namespace) -> int:
    """《月度抱怨/投诉分析报告》: the frozen edition where there is one, else the figures as of now."""
    from crm_desktop.papers.monthly import MonthlyPaper  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, _act):
        written = MonthlyPaper(office.desk).write(asked.month, asked.out)
    print(written.sentence(f"《{PAPER_TITLES[Paper.MONTHLY]}》{asked.month}"))
    return 0
