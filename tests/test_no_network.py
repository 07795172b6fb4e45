"""The program opens no connection: with every socket refused and QtNetwork gone it does the whole main job."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REFUSED = """
import sys
def refuse(event, given):
    if event.partition(".")[0] in ("socket", "urllib", "http", "ftplib", "smtplib"):
        print("the network was asked for:", event, given, file=sys.stderr, flush=True)
        import os
        os._exit(99)
sys.addaudithook(refuse)
sys.modules["PySide6.QtNetwork"] = None
"""
COMMAND = REFUSED + "from crm_desktop.__main__ import main; sys.exit(main())"
WINDOW = (
    REFUSED
    + """
import os
from crm_desktop import cli
asked = cli.parse(sys.argv[1:])
from crm_desktop.app import open_program, start_qt
from crm_desktop.gui.messages import Messages
application = start_qt()
program = open_program(asked.home, Messages())
def tell(name, page):
    print("painted", flush=True)
    os._exit(0)
program.window.page_shown.connect(tell)
program.show()
application.exec()
"""
)
PREVIEW = (
    REFUSED
    + """
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from crm_desktop.app import start_qt
application = start_qt()
document, view = QPdfDocument(None), QPdfView()
document.load(sys.argv[-1])
view.setDocument(document)
view.grab()
print(document.pageCount())
"""
)
ASKING = {"socket", "ssl", "urllib.request", "http", "ftplib", "smtplib", "asyncio", "requests", "PySide6.QtNetwork"}


def unplugged(program: str, home: Path, *words: object) -> str:
    """What the program prints where no socket can be made; fails with what it asked for otherwise."""
    command = [sys.executable, "-c", program, "--home", str(home), *map(str, words)]
    alone = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CRM_PIN": "2468"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=alone, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample home, made without a network as well."""
    home = tmp_path_factory.mktemp("unplugged") / "home"
    unplugged(COMMAND, home, "demo", "--until", "2026-11-20")
    return home


def test_a_socket_would_be_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="the network was asked for"):
        unplugged(REFUSED + "import socket; socket.socket()", tmp_path)


@pytest.mark.parametrize("name", ["register.xlsx", "register.pdf"])
def test_the_register_goes_out_without_a_network(sample: Path, tmp_path: Path, name: str) -> None:
    days = ("--from", "2026-11-01", "--to", "2026-11-20")
    unplugged(COMMAND, sample, "--as", "服务总监", "export", "register", *days, tmp_path / name)
    assert (tmp_path / name).stat().st_size > 1000


def test_a_list_comes_in_and_a_backup_is_made_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("姓名,电话\n甲,13800000001\n", encoding="utf-8")
    unplugged(COMMAND, tmp_path / "home", "import", "customers", tmp_path / "list.csv")
    unplugged(COMMAND, tmp_path / "home", "backup", tmp_path / "kept.crmbackup")
    assert "甲" in unplugged(COMMAND, tmp_path / "home", "find", "0001")


def test_the_window_opens_without_a_network(sample: Path) -> None:
    assert "painted" in unplugged(WINDOW, sample)


def test_a_paper_is_looked_at_without_a_network(sample: Path, tmp_path: Path) -> None:
    paper = tmp_path / "register.pdf"
    days = ("--from", "2026-11-01", "--to", "2026-11-20")
    unplugged(COMMAND, sample, "--as", "服务总监", "export", "register", *days, paper)
    assert int(unplugged(PREVIEW, sample, paper)) >= 1


def test_no_module_of_ours_names_the_network() -> None:
    named = []
    for path in (ROOT / "crm_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            named += [f"{path.name}: {name}" for name in names if name in ASKING]
    assert named == []
