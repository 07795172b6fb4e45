"""One function a command: asks the services, prints the answer, returns the exit status."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.homes import exporting, filling, looking, reading, reason_of, trying, writing
from crm_desktop.clock import to_utc
from crm_desktop.domain.dates import parse_day
from crm_desktop.domain.errors import Damaged, DeskError, InvalidInput
from crm_desktop.domain.imports import ImportKind
from crm_desktop.domain.rights import Right, require
from crm_desktop.services.office import Office

if TYPE_CHECKING:
    from crm_desktop.domain.due import OpenMilestone
    from crm_desktop.papers.imports import ImportReport


def demo(asked: Namespace) -> int:
    """Fills an empty home with believable sample data."""
    from crm_desktop.services.samples import fill  # noqa: PLC0415 - only the demonstration needs it

    with filling(asked) as office:
        until = _day(asked.until, office) if asked.until else office.desk.today()
        told = _tell_percent() if asked.percent else None
        fill(office.desk, asked.customers, asked.complaints, until, asked.seed, told=told)
    print(f"演示数据已放入：{asked.home}")
    return 0


def _tell_percent() -> Callable[[int, int], None]:
    """A line for each of the hundred, at once: whoever started this reads along."""
    last = 0

    def told(done: int, total: int) -> None:
        nonlocal last
        if (percent := 100 * done // total) > last:
            last = percent
            print(percent, flush=True)

    return told


def bring_in(asked: Namespace) -> int:
    """Imports one file; a partial import is a success that tells what was left out."""
    from crm_desktop.papers.imports import ImportPaper, check_place  # noqa: PLC0415 - readers only when a file is read

    if asked.errors is not None:
        check_place(asked.file, asked.errors)
    with (trying if asked.dry_run else writing)(asked) as (office, act):
        paper = ImportPaper(office.desk, office.imports)
        if not asked.dry_run:
            require(act, Right.IMPORT)
            office.backups.before("导入")
        report = paper.run(ImportKind(asked.kind), asked.file, act, dry_run=asked.dry_run)
        if asked.json:
            _print_json(report.answer())
        else:
            _tell_import(report, asked.dry_run)
        if asked.errors is not None and report.result.faults:
            paper.give_back(asked.file, report.result.faults, asked.errors)
        elif asked.errors is not None and not asked.json:
            print(f"没有未通过的行，不写“{asked.errors.name}”。")
    return 0


def export_register(asked: Namespace) -> int:
    """《顾客抱怨及返修记录》 of a period."""
    from crm_desktop.papers.registers import RegisterPaper  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, act):
        first, last = _day(asked.first, office), _day(asked.last, office)
        paper = RegisterPaper(office.registers, office.settings)
        if asked.unmasked:
            office.upkeep.note_unmasked("《顾客抱怨及返修记录》", asked.out.name, act)
        written = paper.write(first, last, asked.out, unmasked=asked.unmasked)
        print(written.sentence(f"《顾客抱怨及返修记录》{office.registers.count(first, last)} 张单"))
    return 0


def export_complaint(asked: Namespace) -> int:
    """《抱怨/投诉单》 of one complaint."""
    from crm_desktop.papers.complaint_forms import ComplaintPaper  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, _act):
        print(ComplaintPaper(office.sheets).write(asked.number, asked.out).sentence("《抱怨/投诉单》"))
    return 0


def export_customers(asked: Namespace) -> int:
    """The list of customers, phones masked."""
    from crm_desktop.papers.customer_lists import CustomerList  # noqa: PLC0415 - start-up pays for nothing unseen

    with exporting(asked) as (office, act):
        if asked.unmasked:
            office.upkeep.note_unmasked_customers(asked.out.name, reason_of(asked, act), act)
        written = CustomerList(office.customers, office.settings).write(asked.out, unmasked=asked.unmasked)
        print(written.sentence("客户档案清单"))
    return 0


def find(asked: Namespace) -> int:
    """The search box."""
    with reading(asked) as (office, _act):
        hits = office.search.find(asked.text)
    if asked.json:
        _print_json([{"kind": h.kind, "id": h.id, "number": h.number, "title": h.title, "why": h.why} for h in hits])
        return 0
    for hit in hits:
        print(f"{hit.number}\t{hit.title}\t{hit.why}")
    if not hits:
        print(f"没有找到“{asked.text[:40]}”。可以试试电话后四位、车牌、VIN 后六位、姓名或拼音首字母。")
    return 0


def due(asked: Namespace) -> int:
    """Every open milestone, soonest first."""
    from crm_desktop.domain.monthly_tables import span  # noqa: PLC0415 - only this list says how late

    with reading(asked) as (office, _act):
        at = to_utc(_moment(asked.at)) if asked.at else office.desk.now()
        found = office.clocks.open_milestones(at)
    if asked.json:
        _print_json([_due(row) for row in found])
        return 0
    for row in found:
        late = f"，超期{span(row.late_minutes)}" if row.late_minutes else ""
        print(f"{row.due:%Y-%m-%d %H:%M}\t{row.number}\t{row.label}{late}")
    if not found:
        print("没有未完成的时限。")
    return 0


def check(asked: Namespace) -> int:
    """Is everything well with the data."""
    from crm_desktop.services.upkeep import SEARCH_INDEX  # noqa: PLC0415 - only this command names it

    with looking(asked) as office:
        findings = office.upkeep.check()
    troubled = [f for f in findings if f.trouble]
    if asked.json:
        _print_json({"ok": not troubled, "findings": [asdict(f) for f in findings]})
    else:
        for finding in findings:
            print(f"{finding.what}：{finding.trouble or finding.note or '正常'}")
    if [finding.what for finding in troubled] == [SEARCH_INDEX]:
        raise Damaged(f"记录完好，搜索索引{troubled[0].trouble}。")
    if troubled:
        raise Damaged(
            f"核对发现 {len(troubled)} 处问题，请停止录入，先从备份恢复：{troubled[0].what}，{troubled[0].trouble}。"
        )
    return 0


def reindex(asked: Namespace) -> int:
    """The search index anew from the records."""
    with looking(asked):
        pass
    with filling(asked) as office:
        office.upkeep.rebuild_search()
    print("搜索索引已按现有记录重建。")
    return 0


def serve(asked: Namespace) -> int:
    """The automation door (interface.md section 4), until the caller closes its end."""
    from crm_desktop.door.serve import refused, say, serve, standard_streams  # noqa: PLC0415 - only for this command

    source, target = standard_streams()
    try:
        with filling(asked) as office:
            serve(office, source, target)
    except DeskError as refusal:
        say(target, {"ready": False, **refused(refusal)})
        return refusal.code
    return 0


def _tell_import(report: ImportReport, dry_run: bool) -> None:
    result = report.result
    tried = "试导入（没有写入）" if dry_run else "导入"
    print(
        f"{tried}：读到 {result.read} 行，新增 {result.added}，更新 {result.updated}，"
        f"已有而跳过 {result.skipped}，未通过 {len({f.row for f in result.faults})}。"
    )
    for fault in result.faults:
        print(f"第 {fault.row} 行：{fault.why}")
    for told, names in (("没有认出的列", report.unrecognised), ("空列", report.empty)):
        if names:
            print(f"{told}：{'、'.join(names)}")
    for note in report.notes:
        print(f"注意：{note}")


def _due(row: OpenMilestone) -> dict[str, Any]:
    due = row.due.isoformat(timespec="seconds" if row.due.second else "minutes")
    return {"number": row.number, "milestone": row.milestone, "due": due, "late_minutes": row.late_minutes}


def _day(text: str, office: Office) -> date:
    return parse_day(text, office.desk.today(), future=True)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"看不懂时间“{text}”，请写成 2026-11-21T14:05。") from None


def _print_json(answer: Any) -> None:
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()
