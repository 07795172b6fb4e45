"""Files through the door: one paper written, one file brought in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.imports import DuplicateRule, ImportKind
from crm_desktop.domain.rights import Right, require
from crm_desktop.door.operations import Arg, Operation, Told, Visit
from crm_desktop.door.values import taken, told
from crm_desktop.papers.written import Written

_NUMBER, _MONTH = Arg("number", "string", label="单号"), Arg("month", "string", label="月份 YYYY-MM")
_FIRST, _LAST = Arg("from", "date", label="开始日期"), Arg("to", "date", label="结束日期")


def operations() -> Iterator[Operation]:
    """exports.write and imports.run."""
    yield Operation(
        "exports.write",
        (
            Arg("paper", "string", required=True, choices=tuple(_PAPERS)), Arg("out", "string", required=True),
            _NUMBER, _MONTH, _FIRST, _LAST, Arg("unmasked", "boolean"), Arg("reason", "string"),
        ),
        _write, ("path", "missing"), Right.EXPORT,
    )  # fmt: skip
    yield Operation(
        "imports.run",
        (
            Arg("kind", "string", required=True, choices=tuple(ImportKind)), Arg("file", "string", required=True),
            Arg("dry_run", "boolean"), Arg("rule", "string", choices=tuple(DuplicateRule)),
        ),
        _import, ("run", "read", "added", "updated", "skipped", "errors"), Right.IMPORT,
    )  # fmt: skip


def _import(visit: Visit, given: Told) -> dict[str, Any]:
    from crm_desktop.papers.imports import ImportPaper  # noqa: PLC0415 - readers only when a file is read

    dry_run = taken(bool, given.get("dry_run", False), "dry_run")
    require(visit.act, Right.IMPORT)
    if not dry_run:
        visit.office.backups.before("导入")
    report = ImportPaper(visit.office.desk, visit.office.imports).run(
        taken(ImportKind, given["kind"], "kind"),
        taken(Path, given["file"], "file"),
        visit.act,
        dry_run=dry_run,
        rule=taken(DuplicateRule | None, given.get("rule"), "rule"),
    )
    return {"run": report.result.run, **report.answer()}


def _write(visit: Visit, given: Told) -> dict[str, Any]:
    paper, out = taken(str, given["paper"], "paper"), taken(Path, given["out"], "out")
    if paper not in _PAPERS:
        raise InvalidInput({"paper": f"没有“{paper}”这种单据，请从 {'、'.join(_PAPERS)} 中选。"})
    visit.office.upkeep.check_export(visit.act)
    written = _PAPERS[paper](visit, given, out)
    return {"path": str(written.path), "missing": told(written.missing)}


def _register(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.registers import RegisterPaper  # noqa: PLC0415 - only when this paper is wanted

    unmasked = taken(bool, given.get("unmasked", False), "unmasked")
    first, last = taken(date, given.get("from"), "from"), taken(date, given.get("to"), "to")
    paper = RegisterPaper(visit.office.registers, visit.office.settings)
    if unmasked:
        visit.office.upkeep.note_unmasked("《顾客抱怨及返修记录》", out.name, visit.act, _reason(given))
    return paper.write(first, last, out, unmasked=unmasked)


def _customers(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.customer_lists import CustomerList  # noqa: PLC0415 - only when this paper is wanted

    unmasked = taken(bool, given.get("unmasked", False), "unmasked")
    if unmasked:
        visit.office.upkeep.note_unmasked_customers(out.name, _reason(given), visit.act)
    return CustomerList(visit.office.customers, visit.office.settings).write(out, unmasked=unmasked)


def _complaint(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.complaint_forms import ComplaintPaper  # noqa: PLC0415 - only when this paper is wanted

    return ComplaintPaper(visit.office.sheets).write(_number(given), out)


def _solution(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - only when this paper is wanted

    return RecordPapers(visit.office.desk).write_solution(_number(given), out)


def _evaluation(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - only when this paper is wanted

    return RecordPapers(visit.office.desk).write_evaluations(_number(given), out)


def _measures(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - only when this paper is wanted

    first, last = (taken(date | None, given.get(name), name) for name in ("from", "to"))
    return RecordPapers(visit.office.desk).write_measures(out, first, last)


def _monthly(visit: Visit, given: Told, out: Path) -> Written:
    from crm_desktop.papers.monthly import MonthlyPaper  # noqa: PLC0415 - only when this paper is wanted

    return MonthlyPaper(visit.office.desk).write(taken(str, given.get("month"), "month"), out)


def _number(given: Told) -> str:
    return str(taken(str, given.get("number"), "number"))


def _reason(given: Told) -> str:
    return str(taken(str, given.get("reason") or "", "reason"))


_PAPERS: Mapping[str, Callable[[Visit, Told, Path], Written]] = {
    "register": _register,
    "complaint": _complaint,
    "solution": _solution,
    "measures": _measures,
    "evaluation": _evaluation,
    "monthly": _monthly,
    "customers": _customers,
}
