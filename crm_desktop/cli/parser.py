"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.cli import backup_commands, commands, record_commands, rule_commands
from crm_desktop.cli.options import Parser, options
from crm_desktop.domain.imports import ImportKind

Run = Callable[[argparse.Namespace], int]


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar; each command leaves its function in ``run``."""
    parser = Parser(prog="crm-desktop", description="客诉管家：不写命令时打开窗口。", parents=[options()])
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(dest="command", parser_class=Parser)
    _add_demo(verbs)
    _add_import(verbs)
    _add_export(verbs)
    find = _add(verbs, "find", commands.find, "查找客户、车辆、抱怨单")
    find.add_argument("text")
    for name, run, told in (
        ("due", commands.due, "列出未完成的时限，最急的在前"),
        ("check", commands.check, "核对数据库、联系、校验码、历史链、搜索索引"),
        ("reindex", commands.reindex, "按现有记录重建搜索索引"),
        ("serve", commands.serve, "自动接口：标准输入输出上的 JSON 行"),
    ):
        _add(verbs, name, run, told)
    verbs.choices["due"].add_argument("--at", default="", metavar="TIME", help="按这个时刻计算，如 2026-11-21T14:00")
    for name in ("find", "due", "check"):
        verbs.choices[name].add_argument("--json", action="store_true")
    _add_backups(verbs)
    _add_deadlines(verbs)
    _add_check_wording(verbs)
    return parser


def _add_demo(verbs: argparse._SubParsersAction[Parser]) -> None:
    demo = _add(verbs, "demo", commands.demo, "在空的数据文件夹里放入演示数据")
    demo.add_argument("--customers", type=int, default=60)
    demo.add_argument("--complaints", type=int, default=40)
    demo.add_argument("--until", default="", metavar="DATE")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--percent", action="store_true", help="一行一行写出做到百分之几")


def _add_import(verbs: argparse._SubParsersAction[Parser]) -> None:
    bring = _add(verbs, "import", commands.bring_in, "从 xlsx、xls 或 csv 导入")
    bring.add_argument("kind", choices=[kind.value for kind in ImportKind])
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="只试不写")
    bring.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="把未通过的行写成工作簿")
    bring.add_argument("--json", action="store_true")


def _add_export(verbs: argparse._SubParsersAction[Parser]) -> None:
    export = verbs.add_parser("export", help="导出为 .xlsx 或 .pdf")
    papers = export.add_subparsers(dest="paper", required=True, parser_class=Parser)
    register = _add(papers, "register", commands.export_register, "《顾客抱怨及返修记录》")
    register.add_argument("--from", dest="first", required=True, metavar="DATE")
    register.add_argument("--to", dest="last", required=True, metavar="DATE")
    complaint = _add(papers, "complaint", commands.export_complaint, "《抱怨/投诉单》")
    complaint.add_argument("number")
    customers = _add(papers, "customers", commands.export_customers, "客户档案清单")
    for paper in (register, complaint, customers, *_records(papers)):
        paper.add_argument("out", type=Path)
    for paper in (register, customers):
        paper.add_argument("--unmasked", action="store_true", help="电话不打码（留下记录）")
    customers.add_argument("--reason", default="", help="和 --unmasked 一起用：为什么导出完整号码，写进历史")


def _records(papers: argparse._SubParsersAction[Parser]) -> tuple[Parser, ...]:
    """The four other records of the procedure; each ends with the file to write."""
    solution = _add(
        papers, "solution", record_commands.export_solution, "《抱怨/投诉解决方案》和《客户投诉解决确认书》"
    )
    evaluation = _add(papers, "evaluation", record_commands.export_evaluation, "《有效性评估报告》")
    for paper in (solution, evaluation):
        paper.add_argument("number")
    measures = _add(papers, "measures", record_commands.export_measures, "《纠正预防措施》")
    measures.add_argument("--from", dest="first", default="", metavar="DATE", help="登记日期从这天起")
    measures.add_argument("--to", dest="last", default="", metavar="DATE", help="登记日期到这天止")
    monthly = _add(papers, "monthly", record_commands.export_monthly, "《月度抱怨/投诉分析报告》")
    monthly.add_argument("month", metavar="YYYY-MM")
    return solution, evaluation, measures, monthly


def _add_backups(verbs: argparse._SubParsersAction[Parser]) -> None:
    backup = _add(verbs, "backup", backup_commands.backup, "备份到一个文件，打开核对过才算数")
    backup.add_argument("out", type=Path)
    backup.add_argument(
        "--lock", action="store_true", help="加密码；密码在终端里输入，或放进环境变量 CRM_BACKUP_PASSWORD"
    )
    restore = _add(verbs, "restore", backup_commands.restore, "恢复一个备份；现有数据先备份、再移到一边")
    restore.add_argument("file", type=Path)
    restore.add_argument("--code", default="", help="恢复码；只有换了电脑才要")
    backups = _add(verbs, "backups", backup_commands.backups, "列出数据文件夹里的备份，新的在前")
    backups.add_argument("--json", action="store_true")


def _add_deadlines(verbs: argparse._SubParsersAction[Parser]) -> None:
    deadlines = _add(verbs, "deadlines", rule_commands.deadlines, "规则试算：什么渠道、级别、时间受理，各步几时到期")
    deadlines.add_argument("--channel", required=True, metavar="C", help="接收渠道，如 接待")
    deadlines.add_argument("--severity", required=True, metavar="S", help="级别：一般 或 重大")
    deadlines.add_argument("--received", required=True, metavar="TIME", help="受理时间，如 2026-11-23T18:05")
    deadlines.add_argument("--json", action="store_true")


def _add_check_wording(verbs: argparse._SubParsersAction[Parser]) -> None:
    wording = _add(verbs, "check-wording", rule_commands.check_wording, "空话拦截：措施或原因写得够不够具体")
    wording.add_argument("--kind", required=True, choices=["measure", "cause"], help="measure 措施，cause 原因")
    wording.add_argument("text")
    wording.add_argument("--json", action="store_true")


def _add(verbs: argparse._SubParsersAction[Parser], name: str, run: Run, told: str) -> Parser:
    verb: Parser = verbs.add_parser(name, help=told, description=told)
    verb.set_defaults(run=run)
    return verb
