"""What may be said before any command: which data folder, and who is working."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "还缺 {}"),
    (r"unrecognized arguments: (.+)", "不认识 {}"),
    (r"argument (\S+): expected .*", "{} 后面要写内容"),
    (r"argument (\S+): invalid choice: '?([^' ]*)'?.*", "{} 不能是“{}”"),
    (r"argument (\S+): invalid \S+ value: '(.*)'", "{} 不能是“{}”"),
)
"""What argparse says in English, and how the desk hears it."""


class Parser(argparse.ArgumentParser):
    """One Chinese sentence instead of argparse's two English lines."""

    def error(self, message: str) -> NoReturn:
        for pattern, told in _COMPLAINTS:
            if found := re.fullmatch(pattern, message):
                message = told.format(*found.groups())
                break
        self.exit(2, f"命令写得不对：{message}。请用 --help 查看用法。\n")


def options() -> Parser:
    """The options alone, to be asked first: where nothing follows them the window is wanted."""
    parser = Parser(add_help=False)
    parser.add_argument("--home", type=Path, default=None, help="数据文件夹")
    parser.add_argument("--as", dest="person", default="", metavar="NAME", help="操作人：姓名，或只有一人担任的岗位")
    parser.set_defaults(command=None)
    return parser
